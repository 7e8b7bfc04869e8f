"""The acts of many practices, each told as its own practice's timeline tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from domain.practice.kinds import Tier
from domain.practice.state import Practice
from domain.practice.visible import Withheld
from domain.rules import Asked, Recorded
from projections import caseload_found, portfolio
from projections.portfolio import Place, monday
from projections.readers import Reader
from web.names import names_for_each
from web.practices.entries import how_late
from web.practices.links import entry_link, practice_link
from web.practices.reading import note_reading
from web.practices.telling import Telling
from web.practices.told import Names, happened_on, short
from web.service import service

MOST_WORDS = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One act: of which practice, what it was, how it began, when and by whom. `person` finds what else they recorded."""

    place: Place
    practice: str
    practice_href: str
    href: str
    title: str
    how: str
    words: str
    also: tuple[str, ...]
    on: date
    recorded_on: date | None
    by: str
    person: str
    organisation: str
    late: str
    withdrawn: bool
    tier: Tier | None
    tag: str


class Week(NamedTuple):
    """The acts of a page that are of one week, by its Monday."""

    first: date
    lines: list[Line]


def by_week(lines: Iterable[Line]) -> list[Week]:
    found: dict[date, list[Line]] = {}
    for line in lines:
        found.setdefault(monday(line.place.on), []).append(line)
    return [Week(first, each) for first, each in found.items()]


def told(reading: Connection, asked: Asked, by: Reader, places: Sequence[Place]) -> list[Line]:
    """These acts, in their order. What the reader may not see was taken out of each history before it is told."""
    practices = {code: service.casebook.seen(code, asked) for code in {one.code for one in places}}
    entries = portfolio.entries(reading, by, places)
    called = caseload_found.names(reading, practices)
    names = names_for_each(practices.values(), asked.on)
    told_by = {code: _Teller(practice, names[code]) for code, practice in practices.items()}
    lines = [
        told_by[place.code].line(place, entries[place], called.get(place.code, place.code))
        for place in places
    ]
    for code, teller in told_by.items():
        note_reading(practices[code], asked, teller.telling)
    return [line for line in lines if line is not None]


class _Teller:
    """Tells acts of one practice in a line each."""

    def __init__(self, practice: Practice, names: Names) -> None:
        self.practice = practice
        self.names = names
        self.telling = Telling(practice, names)
        self.seen: Mapping[int, Recorded] = {entry.version: entry for entry in practice.history}

    def line(self, place: Place, versions: Sequence[int], practice: str) -> Line | None:
        recorded = [self.seen[version] for version in versions if version in self.seen]
        if not recorded:
            return None
        first, *rest = (self.practice.standing.get(entry.version, entry) for entry in recorded)
        told = self.telling.tell(first.fact, first.version)
        withheld = isinstance(first.fact, Withheld)
        on = happened_on(first.fact)
        return Line(
            place=place,
            practice=practice,
            practice_href=practice_link(place.code),
            href=entry_link(place.code, first.version),
            title=told.title,
            how=told.how,
            words=short(told.words[0][1], MOST_WORDS) if told.words else "",
            also=tuple(self.telling.title(entry.fact) for entry in rest),
            on=on,
            # Of an entry that is only known to be there, neither who recorded it nor when.
            recorded_on=None if withheld else first.recorded_on,
            by="" if withheld else self.names.person(first.person),
            person="" if withheld else first.person,
            organisation="" if withheld else self.names.organisation(first.organisation),
            late="" if withheld else how_late(on, first.recorded_on),
            withdrawn=first.version not in self.practice.standing,
            tier=told.tier,
            tag=told.tag,
        )
