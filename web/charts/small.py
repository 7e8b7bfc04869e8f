"""One indicator of one practice in a thumb's breadth, for looking at many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from web.charts.shapes import (
    Line,
    Picture,
    Scale,
    around,
    circle,
    diamond,
    square,
    through,
    triangle,
)
from web.charts.xmr import Limits, Signal

WIDTH, HEIGHT = 240, 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """Values in the order of their periods, None where there is none, and how the last of them stands."""

    values: Sequence[float | None]
    limits: Limits | None = None
    comparator: float | None = None
    target: float | None = None
    last: Signal = "none"
    rising_is_worse: bool | None = None


def draw(told: Small) -> Picture:
    known = [value for value in told.values if value is not None]
    others = [value for value in (told.comparator, told.target) if value is not None]
    y = around([*known, *(told.limits or ()), *others], HEIGHT - 6, 6)
    x = Scale(0, max(len(told.values) - 1, 1), 6, WIDTH - 10)
    lines: list[Line] = []
    if told.limits:
        top, low = y(told.limits.upper), y(told.limits.lower)
        lines.append(Line("between", f"M0 {top:g}H{WIDTH}v{low - top:g}H0z"))
        lines.append(Line("mean", f"M0 {y(told.limits.mean):g}H{WIDTH}"))
    for kind, value in (("comparator", told.comparator), ("target", told.target)):
        if value is not None:
            lines.append(Line(kind, f"M0 {y(value):g}H{WIDTH}"))
    places = [None if value is None else (x(at), y(value)) for at, value in enumerate(told.values)]
    lines.append(Line("line", through(places)))
    if found := [place for place in places if place]:
        lines.append(Line(f"point-{told.last}", _last(told, *found[-1])))
    return Picture(WIDTH, HEIGHT, lines, [])


def _last(told: Small, x: float, y: float) -> str:
    if told.last == "concern":
        return triangle(x, y, 6, down=told.rising_is_worse is False)
    return {"none": circle, "better": diamond, "neutral": square}[told.last](x, y, 5)
