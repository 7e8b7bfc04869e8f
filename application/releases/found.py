"""What a file of published numbers holds: observations in blocks, what was reported of it, and what is wrong with it."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from application.source_file import SourceUnreadable
from domain.periods import Period

MOST_MISTAKES = 50
"""Mistakes that are listed; a file with more is no better known by them."""
MOST_TOLD = 500
"""Reports that are kept of a kind, unless all are asked for; all are counted."""

UNKNOWN = "unknown_practice"
NOT_ACTIVE = "not_active_practice"
CLOSED = "closed_before_period"
UNKNOWN_INDICATOR = "unknown_indicator"
SUPPRESSED = "suppressed"
WITHOUT_COUNTS = "without_counts"
REPEATED = "repeated"
TAKEN_AS_WHOLE = "taken_as_whole"
KINDS = {
    UNKNOWN: "practices that are not in the register",
    NOT_ACTIVE: "practices that are not active GP practices",
    CLOSED: "numbers of a period after the practice closed",
    UNKNOWN_INDICATOR: "indicators that are not of the key set",
    SUPPRESSED: "small numbers that the publisher keeps back",
    WITHOUT_COUNTS: "practices without counts in a period",
    REPEATED: "numbers that stand in the file twice, alike, and count once",
    TAKEN_AS_WHOLE: "numbers within a millionth of a whole one, and taken as it",
}
"""What may be reported of a file that is published all the same."""

Verdict = Callable[[str], "tuple[str, date | None] | None"]


class Told(NamedTuple):
    """Something about one place of the file. Lines and columns count from 1."""

    line: int
    column: int
    name: str
    words: str

    @property
    def place(self) -> str:
        """Line 3, column 4 (numerator)."""
        where = f", column {self.column}" if self.column else ""
        return f"line {self.line}{where}{f' ({self.name})' if self.name else ''}"

    def __str__(self) -> str:
        return f"{self.place}: {self.words}"


class FileRefused(SourceUnreadable):
    """The file is malformed: nothing of it is taken in. `mistakes` are in the order of its lines."""

    def __init__(self, name: str, mistakes: Sequence[Told]) -> None:
        self.mistakes = sorted(mistakes, key=lambda one: (one.line, one.column))
        first, number = self.mistakes[0], len(mistakes)
        of = f"the first of {number} mistakes is in " if number > 1 else ""
        of = f"the first of {number} mistakes or more is in " if number >= MOST_MISTAKES else of
        super().__init__(f"{name} is refused, and nothing of it is published: {of}{first}")


@dataclass(slots=True)
class Block:
    """The observations of one indicator in one period; NaN where there is no number."""

    period: Period
    codes: list[str] = field(default_factory=list)
    numerators: array[float] = field(default_factory=lambda: array("d"))
    denominators: array[float] = field(default_factory=lambda: array("d"))
    values: array[float] = field(default_factory=lambda: array("d"))
    lines: array[int] = field(default_factory=lambda: array("L"))
    at: array[int] = field(default_factory=lambda: array("l"))
    """By the number of a practice's code in the file: where it stands here, from 1; 0 where it does not."""


@dataclass(slots=True)
class Read:
    """What a file holds: blocks by indicator and period, and what was reported of it, `most` of a kind in full."""

    rows: int = 0
    blocks: dict[str, dict[str, Block]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    told: dict[str, list[Told]] = field(default_factory=dict)
    left_out: dict[tuple[str, str], date | None] = field(default_factory=dict)
    """Codes that were in the file and not taken in, or not from a day on, by kind: the day."""
    most: int | None = MOST_TOLD

    @property
    def observations(self) -> int:
        return sum(len(block.codes) for some in self.blocks.values() for block in some.values())

    @property
    def practices(self) -> int:
        return len({code for some in self.blocks.values() for block in some.values() for code in block.codes})

    def report(self, kind: str, told: Told) -> None:
        self.counts[kind] += 1
        some = self.told.setdefault(kind, [])
        if self.most is None or len(some) < self.most:
            some.append(told)

    def reports(self) -> Iterator[tuple[str, Told]]:
        """Each report that was kept, kind by kind."""
        for kind in KINDS:
            for one in self.told.get(kind, []):
                yield kind, one


def form_of(period: Period) -> str:
    """How a period is written: all periods of one indicator are written alike, so that they stand in order."""
    return f"{period.length}{'/' if '/' in period.text else ''}"
