"""Year on year: a practice's change since the year before, beside the change of all practices.

An indicator published once a year never reaches the twelve points that an XmR chart wants. On the scale on which chance
varies all values alike, the two years' chance adds up; what all practices changed by is taken out; and practices'
changes have a spread of their own, as their values have (Spiegelhalter 2005).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from domain.indicators.arrays import Given, Numbers
from domain.indicators.dispersion import Scaled, Spread, spread
from domain.indicators.outlying import on_scale
from domain.indicators.signals import Scale

METHOD = "year_on_year"
METHOD_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class Change:
    """All practices from one year to the next. `expected` is the year before, moved as all practices moved."""

    now: Scaled
    before: Scaled
    expected: Numbers
    s: Numbers

    @property
    def z(self) -> Numbers:
        return np.asarray((self.now.y - self.expected) / self.s)

    def adjusted(self, tau2: float) -> Numbers:
        return np.asarray((self.now.y - self.expected) / np.sqrt(self.s**2 + tau2))


def change(
    scale: Scale,
    now: tuple[Given, Given],
    before: tuple[Given, Given],
    pooled: tuple[float | None, float | None] = (None, None),
) -> Change:
    """`now` and `before` are numerators and denominators; `pooled` what all practices have in each, where known."""
    this, last = on_scale(scale, *now, pooled[0]), on_scale(scale, *before, pooled[1])
    return Change(
        now=this,
        before=last,
        expected=np.asarray(last.y - last.target + this.target),
        s=np.sqrt(this.s**2 + last.s**2),
    )


def spread_of(changes: Change, winsorised: float) -> Spread:
    return spread(changes.z, changes.s, winsorised)
