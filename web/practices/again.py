"""The same words once more: who went back in the browser and sent a form again is asked, since nothing can be deleted."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from domain.practice.correctable import TYPED_WITH, plain
from domain.practice.state import Practice
from domain.rules import Command, Recorded, Sealed
from domain.text import new_ids
from web.words import plural

A_MOMENT_AGO = timedelta(minutes=15)
"""Beyond this, words that are the same were meant."""


def said_before(practice: Practice, command: Command, command_id: str, person: str, now: datetime) -> str:
    """The question to ask of somebody who recorded just this a moment ago; nothing where they did not.

    A sending that came twice is no such thing: it is known by its id, and recorded once.
    """
    own = [
        entry
        for entry in practice.standing.values()
        if entry.person == person and now - entry.recorded_at <= A_MOMENT_AGO
    ]
    if any(entry.command_id == command_id for entry in own):
        return ""
    for entry in reversed(own):
        if TYPED_WITH.get(type(entry.fact)) is type(command) and _alike(entry.fact, command):
            return _question(entry, now)
    return ""


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


def _question(entry: Recorded, now: datetime) -> str:
    minutes = int((now - entry.recorded_at).total_seconds() // 60)
    when = f"{plural(minutes, 'minute')} ago" if minutes else "less than a minute ago"
    return (
        f"You recorded the same text {when}: it is entry {entry.version}. Nothing was recorded a second time. "
        "If it is to stand there twice, send this once more"
    )
