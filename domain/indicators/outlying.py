"""Outlying: a practice among its peers in one period, by a funnel that allows for how much practices differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from domain.indicators.arrays import Given, Numbers, numbers
from domain.indicators.dispersion import Scaled, Spread, additive, scaled, spread, together
from domain.indicators.funnel import arcsine, root_ratio
from domain.indicators.signals import Scale
from domain.practice.kinds import IndicatorModel

SCALES = {IndicatorModel.BINOMIAL: Scale.ARCSINE, IndicatorModel.POISSON: Scale.ROOT_RATIO}
"""A share of cases, and a count beside what is expected. Of anything else it is not known how far chance carries it."""
METHODS = {Scale.ARCSINE: "funnel_arcsine", Scale.ROOT_RATIO: "funnel_root_ratio"}
METHOD_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """All practices in one period. `z` before and `adjusted` after the spread among practices is allowed for."""

    every: Scaled
    spread: Spread

    @property
    def z(self) -> Numbers:
        return self.every.z

    @property
    def adjusted(self) -> Numbers:
        return additive(self.every, self.spread.tau2)

    @property
    def practices(self) -> int:
        return int(np.count_nonzero(np.isfinite(self.every.y)))


def on_scale(scale: Scale, numerator: Given, denominator: Given, comparator: float | None = None) -> Scaled:
    """What practices are compared with is always what all of them have together: of counts too, whose expected number
    may be modelled for a country in which all practices count less than the model does.
    """
    if comparator is None:
        rough = scaled(scale, numerator, denominator, 1.0)
        known = np.isfinite(rough.y)
        comparator = together(numbers(numerator)[known], numbers(denominator)[known])
    return scaled(scale, numerator, denominator, comparator)


def standing(scale: Scale, numerator: Numbers, denominator: Numbers, winsorised: float) -> Standing:
    every = on_scale(scale, numerator, denominator)
    return Standing(every=every, spread=spread(every.z, every.s, winsorised))


def limits(
    scale: Scale, comparator: float, denominator: Given, z: float, tau2: float
) -> tuple[Numbers, Numbers]:
    """The funnel at so many cases, in the indicator's own unit."""
    if scale is Scale.ARCSINE:
        return arcsine(comparator, denominator, z, tau2)
    lower, upper = root_ratio(numbers(denominator) * comparator, z, tau2)
    return lower * comparator, upper * comparator
