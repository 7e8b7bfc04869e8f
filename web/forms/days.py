"""A day typed as day, month and year, and what to say when it is not one."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date

PARTS = ("day", "month", "year")

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}


class NotADay(Exception):
    """What was typed is not a day. `parts` are the boxes to mend."""

    def __init__(self, message: str, *parts: str) -> None:
        super().__init__(message)
        self.message = message
        self.parts = parts or PARTS


def day_typed(typed: Mapping[str, str], called: str) -> date | None:
    """The day that was typed, None if nothing was, or NotADay. `called` begins each message: `The due date`."""
    parts = {name: typed.get(name, "").strip() for name in PARTS}
    missing = [name for name in PARTS if not parts[name]]
    if len(missing) == len(PARTS):
        return None
    if missing:
        raise NotADay(f"{called} must include a {' and a '.join(missing)}", *missing)
    year = _year(parts["year"], called)
    month = _month(parts["month"], called)
    return date(year, month, _day(parts["day"], month, year, called))


def as_typed(day: date | None) -> dict[str, str]:
    """A day as somebody would have typed it."""
    if day is None:
        return dict.fromkeys(PARTS, "")
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def _year(text: str, called: str) -> int:
    if not _is_number(text) or len(text) != 4 or not 1900 <= int(text) <= 2199:
        raise NotADay(f"{called} must have a year of 4 numbers, such as 2026", "year")
    return int(text)


def _month(text: str, called: str) -> int:
    number = int(text) if _is_number(text) and len(text) <= 2 else _MONTHS.get(text.lower(), 0)
    if not 1 <= number <= 12:
        raise NotADay(f"{called} must have a month from 1 to 12, or its name", "month")
    return number


def _day(text: str, month: int, year: int, called: str) -> int:
    number = int(text) if _is_number(text) and len(text) <= 2 else 0
    if not 1 <= number <= 31:
        raise NotADay(f"{called} must have a day from 1 to 31", "day")
    last = calendar.monthrange(year, month)[1]
    if number > last:
        name = calendar.month_name[month]
        raise NotADay(f"{called} must be a real date: {name} {year} has {last} days", "day")
    return number


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,4}", text) is not None
