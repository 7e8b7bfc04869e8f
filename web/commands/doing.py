"""Recording, from the command line, what a page would record: the same commands under the same rules."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any, TextIO

import click
import msgspec
import msgspec.inspect

from domain.access import permissions
from domain.access.commands import (
    COVER_COMMANDS,
    INTEREST_COMMANDS,
    AddressOrganisation,
    EndRole,
    GrantRole,
    SucceedOrganisation,
)
from domain.indicators.commands import COMMANDS as INDICATOR_COMMANDS
from domain.links import COMMANDS as LINK_COMMANDS
from domain.links import LinkCommand
from domain.performers.commands import COMMANDS as PERFORMER_COMMANDS
from domain.performers.commands import PerformerCommand
from domain.practice.again import decided_already
from domain.practice.commands import COMMANDS as PRACTICE_COMMANDS
from domain.practice.commands import DecideTier, PracticeCommand, RegisterPractice
from domain.rules import Command
from domain.text import new_ids
from web.commands.opening import Opened, as_person, opened, person_asked
from web.commands.refusals import cited, out_of_scope
from web.practices.again import recorded_already

ABOUT_A_PERSON: tuple[type[Command], ...] = (GrantRole, EndRole, *INTEREST_COMMANDS, *COVER_COMMANDS)
COMMANDS: dict[str, type[Command]] = {
    **PRACTICE_COMMANDS,
    **PERFORMER_COMMANDS,
    **LINK_COMMANDS,
    **INDICATOR_COMMANDS,
    **{kind.__name__: kind for kind in (*ABOUT_A_PERSON, SucceedOrganisation, AddressOrganisation)},
}
"""What may be asked for. People are added, and their links made, by `casebook person`; names are imported."""

SAYS_CODE: dict[type[Command], str] = {
    RegisterPractice: "code",
    SucceedOrganisation: "code",
    AddressOrganisation: "code",
    **dict.fromkeys(
        (*PERFORMER_COMMANDS.values(), *LINK_COMMANDS.values(), *INDICATOR_COMMANDS.values()), "code"
    ),
    **dict.fromkeys(ABOUT_A_PERSON, "person_id"),
}
"""The field that is the CODE of the command line, where a command has one."""

OPERATORS_TOO: tuple[type[Command], ...] = (
    SucceedOrganisation,
    AddressOrganisation,
    *INDICATOR_COMMANDS.values(),
)
"""What the operator may record as well: what is about no practice and no person."""


@click.command("do", epilog=f"Commands: {', '.join(COMMANDS)}.")
@click.argument("command", metavar="COMMAND")
@click.argument("code", metavar="CODE")
@click.option(
    "--json",
    "told",
    type=click.File(encoding="utf-8"),
    required=True,
    metavar="FILE",
    help="What to record; - reads it here.",
)
@as_person
def do_command(command: str, code: str, told: TextIO, email: str | None) -> None:
    """Record something about a practice, as a person: COMMAND is RaiseFlag, RecordConversation and so on.

    CODE is the practice's code. For what is about a person (a role, an interest, a recusal) it is the person's e-mail
    address; for SucceedOrganisation the successor's code, for AddressOrganisation its own; for DefineIndicator and RetireIndicator the indicator's. These
    three the operator may record too.

    FILE is a JSON object of the command's fields. The id of a new thing may be left out. It may also have
    command_id, with which the same command sent twice is recorded once, and expected_version, with which it is
    refused when others have since recorded something about the same thing. A decision on the tier that is the same as
    the one you recorded a moment ago, with nothing recorded since, is not recorded again, unless "again" is true.

    Prints each fact recorded, such as X90001/27 practice.flag-raised.
    """
    kind = _kind(command)
    if kind not in OPERATORS_TOO:
        email = person_asked(email)
    said = _object(told)
    command_id = _taken(said, "command_id", str)
    expected = _taken(said, "expected_version", int)
    again = _taken(said, "again", bool)
    with opened(email) as casebook:
        code = _key(casebook, kind, code.strip())
        _may_know(casebook, kind, code)
        given = _command(kind, _filled(kind, said, code, _minter(casebook, command_id)))
        if not again and isinstance(given, DecideTier) and _said_already(casebook, code, given, command_id):
            return
        outcome = casebook.casebook.handle(
            code,
            given,
            casebook.asked,
            command_id=command_id or casebook.casebook.ids("command"),
            expected_version=expected,
        )
        casebook.catch_up()
    for fact in outcome.recorded:
        click.echo(f"{cited(fact.stream, fact.version)} {fact.fact.NAME}")
    if outcome.repeated:
        click.echo("This was recorded before, and is not recorded again.", err=True)
    elif not outcome.recorded:
        click.echo("Nothing would change, so nothing was recorded.", err=True)


def _said_already(casebook: Opened, code: str, given: DecideTier, command_id: str | None) -> bool:
    """Says so, with the facts as they were recorded, where the same was decided a moment ago and nothing has come since."""
    asked = casebook.asked
    practice = casebook.casebook.seen(code, asked)
    entry = decided_already(practice, given, command_id or "", asked.person, asked.at)
    if entry is None:
        return False
    for fact in practice.history:
        if fact.command_id == entry.command_id:
            click.echo(f"{cited(fact.stream, fact.version)} {fact.fact.NAME}")
    click.echo(
        f'{recorded_already(entry, asked.at)}. To record it twice, send it with "again": true.', err=True
    )
    return True


def _kind(name: str) -> type[Command]:
    wanted = name.replace("-", "").replace("_", "").lower()
    for known, kind in COMMANDS.items():
        if known.lower() == wanted:
            return kind
    raise click.BadParameter(f"there is no command {name}; see casebook do --help", param_hint="COMMAND")


def _key(casebook: Opened, kind: type[Command], code: str) -> str:
    """What the command is about: a practice by its code, a person by their id or e-mail address."""
    if kind not in ABOUT_A_PERSON:
        return code.upper()
    account = casebook.stores.account(code)
    return account.person_id if account else code


def _may_know(casebook: Opened, kind: type[Command], code: str) -> None:
    """Somebody outside a practice's scope is told what is said of a code that nobody registered, as by `show`."""
    if kind is RegisterPractice or not issubclass(kind, PracticeCommand | PerformerCommand | LinkCommand):
        return
    name = kind.__name__
    if not permissions.may(casebook.asked, name):
        return  # said of every code alike, when it is decided
    practice = casebook.casebook.seen(code, casebook.asked)
    if not permissions.may_read(casebook.asked, practice):
        if practice.registered:
            casebook.casebook.log_access(
                casebook.asked,
                "refused",
                name,
                subject=f"practice-{code}",
                rule=permissions.rule_against_reading(casebook.asked, practice),
            )
        raise out_of_scope(code)


