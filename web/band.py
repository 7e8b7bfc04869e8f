"""The story band: a practice's tier, flags, conversation, actions and contract as one picture that ends today.

Pure geometry. Marks and dates go in; shapes with an x and a y come out, and a template draws them. Nothing here
knows of colour, and nothing is told by colour alone: every kind of mark has a shape of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from operator import itemgetter
from typing import Literal, TypeVar

from web.band_marks import LEVELS, WIDE, ActionMark, Band, FlagMark, Frame, Row, Shape, Story, TalkMark
from web.band_steps import Across, paths, tier_steps

T = TypeVar("T")


def months_before(day: date, months: int) -> date:
    """The same day that many months earlier, or that month's last day."""
    month = day.year * 12 + day.month - 1 - months
    year, month = divmod(month, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def draw(story: Story, today: date, start: date, frame: Frame = WIDE) -> Band:
    """The picture of a story from `start` to `today`."""
    start = min(start, date.fromordinal(today.toordinal() - 1))
    across = Across(start, today, frame.left, frame.width - frame.right)
    band = Band(
        width=frame.width,
        height=0,
        left=frame.left,
        right=frame.width - frame.right,
        start=start,
        end=today,
        labels_above=frame.labels_above,
    )
    y = _tier(band, story, across, 10 if not frame.labels_above else 18, 18 if not frame.labels_above else 26)
    for draw_row in (_flags, _talks, _actions, _contract):
        y = draw_row(band, story, across, frame, y)
    _months(band, across, frame, y + 12)
    band.height = y + 20
    return band


def lanes(
    marks: Iterable[T], ends: Callable[[T], tuple[float, float]], most: int, gap: float
) -> tuple[list[tuple[int, T]], int]:
    """Put marks in as few lanes as keep them apart, first come first; and count those that found no lane."""
    placed: list[tuple[int, T]] = []
    taken: list[float] = []
    left_out = 0
    for (x, x2), mark in sorted(((ends(mark), mark) for mark in marks), key=itemgetter(0)):
        lane = next((at for at, until in enumerate(taken) if x >= until + gap), len(taken))
        if lane >= most:
            left_out += 1
            continue
        if lane == len(taken):
            taken.append(x2)
        taken[lane] = x2
        placed.append((lane, mark))
    return placed, left_out


def _tier(band: Band, story: Story, across: Across, y: float, apart: float) -> float:
    heights = {tier: y + apart * at for at, tier in enumerate(LEVELS)}
    band.levels = [Row(tier, height, height) for tier, height in heights.items()]
    floor = y + apart * 2 + 9
    band.steps, band.area = paths(tier_steps(story, across, heights.__getitem__), floor)
    band.shapes += [
        Shape("decided", across.x(mark.on), heights[mark.tier], words=mark.words)
        for mark in story.tiers
        if mark.reviewed and across.shows(mark.on)
    ]
    return floor


def _row(band: Band, frame: Frame, name: str, y: float, first: float) -> float:
    """Begin a row under y: its name, and where its first lane runs."""
    if frame.labels_above:
        band.rows.append(Row(name, y + 24))
        return y + 36
    band.rows.append(Row(name, y + first))
    return y + first


def _flags(band: Band, story: Story, across: Across, frame: Frame, y: float) -> float:
    y = _row(band, frame, "Flags", y, 20)

    def ends(flag: FlagMark) -> tuple[float, float]:
        return across.x(flag.raised_on) - 5, across.x(flag.ended_on or across.end) + 4

    shown = [flag for flag in story.flags if across.shows(flag.raised_on, flag.ended_on or across.end)]
    placed, left_out = lanes(shown, ends, frame.flag_lanes, 2)
    for lane, flag in placed:
        _flag(band, flag, across, y + 13 * lane)
    return _close(band, "Flags", placed, left_out, y, 13)


def _flag(band: Band, flag: FlagMark, across: Across, y: float) -> None:
    end = min(flag.ended_on or across.end, across.end)
    band.shapes.append(Shape("open", across.x(flag.raised_on), y, across.x(end), flag.words))
    if across.shows(flag.raised_on):
        kind = "alarm" if flag.alarm else "alert"
        band.shapes.append(Shape(kind, across.x(flag.raised_on), y, words=flag.words))
    band.shapes += [
        Shape("explained", across.x(day), y, words=flag.words)
        for day in flag.explained_on
        if across.shows(day)
    ]
    if flag.ended and flag.ended_on and flag.ended_on <= across.end:
        band.shapes.append(Shape(flag.ended, across.x(end), y, words=flag.words))


def _talks(band: Band, story: Story, across: Across, frame: Frame, y: float) -> float:
    y = _row(band, frame, "Conversation", y, 22)

    def ends(talk: TalkMark) -> tuple[float, float]:
        return across.x(talk.on) - 6, across.x(talk.on) + 6

    shown = [talk for talk in story.talks if across.shows(talk.on)]
    placed, left_out = lanes(shown, ends, frame.talk_lanes, 0)
    for lane, talk in placed:
        x, at = across.x(talk.on), y + 18 * lane
        band.shapes.append(Shape(talk.who, x, at, words=talk.words))
        if talk.with_practice:
            band.shapes.append(Shape("with_practice", x, at, words=talk.words))
    return _close(band, "Conversation", placed, left_out, y, 18)


def _actions(band: Band, story: Story, across: Across, frame: Frame, y: float) -> float:
    y = _row(band, frame, "Actions", y, 22)

    def ends(action: ActionMark) -> tuple[float, float]:
        return across.x(action.from_on), across.x(action.ended_on or across.end)

    shown = [
        action for action in story.actions if across.shows(action.from_on, action.ended_on or across.end)
    ]
    placed, left_out = lanes(shown, ends, frame.action_lanes, 6)
    for lane, action in placed:
        _action(band, action, across, y + 13 * lane)
    return _close(band, "Actions", placed, left_out, y, 13)


def _action(band: Band, action: ActionMark, across: Across, y: float) -> None:
    for kind, first, last in stretches(action, across.end):
        if across.shows(first, last) and (last > across.start or first == last):
            x = across.x(first)
            band.shapes.append(Shape(kind, x, y, max(across.x(last), x + 2), action.words))
    if action.ended and action.ended_on and action.ended_on <= across.end:
        band.shapes.append(Shape(action.ended, across.x(action.ended_on), y, words=action.words))


def stretches(action: ActionMark, today: date) -> list[tuple[Literal["due", "overdue"], date, date]]:
    """An action's days in time and late: late from a due date that passed to the day it was moved, or the work ended."""
    found: list[tuple[Literal["due", "overdue"], date, date]] = []

    def until(first: date, last: date, due_on: date) -> None:
        turn = min(max(due_on, first), last)
        for kind, start, end in (("due", first, turn), ("overdue", turn, last)):
            if start == end:
                continue
            goes_on = found and found[-1][0] == kind and found[-1][2] == start
            found.append((kind, found.pop()[1] if goes_on else start, end))  # type: ignore[arg-type]

    first, end = action.from_on, max(action.ended_on or today, action.from_on)
    for move in action.moves:
        on = min(max(move.on, first), end)
        until(first, min(max(move.stopped_on or on, first), on), move.before)
        first = on
    until(first, end, action.due_on)
    return found or [("due", action.from_on, end)]


def _contract(band: Band, story: Story, across: Across, frame: Frame, y: float) -> float:
    shown = [mark for mark in story.contract if across.shows(mark.on)]
    y = _row(band, frame, "Contract", y, 20)
    placed, left_out = lanes(shown, lambda mark: (across.x(mark.on) - 7, across.x(mark.on) + 7), 2, 0)
    band.shapes += [
        Shape("contract", across.x(mark.on), y + 15 * lane, words=mark.words) for lane, mark in placed
    ]
    return _close(band, "Contract", placed, left_out, y, 15) + 6


def _close(
    band: Band, name: str, placed: Sequence[tuple[int, object]], left_out: int, y: float, apart: float
) -> float:
    """End a row: draw its thin line where it has one lane only, and say how far down it reached."""
    count = max((lane for lane, _ in placed), default=0) + 1
    if count == 1:
        at = next(index for index, row in enumerate(band.rows) if row.name == name)
        band.rows[at] = band.rows[at]._replace(line=y)
    if left_out:
        band.left_out[name] = left_out
    return y + apart * (count - 1)


def _months(band: Band, across: Across, frame: Frame, y: float) -> None:
    """First days of months, as many as fit, and never under the word today."""
    span = (across.end.year - across.start.year) * 12 + across.end.month - across.start.month
    every = next((step for step in (1, 2, 3, 6, 12, 24, 60, 120) if span / step < frame.labels), 240)
    month = across.start.year * 12 + across.start.month - 1
    month += -month % every
    while month <= across.end.year * 12 + across.end.month - 1:
        first = date(month // 12, month % 12 + 1, 1)
        x = across.x(first)
        if (
            first >= across.start
            and x <= across.right - 62
            and x >= across.left + (22 if frame.labels_above else 0)
        ):
            band.months.append(Shape("month", x, y, words=f"{first:%b %Y}"))
        month += every
