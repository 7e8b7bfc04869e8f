"""Who has opened what: the first time each person opened an entry, in the stream `reading-CODE` of each practice.

It says "opened", never "read". It stands apart from the practice's own stream, so that reading changes nothing there:
no number, no version, nothing for another person's form to be too late for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, NamedTuple

from domain.access.permissions import may_read
from domain.practice.state import Practice
from domain.practice.visible import Withheld
from domain.rules import Asked, Command, Fact, Recorded, refuse_unless
from domain.text import PracticeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesOpened(Fact):
    """The person who recorded this opened these entries of the practice, by version, for the first time: their page
    showed them whole.
    """

    NAME: ClassVar[str] = "reading.entries-opened"
    code: str
    versions: tuple[int, ...]
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEntries(Command):
    """A page showed these entries of a practice, whole. Nobody asks for it by itself: showing them does."""

    code: PracticeCode
    versions: tuple[int, ...]


class Opening(NamedTuple):
    """When somebody first opened an entry, and for which organisation."""

    person: str
    organisation: str | None
    at: datetime


@dataclass(slots=True)
class Reading:
    """A practice's entries by who opened them: person to version to when."""

    opened: dict[str, dict[int, Opening]] = field(default_factory=dict)

    def by(self, person: str) -> frozenset[int]:
        """The versions that a person has opened."""
        return frozenset(self.opened.get(person, ()))

    def of(self, version: int) -> list[Opening]:
        """Who opened an entry, in the order in which they did."""
        found = [opened[version] for opened in self.opened.values() if version in opened]
        return sorted(found, key=lambda opening: (opening.at, opening.person))


def replay(history: list[Recorded]) -> Reading:
    """Who opened what, as the facts tell."""
    reading = Reading()
    for entry in history:
        if isinstance(entry.fact, EntriesOpened):
            opened = reading.opened.setdefault(entry.person, {})
            for version in entry.fact.versions:
                opened.setdefault(version, Opening(entry.person, entry.organisation, entry.recorded_at))
    return reading


def decide(reading: Reading, command: OpenEntries, asked: Asked) -> list[Fact]:
    """What a person opens for the first time is recorded; again, nothing is."""
    new = sorted(set(command.versions) - reading.by(asked.person))
    if not new:
        return []
    return [EntriesOpened(code=command.code, versions=tuple(new), occurred_on=asked.on)]


def check(asked: Asked, command: OpenEntries, _reading: Reading) -> None:
    """Somebody who signs in opens; the operator, who signs in to nothing, is in the access log."""
    refuse_unless(
        asked.role != "operator", "the-role-may-do-this", "The operator's reading is in the access log"
    )


def check_shown(asked: Asked, command: OpenEntries, practice: Practice) -> None:
    """Only what this person may read of this practice, as they see it, can have been shown to them."""
    refuse_unless(
        may_read(asked, practice), "only-what-may-be-read-is-opened", "You may not read this practice"
    )
    shown = {entry.version for entry in practice.history if not isinstance(entry.fact, Withheld)}
    refuse_unless(
        set(command.versions) <= shown, "only-what-is-there-is-opened", "Choose entries of this practice"
    )


def unopened(practice: Practice, reading: Reading, asked: Asked) -> list[int]:
    """The entries that others recorded and this person has not opened yet, oldest first."""
    opened = reading.by(asked.person)
    return [
        entry.version
        for entry in practice.history
        if entry.person != asked.person
        and entry.version not in opened
        and not isinstance(entry.fact, Withheld)
    ]


def runs(versions: Iterable[int]) -> str:
    """Versions in short: 3-17 20 25-26."""
    found: list[list[int]] = []
    for version in sorted(versions):
        if found and version == found[-1][1] + 1:
            found[-1][1] = version
        else:
            found.append([version, version])
    return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in found)


def from_runs(words: str) -> frozenset[int]:
    """The versions that `runs` wrote."""
    found: set[int] = set()
    for run in words.split():
        first, _, last = run.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)


FACTS: tuple[type[Fact], ...] = (EntriesOpened,)
