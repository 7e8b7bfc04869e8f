"""What every chart is made of, and how its numbers are placed and said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

WIDE, NARROW = 640, 340
"""How wide a chart is on a desktop or on paper, and on a telephone."""


class Line(NamedTuple):
    """A path with a class; `words` say what it is to whoever points at it."""

    kind: str
    d: str
    words: str = ""


class Words(NamedTuple):
    kind: str
    x: float
    y: float
    text: str
    anchor: str = "start"


class Picture(NamedTuple):
    width: float
    height: float
    lines: list[Line]
    words: list[Words]


class Unit(NamedTuple):
    """How a number is said: 0.4123 as 41.2% when there is 100 of it to one."""

    times: float = 1.0
    after: str = ""
    places: int = 1

    def say(self, value: float | None) -> str:
        return "" if value is None else f"{_not_minus_nought(value * self.times, self.places)}{self.after}"

    def mark(self, value: float, step: float) -> str:
        """A number of the axis: no more places than its neighbours differ in."""
        places = max(0, -math.floor(math.log10(step * self.times) + 1e-9)) if step > 0 else self.places
        return f"{_not_minus_nought(value * self.times, places)}{self.after}"


def _not_minus_nought(number: float, places: int) -> str:
    """-0.0003 to three places is 0.000, and no less."""
    said = f"{number:,.{places}f}"
    return said if said.strip("-0.") else said.removeprefix("-")


PERCENT = Unit(100, "%")


class Scale(NamedTuple):
    """From a number to a place: `low` stands at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return round(self.start + (self.end - self.start) * (value - self.low) / (self.high - self.low), 1)


def around(values: Iterable[float], start: float, end: float) -> Scale:
    """A scale with some air above the highest and below the lowest; where all are alike, they stand in the middle."""
    found = list(values) or [0.0]
    low, high = min(found), max(found)
    air = (high - low) * 0.06 or max(abs(high) * 0.1, 1e-9)
    return Scale(low - air, high + air, start, end)


def ticks(low: float, high: float, most: int = 5) -> tuple[list[float], float]:
    """Round numbers between two, `most` of them at most, and how far apart they are."""
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)], step


def through(places: Iterable[tuple[float, float] | None]) -> str:
    """A path through places; where one is missing it is broken, so that nothing is drawn that was not measured."""
    path, pen = [], "M"
    for place in places:
        if place is None:
            pen = "M"
        else:
            path.append(f"{pen}{place[0]:g} {place[1]:g}")
            pen = "L"
    return "".join(path)


def apart(wanted: Sequence[float], least: float) -> list[float]:
    """Places as near to those wanted as may be, in their order, and so far apart that words on them can be read."""
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    placed: list[list[float]] = []
    for at in order:
        placed.append([wanted[at], 1])
        while len(placed) > 1 and _overlap(placed[-2], placed[-1], least):
            (upper, many), (lower, more) = placed[-2:]
            placed[-2:] = [[(upper * many + lower * more) / (many + more), many + more]]
    spread = [
        middle + least * (number - (many - 1) / 2) for middle, many in placed for number in range(int(many))
    ]
    found = [0.0] * len(wanted)
    for at, place in zip(order, spread, strict=True):
        found[at] = round(place, 1)
    return found


def _overlap(upper: Sequence[float], lower: Sequence[float], least: float) -> bool:
    return lower[0] - upper[0] < least * (upper[1] + lower[1]) / 2


# --- shapes of points and marks, each around its middle -------------------------------------------------------


def circle(x: float, y: float, r: float) -> str:
    return f"M{x - r:g} {y:g}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0z"


def triangle(x: float, y: float, r: float, *, down: bool = False) -> str:
    up = -r if down else r
    return f"M{x - r:g} {y + up * 0.8:g}h{2 * r:g}L{x:g} {y - up:g}z"


def square(x: float, y: float, r: float) -> str:
    return f"M{x - r:g} {y - r:g}h{2 * r:g}v{2 * r:g}h{-2 * r:g}z"


def diamond(x: float, y: float, r: float) -> str:
    return f"M{x:g} {y - r:g}l{r:g} {r:g}l{-r:g} {r:g}l{-r:g} {-r:g}z"


def tick(x: float, y: float, r: float) -> str:
    return f"M{x - r:g} {y:g}l{r * 0.7:g} {r * 0.8:g}l{r * 1.3:g} {-r * 1.7:g}"


def cross(x: float, y: float, r: float) -> str:
    return f"M{x - r:g} {y - r:g}l{2 * r:g} {2 * r:g}m{-2 * r:g} 0l{2 * r:g} {-2 * r:g}"


def struck(x: float, y: float, r: float) -> str:
    """A ring with a stroke through it."""
    return f"{circle(x, y, r)}M{x - r * 0.7:g} {y + r * 0.7:g}l{r * 1.4:g} {-r * 1.4:g}"


def bar(x: float, y: float, r: float) -> str:
    return f"M{x:g} {y - r:g}v{2 * r:g}"
