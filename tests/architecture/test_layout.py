"""Nothing else on the machine can stand in for what is in this checkout."""

import configparser
import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.outgrown import outgrown

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("package", ["domain", "application", "projections", "web"])
def test_each_package_is_imported_from_this_checkout(package):
    """A library that brings a module `web` would otherwise be served in place of ours."""
    module = importlib.import_module(package)
    assert [Path(path).resolve() for path in module.__path__] == [ROOT / package]
    assert module.__file__ is not None, f"{package}/__init__.py is missing: any folder of that name would do"


def locked_requirements() -> dict[str, str]:
    lines = (ROOT / "requirements.lock").read_text().replace("\\\n", " ").splitlines()
    return {line.split("==")[0].strip(): line for line in lines if line and not line.lstrip().startswith("#")}


def test_every_locked_requirement_is_pinned_and_hashed():
    locked = locked_requirements()
    assert len(locked) > 40
    assert [
        name for name, line in locked.items() if not re.search(r"==\S+.* --hash=sha256:[0-9a-f]{64}", line)
    ] == []


def test_the_lock_comes_from_the_package_index_alone():
    """A path or an index of the machine that made it would not be there on the next one."""
    assert [line for line in locked_requirements().values() if re.search(r"file:|://|^-", line)] == []


def test_what_builds_the_project_is_locked_too():
    assert "setuptools" in locked_requirements()


def test_every_target_is_in_make_help():
    makefile = (ROOT / "Makefile").read_text()
    targets = {
        name for line in re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE) for name in line.split()
    }
    helped = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {"run", "test", "check", "bench", "setup"} <= targets
    assert targets == set(re.findall(r"^ +make (\S+) +\S", helped, re.MULTILINE))


@pytest.fixture
def bare_checkout(tmp_path):
    """Our packages with nothing in them, under the contracts of setup.cfg."""
    contracts = configparser.ConfigParser()
    contracts.read_string((ROOT / "setup.cfg").read_text())
    named = set(contracts["importlinter:contract:facets"]["modules"].split())
    for name in {"application", "projections", "web", "domain.practice.practice"} | named:
        module = tmp_path.joinpath(*name.split("."))
        module.mkdir(parents=True)
        for package in (module, *module.parents):
            if package != tmp_path and package.is_relative_to(tmp_path):
                (package / "__init__.py").touch()
    shutil.copy(ROOT / "setup.cfg", tmp_path)
    return tmp_path


def broken_contracts(checkout: Path) -> list[str]:
    lint = [str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache"]
    done = subprocess.run(lint, cwd=checkout, capture_output=True, text=True, check=False)
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    return re.findall(r"^(.+) BROKEN", done.stdout, re.MULTILINE)


def test_a_bare_checkout_breaks_no_contract(bare_checkout):
    assert broken_contracts(bare_checkout) == []


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("domain/__init__.py", "import web", "Calls go down"),
        ("projections/__init__.py", "from web import pages", "Calls go down"),
        ("domain/practice/practice/__init__.py", "import sqlite3", "Rules are pure"),
        (
            "domain/practice/actions/__init__.py",
            "from domain.practice import flags",
            "The facets of a practice",
        ),
        ("web/__init__.py", "from domain.practice.practice import decide", "Pages do not decide"),
        ("application/__init__.py", "import flask", "HTTP stays in web"),
        ("web/__init__.py", "import numpy", "Numbers are computed in one place"),
        ("domain/practice/actions/__init__.py", "import scipy", "Numbers are computed in one place"),
    ],
)
def test_a_call_that_may_not_be_made_is_found(bare_checkout, module, line, broken):
    (bare_checkout / module).write_text(line + "\n")
    assert [name for name in broken_contracts(bare_checkout) if name.startswith(broken)] != []


@pytest.mark.parametrize("module", ["web.cli", "web.wsgi"])
def test_what_records_and_serves_does_not_load_numpy_before_something_is_judged(module):
    """It takes a quarter of a second and tens of megabytes, in every command and every process."""
    loads = f"import sys, {module}; print(sorted({{'numpy', 'scipy'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", loads], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_what_has_outgrown_its_size_is_reported(tmp_path):
    (tmp_path / "web").mkdir()
    body = "".join(f"    a{number} = 1\n" for number in range(24))
    (tmp_path / "web" / "small.py").write_text(f"def at_the_limit():\n{body}")
    (tmp_path / "web" / "large.py").write_text(f"def past_the_limit():\n{body}    b = 1\n" + "# line\n" * 175)
    assert sorted(outgrown(tmp_path)) == [(26, "web/large.py:1 past_the_limit()"), (201, "web/large.py")]
