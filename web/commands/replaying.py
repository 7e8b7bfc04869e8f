"""A practice's decisions by what was known then and today, and its record one action at a time."""

from __future__ import annotations

import json
from datetime import UTC, date
from hashlib import sha256
from typing import Any

import click

from application.lens import Lens, lens, listed
from application.stepping import Step, Steps
from domain.framework.recommending import Recommendation
from domain.practice.moment import Moment
from domain.practice.state import Practice
from domain.practice.visible import Withheld
from domain.rules import Recorded
from web.commands.framework_told import tier_said
from web.commands.moments import past_or_refuse, went_back, with_clocks, with_eyes
from web.commands.opening import Opened, as_person, opened
from web.commands.printing import plain, print_json
from web.commands.purposes import for_purpose, noted
from web.commands.refusals import Refused
from web.commands.showing import may_read_or_refuse
from web.practices.fields import words_or_why
from web.replay.standing import standing


@click.command("decision")
@click.argument("code", metavar="CODE", required=False)
@click.argument("number", metavar="NUMBER", required=False, type=click.IntRange(min=1))
@click.option("--list", "as_list", is_flag=True, help="List every decision on every practice instead.")
@with_clocks
@with_eyes
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@for_purpose
@as_person
def decision_command(
    code: str | None,
    number: int | None,
    as_list: bool,
    moment: Moment,
    through: str,
    as_json: bool,
    purpose: str | None,
    email: str | None,
) -> None:
    """Show what was known when a tier was decided, beside what is known today. Without NUMBER, of the latest decision.

    Each side has a digest; that of what was known then is the same on every later day. With a clock set, today is the
    moment that the clocks stand at.
    """
    if as_list == (code is not None):
        raise click.UsageError("give the CODE of a practice, or --list")
    if as_list and through:
        raise click.UsageError("--as-seen-by is whose screen of one practice: give its CODE")
    with opened(email) as casebook:
        past_or_refuse(casebook, moment)
        if code is None:
            _list_decisions(casebook, moment, purpose, as_json=as_json)
            return
        code = code.strip().upper()
        looked = noted(casebook, purpose, moment, through)
        may_read_or_refuse(casebook, code, "ReadRecord", "Decision", **looked)
        then = went_back(casebook, moment, through, code)
        seen = lens(then.casebook, code, number, then.asked)
        if seen is None:
            by_then = "" if then is casebook else " by then"
            raise Refused(
                f"No decision on the tier of {code} is recorded{by_then}"
                if number is None
                else f"There is no decision {number} of {code}{by_then}"
            )
        decided_by = casebook.called(seen.entry.person)
    if as_json:
        print_json(_decision(code, seen))
    else:
        _print_decision(code, seen, decided_by)


def _list_decisions(present: Opened, moment: Moment, purpose: str | None, *, as_json: bool) -> None:
    present.may("ReadRecord")
    present.casebook.log_access(present.asked, "read", "Decisions", **noted(present, purpose, moment))
    then = went_back(present, moment)
    found = list(listed(then.casebook, then.asked))
    if as_json:
        print_json(
            [
                {"practice": one.practice, "number": one.number, "date": one.decision.decided_on}
                for one in found
            ]
        )
        return
    called = {person: present.called(person) for person in {one.decision.decided_by for one in found}}
    for code, name, number, decision in found:
        practice = words_or_why(name) if name else ""
        click.echo(
            f"{code}  {number}  {decision.decided_on}  {tier_said(decision.tier)}  {practice},"
            f" decided by {called[decision.decided_by]}"
        )


