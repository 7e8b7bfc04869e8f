"""Year on year: a practice's change since the year before, beside the change of all practices.

An indicator published once a year never reaches the twelve points that an XmR chart wants. On the scale on which chance
varies all values alike, the two years' chance adds up; what all practices changed by is taken out; and practices'
changes have a spread of their own, as their values have (Spiegelhalter 2005).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from domain.indicators.arrays import Given, Numbers
from domain.indicators.dispersion import Scale, Scaled, Spread, spread
from domain.indicators.funnel import QUARTER
from domain.indicators.outlying import on_scale
from domain.indicators.signals import Place

METHOD = "year-on-year"
METHOD_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class Change:
    """All practices from one year to the next. `expected` is the year before, moved as all practices moved."""

    scale: Scale
    now: Scaled
    before: Scaled
    expected: Numbers
    s: Numbers

    @property
    def z(self) -> Numbers:
        return np.asarray((self.now.y - self.expected) / self.s)

    def adjusted(self, tau2: float) -> Numbers:
        return np.asarray((self.now.y - self.expected) / np.sqrt(self.s**2 + tau2))

    def reach(self, z: float, tau2: float) -> tuple[Numbers, Numbers]:
        """Between which values a practice lies as it is expected to, in the indicator's own unit."""
        away = z * np.sqrt(self.s**2 + tau2)
        return self.back(self.expected - away), self.back(self.expected + away)

    def back(self, y: Numbers) -> Numbers:
        if self.scale is Scale.ARCSINE:
            return np.asarray(np.sin(np.clip(y, 0, QUARTER)) ** 2)
        return np.asarray(np.maximum(y, 0) ** 2 * self.now.comparator)


def change(
    scale: Scale,
    now: tuple[Given, Given],
    before: tuple[Given, Given],
    pooled: tuple[float | None, float | None] = (None, None),
) -> Change:
    """`now` and `before` are numerators and denominators; `pooled` what all practices have in each, where known."""
    this, last = on_scale(scale, *now, pooled[0]), on_scale(scale, *before, pooled[1])
    return Change(
        scale=scale,
        now=this,
        before=last,
        expected=np.asarray(last.y - last.target + this.target),
        s=np.sqrt(this.s**2 + last.s**2),
    )


def spread_of(changes: Change, winsorised: float) -> Spread:
    return spread(changes.z, changes.s, winsorised)


Case = tuple[float, float, float]
"""A practice's numerator and denominator in one year, and what all practices had together."""


def place(scale: Scale, now: Case, before: Case, tau2: float, levels: tuple[float, float]) -> Place:
    """One practice beside where its year before, moved as all practices moved, would have it."""
    alone = change(scale, ([now[0]], [now[1]]), ([before[0]], [before[1]]), (now[2], before[2]))
    (lower_alert, upper_alert), (lower_alarm, upper_alarm) = (alone.reach(z, tau2) for z in levels)
    return Place(
        value=now[0] / now[1],
        comparator=float(alone.back(alone.expected)[0]),
        z=float(alone.adjusted(tau2)[0]),
        lower_alert=float(lower_alert[0]),
        upper_alert=float(upper_alert[0]),
        lower_alarm=float(lower_alarm[0]),
        upper_alarm=float(upper_alarm[0]),
    )
