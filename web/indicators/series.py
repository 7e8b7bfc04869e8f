"""One indicator of one practice, period by period, and how each value is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple, Protocol

from domain.indicators.definitions import LOG_RATIO, Definition
from domain.periods import Period, period_of
from domain.practice.kinds import IndicatorModel, PeriodLength
from web.charts.shapes import Unit
from web.indicators.units import unit_of


class Observed(Protocol):
    """A row of the observations, as the page needs it."""

    @property
    def indicator(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def release(self) -> str: ...
    @property
    def numerator(self) -> float | None: ...
    @property
    def denominator(self) -> float | None: ...
    @property
    def value(self) -> float | None: ...


class Cell(NamedTuple):
    """One period: what was counted, of how many, and the value. All None where nothing was published."""

    period: Period
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    release: str = ""
    beside: str = "of"
    """What stands between the two counts: one is of the other, or came after it."""

    @property
    def counted(self) -> str:
        """412 of 1,000; nothing where only a value was published."""
        if self.numerator is None or self.denominator is None:
            return ""
        return f"{whole(self.numerator)} {self.beside} {whole(self.denominator)}"


@dataclass(frozen=True, slots=True)
class Series:
    """Periods in order and without gaps, the last published one last."""

    definition: Definition
    cells: tuple[Cell, ...]

    @property
    def last(self) -> Cell:
        return self.cells[-1]

    @property
    def unit(self) -> Unit:
        return unit_of(self.definition)

    @property
    def periods(self) -> list[str]:
        return [cell.period.text for cell in self.cells]

    @property
    def values(self) -> list[float | None]:
        return [cell.value for cell in self.cells]


def series_of(definition: Definition, rows: Iterable[Observed]) -> Series | None:
    """The rows of one indicator as a series; None where no row is of a known period with a value."""
    known: dict[str, Cell] = {}
    beside = "after" if definition.unit == LOG_RATIO else "of"
    for row in rows:
        period = period_of(row.period)
        if period is not None and (value := value_of(definition, row)) is not None:
            known[period.text] = Cell(period, row.numerator, row.denominator, value, row.release, beside)
    cells = sorted(known.values(), key=lambda cell: cell.period.starts_on)
    return Series(definition, tuple(_without_gaps(cells))) if cells else None


def value_of(definition: Definition, row: Observed) -> float | None:
    """What was counted over of how many; a measure as it stands, as it is judged: a change has two counts beside it."""
    of_counts = definition.model in {IndicatorModel.BINOMIAL, IndicatorModel.POISSON}
    if of_counts and row.numerator is not None and row.denominator:
        return row.numerator / row.denominator
    return row.value


def _without_gaps(cells: Sequence[Cell]) -> Iterable[Cell]:
    before: Cell | None = None
    for cell in cells:
        if before is not None:
            yield from _between(before.period, cell.period)
        yield cell
        before = cell


MOST_MISSING = 100


def _between(first: Period, last: Period) -> Iterable[Cell]:
    """The periods between two that nothing was published of. An event has a day and no next."""
    if first.length == PeriodLength.EVENT or first.length != last.length:
        return
    here = following(first)
    for _ in range(MOST_MISSING):
        if here is None or here.starts_on >= last.starts_on:
            return
        yield Cell(here)
        here = following(here)


def following(period: Period) -> Period | None:
    """The period that begins where one ends, as it is always written."""
    begins = period.ends_on + timedelta(days=1)
    match period.length:
        case PeriodLength.MONTH:
            return period_of(f"{begins:%Y-%m}")
        case PeriodLength.QUARTER:
            return period_of(f"{begins:%Y}Q{(begins.month + 2) // 3}")
        case PeriodLength.YEAR:
            return period_of(
                f"{begins:%Y}" if begins.month == 1 else f"{begins:%Y}/{(begins.year + 1) % 100:02}"
            )
        case _:
            return None


def whole(number: float) -> str:
    """A count: 1,000, and 12.5 where it is weighted."""
    return f"{number:,.0f}" if number == int(number) else f"{number:,.1f}"


_QUARTER = "{0}\N{NO-BREAK SPACE}Q{1}"


def said(period: Period) -> str:
    """2016 Q1, May 2016, 2021/22: as people write it."""
    if period.length == PeriodLength.QUARTER:
        return _QUARTER.format(*period.text.split("Q"))
    if period.length == PeriodLength.MONTH:
        return f"{period.starts_on:%b %Y}"
    return period.text


def said_text(period: str) -> str:
    """The same of a period as it is stored, in whatever way that is."""
    found = period_of(period)
    return said(found) if found else period
