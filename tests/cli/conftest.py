"""The `casebook` command, run in process and as a real process, on a home of its own; and a made register."""

import csv
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.cli import main

OURS = ("CASEBOOK_", "PERSISTENCE_", "POSTGRES_", "SQLITE_")


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def counts(self):
        return {name: int(number) for name, number in (line.split() for line in self.out.splitlines())}


@dataclass(frozen=True)
class Command:
    """Runs `casebook` in this process: `casebook("show", "X90001")`."""

    home: Path
    environ: dict[str, str]

    def __call__(self, *words, stdin=None):
        given = {name: None for name in os.environ if name.startswith(OURS)}
        runner = CliRunner(env={**given, **self.environ})
        done = runner.invoke(main, [str(word) for word in words], input=stdin)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Ran(done.exit_code, done.stdout, done.stderr)

    def fine(self, *words, stdin=None):
        ran = self(*words, stdin=stdin)
        assert ran.status == 0, (words, ran)
        return ran

    def do(self, command, code, by, /, **said):
        return self("do", command, code, "--as", by, "--json", "-", stdin=json.dumps(said))

    def process(self, *words, stdin=None):
        """Run it as people do: the installed command, in a process of its own."""
        environ = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        done = subprocess.run(
            [Path(sys.executable).parent / "casebook", *map(str, words)],
            env={**environ, **self.environ}, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def bare(home):
    """The command where nothing is set up."""
    return at(home)


def at(home):
    return Command(home, {"CASEBOOK_HOME": str(home)})


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A home with stores that are made and empty, to be copied."""
    home = tmp_path_factory.mktemp("made") / "home"
    at(home).fine("init")
    return home


@pytest.fixture(scope="session")
def staffed(tmp_path_factory, made):
    """A home where A81001 and A81002 are registered, and one person of each role works, to be copied."""
    folder = tmp_path_factory.mktemp("staffed")
    casebook = at(shutil.copytree(made, folder / "home"))
    file = write_register(
        folder / "two.csv", listed("A81001", "ONE SURGERY"), listed("A81002", "TWO SURGERY")
    )
    casebook.fine("import", "register", file)
    for role, organisation in STAFF.items():
        words = ["--organisation", organisation] if organisation else []
        casebook.fine("person", "add", f"{role}@example.org", "--name", f"The {role}", "--role", role, *words)
    return casebook.home


@pytest.fixture
def casebook(home, made):
    """The command on stores that are made and empty."""
    return at(shutil.copytree(made, home))


@pytest.fixture
def practice(home, staffed):
    """The command where A81001 and A81002 are registered, and one person of each role works."""
    return at(shutil.copytree(staffed, home))


def listed(code, name="THE SURGERY", *, status="A", closed="", setting="4", ccg="00M", team="Q74", region="Y54",
           joined="20130401", opened="19740401", lines=("1 HIGH STREET", "", "TOWN", "", ""), postcode="TS1 1AA",
           telephone="01642 374788"):  # fmt: skip
    """A row of the register, as published."""
    return [
        code, name, region, team, *lines, postcode, opened, closed, status, "B", ccg, joined, "", telephone,
        "", "", "", "0", "", ccg, "", setting, "",
    ]  # fmt: skip


@pytest.fixture
def register(tmp_path):
    """Writes rows as a file of the register: `register(listed("A81001"), …)`."""

    def write(*rows, name="epraccur.csv"):
        return write_register(tmp_path / name, *rows)

    return write


def write_register(file, *rows):
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    content = text.getvalue().encode()
    file.write_bytes(gzip.compress(content) if file.suffix == ".gz" else content)
    return file


STAFF = {"caseworker": "Q74", "manager": "Q74", "lead": "00M", "auditor": None, "administrator": None}
