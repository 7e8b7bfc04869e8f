"""Where the clocks stood, as the access log has it."""

from __future__ import annotations

from datetime import date

from domain.practice.moment import NOW, Moment
from web.past.address import LooksAt, written


def as_noted(looked: LooksAt) -> str:
    """recorded-by 1234 happened-on 2026-05-03; nothing for a replay of all there is."""
    return " ".join(f"{name.removeprefix('as-')} {value}" for name, value in looked.asked.items())


def moments_noted(first: Moment, second: Moment) -> str:
    """Which two are compared: from 1234 to 2026-05-03T16:00:00Z."""
    return f"from {_instant(first)} to {_instant(second)}"


def days_noted(first: date, last: date) -> str:
    return f"from {first.isoformat()} to {last.isoformat()}"


def _instant(moment: Moment) -> str:
    return "now" if moment == NOW or moment.recorded_by is None else written(moment.recorded_by)
