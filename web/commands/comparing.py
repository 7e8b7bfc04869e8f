"""Two instants of one practice compared: what was recorded between them, and how it stood at each."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import click

from application.comparing import Compared, Stood, compared
from domain.practice.events import FactWithdrawn
from domain.practice.kinds import Tier
from domain.practice.moment import NOW, Moment
from domain.practice.visible import Withheld
from domain.rules import Recorded
from web.commands.framework_told import tier_said
from web.commands.moments import past_or_refuse, went_back, with_clocks, with_eyes
from web.commands.opening import Opened, as_person, opened
from web.commands.printing import plain, print_json
from web.commands.purposes import for_purpose, noted
from web.commands.refusals import Refused
from web.commands.showing import may_read_or_refuse
from web.purposes.noted import moments_noted
from web.replay.moments import NoMoment, read_moment
from web.replay.standing import standing
from web.words import spaced


@click.command("compare")
@click.argument("code", metavar="CODE")
@click.option("--from", "first", required=True, help="A date (its end), a time with its zone, or a position.")
@click.option("--to", "second", help="The same; without it, now.")
@with_clocks
@with_eyes
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@for_purpose
@as_person
def compare_command(
    code: str,
    first: str,
    second: str | None,
    moment: Moment,
    through: str,
    as_json: bool,
    purpose: str | None,
    email: str | None,
) -> None:
    """Compare a practice as it was known at two moments: what was added, corrected or withdrawn, and how it stood. With a
    clock set, the record ends where it stands.
    """
    code = code.strip().upper()
    with opened(email) as casebook:
        past_or_refuse(casebook, moment)
        moments = (
            _moment(first, "--from", casebook),
            NOW if second is None else _moment(second, "--to", casebook),
        )
        looked = noted(casebook, purpose, moment, through)
        looked["moment"] = " ".join(filter(None, (looked["moment"], moments_noted(*moments))))
        may_read_or_refuse(casebook, code, "ReadRecord", "Compared", **looked)
        then = went_back(casebook, moment, through, code)
        found = compared(then.casebook, code, then.asked, *moments)
        called = {one: casebook.called(one) for one in _deciders(found)}
    if found.backwards:
        raise Refused("The second moment is before the first")
    if not found.later.practice.registered:
        raise Refused(f"Nothing was recorded of {code} by the second moment")
    told = _told(code, found)
    if as_json:
        print_json(told)
    else:
        _print(told, called)


def _deciders(found: Compared) -> set[str]:
    decisions = (one.practice.decision_on(one.on) for one in (found.earlier, found.later))
    return {one.decided_by for one in decisions if one is not None}


def _moment(typed: str, option: str, casebook: Opened) -> Moment:
    try:
        return read_moment(typed, casebook.casebook)
    except NoMoment as wrong:
        raise click.BadParameter(str(wrong), param_hint=option) from None


def _told(code: str, found: Compared) -> dict[str, Any]:
    before, after = (_stood(one) for one in (found.earlier, found.later))
    names = list(after or {})
    return {
        "practice": code,
        "from": before,
        "to": after,
        "changed": [name for name in names if (before or {}).get(name) != (after or {}).get(name)],
        "added": [_fact(one) for one in found.added],
        "amended": [
            {
                "version": one.corrects,
                "by": one.version,
                "withdrawn": isinstance(one.fact, FactWithdrawn),
                "fields": [part.field for part in getattr(one.fact, "fields", ())],
            }
            for one in found.amended
        ],
    }


def _stood(one: Stood) -> dict[str, Any] | None:
    return standing(one.practice, one.on) if one.practice.registered else None


def _fact(one: Recorded) -> dict[str, Any]:
    if isinstance(one.fact, Withheld):
        return {"version": one.version, "name": one.fact.NAME, **plain(one.fact)}
    return {
        "position": one.position,
        "version": one.version,
        "name": one.fact.NAME,
        "occurred_on": getattr(one.fact, "occurred_on", None),
        "recorded_at": one.recorded_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }


def _print(told: dict[str, Any], called: dict[str, str]) -> None:
    for name in told["changed"]:
        before, after = ((told[side] or {}).get(name) for side in ("from", "to"))
        if isinstance(after, list):
            before, after = (f"{len(one or ())}" for one in (before, after))
        click.echo(f"{spaced(name).lower():<14} {_said(before, called)} -> {_said(after, called)}")
    for one in told["amended"]:
        click.echo(
            f"{'withdrawn' if one['withdrawn'] else 'corrected':<14} {told['practice']}/{one['version']}"
        )
    for one in told["added"]:
        click.echo(f"{'added':<14} {told['practice']}/{one['version']}  {one['occurred_on']}  {one['name']}")


def _said(value: Any, called: dict[str, str]) -> Any:
    """A stored value as people read it: a tier by its name, a person by theirs."""
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case Tier():
            return tier_said(value)
        case str():
            return called.get(value, value)
        case _:
            return plain(value)
