"""The periods that published numbers are of: how each is written, and which days it has.

A year is `2021/22` (from 1 April) or `2021`, a quarter `2016Q1` of the calendar year, a month `2016-01`, and what has a
day and no length `2016-01-31`. Written so, the periods of one length stand in order as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.practice.kinds import PeriodLength

_YEAR = re.compile(r"(\d{4})[/-](\d{2}|\d{4})\Z", re.ASCII)
_QUARTER = re.compile(r"(\d{4}) ?[Qq]([1-4])\Z", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)

HOW_WRITTEN = "a month (2016-01), a quarter (2016Q1), a year (2021/22 or 2021) or a day (2016-01-31)"


@dataclass(frozen=True, slots=True)
class Period:
    """A period as it is always written, and its first and last day."""

    text: str
    length: PeriodLength
    starts_on: date
    ends_on: date


def period_of(text: str) -> Period | None:
    """The period that is written so; None where it is none."""
    written = text.strip()
    try:
        if len(written) == 4 and written.isascii() and written.isdecimal():
            year = int(written)
            return Period(written, PeriodLength.YEAR, date(year, 1, 1), date(year, 12, 31))
        if found := _QUARTER.match(written):
            return _months(int(found[1]), 3 * int(found[2]) - 2, 3, f"{found[1]}Q{found[2]}")
        if found := _MONTH.match(written):
            return _months(int(found[1]), int(found[2]), 1, written)
        if found := _YEAR.match(written):
            first = int(found[1])
            if int(found[2]) % 100 != (first + 1) % 100 or int(found[2]) not in {
                first + 1,
                (first + 1) % 100,
            }:
                return None
            name = f"{first:04}/{(first + 1) % 100:02}"
            return Period(name, PeriodLength.YEAR, date(first, 4, 1), date(first + 1, 3, 31))
        if _DAY.match(written):
            day = date.fromisoformat(written)
            return Period(written, PeriodLength.EVENT, day, day)
    except ValueError:
        return None
    return None


_TYPED_MONTH = re.compile(r"([A-Z][a-z]+) (\d{4})\Z", re.ASCII)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def begun(text: str, by: date) -> bool:
    """Whether a period had begun by a day. As people type one it may be `March 2026`, or a quarter of a year of two numbers:
    of what is no period as it is published, the year says, and the month where it is named.
    """
    if found := period_of(text):
        return found.starts_on <= by
    if (typed := _TYPED_MONTH.match(text.strip())) and typed[1] in _MONTHS:
        return (int(typed[2]), _MONTHS.index(typed[1]) + 1) <= (by.year, by.month)
    return not (year := re.match(r"\s*(\d{4})", text, re.ASCII)) or int(year[1]) <= by.year


def _months(year: int, first: int, months: int, text: str) -> Period:
    length = PeriodLength.MONTH if months == 1 else PeriodLength.QUARTER
    after = first + months
    next_first = date(year + 1, 1, 1) if after > 12 else date(year, after, 1)
    return Period(text, length, date(year, first, 1), next_first - timedelta(days=1))


MOST_IN_A_RUN = 600
"""Periods in a row: fifty years of months."""


def run_of(texts: list[str]) -> list[str]:
    """Every period from the first to the last of some of one length, without gaps. Days are as they are."""
    in_order = sorted(set(texts))
    first = period_of(in_order[0]) if in_order else None
    if first is None or first.length == PeriodLength.EVENT:
        return in_order
    run = [first]
    while run[-1].text < in_order[-1] and len(run) < MOST_IN_A_RUN:
        run.append(_next(run[-1]))
    return [one.text for one in run]


def run_until(texts: Iterable[str], last: str, most: int) -> list[str]:
    """Every period up to the last, without gaps, from the first of some or from so many before. Days are as they are.

    It is counted back from the last: a single period of long ago does not push out what is looked at.
    """
    in_order = sorted({last, *(text for text in texts if text <= last)})
    end = period_of(last)
    if end is None or end.length == PeriodLength.EVENT:
        return in_order[-most:]
    run = [end]
    while len(run) < most and run[-1].text > in_order[0]:
        run.append(_before(run[-1]))
    return [one.text for one in reversed(run)]


def _before(period: Period) -> Period:
    day = period.starts_on - timedelta(days=1)
    match period.length:
        case PeriodLength.MONTH:
            found = period_of(f"{day.year:04}-{day.month:02}")
        case PeriodLength.QUARTER:
            found = period_of(f"{day.year:04}Q{day.month // 3}")
        case _ if "/" in period.text:
            found = period_of(f"{day.year - 1:04}/{day.year % 100:02}")
        case _:
            found = period_of(f"{day.year:04}")
    assert found is not None
    return found


def _next(period: Period) -> Period:
    day = period.ends_on + timedelta(days=1)
    if period.length == PeriodLength.MONTH:
        return _months(day.year, day.month, 1, f"{day.year:04}-{day.month:02}")
    if period.length == PeriodLength.QUARTER:
        return _months(day.year, day.month, 3, f"{day.year:04}Q{(day.month + 2) // 3}")
    found = period_of(f"{day.year:04}/{(day.year + 1) % 100:02}" if "/" in period.text else f"{day.year:04}")
    assert found is not None
    return found
