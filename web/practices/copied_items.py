"""What a practice copy is made of: its items, and the facts that they are made from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple, TypeVar

from domain.practice.state import Practice
from domain.rules import Recorded, Sealed

F = TypeVar("F")


class Item(NamedTuple):
    """One thing that the practice may see. `words` are what somebody typed, each with what it answers; `entry` is the
    number by which another one names it.
    """

    heading: str
    on: date | None = None
    notes: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    entry: int | None = None


class Section(NamedTuple):
    heading: str
    items: list[Item]


def facts(practice: Practice, kind: type[F]) -> Iterator[tuple[Recorded, F]]:
    for entry in practice.standing.values():
        if isinstance(entry.fact, kind):
            yield entry, entry.fact


def words_of(*pairs: tuple[str, Sealed | None]) -> tuple[tuple[str, str], ...]:
    return tuple((heading, one.words) for heading, one in pairs if one is not None)


def notes(*notes: str) -> tuple[str, ...]:
    return tuple(note for note in notes if note)
