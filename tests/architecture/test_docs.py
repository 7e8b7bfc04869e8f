"""What the pages in docs/ say of the code is so: links lead somewhere, places exist, made pages are current."""

import importlib.util
import re
from enum import StrEnum
from pathlib import Path

import click
import pytest

from domain.access.permissions import GRANTED
from domain.access.roles import Role
from domain.clocks.periods import RULES
from domain.practice import contract_kinds, kinds
from tests.architecture import commands_page, concurrency_page, facts_page, rules_page
from tests.architecture.pages import DOCS, ROOT
from web import cli

PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
MADE = {"facts_page": facts_page, "rules_page": rules_page, "commands_page": commands_page,
        "concurrency_page": concurrency_page}  # fmt: skip

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
IN_CODE = re.compile(r"`([^`\n]+)`")


def prose(page: Path) -> str:
    """A page without its fenced code, where brackets are not links."""
    return re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def slugs(page: Path) -> set[str]:
    """How a page's headings are linked to."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    lost = []
    for link in LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, heading = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        if not target.exists() or (heading and heading not in slugs(target)):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("name", MADE)
def test_a_page_made_from_the_code_is_current(name):
    made = MADE[name]
    stands = (DOCS / made.NAME).read_text(encoding="utf-8")
    assert stands == made.page(), f"docs/{made.NAME} is out of date: run python -m tests.architecture.{name}"


def places(page: Path) -> list[str]:
    """The files and folders that a page names: `domain/rules.py`, `tests/`, `setup.cfg`."""
    return [
        code
        for code in IN_CODE.findall(prose(page))
        if re.fullmatch(r"[\w.\-/]+", code) and re.search(r"/|\.(py|cfg|toml|md|lock|db)$|^Makefile$", code)
    ]


WHERE_CODE_IS_NAMED = [DOCS / "where.md", DOCS / "traps.md", DOCS / "architecture.md", DOCS / "glossary.md",
                       ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((DOCS / "adr").glob("*.md"))]  # fmt: skip
NOT_OF_THE_CHECKOUT = re.compile(r".*\.db|var(/.*)?|\.venv/.*|[A-Z]\d{5}/\d+")


@pytest.mark.parametrize("page", WHERE_CODE_IS_NAMED, ids=lambda page: str(page.relative_to(ROOT)))
def test_places_that_a_page_names_exist(page):
    named = [place for place in places(page) if not NOT_OF_THE_CHECKOUT.fullmatch(place)]
    assert [place for place in named if not list(ROOT.glob(place.rstrip("/")))] == []


def test_where_to_look_names_places():
    rows = [line for line in (DOCS / "where.md").read_text().splitlines() if line.startswith("| ")]
    rows = [row for row in rows if row != "| I want to… | look in |"]
    assert len(rows) > 50
    assert [row for row in rows if "`" not in row and "](" not in row] == []


_STORED = [*vars(kinds).values(), *vars(contract_kinds).values()]
KINDS = [kind for kind in _STORED if isinstance(kind, type) and StrEnum in kind.__bases__]


@pytest.mark.parametrize("kind", [*KINDS, Role], ids=lambda kind: kind.__name__)
def test_every_stored_value_is_in_the_glossary(kind):
    glossary = set(IN_CODE.findall((DOCS / "glossary.md").read_text(encoding="utf-8")))
    assert {value.value for value in kind} - glossary == set()


def test_the_glossary_test_sees_every_kind():
    assert len(KINDS) > 15


RULE_NAME = re.compile(r"\"([a-z0-9]+(?:-[a-z0-9]+){2,})\"")


def test_every_rule_of_the_domain_is_in_the_rules():
    """Found by their form, which is another way than that by which the page is made."""
    # What an appeal would ask has names of the same form, and refuses nothing.
    files = [path for path in sorted((ROOT / "domain").rglob("*.py")) if "rehearsal" not in path.name]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    found = set(RULE_NAME.findall(text))
    assert len(found) > 80
    listed = set(
        re.findall(r"^\| `([^`]+)` \|", (DOCS / "rules.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    # How long a period is has a name of the same form, and refuses nothing.
    assert found - listed - {period.name for period in RULES} == set()


def test_everything_the_permission_table_grants_is_in_the_commands():
    named = set(IN_CODE.findall((DOCS / "commands.md").read_text(encoding="utf-8")))
    assert set(GRANTED) - named == set()


def commands(group: click.Group, name: str) -> list[str]:
    """Every command of the command line, with its groups: `casebook import register`."""
    context = click.Context(group)
    found = []
    for part in group.list_commands(context):
        command = group.get_command(context, part)
        assert command is not None
        if not isinstance(command, click.Group) or command.invoke_without_command:
            found.append(f"{name} {part}")
        if isinstance(command, click.Group):
            found += commands(command, f"{name} {part}")
    return found


def test_every_command_has_its_place_and_an_example():
    page = (DOCS / "command-line.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## `(casebook [a-z -]+)`$", page, re.MULTILINE)
    assert sorted(headings) == sorted(commands(cli.main, "casebook"))
    sections = re.split(r"^## ", page, flags=re.MULTILINE)[1:]
    assert [
        text.splitlines()[0] for text in sections if text.startswith("`casebook") and "```" not in text
    ] == []


def test_every_option_of_a_command_that_the_page_names_exists():
    """Sections name options as `--keys`; each must be one of that command's."""
    page = (DOCS / "command-line.md").read_text(encoding="utf-8")
    wrong = []
    for section in re.split(r"^## `casebook ", page, flags=re.MULTILINE)[1:]:
        name, _, text = section.partition("`")
        command: click.Command = cli.main
        for part in name.split():
            assert isinstance(command, click.Group)
            found = command.get_command(click.Context(command), part)
            assert found is not None
            command = found
        known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        wrong += [
            (name, option) for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", text) if option not in known
        ]
    assert wrong == []


def test_the_readme_is_short():
    assert (ROOT / "README.md").read_text(encoding="utf-8").count("\n") <= 150


def test_make_targets_that_pages_name_exist():
    targets = set(re.findall(r"^\.PHONY: (\S+)$", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        name for page in PAGES for name in re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))
    }
    assert named - targets == set()


def test_modules_that_pages_run_exist():
    named = {
        name for page in PAGES for name in re.findall(r"python -m ([\w.]+)", page.read_text(encoding="utf-8"))
    }
    ours = {name for name in named if name.split(".")[0] in {"tests", "web", "application"}}
    assert [name for name in sorted(ours) if importlib.util.find_spec(name) is None] == []
