"""The pictures of Insight as geometry: numbers go in, shapes come out, and one template draws them all.

Classes only: a style written into the page would be refused. No colour tells anything alone: tiers have their names
beside them, movement its direction, what is late its stripes, and every number stands in the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from textwrap import wrap
from typing import NamedTuple

from domain.practice.kinds import Tier
from web.charts.shapes import Line, Picture, Words
from web.insight.counting import LEVELS, Count, Movement
from web.words import MONTHS, label


class Bar(NamedTuple):
    """A bar with its name above it and its number at its end. An open one has no end that is known."""

    name: str
    number: float
    said: str
    open: bool = False


WIDE, NARROW = 500, 340


def _rect(x: float, y: float, width: float, height: float) -> str:
    return f"M{x:g} {y:g}h{width:g}v{height:g}h{-width:g}z"


def _r(number: float) -> float:
    return round(number, 1)


# --- tiers over time ----------------------------------------------------------------------------------------

PANEL, APART = 64, 42
"""How high each tier's panel is, and how far apart they stand."""


def tiers_over_time(counts: Sequence[Count], width: int) -> Picture:
    """A panel for each tier, each with a scale of its own: few and many practices are both to be seen."""
    start, end = counts[0].on.toordinal(), counts[-1].on.toordinal()
    right = width - 44

    def x(day: date) -> float:
        return _r(2 + (right - 2) * (day.toordinal() - start) / max(1, end - start))

    lines: list[Line] = []
    words: list[Words] = []
    for at, tier in enumerate(LEVELS):
        top = 24 + at * (PANEL + APART)
        numbers = [(x(count.on), count.tiers[tier]) for count in counts]
        most = max(1, *(number for _, number in numbers))
        words.append(Words("name", 2, top - 8, label(tier)))
        lines.append(Line("grid", f"M2 {top}H{right}M2 {top + PANEL}H{right}"))
        steps = _steps(numbers, top, most)
        lines.append(
            Line("area", f"M{numbers[0][0]:g} {top + PANEL}{steps.replace('M', 'L', 1)}V{top + PANEL}Z")
        )
        lines.append(Line("line", steps))
        if tier == Tier.ASSURANCE_BASED and any(count.not_reviewed for count in counts):
            lines.append(
                Line("line-unreviewed", _steps([(x(one.on), one.not_reviewed) for one in counts], top, most))
            )
        words.append(Words("scale", right - 4, top - 4, f"{most:,}", "end"))
        last = numbers[-1][1]
        words.append(Words("number", right + 6, _r(top + PANEL - PANEL * last / most + 5), f"{last:,}"))
    bottom = 24 + 2 * (PANEL + APART) + PANEL
    words += _dates(counts[0].on, counts[-1].on, bottom + 18, right)
    return Picture(width, bottom + 24, lines, words)


def _steps(numbers: Sequence[tuple[float, int]], top: float, most: int) -> str:
    def y(number: int) -> float:
        return _r(top + PANEL - PANEL * number / most)

    path = f"M{numbers[0][0]:g} {y(numbers[0][1]):g}"
    for at, number in numbers[1:]:
        path += f"H{at:g}V{y(number):g}"
    return path


def _dates(first: date, last: date, y: float, right: float) -> list[Words]:
    return [Words("date", 2, y, _short(first)), Words("date", right, y, _short(last), "end")]


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


# --- movement between two days --------------------------------------------------------------------------------

STREAM, GAP, THIN, BESIDE = 210, 34, 2, 104
"""How high all practices are together, how far apart tiers stand, how thin one practice may be drawn, and how much
room the names have beside the streams.
"""

LINE, NAME = 15, 12
"""How far apart two lines of a name are, and how many letters one has at most."""

ENDS: tuple[Tier | None, ...] = (*LEVELS, None)


def flows(moved: Movement, first: date, last: date, width: int) -> Picture:
    """Practices as streams from the tier they were in to the one they are in: what rises went towards concern."""
    thick = _thickness(moved)
    left_y, left_words = _side(moved, thick, 0, width)
    right_y, right_words = _side(moved, thick, 1, width)
    lines: list[Line] = []
    x1, x2 = BESIDE, width - BESIDE
    for before in ENDS:
        for after in ENDS:
            number = moved.counts.get((before, after), 0)
            if not number:
                continue
            height = thick[before, after]
            kind = (
                "stay"
                if before == after
                else "other"
                if None in {before, after}
                else _direction(before, after)
            )
            said = (
                f"{number:,}: {_from(before)} to {_to(after)}"
                if before != after
                else f"{number:,} stayed {_to(after)}"
            )
            lines.append(Line(f"flow-{kind}", _stream(x1, left_y[before], x2, right_y[after], height), said))
            left_y[before] += height
            right_y[after] += height
    lines.sort(key=lambda one: one.kind != "flow-stay")
    bottom = max(*left_y.values(), *right_y.values())
    words = [*left_words, *right_words]
    words += [
        Words("date", 0, _r(bottom + 24), _short(first)),
        Words("date", width, _r(bottom + 24), _short(last), "end"),
    ]
    return Picture(width, _r(bottom + 32), lines, words)


