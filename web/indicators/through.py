"""An indicator of a practice through time: limits of its own past, what signals, and the chart of it.

An XmR chart where there are enough points; for fewer (indicators that come once a year) the values alone, with what all
practices have together.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import NamedTuple

from domain.indicators.signals import LATEST, RuleSet
from domain.practice.kinds import Better, PeriodLength
from web.charts import small, xmr
from web.charts.shapes import NARROW, WIDE, Picture
from web.charts.xmr import Limits, Mark, Point, Signal
from web.indicators.series import Cell, Series, said

_WHY = {
    1: "outside its limits",
    2: "trend of {rules.trend}",
    3: "two of three near a limit",
    4: "run of {rules.run} on one side",
}
"""Why a point signals, by the rule's number."""


class Shown(NamedTuple):
    """A period of the chart, with how it signals and why."""

    cell: Cell
    signal: Signal
    why: str


class OverTime(NamedTuple):
    """Periods in order. `limits` are None where there are too few points; `periods` says how many they are made of."""

    series: Series
    shown: list[Shown]
    limits: Limits | None
    periods: int

    @property
    def last(self) -> Shown:
        return self.shown[-1]


def over_time(series: Series, merged: Collection[str] = (), rules: RuleSet = LATEST) -> OverTime:
    """The series as its own past judges it: the latest points, as many as the rules look at.

    `merged` are periods that a merger explains: what was before is of another practice, and the chart begins with it.
    """
    cells = series.cells[-rules.xmr_window :]
    begins = [at for at, cell in enumerate(cells[:-1]) if cell.period.text in merged]
    cells = cells[begins[-1] :] if begins else cells
    known = sum(cell.value is not None for cell in cells)
    if known < rules.xmr_points:
        return OverTime(series, [Shown(cell, "none", "") for cell in cells], None, known)
    return _judged(series, cells, known, rules)


def _judged(series: Series, cells: Sequence[Cell], known: int, rules: RuleSet) -> OverTime:
    from domain.indicators.spc import xmr as computed  # numpy: only where something is judged

    values = [math.nan if cell.value is None else cell.value for cell in cells]
    chart = computed(values, screening=rules.screening, run=rules.run, trend=rules.trend)
    why, way = chart.rule[0].tolist(), chart.direction[0].tolist()
    shown = [
        Shown(cell, signal_of(direction, series.definition.better), _WHY.get(rule, "").format(rules=rules))
        for cell, rule, direction in zip(cells, why, way, strict=True)
    ]
    mean, lower, upper = (float(line[0, -1]) for line in (chart.mean, chart.lower, chart.upper))
    return OverTime(series, shown, Limits(mean, lower, upper) if math.isfinite(lower) else None, known)


def signal_of(direction: int, better: Better) -> Signal:
    if not direction:
        return "none"
    if better == Better.NEUTRAL:
        return "neutral"
    return "better" if (direction > 0) == (better == Better.HIGH) else "concern"


def rising_is_worse(better: Better) -> bool | None:
    return None if better == Better.NEUTRAL else better == Better.LOW


def pictures(seen: OverTime, comparator: float | None, marks: Sequence[Mark]) -> list[Picture]:
    """The chart for a desktop and for a telephone."""
    definition = seen.series.definition
    told = xmr.Through(
        points=[
            Point(
                said(one.cell.period),
                one.cell.period.starts_on,
                one.cell.period.ends_on,
                one.cell.value,
                one.signal,
                one.why,
            )
            for one in seen.shown
        ],
        unit=seen.series.unit,
        limits=seen.limits,
        target=definition.target,
        comparator=None if seen.limits else comparator,
        rising_is_worse=rising_is_worse(definition.better),
        marks=marks,
    )
    return [xmr.draw(told, width) for width in (WIDE, NARROW)]


def thumbnail(seen: OverTime, comparator: float | None) -> Picture:
    definition = seen.series.definition
    return small.draw(
        small.Small(
            values=[one.cell.value for one in seen.shown],
            limits=seen.limits,
            comparator=None if seen.limits else comparator,
            target=definition.target,
            last=seen.last.signal,
            rising_is_worse=rising_is_worse(definition.better),
        )
    )


STANDS: dict[Signal, str] = {
    "none": "As before, within what chance explains",
    "concern": "Changed for the worse",
    "better": "Changed for the better",
    "neutral": "Changed",
}


def not_judged(seen: OverTime, rules: RuleSet = LATEST) -> str:
    """Why there are no limits: of years, the change from one to the next is judged instead."""
    if seen.series.definition.period == PeriodLength.YEAR:
        return "Once a year: judged by how it changed since the year before"
    return f"Not judged by its own past: {seen.periods} of {rules.xmr_points} periods needed"


def in_words(seen: OverTime) -> str:
    """How the latest period stands beside its own past; where it is not judged, why."""
    if seen.limits is None:
        return not_judged(seen)
    stands = STANDS[seen.last.signal]
    return f"{stands}: {seen.last.why}" if seen.last.why else stands
