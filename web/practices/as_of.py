"""As of when a page tells what is known: today, or on the day of the past that it is set to."""

from __future__ import annotations

from typing import NamedTuple

from flask import g

from web.service import current_asked, looking_back
from web.words import day


class AsOf(NamedTuple):
    """In a sentence: what is known `known`, by the rules of `rules`."""

    known: str
    rules: str

    @property
    def begins(self) -> str:
        """At the beginning of a sentence, of what the rules do."""
        return "Today" if self.rules == "today" else f"On {self.rules}"


def as_of() -> AsOf:
    """Where the address sets the day alone, what is told of it is known today."""
    if not looking_back():
        return AsOf("today", "today")
    recorded_by = g.past.asked_for.moment.recorded_by
    known = "today" if recorded_by is None else f"on {day(g.past.recorded_at)}"
    return AsOf(known, day(current_asked().on))