def _object(told: TextIO) -> dict[str, Any]:
    try:
        text = told.read()
        said = msgspec.json.decode(text)
        json.loads(text, object_pairs_hook=_each_key_once)
    except UnicodeDecodeError:
        raise click.BadParameter("it is not UTF-8 text", param_hint="--json") from None
    except msgspec.DecodeError as problem:
        raise click.BadParameter(f"it is not JSON: {problem}", param_hint="--json") from None
    except RecursionError:
        raise click.BadParameter("it is nested too deeply", param_hint="--json") from None
    if not isinstance(said, dict):
        raise click.BadParameter("it must be one JSON object", param_hint="--json")
    return said


def _each_key_once(pairs: list[tuple[str, Any]]) -> None:
    """Readers of JSON differ on which of two is meant: neither is taken."""
    seen = set[str]()
    for name, _ in pairs:
        if name in seen:
            raise _wrong(name, "is there twice")
        seen.add(name)


def _taken(said: dict[str, Any], name: str, kind: type) -> Any:
    """Take a key that is not the command's own out of what was said."""
    value = said.pop(name, None)
    if value is None or (type(value) is kind and value != ""):
        return value
    raise _wrong(name, {int: "must be a number", bool: "must be true or false"}.get(kind, "must be text"))


def _minter(casebook: Opened, command_id: str | None) -> Callable[[str], str]:
    """Mints the ids of new things. Under a command id they are the same each time it is sent."""
    if command_id is None:
        return casebook.casebook.ids

    def mint(prefix: str) -> str:
        return f"{prefix}-{hashlib.sha256(f'{prefix} {command_id}'.encode()).hexdigest()[:16]}"

    return mint


