"""The same words once more: what somebody recorded a moment ago and sends again, who went back, or whose answer was lost."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from domain.practice.commands import DecideTier
from domain.practice.correctable import TYPED_WITH, plain
from domain.practice.events import TierDecided
from domain.practice.state import Practice
from domain.practice.weighing import steps_weighed
from domain.rules import Command, Recorded, Sealed
from domain.text import new_ids

A_MOMENT_AGO = timedelta(minutes=15)
"""Beyond this, words that are the same were meant."""


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
    entry = recorded_a_moment_ago(practice, command, command_id, person, now)
    if entry is None or practice.history[-1].command_id != entry.command_id:
        return None
    fact = entry.fact
    assert isinstance(fact, TierDecided)
    said_more = any(
        isinstance(getattr(fact, one.name), Sealed) and not getattr(command, one.name, None)
        for one in fields(fact)
    )
    weighed = fact.framework_version is None or plain(fact.steps) == plain(steps_weighed(command))
    return entry if weighed and not said_more else None


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
