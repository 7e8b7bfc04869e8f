"""What the story band is made of: the marks of a practice's story, and the shapes that are drawn of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from domain.practice.kinds import Tier

LEVELS = (Tier.CAUSE_FOR_CONCERN, Tier.ROOM_FOR_IMPROVEMENT, Tier.ASSURANCE_BASED)
"""From the top of the picture down: three levels of a relationship."""


class TierMark(NamedTuple):
    """A tier in effect from a day. `reviewed` is false for the starting tier, which nobody has looked at yet."""

    on: date
    tier: Tier
    reviewed: bool = True
    words: str = ""


class FlagMark(NamedTuple):
    raised_on: date
    alarm: bool = False
    ended_on: date | None = None
    ended: Literal["cleared", "withdrawn"] | None = None
    explained_on: tuple[date, ...] = ()
    words: str = ""


class TalkMark(NamedTuple):
    """`who` took part beside the practice: the board, the CCG, both, or neither."""

    on: date
    who: Literal["board", "ccg", "both", "neither"]
    with_practice: bool = False
    words: str = ""


class MoveMark(NamedTuple):
    """The day a due date gave way to the next. An action that was reopened had `stopped_on` some day before."""

    on: date
    before: date
    stopped_on: date | None = None


class ActionMark(NamedTuple):
    from_on: date
    due_on: date
    ended_on: date | None = None
    ended: Literal["completed", "cancelled"] | None = None
    moves: tuple[MoveMark, ...] = ()
    words: str = ""


class ContractMark(NamedTuple):
    on: date
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What the picture is of. `begins_on` is when the record begins; `ends_on` is the day a closed practice closed."""

    begins_on: date
    ends_on: date | None = None
    tiers: Sequence[TierMark] = ()
    flags: Sequence[FlagMark] = ()
    talks: Sequence[TalkMark] = ()
    actions: Sequence[ActionMark] = ()
    contract: Sequence[ContractMark] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How wide the picture is and how much of each row fits in it."""

    width: int
    left: int
    right: int
    flag_lanes: int = 6
    talk_lanes: int = 4
    action_lanes: int = 8
    labels: int = 9
    labels_above: bool = False
    """Row names stand above their row, where there is no room beside it."""


WIDE = Frame(width=920, left=150, right=12)
NARROW = Frame(width=340, left=8, right=10, labels=4, labels_above=True)


class Shape(NamedTuple):
    """One thing to draw: from (x, y), to x2 where it has a length. `words` say what it is to whoever points at it."""

    kind: str
    x: float
    y: float
    x2: float = 0.0
    words: str = ""


class Row(NamedTuple):
    """A named row of the picture: where its name stands, and a thin line to read along, where it has one."""

    name: str
    y: float
    line: float | None = None


class Step(NamedTuple):
    """A stretch of the tier line: a path of straight lines; dashed while nobody has reviewed the tier."""

    path: str
    reviewed: bool


@dataclass(slots=True)
class Band:
    width: float
    height: float
    left: float
    right: float
    start: date
    end: date
    levels: list[Row] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    area: str = ""
    shapes: list[Shape] = field(default_factory=list)
    months: list[Shape] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    """How many marks of a row there was no room for: the list beside the picture has them all."""

    labels_above: bool = False
