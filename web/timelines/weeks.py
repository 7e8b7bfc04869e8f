"""How many acts each week has, as a picture, and as the links by which a week is reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from projections.portfolio import WEEK, monday
from web.charts.shapes import Line, Picture, Words
from web.timelines.asking import Asked, week_called
from web.words import day, plural

WEEKS = 26
"""Weeks that are shown together."""

AFTER = 6
"""So many of them come after the week that the page begins in, where there are as many."""

WIDE, NARROW = 920, 340
HEIGHT, TOP = 64, 18


class Counted(NamedTuple):
    """A week by its Monday: how many acts, None where they were not counted; and where to go for it."""

    first: date
    acts: int | None
    href: str
    shown: bool

    @property
    def last(self) -> date:
        return date.fromordinal(self.first.toordinal() + 6)

    @property
    def words(self) -> str:
        return f"week of {day(self.first)}: {plural(self.acts or 0, 'act')}"


class Span(NamedTuple):
    """The weeks shown, from the first one's Monday to the last one's; and where the weeks beside them are."""

    first: date
    last: date

    @property
    def days(self) -> tuple[date, date]:
        return self.first, date.fromordinal(self.last.toordinal() + 6)


def span(shown: date, today: date) -> Span:
    """Half a year of weeks about the one that a page begins in; never one that has not begun, unless it is shown."""
    this_week = max(monday(today), monday(shown))
    last = min(this_week, monday(shown) + AFTER * WEEK)
    return Span(last - (WEEKS - 1) * WEEK, last)


def counted(of: Span, acts: Mapping[date, int] | None, asked: Asked, shown: frozenset[date]) -> list[Counted]:
    """Each week of a span, the earliest first."""
    mondays = (of.first + number * WEEK for number in range(WEEKS))
    return [
        Counted(
            first,
            None if acts is None else acts.get(first, 0),
            asked.address(week=week_called(first)),
            first in shown,
        )
        for first in mondays
    ]


def drawn(weeks: Sequence[Counted], width: int) -> Picture:
    """A column for each week; those on the page are underlined."""
    most = max([1, *(week.acts or 0 for week in weeks)])
    each = (width - 4) / len(weeks)
    floor = TOP + HEIGHT
    lines, words = [Line("grid", f"M2 {floor}H{width - 2}")], list[Words]()
    for at, week in enumerate(weeks):
        x = round(2 + at * each, 1)
        height = round(HEIGHT * (week.acts or 0) / most, 1)
        if height:
            column = f"M{x + 1:g} {floor - height:g}h{each - 2:.1f}v{height:g}h{2 - each:.1f}z"
            lines.append(Line("column", column, week.words))
        if week.shown:
            lines.append(Line("shown", f"M{x + 1:g} {floor + 4}h{each - 2:.1f}"))
    tallest = max(range(len(weeks)), key=lambda at: weeks[at].acts or 0)
    if weeks[tallest].acts:
        x = min(max(round(2 + (tallest + 0.5) * each, 1), 12), width - 12)
        words.append(Words("number", x, TOP - 5, f"{most:,}", "middle"))
    words.append(Words("date", 2, floor + 22, _short(weeks[0].first)))
    words.append(Words("date", width - 2, floor + 22, _short(weeks[-1].first), "end"))
    return Picture(width, floor + 28, lines, words)


def _short(first: date) -> str:
    return f"week of {day(first)}"
