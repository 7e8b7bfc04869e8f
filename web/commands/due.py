"""What is due, of one practice or of all that one may read, from the command line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import click

from domain.access.permissions import scope_of
from domain.clocks.due import due
from domain.clocks.what import WAITS, Clock, Due
from domain.practice.moment import Moment
from domain.practice.state import Practice
from domain.rules import LONDON
from projections.clocks import (
    practices_above_assurance_based,
    practices_to_look_at_again,
    practices_with_something_due,
)
from web.commands.moments import past_or_refuse, went_back, with_clocks
from web.commands.opening import Opened, as_person, opened
from web.commands.printing import print_json
from web.commands.purposes import for_purpose, looked_back
from web.commands.reviews import KIND, to_look_at_again
from web.commands.showing import may_read_or_refuse
from web.practices.due import became, title, why
from web.practices.fields import words_or_why
from web.practices.timing import since
from web.words import day, label

AHEAD = 28
"""Days ahead that are told of many practices, unless it is said otherwise: the shortest period of a notice."""


@click.command("due")
@click.argument("code", metavar="[CODE]", required=False)
@click.option(
    "--days",
    type=click.IntRange(0, 3660),
    help=f"Days ahead. All of one practice without it; of all practices {AHEAD}.",
)
@with_clocks
@for_purpose
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@as_person
def due_command(
    code: str | None,
    days: int | None,
    moment: Moment,
    purpose: str | None,
    as_json: bool,
    email: str | None,
) -> None:
    """Show what is due, when, and why: of one practice, or of all. What is late comes first, by consequence; decisions that
    wait to be looked at again, which have no day, come last.
    """
    with opened(email) as present:
        past_or_refuse(present, moment)
        looked = looked_back(present, purpose, moment)
        casebook = went_back(present, moment)
        today = casebook.casebook.clock().astimezone(LONDON).date()
        practices = (
            _one(casebook, code, looked)
            if code
            else _all(casebook, today, AHEAD if days is None else days, looked)
        )
        until = None if days is None and code else today + timedelta(days=AHEAD if days is None else days)
        found = [
            _told(practice, one, today)
            for practice in practices
            for one in due(practice, today)
            if until is None or one.due_on <= until
        ]
        if code:
            found += [
                told
                for practice in practices
                for told in _actions(practice, today)
                if until is None or told["due_on"] <= until
            ]
            found.sort(key=lambda one: not one["late"])
            found += [told for practice in practices for told in _standing(practice, today)]
        else:
            found.sort(key=lambda one: (not one["late"], one["due_on"], one["code"]))
        found += [told for practice in practices for told in to_look_at_again(casebook, practice)]
    if as_json:
        print_json(found)
    elif not found:
        click.echo("Nothing is due.")
    for one in () if as_json else found:
        state, when = _state(one, today)
        click.echo(f"{one['code']}  {state:4}  {when}{one['title']}")
        click.echo(f"        {one['of_called']}: {one['why'][:1].lower()}{one['why'][1:]}")


def _state(one: dict[str, Any], today: date) -> tuple[str, str]:
    """How it stands, and by when; since when, of what waits and has no last day: as the practice's page says it."""
    on: date | None = one["due_on"]
    if on is None:
        return "wait" if one["what"] == KIND else "stop", ""
    if one["what"] in WAITS:
        return "wait", f"since {day(on)}, {since(on, today)}  "
    return "LATE" if one["late"] else "due", f"{day(on)}  "


def _one(casebook: Opened, code: str, looked: dict[str, Any]) -> list[Practice]:
    code = code.strip().upper()
    may_read_or_refuse(casebook, code, "ReadPractice", **looked)
    return _seen(casebook, code)


def _all(casebook: Opened, today: date, days: int, looked: dict[str, Any]) -> list[Practice]:
    """Those about which something may be due by then. That they were looked through is noted."""
    casebook.may("ReadPractice")
    views = casebook.views
    views.catch_up()
    with views.reading() as reading:
        scope, until = scope_of(casebook.asked), today + timedelta(days=days)
        codes = {
            *practices_with_something_due(reading, scope, today, until),
            *practices_above_assurance_based(reading, scope, today),
            *practices_to_look_at_again(reading, scope, today),
        }
    casebook.casebook.log_access(casebook.asked, "read", "WhatIsDue", number=len(codes), **looked)
    return _seen(casebook, *sorted(codes))


def _seen(casebook: Opened, *codes: str) -> list[Practice]:
    """With the rules in force, which say what is due at a tier."""
    of, asked = casebook.casebook, casebook.asked
    framework = of.framework().on(asked.on)
    return [replace(of.seen(code, asked), framework=framework) for code in codes]


def _actions(practice: Practice, today: date) -> list[dict[str, Any]]:
    """The actions that were agreed and are not done, the longest overdue first."""
    if practice.closed_on is not None and practice.closed_on <= today:
        return []
    agreed = [one for one in practice.actions.values() if one.status == "agreed"]
    return [
        {
            "code": practice.code,
            "what": "action",
            "title": f"An action: {words_or_why(one.issue)}",
            "due_on": one.due_on,
            "late": one.due_on < today,
            "passes": False,
            "of": one.owner,
            "of_called": label(one.owner),
            "entry": f"{practice.code}/{one.version}",
            "thing_id": one.action_id,
            "rule": None,
            "source": None,
            "sum": (
                agreed_as := f"moved, first due {day(one.first_due_on)}"
                if one.moved
                else "agreed for this day"
            ),
            "why": f"{agreed_as[:1].upper()}{agreed_as[1:]}",
        }
        for one in sorted(agreed, key=lambda one: one.due_on)
    ]


def _standing(practice: Practice, today: date) -> list[dict[str, Any]]:
    """The clocks that stand still: asked for, with no day until they run again."""
    if practice.closed_on is not None and practice.closed_on <= today:
        return []
    return [
        {
            "code": practice.code,
            "what": Clock.EXPECTATION,
            "title": title(Clock.EXPECTATION, words_or_why(one.words), late=False),
            "due_on": None,
            "late": False,
            "passes": False,
            "of": one.expected_of,
            "of_called": label(one.expected_of),
            "entry": f"{practice.code}/{one.version}",
            "thing_id": one.expectation_id,
            "rule": one.rule,
            "source": one.source,
            "sum": (stands := became(one, today)),
            "why": f"{stands[:1].upper()}{stands[1:]}",
        }
        for one in practice.expectations.values()
        if one.open and one.stopped_on is not None
    ]


def _told(practice: Practice, one: Due, today: date) -> dict[str, Any]:
    words = words_or_why(one.words) if one.words else None
    late = one.late(today)
    return {
        "code": practice.code,
        "what": one.clock,
        "title": title(one.clock, words, late=late, thing_id=one.thing_id),
        "due_on": one.due_on,
        "late": late,
        "passes": one.passes,
        "of": one.of,
        "of_called": label(one.of),
        "entry": f"{practice.code}/{one.version}",
        "thing_id": one.thing_id,
        "rule": one.rule,
        "source": one.source,
        "sum": one.sum,
        "why": why(one),
    }
