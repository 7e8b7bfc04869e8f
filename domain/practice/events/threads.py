"""Threads: what each organisation says about one concern, joined into one conversation and parted again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import Side
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadsJoined(Fact):
    """A side joined the other side's conversation on a concern: from then on what both say about it is one thread.

    `concern` is a flag or a piece of intelligence, by its id. `entries` are the other side's entries that were there to
    be joined, by version; `side` and `organisation` are whose joining it is. `avoided_contact` is that side's own word
    that it will not contact the practice separately about the concern.
    """

    NAME: ClassVar[str] = "practice.threads-joined"
    join_id: str
    concern: str
    entries: tuple[int, ...]
    side: Side
    organisation: str
    avoided_contact: bool
    reason: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadsParted(Fact):
    """A joining was undone: each side's entries on the concern are a thread of their own again, as they were recorded."""

    NAME: ClassVar[str] = "practice.threads-parted"
    join_id: str
    concern: str
    side: Side
    organisation: str
    reason: Sealed
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (ThreadsJoined, ThreadsParted)
