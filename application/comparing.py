"""Two instants of one practice: what was recorded between them, and what of it changes what was known at the first."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from application.casebook import Casebook
from domain.practice.events import FactCorrected, FactWithdrawn
from domain.practice.moment import Moment
from domain.practice.state import Practice
from domain.rules import Asked, Recorded


class Stood(NamedTuple):
    """The practice as somebody may know today that it was seen at a moment, and the day that was."""

    practice: Practice
    on: date


class Compared(NamedTuple):
    """`added` are the entries of the later instant that the earlier does not have. Of those, `amended` correct or withdraw one
    that it has.
    """

    earlier: Stood
    later: Stood
    added: list[Recorded]
    amended: list[Recorded]

    @property
    def backwards(self) -> bool:
        """Whether less was known at the second moment than at the first."""
        first, second = (len(one.practice.history) for one in (self.earlier, self.later))
        return second < first or self.later.on < self.earlier.on


def compared(casebook: Casebook, code: str, asked: Asked, first: Moment, second: Moment) -> Compared:
    earlier, later = (_stood(casebook, code, asked, one) for one in (first, second))
    known = {one.version for one in earlier.practice.history}
    added = [one for one in later.practice.history if one.version not in known]
    amended = [one for one in added if _amends(one) in known]
    return Compared(earlier, later, added, amended)


def _stood(casebook: Casebook, code: str, asked: Asked, moment: Moment) -> Stood:
    on = moment.happened_on or casebook.day_of(moment.recorded_by)
    return Stood(casebook.seen_at(code, asked, moment), on)


def _amends(entry: Recorded) -> int | None:
    return entry.fact.corrects if isinstance(entry.fact, FactCorrected | FactWithdrawn) else None
