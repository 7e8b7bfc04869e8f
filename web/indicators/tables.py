"""Tables beside charts, and what of them a file may tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from web.export import Cell

FEWEST = 5
"""Counts below this are not given out in a file: somebody might be known by them."""

SUPPRESSED = "fewer than 5"


class Table(NamedTuple):
    """Columns and rows. `links` lead from rows' first cells onward, where not empty; `numeric` columns hold numbers."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    links: Sequence[str] = ()
    numeric: frozenset[int] = frozenset()
    whole: frozenset[int] = frozenset()
    """Columns whose words stand on one line."""


class Counts(NamedTuple):
    """What was counted, of how many, and what follows from both."""

    numerator: Cell
    denominator: Cell
    value: Cell


def given_out(numerator: float | None, denominator: float | None, value: float | None) -> Counts:
    """As a file has them. Where a count is small, so is everything kept that it could be worked out from."""
    few, of_few = (number is not None and number < FEWEST for number in (numerator, denominator))
    if not few and not of_few:
        return Counts(numerator, denominator, value)
    return Counts(SUPPRESSED, SUPPRESSED if of_few else denominator, SUPPRESSED)
