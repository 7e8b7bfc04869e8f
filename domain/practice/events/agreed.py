"""The agreed record of a conversation: what each organisation agreed, disputed or amended, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import Side
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryAmended(Fact):
    """A side put another text in place of an entry's: `said` is the whole text as it would have it.

    `version` is the entry, `text_version` the fact whose text it amends. Both texts are kept. It is agreed only when
    the other side agrees to it.
    """

    NAME: ClassVar[str] = "practice.entry-amended"
    version: int
    text_version: int
    side: Side
    organisation: str
    said: Sealed
    reason: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryAgreed(Fact):
    """A side agreed to the text of an entry which the other side wrote.

    `version` is the entry, `text_version` the fact that holds the text (the entry, an amendment, or a correction), and
    `digest` the SHA-256 of that fact as it is stored (see `stored_digest`): if one stored character changes, the
    agreement is no longer to what is there.
    """

    NAME: ClassVar[str] = "practice.entry-agreed"
    version: int
    text_version: int
    digest: str
    side: Side
    organisation: str
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDisputed(Fact):
    """A side disputes the text of an entry which the other side wrote, and says what is wrong with it."""

    NAME: ClassVar[str] = "practice.entry-disputed"
    version: int
    text_version: int
    side: Side
    organisation: str
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionStated(Fact):
    """An organisation's own position on a concern: a flag or a piece of intelligence, by its id. The last one stands."""

    NAME: ClassVar[str] = "practice.position-stated"
    concern: str
    side: Side
    organisation: str
    position: Sealed
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (EntryAmended, EntryAgreed, EntryDisputed, PositionStated)
