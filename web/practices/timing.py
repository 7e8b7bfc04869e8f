"""How long until a day, or since, as a tag says it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from web.words import day, plural


class Tag(NamedTuple):
    """Words in a box; filled when the time has run out."""

    text: str
    late: bool


def due(due_on: date, today: date) -> Tag:
    days = (due_on - today).days
    if days < 0:
        return Tag(f"Overdue {plural(-days, 'day')}", late=True)
    if days == 0:
        return Tag("Due today", late=True)
    if days <= 60:
        return Tag(f"Due in {plural(days, 'day')}", late=False)
    return Tag(f"Due {day(due_on)}", late=False)


def waiting(on: date, today: date) -> Tag:
    """Since when something waits that has no last day."""
    days = (today - on).days
    if days <= 0:
        return Tag("Since today", late=False)
    return Tag("Since yesterday" if days == 1 else f"Waiting {days} days", late=False)


def since(on: date | None, today: date) -> str:
    """How long ago, for a column: today, 1 day, 58 days; never when it never was."""
    if on is None:
        return "never"
    days = (today - on).days
    return "today" if days == 0 else plural(days, "day")
