"""A flag in words, the same wherever one is named: its indicator with its kind, how far it went, how it is explained.

Two flags may be open on one indicator, of two kinds: no list, form or message names one without its kind.
"""

from __future__ import annotations

from typing import Protocol

from domain.practice.explained import Answer, answer_of
from domain.practice.kinds import Direction, FlagKind, Level
from domain.practice.state import Practice
from web.words import label


class Flagged(Protocol):
    """A flag of the state, or a row of the view."""

    @property
    def flag_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> FlagKind: ...
    @property
    def direction(self) -> Direction: ...
    @property
    def level(self) -> Level: ...
    @property
    def open(self) -> bool: ...
    @property
    def status(self) -> str: ...


def kind_in_words(kind: FlagKind) -> str:
    return label(kind).lower()


def called(name: str, kind: FlagKind) -> str:
    """Emergency admissions, all ages (different from other practices)."""
    return f"{name} ({kind_in_words(kind)})"


def flag_called(flag: Flagged) -> str:
    return called(flag.name, flag.kind)


def level_in_words(flag: Flagged) -> str:
    """alarm; favourable alert."""
    words = label(flag.level).lower()
    return f"favourable {words}" if flag.direction == Direction.FAVOURABLE else words


def level_and_kind(flag: Flagged) -> str:
    """Alarm: different from other practices."""
    words = level_in_words(flag)
    return f"{words[:1].upper()}{words[1:]}: {kind_in_words(flag.kind)}"


EXPLAINED: dict[Answer, str] = {
    "none": "",
    "waiting": "explanation waits for an answer",
    "accepted": "explanation accepted",
    "not accepted": "explanation not accepted",
}


def explained(practice: Practice, flag: Flagged) -> str:
    """How an open flag is explained; nothing where it is not, or is answered otherwise."""
    return EXPLAINED[answer_of(practice, flag.flag_id)] if flag.open else ""


def stands(practice: Practice, flag: Flagged) -> str:
    """Open; open, explanation not accepted; cleared."""
    return ", ".join(filter(None, (flag.status, explained(practice, flag))))
