"""Tables beside charts, and what of them a file may tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from domain.indicators.definitions import Definition
from domain.practice.kinds import IndicatorModel
from projections.observations import FEWEST
from web.export import Cell
from web.indicators.units import count_in_a_file, in_a_file

SUPPRESSED, SUPPRESSED_REST, SUPPRESSED_VALUE = "fewer than 5", "all but fewer than 5", "kept back"


class Counted(Protocol):
    """A number of a practice, with its counts where it has any."""

    @property
    def numerator(self) -> float | None: ...
    @property
    def denominator(self) -> float | None: ...
    @property
    def value(self) -> float | None: ...


class Linked(NamedTuple):
    """A cell that leads somewhere. In a file it is its text."""

    text: str | int
    href: str


class Table(NamedTuple):
    """Columns and rows. `links` lead from rows' first cells onward, where not empty; `numeric` columns hold numbers."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell | Linked, ...]]
    links: Sequence[str] = ()
    numeric: frozenset[int] = frozenset()
    whole: frozenset[int] = frozenset()
    """Columns whose words stand on one line."""


class Counts(NamedTuple):
    """What was counted, of how many, and what follows from both."""

    numerator: Cell
    denominator: Cell
    value: Cell
    kept_back: bool = False


def given_out(definition: Definition, cell: Counted) -> Counts:
    """As a file has them. Where a count is small, so is everything kept that it could be worked out from: of a share, what
    is left of the whole is a count too.
    """
    numerator, denominator = count_in_a_file(cell.numerator), count_in_a_file(cell.denominator)
    words = _kept(definition, cell.numerator, cell.denominator)
    of_few = cell.denominator is not None and cell.denominator < FEWEST
    if not words and not of_few:
        return Counts(numerator, denominator, in_a_file(definition, cell.value))
    return Counts(
        words or SUPPRESSED, SUPPRESSED if of_few else denominator, SUPPRESSED_VALUE, kept_back=True
    )


def _kept(definition: Definition, numerator: float | None, denominator: float | None) -> str:
    if numerator is not None and numerator < FEWEST:
        return SUPPRESSED
    if is_a_share(definition) and numerator is not None and denominator is not None:
        return SUPPRESSED_REST if denominator - numerator < FEWEST else ""
    return ""


def is_a_share(definition: Definition) -> bool:
    """Whether what is counted is part of what it is counted of, so that the rest are people too."""
    return definition.model == IndicatorModel.BINOMIAL


def plain(rows: Iterable[tuple[Cell | Linked, ...]]) -> list[tuple[Cell, ...]]:
    """Rows for a file."""
    return [tuple(one.text if isinstance(one, Linked) else one for one in row) for row in rows]
