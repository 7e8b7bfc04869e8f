"""The same words once more: what somebody recorded a moment ago and sends again, who went back, or whose answer was lost."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import datetime, timedelta
from typing import Any

from domain.practice.commands import DecideTier
from domain.practice.correctable import TYPED_WITH, plain
from domain.practice.events import DecisionRevised, TierDecided
from domain.practice.state import Practice
from domain.practice.weighing import steps_weighed
from domain.rules import Command, Recorded, Sealed, london_day
from domain.text import new_ids

A_MOMENT_AGO = timedelta(minutes=15)
"""Beyond this, words that are the same were meant."""

OF_THE_FRAMEWORK = {one.name for one in fields(TierDecided) if one.default is not MISSING} - {"over_dispute"}
"""What a decision says only while a framework is in force."""


def recorded_a_moment_ago(
    practice: Practice, command: Command, command_id: str, person: str, now: datetime
) -> Recorded | None:
    """The entry by which somebody recorded just this a moment ago; None where they did not.

    A sending that came twice is no such thing: it is known by its id, and recorded once.
    """
    own = [
        entry
        for entry in practice.standing.values()
        if entry.person == person and now - entry.recorded_at <= A_MOMENT_AGO
    ]
    if any(entry.command_id == command_id for entry in own):
        return None
    same = (entry for entry in reversed(own) if TYPED_WITH.get(type(entry.fact)) is type(command))
    return next((entry for entry in same if _alike(entry.fact, command)), None)


def decided_already(
    practice: Practice, command: DecideTier, command_id: str, person: str, now: datetime
) -> Recorded | None:
    """The decision by which somebody decided just this a moment ago, in all that they said, with nothing recorded since."""
    last = practice.history[-1]
    if last.person != person or now - last.recorded_at > A_MOMENT_AGO:
        return None
    if any(entry.command_id == command_id for entry in practice.history):
        return None
    sent = [entry for entry in practice.standing.values() if entry.command_id == last.command_id]
    revised = next((one.fact.asking_id for one in sent if isinstance(one.fact, DecisionRevised)), None)
    for entry in sent:
        fact = entry.fact
        if isinstance(fact, TierDecided) and revised == (command.asking_id or None):
            return entry if _would_say(command, fact, now) == _says(fact) else None
    return None


def _would_say(command: DecideTier, fact: TierDecided, now: datetime) -> dict[str, Any]:
    """What a decision recorded beside that fact would say by this command. What hangs on where the practice stands is as it is
    there: nothing was recorded since.
    """
    said: dict[str, Any] = {
        one.name: getattr(command, one.name) if hasattr(command, one.name) else getattr(fact, one.name)
        for one in fields(fact)
    } | {
        "decision_id": fact.decision_id,
        "inputs": tuple(dict.fromkeys(command.inputs)),
        "occurred_on": command.occurred_on or london_day(now),
        "steps": steps_weighed(command),
        "answers": tuple(dict.fromkeys(command.answers)),
    }
    if fact.framework_version is None:
        said |= dict.fromkeys(OF_THE_FRAMEWORK)
    if fact.view is not None:
        said["no_view_because"] = None
    if fact.recommended == fact.tier:
        said["differs_because"] = None
    if fact.over_dispute is None:
        said["over_dispute"] = None
    return {name: _given(value) for name, value in said.items()}


def _says(fact: TierDecided) -> dict[str, Any]:
    return {one.name: _given(getattr(fact, one.name)) for one in fields(fact)}


def _given(value: Any) -> Any:
    """None for what was left out, or left empty."""
    known = plain(value)
    return known if known and not (isinstance(known, str) and known.isspace()) else None


def _alike(fact: Any, command: Any) -> bool:
    """Whether a fact holds words, and all that the command gives, but for ids of their own."""
    given = {one.name: getattr(command, one.name) for one in fields(command)}
    common = {one.name for one in fields(fact)} & given.keys() - new_ids(type(command)).keys()
    typed = [name for name in common if given[name]]
    return any(isinstance(getattr(fact, name), Sealed) for name in typed) and all(
        _as_one_line(plain(given[name])) == _as_one_line(plain(getattr(fact, name))) for name in typed
    )


def _as_one_line(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value
