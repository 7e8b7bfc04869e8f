"""XmR charts: a value against its own past, as in the NHS's Making Data Count.

Computed over all series at once, point by point, so that a series gives the same numbers alone and among thousands.
The rules and their order are those of NHSRplotthedots 0.2.2; run and trend lengths and screening are parameters.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

import numpy as np

from domain.indicators.arrays import Flags, Given, Numbers, Signs, numbers
from domain.indicators.patterns import one_side, part_of, rising, trends, two_of_three
from domain.practice.kinds import Better

LIMIT = 2.66
"""Process limits lie so many mean moving ranges from the mean: 3 / 1.128, as the field rounds it."""
NEAR = LIMIT * 2 / 3
DEVIATION = 1.128
"""The mean moving range is so many standard deviations."""
SCREEN = 3.267
"""A moving range of so many times the mean moving range or more is left out where ranges are screened."""
ROUNDING = 8 * float(np.finfo(np.float64).eps)
"""Sums are rounded: by so little, beside the size of the values, a point lies neither above nor below."""
GREATEST = 1e100
"""What is larger, or no number, is a gap: nothing that is counted is, and sums of such have no end."""
TOGETHER = 4_096
"""So many series are computed at a time: what they need stays in the processor's cache."""


class Rule(IntEnum):
    """Why a point is special. A lower number goes before a higher one."""

    COMMON_CAUSE = 0
    OUTSIDE_LIMITS = 1
    TREND = 2
    TWO_OF_THREE = 3
    RUN = 4


class PointType(StrEnum):
    COMMON_CAUSE = "common_cause"
    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    NEUTRAL_HIGH = "special_cause_neutral_high"
    NEUTRAL_LOW = "special_cause_neutral_low"


class Assurance(StrEnum):
    """Whether a target lies where the process will meet it: of the latest limits."""

    CONSISTENT_PASS = "consistent_pass"  # noqa: S105  a target, not a password
    CONSISTENT_FAIL = "consistent_fail"
    INCONSISTENT = "inconsistent"


@dataclass(frozen=True, kw_only=True)
class Xmr:
    """Series by points. A gap has no side and no rule; without two neighbours in the baseline limits are NaN.

    `direction` says which way the rule points: above or rising 1, below or falling -1, nothing special 0.
    """

    values: Numbers
    mean: Numbers
    range: Numbers
    lower: Numbers
    upper: Numbers
    near_lower: Numbers
    near_upper: Numbers
    side: Signs
    outside: Flags
    near: Flags
    rule: Signs
    direction: Signs

    @property
    def z(self) -> Numbers:
        """How many standard deviations from the mean, by the mean moving range; 0 where nothing ever moved."""
        away = self.values - self.mean
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(away == 0, 0.0, away * DEVIATION / self.range)


_LINES = ("mean", "range", "lower", "upper", "near_lower", "near_upper")
_REACHES = (-LIMIT, LIMIT, -NEAR, NEAR)
_MARKS: dict[str, type[np.generic]] = {
    **dict.fromkeys(("side", "rule", "direction"), np.int8),
    **dict.fromkeys(("outside", "near"), np.bool_),
}


def xmr(
    values: Given,
    *,
    fix_after: int | None = None,
    rebase: Given | None = None,
    screening: bool = False,
    run: int = 7,
    trend: int = 7,
) -> Xmr:
    """The chart of each series. Limits are of the first `fix_after` points, or of all.

    `rebase` marks the points at which a new baseline begins, alike for all series; no rule reaches across one.
    """
    series = np.atleast_2d(numbers(values))
    series = np.where(np.abs(series) < GREATEST, series, np.nan)
    begins = _beginnings(rebase, series.shape[1])
    ends = [*begins[1:], series.shape[1]]
    lines = np.empty((len(_LINES), len(series), len(begins)))
    marks: dict[str, Any] = {name: np.empty(series.shape, dtype=kind) for name, kind in _MARKS.items()}
    for first in range(0, len(series), TOGETHER):
        some = slice(first, first + TOGETHER)
        for part, (begin, end) in enumerate(zip(begins, ends, strict=True)):
            points = np.ascontiguousarray(series[some, begin:end].T)
            mean, moving, found = _part(points, fix_after, screening, run, trend)
            lines[:, some, part] = mean, moving, *(mean + reach * moving for reach in _REACHES)
            for name, mark in found.items():
                marks[name][some, begin:end] = mark.T
    widths = np.subtract(ends, begins)
    drawn = (
        np.broadcast_to(line, series.shape) if len(begins) == 1 else np.repeat(line, widths, axis=1)
        for line in lines
    )
    marks.update(zip(_LINES, drawn, strict=True))
    return Xmr(values=series, **marks)


