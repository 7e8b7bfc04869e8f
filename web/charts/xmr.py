"""One indicator of one practice through time: its mean, its limits, its signals, and what was done, day by day.

An XmR chart where there are limits, a line of years where there are none. Points stand in the middle of their periods
on a scale of days, so that what was explained and decided stands where it belongs among them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from web.charts.shapes import (
    NARROW,
    Line,
    Picture,
    Scale,
    Unit,
    Words,
    apart,
    around,
    bar,
    circle,
    cross,
    diamond,
    square,
    struck,
    through,
    tick,
    ticks,
    triangle,
)

Signal = Literal["none", "concern", "better", "neutral"]
What = Literal[
    "raised", "cleared", "withdrawn", "reopened", "explained", "accepted", "refused", "spoke", "decided"
]


class Point(NamedTuple):
    """A period and its value, None where there is none. `why` says which rule it signals by."""

    period: str
    starts_on: date
    ends_on: date
    value: float | None
    signal: Signal = "none"
    why: str = ""


class Mark(NamedTuple):
    """Something that was done on a day. `words` say what it is."""

    on: date
    what: What
    words: str


class Limits(NamedTuple):
    mean: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Through:
    """`rising_is_worse` turns the triangle of a concern the way it went; None where neither way is worse."""

    points: Sequence[Point]
    unit: Unit
    limits: Limits | None = None
    target: float | None = None
    comparator: float | None = None
    rising_is_worse: bool | None = None
    marks: Sequence[Mark] = ()


class Lane(NamedTuple):
    name: str
    whats: tuple[What, ...]


LANES = (
    Lane("Flag", ("raised", "cleared", "withdrawn", "reopened")),
    Lane("Explained", ("explained", "accepted", "refused")),
    Lane("Spoke", ("spoke",)),
    Lane("Decided", ("decided",)),
)
"""The rows under the points. A row that has no mark is left out."""

_SHAPES: dict[What, Callable[[float, float, float], str]] = {
    "raised": triangle,
    "cleared": bar,
    "withdrawn": cross,
    "reopened": triangle,
    "explained": tick,
    "accepted": square,
    "refused": struck,
    "spoke": circle,
    "decided": diamond,
}

TOP, PLOT, LANE, FOOT = 14, 210, 22, 30


def draw(told: Through, width: int) -> Picture:
    """The chart, and under it a row for each kind of mark."""
    wide = width > NARROW
    left, right = (54, width - 140) if wide else (46, width - 100)
    days = _days(told, left, right)
    y = _values(told)
    lines: list[Line] = []
    words: list[Words] = []
    _grid(told.unit, y, left, right, lines, words)
    _levels(told, y, left, right, wide, lines, words)
    bottom = _lanes(told, days, left, wide, lines, words)
    _periods(told.points, days, left, right, bottom, wide, words)
    _points(told, days, y, lines)
    return Picture(width, bottom + FOOT, lines, words)


def _days(told: Through, left: int, right: int) -> Scale:
    """From the first period's first day to the last day that anything is known of."""
    first = told.points[0].starts_on.toordinal()
    last = (
        max(told.points[-1].ends_on, *(mark.on for mark in told.marks))
        if told.marks
        else told.points[-1].ends_on
    )
    return Scale(first, max(last.toordinal(), first + 1), left + 4, right - 4)


def _values(told: Through) -> Scale:
    found = [point.value for point in told.points if point.value is not None]
    found += told.limits or ()
    found += [value for value in (told.target, told.comparator) if value is not None]
    return around(found, TOP + PLOT, TOP)


def _grid(unit: Unit, y: Scale, left: int, right: int, lines: list[Line], words: list[Words]) -> None:
    marked, step = ticks(y.low, y.high)
    for value in marked:
        at = y(value)
        lines.append(Line("grid", f"M{left} {at:g}H{right}"))
        words.append(Words("scale", left - 6, at + 4, unit.mark(value, step), "end"))


def _levels(
    told: Through, y: Scale, left: int, right: int, wide: bool, lines: list[Line], words: list[Words]
) -> None:
    """The lines across, each named at its end."""
    levels: list[tuple[str, float, str]] = []
    if told.limits:
        mean, lower, upper = told.limits
        top, high = y(upper), y(lower) - y(upper)
        lines.append(Line("between", f"M{left} {top:g}H{right}v{high:g}H{left}z"))
        levels += [
            ("limit", upper, "Upper limit" if wide else "Upper"),
            ("mean", mean, "Mean"),
            ("limit", lower, "Lower limit" if wide else "Lower"),
        ]
    if told.target is not None:
        levels.append(("target", told.target, "Target"))
    if told.comparator is not None:
        levels.append(("comparator", told.comparator, "All practices" if wide else "All"))
    places = apart([y(value) for _, value, _ in levels], 15)
    for (kind, value, name), place in zip(levels, places, strict=True):
        said = told.unit.say(value)
        lines.append(Line(kind, f"M{left} {y(value):g}H{right}", f"{name}: {said}"))
        words.append(Words("level", right + 6, round(place + 4, 1), f"{name} {said}"))


