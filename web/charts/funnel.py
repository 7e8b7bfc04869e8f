"""One indicator of all practices in one period: how far each stands from all of them, with one picked out.

The fewer the patients, the more chance alone makes of them: the limits say how much. Narrow ones take chance only for
a reason to differ; adjusted ones also take that practices differ more than by chance alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from web.charts.shapes import (
    NARROW,
    Line,
    Picture,
    Scale,
    Unit,
    Words,
    apart,
    around,
    diamond,
    through,
    ticks,
)


class Dot(NamedTuple):
    """How many patients (or what else is counted), and the value."""

    of: float
    value: float


class Peers(NamedTuple):
    """Sizes and values of thousands, side by side, so that the largest is found at once."""

    of: Sequence[float]
    values: Sequence[float]


class Limits(NamedTuple):
    """The limits at one size: 95% (alert) and 99.8% (alarm)."""

    of: float
    lower_alarm: float
    lower_alert: float
    upper_alert: float
    upper_alarm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """`peers` are without names: they are dots, and no more is told of them. `of_what` names the numbers below."""

    peers: Peers
    mine: Dot | None
    mine_called: str
    comparator: float
    limits: Sequence[Limits]
    adjusted: Sequence[Limits]
    unit: Unit
    of_what: str


TOP, PLOT, FOOT = 14, 280, 46

MANY, GRID = 500, 3
"""Of more practices than this, a dot may stand a pixel beside its place: neighbours run into each other anyway."""
_EDGES = (("alarm", 1), ("alert", 2), ("alert", 3), ("alarm", 4))
"""Each limit's kind, and where it stands in `Limits`."""


def draw(told: Funnel, width: int) -> Picture:
    wide = width > NARROW
    left, right = (54, width - 150) if wide else (46, width - 14)
    sizes = [max(told.peers.of, default=1.0), *([told.mine.of] if told.mine else [])]
    x = Scale(0, max(sizes) * 1.02, left, right)
    y = _values(told)
    lines: list[Line] = []
    words: list[Words] = []
    _grid(told, x, y, (left, right), lines, words)
    lines.append(Line("peers", _dots(told.peers, x, y)))
    for kind, limits in (("plain", told.limits), ("adjusted", told.adjusted)):
        for name, at in _EDGES:
            lines.append(Line(f"{kind}-{name}", _edge(limits, at, x, y), _LIMIT[kind, name]))
    lines.append(Line("comparator", f"M{left} {y(told.comparator):g}H{right}", "All practices"))
    if wide:
        _named(told, y, right, words)
    if told.mine:
        _mine(told, told.mine, x, y, (left, right), lines, words)
    words.append(Words("axis", (left + right) / 2, TOP + PLOT + 38, told.of_what, "middle"))
    return Picture(width, TOP + PLOT + FOOT, lines, words)


_LIMIT = {
    ("plain", "alert"): "95% limit, chance alone",
    ("plain", "alarm"): "99.8% limit, chance alone",
    ("adjusted", "alert"): "95% limit, adjusted",
    ("adjusted", "alarm"): "99.8% limit, adjusted",
}


def _values(told: Funnel) -> Scale:
    """High enough for every dot and for the limits at the smallest practice; never for what lies beyond those."""
    mine = [told.mine] if told.mine else []
    smallest = min([*told.peers.of, *(dot.of for dot in mine)], default=0.0)
    found = [told.comparator, *(dot.value for dot in mine)]
    if told.peers.values:
        found += [min(told.peers.values), max(told.peers.values)]
    for limits in (told.limits, told.adjusted):
        found += next((one[1:] for one in limits if one.of >= smallest), ())
    scale = around(found, TOP + PLOT, TOP)
    return scale._replace(low=max(scale.low, 0.0)) if min(found) >= 0 else scale


def _grid(
    told: Funnel,
    x: Scale,
    y: Scale,
    sides: tuple[int, int],
    lines: list[Line],
    words: list[Words],
) -> None:
    left, right = sides
    marked, step = ticks(y.low, y.high)
    for value in marked:
        lines.append(Line("grid", f"M{left} {y(value):g}H{right}"))
        words.append(Words("scale", left - 6, y(value) + 4, told.unit.mark(value, step), "end"))
    words += [
        Words("date", x(value), TOP + PLOT + 18, f"{value:,.0f}", "middle")
        for value in ticks(0, x.high, 5)[0]
    ]


def _dots(peers: Peers, x: Scale, y: Scale) -> str:
    """Thousands of dots are one path: a line with round ends down each run of neighbours on a grid."""
    import numpy as np

    grid = GRID if len(peers.of) > MANY else 1
    high = (TOP + PLOT + FOOT) // grid
    taken = np.zeros((int(x.end) // grid + 2, high), bool)
    taken[_places(peers.of, x, grid), _places(peers.values, y, grid)] = True
    place = np.flatnonzero(taken)
    first = np.flatnonzero(np.diff(place, prepend=-2) != 1)
    length = (np.diff(first, append=place.size) - 1) * grid
    columns, rows = np.divmod(place[first], high)
    runs = zip((columns * grid).tolist(), (rows * grid).tolist(), length.tolist(), strict=True)
    return "".join([f"M{across} {down}v{run}" for across, down, run in runs])


def _places(found: Any, on: Scale, grid: int) -> Any:
    """Whole numbers of the grid's steps, along an axis."""
    import numpy as np

    step = (on.end - on.start) / (on.high - on.low) / grid
    return (np.asarray(found) * step + (on.start / grid - step * on.low + 0.5)).astype("int64")


def _edge(limits: Sequence[Limits], at: int, x: Scale, y: Scale) -> str:
    """A limit as far as it is within the picture."""
    return through(
        (x(one.of), y(one[at])) if y.low <= one[at] <= y.high else None for one in limits if one.of <= x.high
    )


def _named(told: Funnel, y: Scale, right: int, words: list[Words]) -> None:
    """Names at the ends of the lines: of the widest limits that there are."""
    last = (told.adjusted or told.limits)[-1:] or ()
    ends = [("All practices " + told.unit.say(told.comparator), told.comparator)]
    for one in last:
        ends += [("99.8% limit", one.upper_alarm), ("95% limit", one.upper_alert)]
        ends += [("95% limit", one.lower_alert), ("99.8% limit", one.lower_alarm)]
    inside = [(name, value) for name, value in ends if y.low <= value <= y.high]
    places = apart([y(value) for _, value in inside], 15)
    for (name, _), place in zip(inside, places, strict=True):
        words.append(Words("level", right + 6, round(place + 4, 1), name))


def _mine(
    told: Funnel,
    mine: Dot,
    x: Scale,
    y: Scale,
    sides: tuple[int, int],
    lines: list[Line],
    words: list[Words],
) -> None:
    at, height = x(mine.of), y(mine.value)
    said = f"{told.mine_called}: {told.unit.say(mine.value)} of {mine.of:,.0f}"
    lines.append(Line("mine", diamond(at, height, 8), said))
    beyond = at > (sides[0] + sides[1]) / 2
    words.append(
        Words(
            "mine", at - 13 if beyond else at + 13, height + 5, "This practice", "end" if beyond else "start"
        )
    )
