"""What every rule shares: a refusal, a fact, a command, sealed words, and who is asking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import ClassVar, NamedTuple
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class RuleBroken(Exception):
    """A command was refused. `rule` states what is true; `message` is plain English for the person who asked.

    `field` names the command's field to mend, where one field is at fault, so that a form can point at it.
    """

    def __init__(self, rule: str, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.field = field


class DoesNotOpen(Exception):
    """Sealed words cannot be had: their key is gone, or they were altered."""


class Sealed:
    """Words that a person typed, or that name a person. They are encrypted wherever the record stores them.

    A sealed value read from the record opens itself when its words are first asked for, so that a replay which
    looks at no words opens none. Its repr never shows them, so that no log or traceback can.
    """

    __slots__ = ("_open", "_words")

    def __init__(self, words: str) -> None:
        self._words: str | None = words
        self._open: Callable[[], str] | None = None

    @classmethod
    def closed(cls, open_it: Callable[[], str]) -> Sealed:
        """A value whose words `open_it` gives when they are first asked for."""
        sealed = cls("")
        sealed._words, sealed._open = None, open_it
        return sealed

    @property
    def words(self) -> str:
        if self._words is None:
            assert self._open is not None
            self._words = self._open()
            self._open = None
        return self._words

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self.words == other.words

    def __hash__(self) -> int:
        return hash(self.words)

    def __repr__(self) -> str:
        return "Sealed(…)"


def sealed(words: str | None) -> Sealed | None:
    """Seal words that may be absent; nothing typed, or nothing but spaces, is absent, not empty."""
    return Sealed(words) if words and words.strip() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that happened. Its stored NAME and VERSION never change meaning."""

    NAME: ClassVar[str]
    VERSION: ClassVar[int] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something that a person asks for. It becomes facts, or is refused."""


@lru_cache(maxsize=4096)
def london_day(at: datetime) -> date:
    """The day that an instant is on, here. A page asks it of the same few instants again and again."""
    return at.astimezone(LONDON).date()


class Recorded(NamedTuple):
    """A fact as the record holds it: what happened, and who recorded it, when, and where it stands.

    `version` is dense from 1 within the stream; `position` rises over the whole record, with gaps allowed.
    `recorded_at` is the server's clock in UTC.
    """

    stream: str
    version: int
    position: int
    recorded_at: datetime
    person: str
    organisation: str | None
    role: str
    on_behalf_of: str | None
    command_id: str
    corrects: int | None
    fact: Fact

    @property
    def recorded_on(self) -> date:
        return london_day(self.recorded_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who is asking, for which organisation, in which role, and when.

    `predecessors` are the organisations that their own has succeeded by that day, `region_predecessors` those that its
    region has. `recused` are the practices, by code, in which they take no part. `covers` are the people for whom they
    stand in that day.
    """

    person: str
    organisation: str | None
    role: str
    at: datetime
    region: str | None = None
    on_behalf_of: str | None = None
    predecessors: frozenset[str] = frozenset()
    region_predecessors: frozenset[str] = frozenset()
    recused: frozenset[str] = frozenset()
    covers: frozenset[str] = frozenset()

    @property
    def own(self) -> frozenset[str]:
        """Their organisation, with those that it succeeded: whatever these were responsible for, it is."""
        return frozenset() if self.organisation is None else self.predecessors | {self.organisation}

    @property
    def regions(self) -> frozenset[str]:
        """The region of their organisation, with those that it succeeded."""
        return frozenset() if self.region is None else self.region_predecessors | {self.region}

    @property
    def on(self) -> date:
        """The day it is in London, where every day in Casebook is counted."""
        return self.at.astimezone(LONDON).date()


def operator(at: datetime) -> Asked:
    """The person at the machine, who signs in to nothing: imports, sets up and restores, and judges nothing."""
    return Asked(person="operator", organisation=None, role="operator", at=at)


def refuse_unless(true: bool, rule: str, message: str, field: str | None = None) -> None:
    """Refuse with the rule's name unless it holds."""
    if not true:
        raise RuleBroken(rule, message, field)