def _beginnings(rebase: Given | None, points: int) -> list[int]:
    marked = [] if rebase is None else np.flatnonzero(numbers(rebase)).tolist()
    return [0, *(point for point in marked if 0 < point < points)]


def _part(
    points: Numbers, fix_after: int | None, screening: bool, run: int, trend: int
) -> tuple[Numbers, Numbers, dict[str, Any]]:
    """One baseline, points first: the mean, the mean moving range, and what is marked at each point."""
    base = points[:fix_after]
    mean = _mean(base)
    ranges = np.abs(base[1:] - base[:-1])
    moving = _mean(ranges)
    if screening:
        with np.errstate(invalid="ignore"):
            moving = _mean(np.where(ranges < SCREEN * moving, ranges, np.nan))
        # Where all that ever changed was left out, limits of no width would be left.
        moving = np.where(moving > 0, moving, np.nan)
    away = points - mean
    rounding = ROUNDING * (np.abs(mean) + np.nan_to_num(moving))
    side = (away > rounding).astype(np.int8) - (away < -rounding).astype(np.int8)
    distance = np.abs(away)
    outside = distance > LIMIT * moving + rounding
    near = ~outside & (distance > NEAR * moving + rounding)
    rule, direction = _ruled(points, side, outside, near, run, trend)
    marks = {"side": side, "outside": outside, "near": near, "rule": rule, "direction": direction}
    return mean, moving, marks


def _mean(points: Numbers) -> Numbers:
    """Of each series, gaps left out. Added point by point: the order of adding is part of the number."""
    total = np.zeros(points.shape[1])
    known = np.zeros(points.shape[1])
    for point in points:
        there = ~np.isnan(point)
        total += np.where(there, point, 0.0)
        known += there
    with np.errstate(invalid="ignore"):
        return np.asarray(total / np.where(known, known, np.nan))


def _ruled(
    points: Numbers, side: Signs, outside: Flags, near: Flags, run: int, trend: int
) -> tuple[Signs, Signs]:
    rose = rising(points)
    in_trend = part_of(trends(rose, trend), trend)
    rule = np.zeros(points.shape, dtype=np.int8)
    direction = np.zeros(points.shape, dtype=np.int8)
    for name, here, way in (
        (Rule.RUN, part_of(one_side(side, run), run), side),
        (Rule.TWO_OF_THREE, near & two_of_three(near, side), side),
        (Rule.TREND, in_trend, _way_of_trend(rose, in_trend)),
        (Rule.OUTSIDE_LIMITS, outside, side),
    ):
        np.copyto(rule, np.int8(name), where=here)
        np.copyto(direction, way, where=here)
    return rule, direction


def _way_of_trend(rose: Signs, in_trend: Flags) -> Signs:
    """As the line leaves the point, if the next one is of a trend too; otherwise as it came. Level counts as falling."""
    way = rose.copy()
    way[:-1] = np.where(in_trend[1:], rose[1:], rose[:-1])
    return np.where(way == 1, np.int8(1), np.int8(-1))


def point_types(chart: Xmr, better: Better) -> list[list[PointType]]:
    """What each point is called, by which way is better."""
    if better == Better.NEUTRAL:
        names = {1: PointType.NEUTRAL_HIGH, -1: PointType.NEUTRAL_LOW}
    elif better == Better.HIGH:
        names = {1: PointType.IMPROVEMENT, -1: PointType.CONCERN}
    else:
        names = {1: PointType.CONCERN, -1: PointType.IMPROVEMENT}
    names[0] = PointType.COMMON_CAUSE
    return [[names[way] for way in row] for row in chart.direction.tolist()]


def assurance(lower: float, upper: float, target: float | None, better: Better) -> Assurance | None:
    """Of the latest limits. None without a target, without limits, or where neither way is better."""
    if target is None or better == Better.NEUTRAL or not (np.isfinite(lower) and np.isfinite(upper)):
        return None
    if lower <= target <= upper:
        return Assurance.INCONSISTENT
    beyond_reach = target > upper if better == Better.HIGH else target < lower
    return Assurance.CONSISTENT_FAIL if beyond_reach else Assurance.CONSISTENT_PASS