def _filled(
    kind: type[Command], said: dict[str, Any], code: str, mint: Callable[[str], str]
) -> dict[str, Any]:
    filled = dict(said)
    for name, (new, _) in new_ids(kind).items():
        filled.setdefault(name, mint(new.prefix))
    if (field := SAYS_CODE.get(kind)) and filled.setdefault(field, code) != code:
        raise _wrong(field, f"must be {code}, as on the command line, or be left out")
    return filled


def _command(kind: type[Command], said: dict[str, Any]) -> Command:
    """The command, or bad use with the field that is at fault."""
    try:
        command: Command = msgspec.convert(said, kind, strict=True)
    except msgspec.ValidationError as problem:
        if unknown := [name for name in said if name not in {field.name for field in fields(kind)}]:
            raise _wrong(unknown[0], f"is not a field of {kind.__name__}") from None
        reason, _, place = str(problem).partition(" - at `$")
        if place:
            raise _wrong(place.strip(".`"), _in_words(reason) + _allowed(kind, place)) from None
        raise click.BadParameter(_in_words(reason), param_hint="--json") from None
    known = {field.name for field in fields(kind)}
    unknown = [name for name in said if name not in known]
    unknown += _unread(said, msgspec.to_builtins(command)) if not unknown else []
    if unknown:
        raise _wrong(unknown[0], f"is not a field of {kind.__name__}")
    return command


def _unread(said: Any, taken: Any, path: str = "") -> list[str]:
    """Fields inside a field that the command does not have: they would be dropped in silence."""
    if isinstance(said, dict) and isinstance(taken, dict):
        return [
            found
            for name, value in said.items()
            for found in (
                _unread(value, taken[name], f"{path}.{name}")
                if name in taken
                else [f"{path}.{name}".strip(".")]
            )
        ]
    if isinstance(said, list) and isinstance(taken, list | tuple):
        return [
            found
            for at, (one, other) in enumerate(zip(said, taken, strict=False))
            for found in _unread(one, other, f"{path}[{at}]")
        ]
    return []


def _allowed(kind: Any, place: str) -> str:
    """What may stand where something that is no such value stands, of a field or a field inside one."""
    found: Any = msgspec.inspect.type_info(kind)
    for part in re.findall(r"\w+", re.sub(r"\[[^\]]*\]", "", place)):
        found = next((one.type for one in getattr(_inside(found), "fields", ()) if one.name == part), None)
    found = _inside(found)
    if not isinstance(found, msgspec.inspect.EnumType):
        return ""
    return f": it is one of {', '.join(str(one.value) for one in found.cls)}"


def _inside(found: Any) -> Any:
    """The type of a value that may be left out, or of each of several."""
    while True:
        match found:
            case msgspec.inspect.Metadata():
                found = found.type
            case msgspec.inspect.UnionType():
                found = next(
                    (one for one in found.types if not isinstance(one, msgspec.inspect.NoneType)), None
                )
            case msgspec.inspect.VarTupleType() | msgspec.inspect.ListType():
                found = found.item_type
            case _:
                return found


def _wrong(field: str, message: str) -> click.BadParameter:
    return click.BadParameter(f"{field} {message}", param_hint="--json")


def _in_words(reason: str) -> str:
    """Msgspec's own words, but where they name a standard and not what to do."""
    if "ISO8601" in reason or "RFC3339" in reason:
        return "must be a date that exists, as YYYY-MM-DD"
    if reason.startswith("Object missing required field"):
        return reason.replace("Object missing required field", "a field is missing:").replace("`", "")
    return reason[:1].lower() + reason[1:].replace("`", "")
