"""A moment as somebody types it: a date, an instant or a position of the record."""

from __future__ import annotations

from datetime import date, datetime, time

from application.casebook import Casebook
from application.no_past import NoPast, check_past
from domain.practice.moment import Moment
from domain.rules import LONDON
from web.past.address import WrongClock, recorded_by, without_past
from web.words import day, moment

A_MOMENT = "must be a date, a time with its zone, or a position of the record"

LAST_OF_A_DAY = time(23, 59, 59, 999999)


class NoMoment(Exception):
    """What was typed for a moment is none: what it must be."""


def read_moment(typed: str, present: Casebook) -> Moment:
    """What was recorded by then: a date means its end in England. Raises NoMoment."""
    typed = typed.strip()
    try:
        if len(typed) == 10 and not typed.isdigit():
            wanted = date.fromisoformat(typed)
            check_past(present, Moment(None, wanted))
            return Moment(end_of(wanted))
        by = recorded_by(typed)
        check_past(present, Moment(by))
    except (ValueError, WrongClock):
        raise NoMoment(A_MOMENT) from None
    except NoPast as wrong:
        raise NoMoment(without_past(wrong)) from None
    if by is None:
        raise NoMoment(A_MOMENT)
    return Moment(by)


def end_of(wanted: date) -> datetime:
    return datetime.combine(wanted, LAST_OF_A_DAY, LONDON)


def said(typed: str, read: Moment) -> str:
    """What was typed, in words: the end of 3 May 2026; 3 May 2026, 4:00pm BST; position 1,234 of the record."""
    by = read.recorded_by
    if isinstance(by, int):
        return f"position {by:,} of the record"
    assert by is not None
    if by == end_of(by.astimezone(LONDON).date()) and "T" not in typed:
        return f"the end of {day(by)}"
    return moment(by)