def _thickness(moved: Movement) -> dict[tuple[Tier | None, Tier | None], float]:
    every = sum(moved.counts.values())
    return {ends: _r(max(THIN, STREAM * number / max(1, every))) for ends, number in moved.counts.items()}


def _side(
    moved: Movement, thick: dict[tuple[Tier | None, Tier | None], float], side: int, width: int
) -> tuple[dict[Tier | None, float], list[Words]]:
    """Where each tier begins on the first day's side (0) or the last's (1), and its name and number beside it."""
    y, tops, words = 22.0, {}, []
    for end in ENDS:
        number = sum(count for ends, count in moved.counts.items() if ends[side] == end)
        tops[end] = y
        if number or end is not None:
            name = label(end) if end else ("Not on the record yet" if side == 0 else "Closed")
            x, anchor = (0, "start") if side == 0 else (width, "end")
            high = sum(high for ends, high in thick.items() if ends[side] == end)
            said = [*wrap(name, NAME), f"{number:,}"]
            first = y + high / 2 + 5 - LINE * (len(said) - 1) / 2
            words += [Words("name", x, _r(first + LINE * at), line, anchor) for at, line in enumerate(said)]
            y = _r(y + max(high, LINE * (len(said) - 1)) + GAP)
    return tops, words


def _stream(x1: float, y1: float, x2: float, y2: float, height: float) -> str:
    middle = (x1 + x2) / 2
    return (
        f"M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}"
        f"v{height:g}C{middle:g} {_r(y2 + height):g} {middle:g} {_r(y1 + height):g} {x1:g} {_r(y1 + height):g}Z"
    )


def _direction(before: Tier | None, after: Tier | None) -> str:
    return "up" if ENDS.index(after) < ENDS.index(before) else "down"


def _from(tier: Tier | None) -> str:
    return label(tier).lower() if tier else "not on the record yet"


def _to(tier: Tier | None) -> str:
    return label(tier).lower() if tier else "closed"


# --- columns and bars -----------------------------------------------------------------------------------------

COLUMN = 56


def columns(rows: Sequence[tuple[str, Sequence[int]]], heads: Sequence[str], width: int) -> Picture:
    """A row of columns for each name, its own highest filling the row; each column has its number on it."""
    lines: list[Line] = []
    words: list[Words] = []
    across = (width - 4) / len(heads)
    for at, (name, numbers) in enumerate(rows):
        top = 38 + at * (COLUMN + 46)
        words.append(Words("name", 2, top - 24, name))
        lines.append(Line("grid", f"M2 {top + COLUMN}H{width - 2}"))
        most = max(1, *numbers)
        for place, number in enumerate(numbers):
            x, height = _r(2 + across * (place + 0.18)), _r(COLUMN * number / most)
            if number:
                path = _rect(x, _r(top + COLUMN - height), _r(across * 0.64), height)
                lines.append(Line("column", path, f"{name}, {heads[place]}: {number:,}"))
            words.append(
                Words("number", _r(x + across * 0.32), _r(top + COLUMN - height - 5), f"{number:,}", "middle")
            )
    bottom = 38 + (len(rows) - 1) * (COLUMN + 46) + COLUMN
    for place, head in enumerate(heads):
        words += _head(head, _r(2 + across * (place + 0.5)), bottom + 16)
    return Picture(width, bottom + 50, lines, words)


def _head(head: str, x: float, y: float) -> list[Words]:
    """A column's name on lines of its own, one below the other: there is not much room."""
    first, _, rest = head.rpartition(" ")
    return [Words("date", x, y, first, "middle"), Words("date", x, y + 14, rest, "middle")]


def bars(rows: Sequence[Bar], width: int, *, kind: str, mark: tuple[float, str] | None = None) -> Picture:
    """A bar for each name, the longest across the picture; `mark` is a line down through all of them, and its name."""
    most = max([1.0, *(row.number for row in rows), *([mark[0] * 1.2] if mark else [])])
    right = width - 96
    lines: list[Line] = []
    words: list[Words] = []
    top = 22 if mark else 4
    for at, row in enumerate(rows):
        y = top + at * 40
        length = _r(
            max(THIN, right * (1 if row.open else row.number / most)) if row.number or row.open else 0
        )
        words.append(Words("name", 0, y + 12, row.name))
        if length:
            lines.append(
                Line(f"bar-{'open' if row.open else kind}", _rect(0.5, y + 17, length, 12), row.said)
            )
        words.append(Words("number", _r(length + 6), y + 28, row.said))
    bottom = top + len(rows) * 40
    if mark:
        x = _r(right * mark[0] / most)
        lines.append(Line("mark", f"M{x:g} 16V{bottom}"))
        words.append(Words("date", x, 11, mark[1], "middle"))
    return Picture(width, bottom, lines, words)