@click.command("replay")
@click.argument("code", metavar="CODE")
@with_clocks
@with_eyes
@click.option("--json", "as_json", is_flag=True, help="As JSON, one line for each action.")
@for_purpose
@as_person
def replay_command(
    code: str, moment: Moment, through: str, as_json: bool, purpose: str | None, email: str | None
) -> None:
    """Replay a practice one action at a time: what was recorded, how it stood before and after, and which rules held.
    With a clock set, the record ends where it stands.
    """
    code = code.strip().upper()
    with opened(email) as casebook:
        past_or_refuse(casebook, moment)
        looked = noted(casebook, purpose, moment, through)
        may_read_or_refuse(casebook, code, "ReadRecord", "Replay", **looked)
        then = went_back(casebook, moment, through, code)
        stored = {
            version: sha256(data).hexdigest()
            for _, version, data in then.casebook.recorder.stored(f"practice-{code}")
        }
        before: dict[str, Any] | None = None
        for step in Steps(then.casebook, code, then.asked):
            if as_json:
                told = _step(step, stored, before)
                before = told["after"]
                click.echo(json.dumps(plain(told), ensure_ascii=False).encode())
            else:
                _print_step(step)


def _decision(code: str, seen: Lens) -> dict[str, Any]:
    return {
        "practice": code,
        "number": seen.number,
        "of": seen.of,
        "date": seen.decision.decided_on,
        "tier": seen.decision.tier,
        "version": seen.decision.version,
        "position": seen.entry.position,
        "known": {**seen.known.told, "digest": seen.known.digest},
        "today": {**seen.today.told, "digest": seen.today.digest},
    }


def _print_decision(code: str, seen: Lens, decided_by: str) -> None:
    tier = str(seen.decision.tier).replace("_", " ")
    click.echo(
        f"{code}  decision {seen.number} of {seen.of}: {tier}, {seen.decision.decided_on}, {decided_by}"
    )
    for side, known in (("known then", seen.known), ("known today", seen.today)):
        said, rules = known.told["recommendation"], known.told["framework"]
        recommended = said["tier"].replace("_", " ") if said else "nothing was recommended"
        by = f" by version {rules['version']} of the rules" if rules else ""
        click.echo(f"{side:<12}  {len(known.told['facts'])} facts; {recommended}{by}; digest {known.digest}")


def _step(step: Step, stored: dict[int, str], before: dict[str, Any] | None) -> dict[str, Any]:
    """Each step begins as the one before it ended, but on its own day."""
    first = step.facts[0]
    return {
        "step": step.number,
        **_whose(first),
        "facts": [_fact(one, stored) for one in step.facts],
        "before": before and _standing(step.before, step.on),
        "after": _standing(step.after, step.on),
        "rules_before": _rules(step.recommended_before),
        "rules": _rules(step.recommended),
    }


def _whose(first: Recorded) -> dict[str, Any]:
    """Who recorded it, and when. Of what is withheld only whose it is."""
    if isinstance(first.fact, Withheld):
        return {"organisation": first.organisation}
    return {
        "command_id": first.command_id,
        "recorded_at": first.recorded_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "person": first.person,
        "organisation": first.organisation,
        "role": first.role,
    }


def _fact(one: Recorded, stored: dict[int, str]) -> dict[str, Any]:
    if isinstance(one.fact, Withheld):
        return {"version": one.version, "name": one.fact.NAME, **plain(one.fact)}
    return {
        "position": one.position,
        "version": one.version,
        "name": one.fact.NAME,
        "occurred_on": getattr(one.fact, "occurred_on", None),
        "sha256": stored[one.version],
    }


def _standing(practice: Practice, day: date) -> dict[str, Any] | None:
    return standing(practice, day) if practice.registered else None


def _rules(found: Recommendation | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "framework_version": found.framework_version,
        "tier": found.tier,
        "held": [{"rule": one.rule, "tier": one.tier, "facts": list(one.facts)} for one in found.satisfied],
    }


def _print_step(step: Step) -> None:
    told = ", ".join(one.fact.NAME.partition(".")[2].replace("-", " ") for one in step.facts)
    rules = ", ".join(step.recommended.rules) if step.recommended else ""
    click.echo(f"{step.number:>5}  {step.on}  {told}{f'  (rules that hold: {rules})' if rules else ''}")
