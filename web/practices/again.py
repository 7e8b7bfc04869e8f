"""The same words once more: who went back in the browser and sent a form again is asked, since nothing can be deleted."""

from __future__ import annotations

from datetime import datetime

from domain.practice.again import recorded_a_moment_ago
from domain.practice.state import Practice
from domain.rules import Command, Recorded
from web.words import plural


def said_before(practice: Practice, command: Command, command_id: str, person: str, now: datetime) -> str:
    """The question to ask of somebody who recorded just this a moment ago; nothing where they did not."""
    entry = recorded_a_moment_ago(practice, command, command_id, person, now)
    if entry is None:
        return ""
    return f"{recorded_already(entry, now)}. If it is to stand there twice, send this once more"


def recorded_already(entry: Recorded, now: datetime) -> str:
    minutes = int((now - entry.recorded_at).total_seconds() // 60)
    when = f"{plural(minutes, 'minute')} ago" if minutes else "less than a minute ago"
    return (
        f"You recorded the same text {when}: it is entry {entry.version}. Nothing was recorded a second time"
    )
