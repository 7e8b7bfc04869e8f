"""The command itself: help on each, one plain line for what goes wrong, and the exit status."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.cli.conftest import listed
from web.cli import COMMANDS, main


def every_command(group=main, path=()):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


EVERY = dict(every_command())


def test_there_is_each_command_that_was_asked_for():
    assert set(EVERY) == {
        "init", "person add", "person link", "person unlock", "demo", "serve", "do", "import organisations", "import register",
        "import observations", "release restate", "release withdraw", "releases", "flags recompute",
        "show", "history", "replay", "decision", "compare", "caseload", "brief", "sample", "due", "search", "indicators", "rebuild", "backup", "restore", "doctor",
        "framework versions", "framework export", "framework recommend", "framework dry-run", "framework draft",
        "framework publish", "framework decline", "framework withdraw",
    }  # fmt: skip


@pytest.mark.parametrize("name", dict.fromkeys([*EVERY, *(name.split()[0] for name in EVERY)]))
def test_each_has_help(bare, name):
    ran = bare.fine(*name.split(), "--help")
    assert ran.out.startswith("Usage: ")
    assert "--help" in ran.out


def test_help_of_the_whole_lists_them_all(bare):
    out = bare.fine("--help").out
    assert all(f"  {name} " in out for name in COMMANDS)


@pytest.mark.parametrize("name", EVERY)
def test_each_can_be_asked_by_a_person(name):
    assert "--as" in [option for parameter in EVERY[name].params for option in parameter.opts]


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["show"],
        ["show", "A81001", "--colour"],
        ["import", "nonsense"],
        ["import", "register"],
        ["person", "add", "a@example.org"],
        ["person", "add", "a@example.org", "--name", "A", "--role", "king"],
        ["serve", "--port", "100000"],
        ["rebuild", "--view", "nonsense"],
        ["backup", "file"],
        ["do", "RaiseFlag", "A81001"],
        ["import", "organisations", __file__, "--from", "2013-02-31"],
    ],
)
def test_bad_use_is_one_line_and_exit_status_2(bare, words):
    ran = bare(*words)
    assert (ran.status, ran.out) == (2, ""), ran
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["show", "A81001"], ["history", "A81001"], ["rebuild"], ["demo"], ["serve"], ["backup", "f", "--keys", "k"],
        ["person", "add", "a@example.org", "--name", "A", "--role", "auditor"], ["import", "register", __file__],
    ],
)  # fmt: skip
def test_before_init_each_says_to_run_it(bare, words):
    ran = bare(*words)
    assert (ran.status, ran.out) == (1, "")
    assert "casebook init" in ran.err
    assert ran.err.count("\n") == 1


def test_a_setting_that_is_wrong_is_bad_use(bare):
    bare.environ["CASEBOOK_DATABASE_URL"] = "mysql://secret@example.org"
    ran = bare("init")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("CASEBOOK_DATABASE_URL must begin postgresql://")
    assert "secret" not in ran.err


@pytest.mark.parametrize("role", ["caseworker", "manager", "lead", "auditor", "administrator"])
@pytest.mark.parametrize(
    "words",
    [
        ["init"], ["demo"], ["serve"], ["rebuild"], ["doctor"], ["backup", "f", "--keys", "k"],
        ["import", "organisations", __file__],
    ],
)  # fmt: skip
def test_what_the_permission_table_does_not_grant_a_person_is_refused(practice, words, role):
    ran = practice(*words, "--as", f"{role}@example.org")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("the-role-may-do-this: ")


def test_the_installed_command_works_in_a_process_of_its_own(bare, register):
    assert bare.process("init").status == 0
    ran = bare.process("import", "register", register(listed("A81001", "CAFÉ SURGERY"), listed("")))
    assert ran.status == 1
    assert ran.out.startswith("registered 1\n")
    assert "line 2: column 1 must be an ODS code, not empty\n" in ran.err
    assert "CAFÉ SURGERY" in bare.process("show", "A81001").out
    assert bare.process("show", "A89999").status == 1
    assert bare.process("show").status == 2


def test_nothing_is_drawn_where_nobody_watches(casebook, register):
    file = register(*(listed(f"A81{number:03}") for number in range(900)))
    assert casebook.process("import", "register", file).err == ""


def test_progress_is_drawn_for_a_person(casebook, register):
    """Standard error is a terminal here; standard output is not, and stays plain."""
    file = register(*(listed(f"A81{number:03}") for number in range(900)))
    ours, theirs = pty.openpty()
    environ = {**os.environ, **casebook.environ, "TERM": "xterm", "COLUMNS": "100"}
    command = [Path(sys.executable).parent / "casebook", "import", "register", file]
    done = subprocess.run(command, env=environ, stdout=subprocess.PIPE, stderr=theirs, check=True)
    os.close(theirs)
    drawn = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "Taking in the register" in drawn
    assert done.stdout.decode().startswith("registered 900\n")
