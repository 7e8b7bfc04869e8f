"""How whatever stops a command is said: one plain line on stderr, and the exit status."""

from __future__ import annotations

import click
from eventsourcing.persistence import PersistenceError
from sqlalchemy.exc import DBAPIError

from application.backup.files import BackupRefused
from application.codec import Unreadable
from application.facts import UnknownFact
from application.keys import KeyWrong
from application.outcomes import Busy, Stale
from application.schema import NotReady
from application.sealing import KeyMissing, SealBroken
from application.settings import SettingWrong
from application.source_file import SourceUnreadable
from domain.rules import RuleBroken

OUT_OF_SCOPE = "a-practice-is-read-by-those-responsible-for-it"

REFUSED = 1
BAD_USE = 2

_REFUSALS = (
    RuleBroken,
    Stale,
    Busy,
    NotReady,
    SourceUnreadable,
    BackupRefused,
    KeyWrong,
    KeyMissing,
    SealBroken,
    Unreadable,
    UnknownFact,
    PersistenceError,
    DBAPIError,
    OSError,
)


class Refused(click.ClickException):
    """The command was understood, and cannot be done."""

    exit_code = REFUSED


def out_of_scope(code: str) -> RuleBroken:
    """Said alike of a practice that is not this person's to know, and of a code that nobody registered."""
    return RuleBroken(OUT_OF_SCOPE, f"{code} is not a practice that you may read")


def exit_status_of(problem: Exception) -> int | None:
    """The exit status for something that stopped a command; None for what nobody foresaw."""
    if isinstance(problem, click.exceptions.Exit | click.ClickException):
        return problem.exit_code
    if isinstance(problem, SettingWrong):
        return BAD_USE
    return REFUSED if isinstance(problem, _REFUSALS) else None


def in_one_line(problem: Exception) -> str:
    """What is said of it."""
    match problem:
        case click.UsageError():
            see = f" See {problem.ctx.command_path} --help." if problem.ctx else ""
            text = problem.format_message().rstrip(".") + "." + see
        case click.ClickException():
            text = problem.format_message()
        case RuleBroken():
            field = f" ({problem.field})" if problem.field else ""
            text = f"{problem.rule}: {problem.message}{field}"
        case Stale():
            since = ", ".join(
                f"{cited(fact.stream, fact.version)} {fact.fact.NAME}" for fact in problem.facts
            )
            text = f"{problem}: {since}"
        case DBAPIError() | PersistenceError() if "disk is full" in str(problem):
            text = "The disk is full: make room, then do it again"
        case DBAPIError():
            text = f"The database refused this: {problem.orig}"
        case OSError() if problem.filename:
            text = f"{problem.filename}: {problem.strerror}"
        case SourceUnreadable():
            # Each thing that is wrong with a file is a line of its own.
            return "\n".join(" ".join(line.split()) for line in str(problem).splitlines())
        case _:
            text = str(problem)
    return " ".join(text.split())


def cited(stream: str, version: int) -> str:
    """How a fact is cited: X90001/27."""
    return f"{stream.removeprefix('practice-')}/{version}"
