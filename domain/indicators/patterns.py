"""The patterns that an XmR chart looks for: runs, trends, two of three. Points are the first axis, series the second."""

from __future__ import annotations

import numpy as np

from domain.indicators.arrays import Flags, Numbers, Signs


def rising(points: Numbers) -> Signs:
    """Against the point before: 1 higher, -1 lower, 0 equal, first, or beside a gap."""
    rose = np.zeros(points.shape, dtype=np.int8)
    rose[1:] = (points[1:] > points[:-1]).astype(np.int8) - (points[1:] < points[:-1])
    return rose


def one_side(side: Signs, run: int) -> Flags:
    """Points (first axis) that end a run of so many, all on one side of the mean. A point on the mean breaks it."""
    ends = np.zeros(side.shape, dtype=np.bool_)
    if len(side) >= run:
        ends[run - 1 :] = side[run - 1 :] != 0
        for back in range(1, run):
            ends[run - 1 :] &= side[run - 1 - back : len(side) - back] == side[run - 1 :]
    return ends


def trends(rose: Signs, trend: int) -> Flags:
    """Points that end so many of which each but the first rose, or each fell. A tie breaks it."""
    return one_side(rose, trend - 1) if trend > 1 else np.ones(rose.shape, dtype=np.bool_)


def part_of(ends: Flags, length: int) -> Flags:
    """Every point of the runs that end there."""
    part = ends.copy()
    for back in range(1, min(length, len(ends))):
        part[:-back] |= ends[back:]
    return part


def two_of_three(near: Flags, side: Signs) -> Flags:
    """Points of a window of three on one side of the mean, two of which are near the limit."""
    part = np.zeros(near.shape, dtype=np.bool_)
    if len(near) < 3:
        return part
    first, middle, last = near[:-2], near[1:-1], near[2:]
    window = (first & middle) | (first & last) | (middle & last)
    window &= (side[:-2] != 0) & (side[:-2] == side[1:-1]) & (side[1:-1] == side[2:])
    part[:-2] |= window
    part[1:-1] |= window
    part[2:] |= window
    return part
