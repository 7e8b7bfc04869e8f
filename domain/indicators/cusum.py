"""CUSUM, the tabular one: sums of how far values lie beyond a slack, for slow drift (NIST/SEMATECH 6.3.2.3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from domain.indicators.arrays import Flags, Given, Numbers, numbers


@dataclass(frozen=True, kw_only=True)
class Cusum:
    """The two sums at each point, and where either is beyond `h`. A gap leaves both as they were."""

    high: Numbers
    low: Numbers
    signals_high: Flags
    signals_low: Flags

    @property
    def first_signal(self) -> list[int | None]:
        """For each series, at which point (from 0) it signals first."""
        either = self.signals_high | self.signals_low
        return [int(np.argmax(row)) if row.any() else None for row in either]


def tabular(values: Given, target: Given, k: Given, h: Given) -> Cusum:
    """`values` are series by points. `k` is the slack, about half the shift to be found; `h` about 4 to 5 deviations."""
    points = np.atleast_2d(numbers(values)).T
    centre, slack, limit = numbers(target), numbers(k), numbers(h)
    high, low = np.zeros_like(points), np.zeros_like(points)
    up = down = np.zeros(points.shape[1])
    for at, point in enumerate(points):
        gap = np.isnan(point)
        up = np.where(gap, up, np.maximum(0, up + point - centre - slack))
        down = np.where(gap, down, np.maximum(0, down + centre - slack - point))
        high[at], low[at] = up, down
    return Cusum(high=high.T, low=low.T, signals_high=(high > limit).T, signals_low=(low > limit).T)
