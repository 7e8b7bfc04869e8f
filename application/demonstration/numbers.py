"""The demonstration's numbers: invented, the same every time, and such that they fit each other.

What is counted is counted among the patients that a practice has: its list is what it registered with, and a little less
each quarter before. Practices differ by chance, and by a little of their own beside it, so that phi is near one; what
something comes of is otherwise by so many times.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from application.demonstration.tale import Tale

QUARTERS = tuple(f"{year}Q{quarter}" for year in range(2022, 2027) for quarter in range(1, 5))[:18]
YEARS = {"2022/23": "2023Q1", "2023/24": "2024Q1", "2024/25": "2025Q1", "2025/26": "2026Q1"}
"""Each year, and the quarter that it ends with."""

SEED = 13
"""One of many that would do: most practices are as before, and a few are not."""
OF_ITS_OWN = 0.6
"""How much a practice differs of its own, beside by how much it differs by chance."""
GROWTH, GROWTH_VARIES = 0.0015, 0.004


class Measure(NamedTuple):
    """An indicator: its share or rate everywhere, among `of` of each patient on the list (or of so many people who
    answer, where `answered`), or of what another indicator counts.
    """

    indicator: str
    usual: float = 0.0
    of: float = 1.0
    share: bool = True
    among: str | None = None
    answered: bool = False


EACH_QUARTER = (
    Measure("PS01", 0.27, of=0.55, share=False),
    Measure("PS02", 0.085, among="PS01"),
    Measure("CQ09", 0.0042, share=False),
    Measure("OE04"),
)
EACH_YEAR = (
    Measure("PE01", 0.84, answered=True),
    Measure("PE03", 0.72, answered=True),
    Measure("CQ01", 0.76, of=0.24),
    Measure("CQ06", 0.61, of=0.058),
    Measure("OE02", 0.93, of=0.82),
)
MEASURES = {one.indicator: one for one in (*EACH_QUARTER, *EACH_YEAR)}
CHANGE = "OE04"

Times = Mapping[tuple[str, str], Mapping[str, float]]
"""By practice and indicator, how many times the usual there is in a period."""


class Joined(NamedTuple):
    """Patients who came over at once, when another list was joined to a practice's own."""

    quarter: str
    patients: int


class Numbers:
    """The numbers of one practice."""

    def __init__(self, tale: Tale, times: Times, joined: Joined | None = None, seed: int = SEED) -> None:
        self.code, self.name, self.size = tale.code, tale.name, tale.list_size
        self.times, self.joined, self.seed = times, joined, seed
        self.counted = cache(self._counted)
        self.lists = self._lists()

    def row(self, measure: Measure, period: str) -> tuple[int, int]:
        """What is counted, and of how many."""
        if measure.indicator == CHANGE:
            at = QUARTERS.index(period)
            return self.lists[at + 1], self.lists[at]
        return self.counted(measure.indicator, period)

    def _lists(self) -> list[int]:
        """Patients at the end of each quarter, from the one before the first: the last is what is registered."""
        chance = self._chance("list")
        growth, found = GROWTH + chance.gauss(0, GROWTH_VARIES / 4), [self.size]
        for quarter in reversed(QUARTERS):
            before = found[-1]
            if self.joined is not None and quarter == self.joined.quarter:
                before -= self.joined.patients
            found.append(round(before / math.exp(growth + chance.gauss(0, GROWTH_VARIES))))
        return found[::-1]

    def _counted(self, indicator: str, period: str) -> tuple[int, int]:
        measure = MEASURES[indicator]
        of = self._of_how_many(measure, period)
        own, here = self._chance(indicator), self._chance(indicator, period)
        expected = measure.usual * of
        deviation = math.sqrt(expected * (1 - measure.usual if measure.share else 1))
        times = self.times.get((self.name, indicator), {}).get(period, 1.0)
        found = expected * times + deviation * (OF_ITS_OWN * own.gauss(0, 1) + here.gauss(0, 1))
        return max(0, min(of, round(found)) if measure.share else round(found)), of

    def _of_how_many(self, measure: Measure, period: str) -> int:
        if measure.among is not None:
            return self.counted(measure.among, period)[0]
        if measure.answered:
            return self._chance("answered", period).randint(88, 131)
        return round(self.lists[QUARTERS.index(YEARS.get(period, period)) + 1] * measure.of)

    def _chance(self, *of: str) -> random.Random:
        return random.Random(" ".join((str(self.seed), self.code, *of)))  # noqa: S311 (the same every time, on purpose)
