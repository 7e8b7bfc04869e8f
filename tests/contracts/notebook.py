"""A small aggregate of the tests' own: the stores' contracts do not depend on what a practice is."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from application.aggregates import Aggregate, by_itself
from application.facts import table
from domain.rules import Asked, Command, Fact, Recorded, RuleBroken, Sealed


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    name: Sealed | None
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(Fact):
    NAME: ClassVar[str] = "notebook.note-written"
    note_id: str
    on: date
    colour: Colour
    words: Sealed
    title: Sealed | None = None
    pages: tuple[Sealed, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCounted(Fact):
    NAME: ClassVar[str] = "notebook.note-counted"
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerNamed(Fact):
    NAME: ClassVar[str] = "notebook.owner-named"
    SUBJECT: ClassVar[str] = "owner"
    owner: str
    name: Sealed
    email: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote(Command):
    note_id: str
    words: str
    also_count: int = 0


FACTS = table((NoteWritten, NoteCounted, OwnerNamed))


def replay(history: list[Recorded]) -> list[Recorded]:
    return list(history)


def decide(state: list[Recorded], command: WriteNote, asked: Asked) -> list[Fact]:
    if not command.words:
        raise RuleBroken("a-note-has-words", "Write something", "words")
    if any(isinstance(r.fact, NoteWritten) and r.fact.note_id == command.note_id for r in state):
        return []
    written = NoteWritten(
        note_id=command.note_id, on=asked.on, colour=Colour.RED, words=Sealed(command.words)
    )
    return [written, *(NoteCounted(count=number) for number in range(command.also_count))]


def check(asked: Asked, _command: Command, _state: object) -> None:
    if asked.role == "auditor":
        raise RuleBroken("auditors-only-read", "You may read, and not record")


def things(told: object) -> frozenset[str]:
    return frozenset({note}) if (note := getattr(told, "note_id", None)) else frozenset()


NOTEBOOK = Aggregate("notebook", (WriteNote,), replay, decide, check=check, meanwhile=by_itself(things))

ANNE = Asked(
    person="person-anne0001", organisation="Q44", role="caseworker", at=datetime(2013, 4, 2, 9, tzinfo=UTC)
)


def scripted_clock(start: datetime = datetime(2013, 4, 2, 9, tzinfo=UTC)) -> Callable[[], datetime]:
    """A clock that is a second later each time it is read."""
    ticks = itertools.count()
    return lambda: start + timedelta(seconds=next(ticks))


def seeded_ids(seed: int = 1) -> Callable[[str], str]:
    chance = random.Random(seed)
    return lambda prefix: f"{prefix}-{chance.getrandbits(48):012x}"


def recorded(
    fact: Fact, stream: str = "notebook-1", version: int = 1, command_id: str = "command-1"
) -> Recorded:
    """A fact with an envelope, before it is recorded."""
    return Recorded(
        stream, version, 0, datetime(2013, 4, 2, 9, 0, 0, 123456, UTC), "person-anne0001", "Q44", "caseworker", None,
        command_id, None, fact,
    )  # fmt: skip