def _points(told: Through, days: Scale, y: Scale, lines: list[Line]) -> None:
    places = [_place(point, days, y) for point in told.points]
    lines.append(Line("line", through(places)))
    last = max((at for at, place in enumerate(places) if place), default=-1)
    for at, (point, place) in enumerate(zip(told.points, places, strict=True)):
        if place is None:
            continue
        x, height = place
        lines.append(
            Line(
                f"point-{point.signal}",
                _signal(point, told, x, height, 5.5 if at == last or point.signal != "none" else 3.5),
                f"{point.period}: {told.unit.say(point.value)}{f', {point.why}' if point.why else ''}",
            )
        )


def _place(point: Point, days: Scale, y: Scale) -> tuple[float, float] | None:
    if point.value is None:
        return None
    return days((point.starts_on.toordinal() + point.ends_on.toordinal()) / 2), y(point.value)


def _signal(point: Point, told: Through, x: float, y: float, r: float) -> str:
    if point.signal == "concern":
        return triangle(x, y, r, down=told.rising_is_worse is False)
    shape = {"none": circle, "better": diamond, "neutral": square}[point.signal]
    return shape(x, y, r)


def _lanes(told: Through, days: Scale, left: int, wide: bool, lines: list[Line], words: list[Words]) -> float:
    """The rows of marks; how far down they reach. A decision's line goes up through the points."""
    bottom = float(TOP + PLOT)
    shown = [mark for mark in told.marks if mark.on.toordinal() >= days.low]
    for lane in LANES:
        marks = [mark for mark in shown if mark.what in lane.whats]
        if not marks:
            continue
        bottom += LANE + (0 if wide else 12)
        lines.append(Line("lane", f"M{left} {bottom:g}H{days.end + 4:g}"))
        if wide:
            words.append(Words("lane", days.end + 10, bottom + 4, lane.name))
        else:
            words.append(Words("lane", 2, bottom - 11, lane.name))
        for x, mark in _beside(marks, days, left):
            if mark.what == "decided":
                lines.append(Line("when", f"M{x:g} {TOP}V{bottom:g}"))
            lines.append(Line(f"mark-{mark.what}", _SHAPES[mark.what](x, bottom, 5.5), mark.words))
    return bottom


MARK = 13
"""So far apart stand marks of two kinds: none covers another, however near their days."""


def _beside(marks: Sequence[Mark], days: Scale, left: int) -> list[tuple[float, Mark]]:
    """Where each mark stands: on its day, or left of a later one of another kind that it would cover. Marks of one kind
    and day are one, which says all of them.
    """
    alike: dict[tuple[date, What], Mark] = {}
    for mark in marks:
        other = alike.get((mark.on, mark.what))
        words = f"{other.words}; {mark.words}" if other else mark.words
        alike[mark.on, mark.what] = Mark(mark.on, mark.what, words)
    placed: list[tuple[float, Mark]] = []
    for mark in sorted(alike.values(), key=lambda one: one.on, reverse=True):
        x = days(mark.on.toordinal())
        others = [at for at, other in placed if other.what != mark.what and abs(at - x) < MARK]
        while others:
            x = round(max(left, min(others) - MARK), 1)
            near = [at for at, other in placed if other.what != mark.what and abs(at - x) < MARK]
            others = near if x > left else []
        placed.append((x, mark))
    return placed[::-1]


def _periods(
    points: Sequence[Point], days: Scale, left: int, right: int, bottom: float, wide: bool, words: list[Words]
) -> None:
    """Names of periods, counted back from the last, as many as there is room for."""
    longest = max(len(point.period) for point in points) * 8 + 14
    previous: float | None = None
    for point in reversed(points):
        x = days((point.starts_on.toordinal() + point.ends_on.toordinal()) / 2)
        x = min(max(x, left + longest / 2 - 20), right + (60 if wide else 30))
        if previous is None or previous - x >= longest:
            words.append(Words("date", round(x, 1), bottom + 22, point.period, "middle"))
            previous = x
