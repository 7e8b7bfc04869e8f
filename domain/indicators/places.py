"""One practice's place, from its own numbers and what all practices have together: plain arithmetic, without arrays.

`outlying.py` and `yearly.py` compute the same for all practices at once, to find whom to look at. What a flag holds, and
what it is derived from again, is computed here.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from domain.indicators.signals import Place, Scale


class Case(NamedTuple):
    """A practice's numbers in one period, and what all practices had together."""

    numerator: float
    denominator: float
    pooled: float


Levels = tuple[float, float]
"""The z of alert and alarm."""


def in_funnel(scale: Scale, now: Case, tau2: float, levels: Levels) -> Place:
    """Among its peers, whose spread is added to what chance alone does."""
    y, target, variance = _scaled(scale, now)
    return _place(scale, now, now.pooled, y, target, math.sqrt(variance + tau2), levels)


def since(scale: Scale, now: Case, before: Case, tau2: float, levels: Levels) -> Place:
    """Beside where the year before, moved as all practices moved, would have it."""
    y, target, variance = _scaled(scale, now)
    y_before, target_before, variance_before = _scaled(scale, before)
    expected = y_before - target_before + target
    deviation = math.sqrt(variance + variance_before + tau2)
    comparator = _back(scale, expected, now.pooled)
    return _place(scale, now, comparator, y, expected, deviation, levels)


def _place(
    scale: Scale,
    now: Case,
    comparator: float,
    y: float,
    expected: float,
    deviation: float,
    levels: Levels,
) -> Place:
    alert, alarm = (z * deviation for z in levels)
    return Place(
        value=now.numerator / now.denominator,
        comparator=comparator,
        z=(y - expected) / deviation,
        lower_alert=_back(scale, expected - alert, now.pooled),
        upper_alert=_back(scale, expected + alert, now.pooled),
        lower_alarm=_back(scale, expected - alarm, now.pooled),
        upper_alarm=_back(scale, expected + alarm, now.pooled),
    )


def _scaled(scale: Scale, case: Case) -> tuple[float, float, float]:
    """Value, target and variance on the scale."""
    if scale is Scale.ARCSINE:
        share = case.numerator / case.denominator
        return math.asin(math.sqrt(share)), math.asin(math.sqrt(case.pooled)), 1 / (4 * case.denominator)
    expected = case.denominator * case.pooled
    return math.sqrt(case.numerator / expected), 1.0, 1 / (4 * expected)


def _back(scale: Scale, y: float, pooled: float) -> float:
    """In the indicator's own unit: a share within 0 and 1, a ratio from 0 up."""
    if scale is Scale.ARCSINE:
        return math.sin(min(max(y, 0.0), math.pi / 2)) ** 2
    return float(max(y, 0.0) ** 2 * pooled)
