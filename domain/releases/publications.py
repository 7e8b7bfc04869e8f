"""Which periods of each indicator had been published by a day: what persistence is counted in.

A restated release has what its newest edition has; a withdrawn one has nothing from the day that it was withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from domain.releases.events import Covered, ReleasePublished, ReleaseValidated, ReleaseWithdrawn
from domain.rules import Recorded


class Published(NamedTuple):
    """A period of an indicator, and the day on which its numbers first stood."""

    period: str
    on: date


class _Stood(NamedTuple):
    """What an edition of a release covered, and from when until when its numbers stood."""

    from_on: date
    until_on: date | None
    covers: tuple[Covered, ...]


class Publications:
    """The releases of an installation, as their facts tell them in the order of the record."""

    def __init__(self, facts: Iterable[Recorded] = ()) -> None:
        self._stood: list[_Stood] = []
        self._known: dict[date, dict[str, tuple[Published, ...]]] = {}
        read: dict[str, ReleaseValidated] = {}
        last: dict[str, int] = {}
        for entry in facts:
            match entry.fact:
                case ReleaseValidated() as fact:
                    read[fact.release] = fact
                case ReleasePublished() as fact if fact.release in read:
                    self._end(last, fact.release, fact.occurred_on)
                    last[fact.release] = len(self._stood)
                    self._stood.append(_Stood(fact.occurred_on, None, read[fact.release].covers))
                case ReleaseWithdrawn() as fact:
                    self._end(last, fact.release, fact.occurred_on)
                case _:
                    pass

    def _end(self, last: dict[str, int], release: str, on: date) -> None:
        if (at := last.pop(release, None)) is not None:
            self._stood[at] = self._stood[at]._replace(until_on=on)

    @property
    def days(self) -> set[date]:
        """The days on which anything was published, or stood no more."""
        return {day for one in self._stood for day in (one.from_on, one.until_on) if day is not None}

    def of(self, indicator: str, on: date) -> tuple[Published, ...]:
        """The periods of an indicator that stood on a day, the earliest first. Written alike, they stand in order."""
        if on not in self._known:
            self._known[on] = self._standing(on)
        return self._known[on].get(indicator, ())

    def _standing(self, on: date) -> dict[str, tuple[Published, ...]]:
        first: dict[str, dict[str, date]] = {}
        for one in self._stood:
            if one.from_on > on:
                continue
            gone = one.until_on is not None and one.until_on <= on
            for cover in one.covers:
                found = first.setdefault(cover.indicator, {})
                for period in () if gone else cover.periods:
                    found[period] = min(one.from_on, found.get(period, one.from_on))
        return {
            indicator: tuple(Published(period, periods[period]) for period in sorted(periods))
            for indicator, periods in first.items()
        }


NOTHING_PUBLISHED = Publications()
