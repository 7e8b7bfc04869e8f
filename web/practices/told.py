"""What a telling is made of: the parts of a told fact, what everything is called, and words in short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from domain.indicators.definitions import Definition
from domain.indicators.indicators import Indicator
from domain.practice.events import Participant
from domain.practice.kinds import Side, Tier
from domain.rules import Sealed
from web.contractors import said_of
from web.labels import SIDE_LABELS
from web.practices.fields import in_words
from web.words import label

GROUPS = {
    "said": "What was said",
    "actions": "Actions",
    "flags": "Flags",
    "decided": "The tier",
    "contract": "Contract",
    "documents": "Letters and documents",
    "record": "Details, corrections and access",
}
"""The kinds of entry that a reader may choose among."""


class About(NamedTuple):
    """Something an entry is about: what it is called, and the entry that began it."""

    text: str
    version: int | None


class Changed(NamedTuple):
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    title: str
    group: str
    how: str = ""
    words: tuple[tuple[str, str], ...] = ()
    """What a person typed, each with what it answers; the first may have no heading."""
    rows: tuple[tuple[str, str], ...] = ()
    changes: tuple[Changed, ...] = ()
    about: tuple[About, ...] = ()
    about_as: str = "About"
    answers: About | None = None
    """The proposal that a decision answers."""
    meeting: str = ""
    """The meeting, or reminder, on several practices that it is one of."""
    document: About | None = None
    """The document that may be had of this entry."""
    letter: int | None = None
    """The letter that may be printed, by version."""
    notice: str | None = None
    """The notice whose letter may be read."""
    tag: str = ""
    tier: Tier | None = None
    """The tier that a decision gave: shown as a tag."""


@dataclass(slots=True)
class Names:
    """What people, organisations and sides are called. An unknown id is shown as it is stored.

    `living` says which organisation stands today for one that ended; `indicators` what those are that its flags are on.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    sides: Mapping[str, str] = field(default_factory=dict)
    living: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)

    def person(self, person: str | None) -> str:
        return self.people.get(person, person) if person else ""

    def organisation(self, code: str | None) -> str:
        return self.organisations.get(code, code) if code else ""

    def organisation_now(self, code: str | None) -> str:
        """Whoever stands for an organisation today."""
        return self.organisation(self.living.get(code, code)) if code else ""

    def definition(self, indicator: str, version: int) -> Definition | None:
        """What a version of an indicator says; None where nobody asked for it."""
        found = self.indicators.get(indicator)
        return found.versions[version - 1] if found and 0 < version <= len(found.versions) else None

    def side(self, side: Side | str) -> str:
        return self.sides.get(str(side)) or SIDE_LABELS.get(str(side), str(side))

    def said(self, words: str) -> str:
        """Our own words about a practice, as they are said of this contractor."""
        return said_of(words, self.side(Side.PRACTICE))


def short(words: str, most: int = 80) -> str:
    """The first line of some words, cut at a word's end."""
    line = words.strip().partition("\n")[0].rstrip(" .")
    if len(line) <= most:
        return line
    return f"{line[:most].rpartition(' ')[0] or line[:most]}…"


def joined(words: Iterable[str]) -> str:
    """One, two and three."""
    *first, last = list(dict.fromkeys(words)) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def lower_first(words: str) -> str:
    """A role inside a sentence: Practice manager becomes practice manager, GP partner stays."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def role_in_words(participant: Participant) -> str:
    """As what somebody took part, inside a sentence: by the list's name for it, or as it was described."""
    called = participant.described.words if participant.described else label(participant.role)
    return lower_first(called)


def itself(called: str, about: About) -> About:
    """A thing that the title already names: only where it began."""
    return about._replace(text=f"the {called}, entry {about.version}") if about.version else about


def typed(*pairs: tuple[str, Sealed | str | None]) -> tuple[tuple[str, str], ...]:
    """What a person typed, each with its heading; what they left out is not told."""
    found = ((heading, value.words if isinstance(value, Sealed) else value) for heading, value in pairs)
    return tuple((heading, words) for heading, words in found if words)


def listed(*pairs: tuple[str, object]) -> tuple[tuple[str, str], ...]:
    """What was chosen or counted, each with its heading; what is not known is not told."""
    found = ((heading, in_words(value)) for heading, value in pairs)
    return tuple((heading, words) for heading, words in found if words)


def happened_on(fact: Any) -> date:
    """The day a fact is about."""
    found: date = fact.occurred_on
    return found
