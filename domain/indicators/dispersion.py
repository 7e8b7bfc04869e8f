"""How far each practice lies from the comparator, and how much practices differ beyond chance (over-dispersion).

Without an allowance for what makes all practices differ a little, far too many would be outlying (Spiegelhalter 2005).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from domain.indicators.arrays import Given, Numbers, numbers
from domain.indicators.signals import Scale


@dataclass(frozen=True, kw_only=True)
class Scaled:
    """`y` beside `target` on the scale; `s` is how much chance alone varies `y`. NaN where there is nothing to say."""

    comparator: float
    target: float
    y: Numbers
    s: Numbers

    @property
    def z(self) -> Numbers:
        return np.asarray((self.y - self.target) / self.s)


def scaled(scale: Scale, numerator: Given, denominator: Given, comparator: float | None = None) -> Scaled:
    """Every practice on the scale. The comparator is what all of them have together, or 1 for a ratio to the expected.

    No count has a logarithm of 0: on that scale such a practice has no place.
    """
    n, d = numbers(numerator), numbers(denominator)
    known = np.isfinite(n) & np.isfinite(d) & (n >= 0) & (d > 0)
    if scale is Scale.ARCSINE:
        known &= n <= d
    n, d = np.where(known, n, np.nan), np.where(known, d, np.nan)
    if comparator is None:
        comparator = 1.0 if scale in {Scale.LOG_RATIO, Scale.ROOT_RATIO} else together(n, d)
    with np.errstate(divide="ignore", invalid="ignore"):
        match scale:
            case Scale.LOG_RATIO:
                y = np.log(np.where(n > 0, n, np.nan) / (d * comparator))
                target, s = 0.0, 1 / np.sqrt(d * comparator)
            case Scale.ROOT_RATIO:
                y = np.sqrt(n / (d * comparator))
                target, s = 1.0, 1 / (2 * np.sqrt(d * comparator))
            case Scale.ARCSINE:
                y = np.arcsin(np.sqrt(n / d))
                target, s = float(np.arcsin(np.sqrt(comparator))), 1 / (2 * np.sqrt(d))
            case Scale.RATIO_OF_COUNTS:
                y = np.log((n + 0.5) / (d + 0.5))
                target, s = float(np.log(comparator)), np.sqrt(n / (n + 0.5) ** 2 + d / (d + 0.5) ** 2)
    return Scaled(comparator=comparator, target=target, y=y, s=s)


def together(numerator: Numbers, denominator: Numbers) -> float:
    """What all practices together have, from those that have both numbers."""
    known = np.isfinite(numerator) & np.isfinite(denominator)
    cases = _sum(denominator[known])
    return _sum(numerator[known]) / cases if cases else float("nan")


def _sum(values: Numbers) -> float:
    """Smallest first: in which order practices stand in a file is no part of the number."""
    return float(np.sum(np.sort(values)))


@dataclass(frozen=True, slots=True)
class Spread:
    """`phi` is how many times chance the practices vary; `tau2` the variance among them; `used` how many were used."""

    phi: float
    tau2: float
    used: int


def spread(z: Given, s: Given, by: float = 0.1, *, truncated: bool = False) -> Spread:
    """How much practices differ beyond chance (DerSimonian and Laird), the extremes drawn in or left out first."""
    every, deviations = numbers(z), numbers(s)
    kept = truncate(every, by) if truncated else winsorise(every, by)
    used = np.isfinite(kept)
    kept, weights = kept[used], 1 / deviations[used] ** 2
    count = len(kept)
    if count == 0:
        return Spread(phi=0.0, tau2=0.0, used=0)
    phi = _sum(kept**2) / count
    among = _sum(weights) - _sum(weights**2) / _sum(weights)
    over = count * phi - (count - 1)
    return Spread(phi=phi, tau2=over / among if over > 0 and among > 0 else 0.0, used=count)


def winsorise(z: Given, by: float = 0.1) -> Numbers:
    """The outermost shares at each end drawn in to where they begin (quantiles of type 7)."""
    every = numbers(z)
    if not np.any(np.isfinite(every)):
        return every
    lower, upper = np.nanquantile(every, [by, 1 - by])
    return np.clip(every, lower, upper)


def truncate(z: Given, by: float = 0.1) -> Numbers:
    """The lowest group left out (NaN), as FunnelPlotR does for the SHMI: practices in 1/by groups by rank.

    It means to leave out the highest group too, but asks whether the z-score, not the group, is below the last: so only
    z of 1/by - 1 or more is left out above. Kept as it is, to give the same numbers. No flag is raised by it.
    """
    every = numbers(z)
    groups = 1 / by
    rank = _average_rank(every)
    group = np.floor(rank * groups / (np.count_nonzero(np.isfinite(every)) + 1))
    return np.where((group > 0) & (every < groups - 1), every, np.nan)


def _average_rank(values: Numbers) -> Numbers:
    """Ranks from 1; equal values share the mean of theirs."""
    known = np.isfinite(values)
    _, place, count = np.unique(values[known], return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    ranks = np.full(values.shape, np.nan)
    ranks[known] = ((last - count + 1 + last) / 2)[place]
    return ranks


def additive(every: Scaled, tau2: float) -> Numbers:
    """The z with the variance among practices added to chance (random effects)."""
    return np.asarray((every.y - every.target) / np.sqrt(every.s**2 + tau2))


def multiplicative(z: Given, phi: float) -> Numbers:
    """The z with chance stretched, where practices vary more than it."""
    return np.asarray(numbers(z) / np.sqrt(max(phi, 1.0)))
