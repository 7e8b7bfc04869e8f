"""Limits of a funnel: how far a value of so many cases may lie from the comparator by chance.

Each takes how many standard deviations (`z`) or which quantile (`p`), over all practices at once. Limits are of the
value: a proportion, or a ratio of observed to expected. A value is outlying if it lies beyond, never on, a limit.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import special

from domain.indicators.arrays import Given, Numbers, numbers

Limits = tuple[Numbers, Numbers]
QUARTER = np.pi / 2


def tail(z: float) -> float:
    """How much of a normal distribution lies beyond `z` on one side."""
    return float(special.ndtr(-z))


def score(comparator: Given, cases: Given, z: float) -> Limits:
    """Normal limits of a proportion, as Public Health England draws them."""
    p0, n = numbers(comparator), numbers(cases)
    reach = z * np.sqrt(p0 * (1 - p0) / n)
    return np.clip(p0 - reach, 0, 1), np.clip(p0 + reach, 0, 1)


def arcsine(comparator: Given, cases: Given, z: float, tau2: float = 0.0) -> Limits:
    """Limits of a proportion on the scale on which its variance hangs on the cases alone, with the spread among
    practices added. Beyond a quarter circle there is no proportion: the limit is 0 or 1.
    """
    centre = np.arcsin(np.sqrt(numbers(comparator)))
    reach = z * np.sqrt(1 / (4 * numbers(cases)) + tau2)
    lower, upper = (np.clip(centre + side * reach, 0, QUARTER) for side in (-1, 1))
    return np.sin(lower) ** 2, np.sin(upper) ** 2


def arcsine_as_drawn(comparator: float, cases: Given, z: float, tau2: float = 0.0) -> Limits:
    """The same as FunnelPlotR 0.6 draws it, to compare with. No flag is raised by it.

    Behind a quarter circle the sine comes back, and only where a larger practice's limit would then be further out is
    the limit put to 0 or 1. The two differ for a few of the smallest practices.
    """
    n, place = np.unique(numbers(cases), return_inverse=True)
    centre, reach = np.arcsin(np.sqrt(comparator)), z * np.sqrt(1 / (4 * n) + tau2)
    lower, upper = np.sin(centre - reach) ** 2, np.sin(centre + reach) ** 2
    lower[:-1] = np.where(lower[:-1] > lower[1:], 0, lower[:-1])
    upper[:-1] = np.where(upper[:-1] < upper[1:], 1, upper[:-1])
    return lower[place], upper[place]


def interpolated_binomial(comparator: Given, cases: Given, p: Given) -> Numbers:
    """Exact limits of a proportion, interpolated between whole cases (Spiegelhalter 2005, appendix).

    r is the smallest number with F(r) > p; the limit is (r - a) / n with a = (F(r) - p) / (F(r) - F(r - 1)). Of few
    cases it may lie below 0: what draws it ends at 0.
    """
    given, cases, wanted = np.broadcast_arrays(numbers(comparator), numbers(cases), numbers(p))
    known = np.isfinite(given) & np.isfinite(cases)
    p0, n = np.where(known, given, 0.5), np.where(known, cases, 1.0)

    def below(r: Numbers) -> Numbers:
        inside = (r >= 0) & (r < n)
        at = np.where(inside, r, 0)
        return np.where(inside, special.betainc(n - at, at + 1, 1 - p0), (r >= n).astype(np.float64))

    guess = _guess(wanted, n * p0, np.sqrt(n * p0 * (1 - p0)), 1 - 2 * p0)
    found = _interpolated(np.clip(guess, 0, n), wanted, below) / n
    return np.asarray(np.where(known, found, np.nan))


def interpolated_poisson(expected: Given, p: Given) -> Numbers:
    """The same of an observed number beside the expected one, as their ratio."""
    given, wanted = np.broadcast_arrays(_some(expected), numbers(p))
    mean = np.where(np.isfinite(given), given, 1.0)

    def below(r: Numbers) -> Numbers:
        return np.where(r >= 0, special.gammaincc(np.maximum(r, 0) + 1, mean), 0.0)

    guess = np.maximum(_guess(wanted, mean, np.sqrt(mean), 1.0), 0)
    found = _interpolated(guess, wanted, below) / mean
    return np.asarray(np.where(np.isfinite(given), found, np.nan))


def _guess(p: Numbers, mean: Numbers, deviation: Numbers, skew: Given) -> Numbers:
    """About where the quantile is (Cornish and Fisher); from there it is a step or two."""
    z = special.ndtri(p)
    return np.asarray(np.floor(mean + z * deviation + (z * z - 1) * numbers(skew) / 6), dtype=np.float64)


def _interpolated(r: Numbers, p: Numbers, below: Callable[[Numbers], Numbers]) -> Numbers:
    at, before = below(r), below(r - 1)
    while np.any(far := at <= p):
        r = np.where(far, r + 1, r)
        at, before = below(r), below(r - 1)
    while np.any(far := (before > p)):
        r = np.where(far, r - 1, r)
        at, before = below(r), below(r - 1)
    return np.asarray(r - (at - p) / (at - before))


def exact_binomial(comparator: Given, cases: Given, z: float) -> Limits:
    """Exact limits of a proportion that end at 0 and 1. Where all practices have all or none, so does each by chance."""
    lower = interpolated_binomial(comparator, cases, tail(z))
    upper = interpolated_binomial(comparator, cases, 1 - tail(z))
    p0 = numbers(comparator)
    certain = (p0 <= 0) | (p0 >= 1)
    return np.where(certain, p0, np.clip(lower, 0, 1)), np.where(certain, p0, np.clip(upper, 0, 1))


def whole_binomial(comparator: Given, cases: Given, z: float) -> Limits:
    """Exact limits of a proportion in whole cases: so many or more, or so few or fewer, as lie beyond them come of chance
    more seldom than the normal tail. An interpolated limit would call ten of ten outlying where chance gives that often.
    """
    n = numbers(cases)
    p0 = numbers(comparator)
    lower, upper = (
        np.clip(np.ceil(interpolated_binomial(comparator, cases, p) * n - 1e-9), 0, n) / n
        for p in (tail(z), 1 - tail(z))
    )
    certain = (p0 <= 0) | (p0 >= 1)
    return np.where(certain, p0, lower), np.where(certain, p0, upper)


def exact_poisson(expected: Given, z: float) -> Limits:
    """Exact limits of a ratio, interpolated, that end at 0."""
    lower = interpolated_poisson(expected, tail(z))
    return np.maximum(lower, 0), np.maximum(interpolated_poisson(expected, 1 - tail(z)), 0)


def garwood(expected: Given, z: float) -> Limits:
    """Exact limits of a ratio by the quantiles of chi-square (Garwood 1936), as FunnelPlotR draws them."""
    mean, p = _some(expected), tail(z)
    return special.gammaincinv(mean, p) / mean, special.gammainccinv(mean + 1, p) / mean


def log_ratio(expected: Given, z: float, tau2: float = 0.0) -> Limits:
    """Limits of a ratio on the logarithmic scale, with the spread among practices added (SHMI)."""
    reach = z * np.sqrt(1 / _some(expected) + tau2)
    with np.errstate(over="ignore"):
        return np.exp(-reach), np.exp(reach)


def root_ratio(expected: Given, z: float, tau2: float = 0.0) -> Limits:
    """Limits of a ratio on the scale of square roots, brought back by squaring."""
    reach = z * np.sqrt(1 / (4 * _some(expected)) + tau2)
    return np.maximum(1 - reach, 0) ** 2, (1 + reach) ** 2


def _some(expected: Given) -> Numbers:
    """Where nothing is expected there is no ratio to it, and so no limit: NaN."""
    mean = numbers(expected)
    return np.where(mean > 0, mean, np.nan)


def ratio_of_counts(comparator: Given, cases: Given, z: float, tau2: float = 0.0) -> Limits:
    """Limits of one count over another on the logarithmic scale, as FunnelPlotR draws them. No flag is raised by it."""
    reach = z * np.sqrt(1 / (4 * numbers(cases)) + tau2)
    return np.asarray(numbers(comparator) * np.exp(-reach)), np.asarray(numbers(comparator) * np.exp(reach))


def interval(observed: Given, z: float) -> Limits:
    """The interval of a count: Byar's approximation from 10 up, exact below, as Public Health England has it."""
    o, p = numbers(observed), tail(z)
    lower, upper = byar(np.maximum(o, 10), z)
    few = np.minimum(o, 10)
    exact_lower = np.where(few > 0, special.gammaincinv(np.maximum(few, 1e-9), p), 0)
    return np.where(o < 10, exact_lower, lower), np.where(o < 10, special.gammainccinv(few + 1, p), upper)


def byar(observed: Given, z: float) -> Limits:
    o = numbers(observed)
    more = o + 1
    some = np.where(o > 0, o, 1.0)
    lower = np.where(o > 0, some * (1 - 1 / (9 * some) - z / (3 * np.sqrt(some))) ** 3, 0.0)
    return lower, more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3


def compared(observed: Given, expected: Given, z: float) -> Numbers:
    """1 where the count is higher than expected, -1 where it is lower, 0 where chance explains the difference."""
    lower, upper = interval(observed, z)
    mean = numbers(expected)
    return (lower > mean).astype(np.float64) - (upper < mean)
