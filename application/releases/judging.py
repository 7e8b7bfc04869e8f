"""What is judged: the numbers of one indicator, of a release and of those before it, as arrays.

numpy is loaded here and not before a release is judged: no page and no other command waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from application.releases.found import Block
from domain.indicators.definitions import Definition
from domain.indicators.flagging import Cells, judge
from domain.indicators.signals import LATEST, LOOKED_AT, Judged
from domain.periods import run_until
from domain.releases.events import Beyond, IndicatorJudged

Row = tuple[str, str, float | None, float | None, float | None]
"""(period, code, numerator, denominator, value)."""
Past = Callable[[str, list[str]], Iterable[Row]]
"""The numbers that stand of one indicator in some periods."""


def judged_periods(before: list[str], new: Iterable[str], last: str) -> tuple[str, ...]:
    """The periods to look at, without gaps, up to the one that is judged."""
    return tuple(run_until([*before, *new], last, LOOKED_AT))


def cells_of(
    definition: Definition, periods: tuple[str, ...], past: Iterable[Row], new: dict[str, Block]
) -> Cells:
    """The numbers of one indicator: those that stand, and over them those of a release that is to be published."""
    place = {period: at for at, period in enumerate(periods)}
    rows = [row for row in past if row[0] in place]
    new = {period: block for period, block in new.items() if period in place}
    codes = sorted({row[1] for row in rows}.union(*(block.codes for block in new.values())))
    at = {code: number for number, code in enumerate(codes)}
    numbers = np.full((3, len(codes), len(periods)), np.nan)
    if rows:
        over, where, *columns = zip(*rows, strict=True)
        across = np.fromiter((place[one] for one in over), dtype=np.intp, count=len(rows))
        down = np.fromiter((at[one] for one in where), dtype=np.intp, count=len(rows))
        for number, column in enumerate(columns):
            numbers[number, down, across] = np.array(column, dtype=np.float64)
    for period, block in new.items():
        down = np.fromiter((at[one] for one in block.codes), dtype=np.intp, count=len(block.codes))
        for number, given in enumerate((block.numerators, block.denominators, block.values)):
            numbers[number, down, place[period]] = np.frombuffer(given, dtype=np.float64)
    return Cells(
        definition=definition,
        periods=periods,
        codes=tuple(codes),
        numerator=numbers[0],
        denominator=numbers[1],
        value=numbers[2],
    )


def judged(cells: Cells, mergers: frozenset[tuple[str, str]]) -> Judged:
    return judge(cells, LATEST, mergers)


def as_stored(definition: Definition, period: str, found: Judged, *, newest: bool) -> IndicatorJudged:
    """What was found, as the fact of the release holds it."""
    alert, alarm = found.beyond_alert, found.beyond_alarm
    return IndicatorJudged(
        indicator=definition.code,
        version=definition.version,
        period=period,
        newest=newest,
        practices=found.practices,
        comparator=found.comparator,
        phi=found.phi,
        tau2=found.tau2,
        beyond_alert=Beyond(
            unadjusted=alert.unadjusted,
            adjusted=alert.adjusted,
            adverse_unadjusted=alert.adverse_unadjusted,
            adverse_adjusted=alert.adverse_adjusted,
            by_chance=alert.by_chance,
        ),
        beyond_alarm=Beyond(
            unadjusted=alarm.unadjusted,
            adjusted=alarm.adjusted,
            adverse_unadjusted=alarm.adverse_unadjusted,
            adverse_adjusted=alarm.adverse_adjusted,
            by_chance=alarm.by_chance,
        ),
        signals=len(found.signals) if newest else 0,
        explained=len(found.explained),
        small=found.small,
        passing=found.passing,
        favourable=found.favourable,
        method=found.method,
        method_version=found.method_version,
        parameters=found.parameters,
    )


__all__ = ["Cells", "Past", "Row", "as_stored", "cells_of", "judged", "judged_periods"]
