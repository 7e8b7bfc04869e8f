"""What arrived after a decision on the tier, in words: which entries were corrected, withdrawn, amended or recorded late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from projections.reviews import Arrived, How
from web.practices.told import joined
from web.words import day

DONE = {
    How.CORRECTED: "corrected",
    How.WITHDRAWN: "withdrawn",
    How.AMENDED: "amended",
    How.LATE: "recorded late,",
}
FEW = 4
"""Entries that are told of together by their numbers; of more, the others are counted."""


class Group(NamedTuple):
    """Entries to which the same was done on the same day; of `more` there are no numbers."""

    versions: list[int]
    more: int
    done: str

    @property
    def words(self) -> str:
        told = [str(one) for one in self.versions]
        many = len(told) + self.more > 1
        numbers = joined([*told, f"{self.more} more"] if self.more else told)
        return f"{'entries' if many else 'entry'} {numbers} {self.done}"


def grouped(arrived: Sequence[Arrived]) -> list[Group]:
    groups: dict[tuple[How, str], list[int]] = {}
    for one in arrived:
        found = groups.setdefault((one.how, day(one.on)), [])
        if one.version not in found:
            found.append(one.version)
    return [
        Group(
            versions[:FEW],
            max(0, len(versions) - FEW),
            f"{'was' if len(versions) == 1 else 'were'} {DONE[how]} on {on}",
        )
        for (how, on), versions in groups.items()
    ]


def because(arrived: Sequence[Arrived]) -> str:
    """Entry 12 was corrected on 3 May 2026, and entries 14 and 15 were recorded late, on 4 May 2026."""
    return joined(one.words for one in grouped(arrived))
