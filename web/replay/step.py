"""One action of a practice's record: what was recorded, how the practice stood before and after, and which rules held."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from application.stepping import Step, Steps
from domain.practice.visible import Withheld
from domain.rules import Recorded
from web.access_log.noting import note_entry
from web.practices.entries import Entry
from web.practices.links import practice_link
from web.practices.opening import new_to, note_opened
from web.practices.reading import Looked, look_up, note_reading
from web.practices.told import Names
from web.purposes.stating import note_moment
from web.replay.lines import counted, lines
from web.replay.traced import traced
from web.service import service
from web.words import day, label, moment

blueprint = Blueprint("replay", __name__)

SAME = 60
"""Lines of a kind that are told of one step: a record of thousands of facts has many."""
LATEST = 20
"""Decisions that a step offers to go to; any other by its number."""


class Fact(NamedTuple):
    """A fact that the step recorded, as it was recorded; and what became of it since."""

    entry: Entry
    since: str


class Jump(NamedTuple):
    """A step that something leads to: in words."""

    text: str
    number: int
    version: int


class Wanted(NamedTuple):
    """The step that an address asks for; what it mistypes is told, and the nearest step is shown."""

    number: int
    mistakes: dict[str, str]


def replay_link(code: str, steps: Steps, number: int) -> str:
    """By the entry that the step begins with: steps are numbered by what each reader sees, and an address that is handed on
    shows the next reader the same action, or says that it is not theirs to see.
    """
    return f"{practice_link(code)}/replay?entry={steps.facts(number)[0].version}"


@blueprint.get("/practices/<code>/replay")
def step(code: str) -> ResponseReturnValue:
    """`entry` says which, by what it recorded; `step`, `decision` and `on` find it by its number, a decision or a day."""
    looked = look_up(code, "ReadRecord")
    if code != looked.practice.code:
        return redirect(f"{practice_link(looked.practice.code)}/replay", 301)
    steps = Steps(service.casebook, code, looked.asked)
    found = _found(looked, steps)
    if found is not None:
        return redirect(replay_link(code, steps, found), 303)
    wanted = _wanted(steps)
    one = steps.step(wanted.number)
    note_moment(f"step {one.number}")
    note_entry(one.facts[0].version)
    told = render_template("replay/step.html", mistakes=wanted.mistakes, **_told(looked, steps, one))
    note_reading(looked.practice, looked.asked, looked.teller.telling)
    shown = [fact.version for fact in one.facts[:SAME]]
    note_opened(looked.practice, looked.asked, shown, new_to(looked.practice, looked.asked))
    return told


def _told(looked: Looked, steps: Steps, one: Step) -> dict[str, Any]:
    practice, telling, last = looked.practice, looked.teller.telling, len(steps)
    assert practice.details is not None
    stood = lines(one.before, one.on, one.after, one.on, looked.names)
    versions = service.casebook.rules_as_recorded.versions(steps.position(one.number))
    same = [line for line in stood if not line.how]
    return {
        "heading": {"name": practice.details.name.words, "code": practice.code},
        "number": one.number,
        "last": last,
        "gaps": looked.gaps,
        "when": _when(one.facts[0], looked.names),
        "on": one.on,
        "facts": [_fact(looked, fact) for fact in one.facts[:SAME]],
        "more_facts": max(0, len(one.facts) - SAME),
        "changed": [line for line in stood if line.how][:SAME],
        "more_changed": max(0, sum(bool(line.how) for line in stood) - SAME),
        "same": same[:SAME],
        "more_same": max(0, len(same) - SAME),
        "counted": counted(stood),
        "traced": traced(one, versions, telling),
        "decisions": _decisions(looked, steps),
        "latest": LATEST,
        "links": _links(practice.code, steps, one.number),
    }


def _fact(looked: Looked, recorded: Recorded) -> Fact:
    entry = looked.teller.as_recorded(recorded)
    amended = looked.teller.entry(recorded).amended
    since = (
        "withdrawn since" if any(one.withdrawn for one in amended) else "corrected since" if amended else ""
    )
    return Fact(entry, since)


def _when(first: Recorded, names: Names) -> str:
    """Who recorded it, as what, for whom, and when. Of what is withheld only whose it is."""
    if isinstance(first.fact, Withheld):
        return f"Of {names.organisation(first.organisation)}"
    called, role = names.person(first.person), label(first.role, "Role").lower()
    who = "the operator" if first.role == "operator" else called if called == role else f"{called}, {role}"
    organisation = f", {names.organisation(first.organisation)}" if first.organisation else ""
    return f"Recorded {moment(first.recorded_at)} by {who}{organisation}"


def _links(code: str, steps: Steps, number: int) -> dict[str, str | None]:
    last = len(steps)
    places = {"first": 1, "previous": number - 1, "next": number + 1, "last": last}
    here = {"first": number > 1, "previous": number > 1, "next": number < last, "last": number < last}
    return {name: replay_link(code, steps, at) if here[name] else None for name, at in places.items()}


def _decisions(looked: Looked, steps: Steps) -> list[Jump]:
    found = []
    for number, one in enumerate(looked.practice.decisions, start=1):
        at = steps.number_of(one.version)
        if at is not None:
            found.append(
                Jump(f"Decision {number}, {day(one.decided_on)}: {label(one.tier).lower()}", at, one.version)
            )
    return found[::-1]


# --- what an address asks for ---------------------------------------------------------------------------------


def _found(looked: Looked, steps: Steps) -> int | None:
    """The step that something else leads to; None where an entry says which, or nothing is found."""
    asked = request.args
    if whole(asked.get("entry")) is not None:
        return None
    if (decision := whole(asked.get("decision"))) is not None:
        taken = looked.practice.decisions
        return steps.number_of(taken[decision - 1].version) if 0 < decision <= len(taken) else None
    if (typed := asked.get("on", "").strip()) and (on := _day(typed)) is not None:
        return None if _outside(steps, on) else steps.number_on(on)
    number = whole(asked.get("step", "").strip())
    return number if number is not None and 1 <= number <= len(steps) else None


def _wanted(steps: Steps) -> Wanted:
    last, asked = len(steps), request.args
    mistakes = {}
    typed = asked.get("step", "").strip()
    number = whole(typed) if typed else 1
    if number is None or not 1 <= number <= last:
        mistakes["step"] = f"Enter a step from 1 to {last:,}"
    if typed_day := asked.get("on", "").strip():
        on = _day(typed_day)
        wrong = _outside(steps, on) if on else "The day must be a real date, such as 3 November 2026"
        if wrong:
            mistakes["on"] = wrong
        number = steps.number_on(on) if on else number
    if (entry := whole(asked.get("entry"))) is not None and (number := steps.number_of(entry)) is None:
        mistakes["step"] = "There is no such entry in what you may see of this record"
    if whole(asked.get("decision")) is not None:
        mistakes["step"] = "There is no such decision on this practice"
    return Wanted(min(max(number or 1, 1), last), mistakes)


def _outside(steps: Steps, on: date) -> str:
    """What is told of a day before the first step or after the last, beside the nearest one."""
    if on < (first := steps.on(1)):
        return f"The record begins on {day(first)}: its first step is shown, as {day(on)} is before it"
    if on > (last := steps.on(steps.number_on(on))):
        return f"Nothing was recorded on {day(on)} or later: the last step is shown, of {day(last)}"
    return ""


def whole(typed: str | None) -> int | None:
    """A whole number from an address."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
