"""Moments that nobody can be led back to: still to come, before any record, or at a position that the record has not."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import Enum, auto

from application.casebook import Casebook
from domain.practice.moment import Moment
from domain.rules import LONDON

FIRST_DAY = date(1900, 1, 1)
"""No practice has a past before it. Pages count years back from a day, which the calendar must hold."""

YEARS = range(FIRST_DAY.year, 9001)
"""Of days that a list is asked for: at either end of the calendar there is no day before or after."""

FIRST_INSTANT = datetime.combine(FIRST_DAY, time(), LONDON)


class Why(Enum):
    TO_COME = auto()
    TOO_EARLY = auto()
    NOT_IN_RECORD = auto()


class NoPast(Exception):
    """`clock` is which of a Moment's two stands there; `last` the last position that there is."""

    def __init__(self, clock: str, why: Why, last: int = 0) -> None:
        super().__init__(f"{clock}: {why.name.lower()}")
        self.clock, self.why, self.last = clock, why, last


def check_past(present: Casebook, moment: Moment) -> None:
    """What is to come has no past: the same moment would show another thing later. Raises NoPast."""
    recorded_by, happened_on = moment
    if isinstance(recorded_by, int):
        last = present.recorder.last_position()
        if not 0 < recorded_by <= last:
            raise NoPast("recorded_by", Why.NOT_IN_RECORD, last)
    elif recorded_by is not None:
        if recorded_by > present.clock():
            raise NoPast("recorded_by", Why.TO_COME)
        if recorded_by < FIRST_INSTANT:
            raise NoPast("recorded_by", Why.TOO_EARLY)
    if happened_on is not None:
        if happened_on > present.day_of(None):
            raise NoPast("happened_on", Why.TO_COME)
        if happened_on < FIRST_DAY:
            raise NoPast("happened_on", Why.TOO_EARLY)
