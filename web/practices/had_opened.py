"""Who of each organisation had opened what a decision cites, and who had not; before it is signed, who has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from domain.had_opened import HadOpened, who_had_opened
from domain.practice import events as e
from domain.practice.cites import cite
from domain.practice.commands import DecideTier
from domain.practice.state import Decision
from web.forms.drawing import Drawing
from web.names import organisation_names, people_names
from web.practices.reading import Looked
from web.practices.telling import Telling
from web.practices.told import About
from web.service import service
from web.words import plural

NEITHER = "Of neither organisation"
_ALL, _ANY = {1: "it", 2: "both"}, {1: "it", 2: "either"}


class Somebody(NamedTuple):
    """One person: what is said of what they had opened, and the entries that they had not, where they had others."""

    name: str
    said: str
    signer: bool
    unopened: list[About]


class Of(NamedTuple):
    """The people of one organisation."""

    name: str
    people: list[Somebody]


class WhoOpened(NamedTuple):
    """`entries` in words, such as "4 entries"."""

    entries: str
    signed: bool
    organisations: list[Of]


def by_the_decision(looked: Looked, fact: e.TierDecided, one: Decision) -> WhoOpened | None:
    """As it was when the decision was recorded; nothing where all that it cites is kept from the reader."""
    recorded = looked.practice.standing[one.version]
    cited = [*fact.inputs, *fact.answers, *filter(None, [fact.view, fact.override])]
    signer = recorded.person, recorded.organisation
    return _told(looked.teller.telling, looked.asked.on, cited, signer, recorded.position)


def before_signing(drawing: Drawing, command: DecideTier) -> WhoOpened | None:
    """Who has opened by now what a decision would cite."""
    asked = drawing.asked
    cited = [*command.inputs, *command.answers]
    return _told(drawing.telling, drawing.today, cited, (asked.person, asked.organisation), None)


def _told(
    telling: Telling, day: date, cited: Sequence[str], signer: tuple[str, str | None], before: int | None
) -> WhoOpened | None:
    practice = telling.practice
    entries = sorted({int(one.rpartition("/")[2]) for one in cited})
    if not entries:
        return None
    openings = service.casebook.history(f"reading-{practice.code}")
    found = who_had_opened(practice.history, openings, entries, before, signer)
    called = people_names(one.person for one in found)
    organised = organisation_names((one.organisation for one in found), day)
    of_entry = {version: telling.cited(cite(practice.code, version)) for version in entries}
    has = "has" if before is None else "had"
    groups: dict[str, list[Somebody]] = {}
    for one in found:
        somebody = Somebody(
            called.get(one.person, one.person),
            _said(one, of_entry, has),
            one.person == signer[0],
            _rest(one, of_entry),
        )
        groups.setdefault(organised.get(one.organisation or "", NEITHER), []).append(somebody)
    organisations = [
        Of(name, sorted(groups[name], key=lambda one: (not one.signer, one.name)))
        for name in sorted(groups, key=lambda name: (name == NEITHER, name))
    ]
    return WhoOpened(plural(len(entries), "entry", "entries"), before is not None, organisations)


def _said(one: HadOpened, of_entry: Mapping[int, About], has: str) -> str:
    number, opened = len(of_entry), len(one.opened)
    if opened == number:
        return f"{has} opened {_ALL.get(number, f'all {number}')}"
    if not opened:
        return f"{has} not opened {_ANY.get(number, f'any of the {number}')}"
    return f"{has} opened {opened} of the {number}, and not:"


def _rest(one: HadOpened, of_entry: Mapping[int, About]) -> list[About]:
    """What is left, where it is some and not all."""
    return [about for version, about in of_entry.items() if one.opened and version not in one.opened]
