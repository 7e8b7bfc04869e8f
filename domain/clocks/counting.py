"""How days are counted. A period runs from the day after the one that begins it, and ends with its last day.

A month ends on the day of the same number, or on the last of its month where that month is shorter: one month from 31
January ends on 28 February, or on 29 in a leap year (the corresponding date rule, Dodds v Walker [1981] 1 WLR 1027).
Days are days in London, whatever their hours: the days on which the clocks change count as one, as all others do.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from domain.clocks.bank_holidays import BANK_HOLIDAYS
from domain.practice.kinds import Unit
from domain.rules import RuleBroken

ONE_DAY = timedelta(days=1)


def after(day: date, length: int, unit: Unit) -> date:
    """The last day of a period that begins with a day, which is not counted."""
    match unit:
        case Unit.DAYS:
            return days_after(day, length)
        case Unit.WEEKS:
            return days_after(day, 7 * length)
        case Unit.MONTHS:
            return months_after(day, length)
        case Unit.WORKING_DAYS:
            return _working_days(day, length, ONE_DAY)


def before(day: date, length: int, unit: Unit) -> date:
    """The last day on which something may happen that must happen this long before a day."""
    match unit:
        case Unit.DAYS:
            return days_after(day, -length)
        case Unit.WEEKS:
            return days_after(day, -7 * length)
        case Unit.MONTHS:
            return months_after(day, -length)
        case Unit.WORKING_DAYS:
            return _working_days(day, length, -ONE_DAY)


def between(day: date, last: date, unit: Unit) -> int:
    """How many days, or working days, there are after a day to the end of another, which is not before it."""
    days = (day + timedelta(days=number) for number in range(1, (last - day).days + 1))
    return sum(is_working_day(one) for one in days) if unit == Unit.WORKING_DAYS else (last - day).days


def days_after(day: date, days: int) -> date:
    """The day some days on, or before. What was recorded before years had bounds ends with the calendar, and stops no view."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def months_after(day: date, months: int) -> date:
    """The day of the same number some months on, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_working_day(day: date) -> bool:
    """Whether a day is worked on. Refused for a year whose bank holidays are not known, weekends included."""
    if day.year not in BANK_HOLIDAYS:
        raise RuleBroken(
            "bank-holidays-of-the-year-are-known",
            f"Bank holidays are known for {min(BANK_HOLIDAYS)} to {max(BANK_HOLIDAYS)}: "
            f"working days in {day.year} cannot be counted yet",
        )
    return day.weekday() < 5 and day not in BANK_HOLIDAYS[day.year]


def working_day_from(day: date) -> date:
    """The day itself where it is a working day, else the next that is."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def _working_days(day: date, length: int, step: timedelta) -> date:
    while length:
        day += step
        length -= is_working_day(day)
    return day
