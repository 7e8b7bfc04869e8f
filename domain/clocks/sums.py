"""How a day was worked out, in words that somebody can check on a calendar."""

from __future__ import annotations

from datetime import date, timedelta

from domain.clocks.bank_holidays import BANK_HOLIDAYS
from domain.practice.dates import in_full
from domain.practice.kinds import Unit

_ONE = {Unit.DAYS: "day", Unit.WORKING_DAYS: "working day", Unit.WEEKS: "week", Unit.MONTHS: "month"}


def so_many(length: int, unit: Unit) -> str:
    """28 days, 1 month, 10 working days."""
    return f"{length} {_ONE[unit]}{'' if length == 1 else 's'}"


def counted(length: int, unit: Unit, from_on: date, to_on: date) -> str:
    """28 days after 23 October 2026, which is not counted, end on 20 November 2026."""
    left_out = _left_out(from_on, to_on) if unit == Unit.WORKING_DAYS else ""
    ends = "ends" if length == 1 else "end"
    return f"{so_many(length, unit)} after {in_full(from_on)}, which is not counted, {ends} on {in_full(to_on)}{left_out}"


def counted_back(length: int, unit: Unit, before_on: date, by_on: date) -> str:
    """8 weeks before 20 November 2026 is 25 September 2026."""
    return f"{so_many(length, unit)} before {in_full(before_on)} is {in_full(by_on)}"


def _left_out(from_on: date, to_on: date) -> str:
    """What no working day is, between two days: weekends, and each bank holiday by its day."""
    days = [from_on + timedelta(days=number) for number in range(1, (to_on - from_on).days + 1)]
    holidays = [in_full(one) for one in days if one in BANK_HOLIDAYS.get(one.year, frozenset())]
    found = ["weekends"] if any(one.weekday() > 4 for one in days) else []
    found += (
        [f"the bank holiday{'s' if len(holidays) > 1 else ''} of {_listed(holidays)}"] if holidays else []
    )
    return f", without {' and '.join(found)}" if found else ""


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
