"""Who of each organisation had opened what a decision cites, and who had not; before it is signed, who has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from application.at_hand import History
from application.seen import seen_by
from domain.had_opened import HadOpened, Spoke, who_had_opened
from domain.practice import events as e
from domain.practice.cites import cite
from domain.practice.commands import DecideTier
from domain.practice.state import Decision
from domain.practice.visible import Withheld
from domain.rules import Asked, Recorded
from web.forms.drawing import Drawing
from web.names import organisation_names, people_names
from web.practices.telling import Telling
from web.practices.told_then import ToldThen, Was
from web.service import now, present, service, succession
from web.words import plural

NEITHER = "Of neither organisation"
_ALL, _ANY = {1: "it", 2: "both"}, {1: "it", 2: "either"}


class Somebody(NamedTuple):
    """One person: what is said of what they had opened, and the entries that they had not, where they had others."""

    name: str
    said: str
    signer: bool
    unopened: list[Was]


class Of(NamedTuple):
    """The people of one organisation."""

    name: str
    people: list[Somebody]


class WhoOpened(NamedTuple):
    """`entries` in words, such as "4 entries"."""

    entries: str
    signed: bool
    organisations: list[Of]


def by_the_decision(told: ToldThen, fact: e.TierDecided, one: Decision) -> WhoOpened | None:
    """As it was when the decision was recorded; nothing where all that it cites is kept from the reader."""
    recorded = told.looked.practice.standing[one.version]
    cited = [*fact.inputs, *fact.answers, *filter(None, [fact.view, fact.override])]
    signer = recorded.person, Spoke(recorded.organisation, recorded.role)
    cites = _Cites(told.looked.teller.telling, told.cited, cited)
    return _told(cites, told.looked.asked.on, signer, recorded)


def before_signing(drawing: Drawing, command: DecideTier) -> WhoOpened | None:
    """Who has opened by now what a decision would cite."""
    asked, telling = drawing.asked, drawing.telling
    signer = asked.person, Spoke(asked.organisation, asked.role)
    cites = _Cites(telling, _as_it_stands(telling), [*command.inputs, *command.answers])
    return _told(cites, drawing.today, signer, None)


def _as_it_stands(telling: Telling) -> Callable[[str], Was]:
    def called(cited: str) -> Was:
        about = telling.cited(cited)
        return Was(about.text, about.version, [])

    return called


class _Cites(NamedTuple):
    """What a decision cites of what is told, and how each is."""

    telling: Telling
    called: Callable[[str], Was]
    cited: Sequence[str]

    @property
    def seen(self) -> dict[int, Was]:
        """Those that the reader sees. Of others nothing is known of who opened them, and nobody is said not to have."""
        practice = self.telling.practice
        open_now = {one.version for one in practice.history if not isinstance(one.fact, Withheld)}
        versions = sorted({int(one.rpartition("/")[2]) for one in self.cited} & open_now)
        return {version: self.called(cite(practice.code, version)) for version in versions}


def _told(cites: _Cites, day: date, signer: tuple[str, Spoke], decision: Recorded | None) -> WhoOpened | None:
    of_entry = cites.seen
    if not of_entry:
        return None
    practice, before = cites.telling.practice, decision.position if decision else None
    openings = service.casebook.history(f"reading-{practice.code}")
    found = who_had_opened(practice.history, openings, of_entry, before, signer)
    called = people_names(one.person for one in found)
    organised = organisation_names((one.spoke.organisation for one in found), day)
    theirs = _TheirsToSee(practice.code, decision)
    groups: dict[str, list[Somebody]] = {}
    for one in found:
        to_see = {version: was for version, was in of_entry.items() if version in theirs.by(one)}
        somebody = Somebody(
            called.get(one.person, one.person),
            _said(one, len(of_entry), len(to_see), "has" if decision is None else "had"),
            one.person == signer[0],
            [was for version, was in to_see.items() if one.opened and version not in one.opened],
        )
        organisation = one.spoke.organisation or ""
        groups.setdefault(organised.get(organisation, organisation or NEITHER), []).append(somebody)
    organisations = [
        Of(name, sorted(groups[name], key=lambda one: (not one.signer, one.name)))
        for name in sorted(groups, key=lambda name: (name == NEITHER, name))
    ]
    return WhoOpened(plural(len(of_entry), "entry", "entries"), decision is not None, organisations)


class _TheirsToSee:
    """Which entries were there for somebody, as visibility stood when it was decided: what was not, they cannot have opened.

    Asked of the whole record, and told only of entries that the reader sees.
    """

    def __init__(self, code: str, decision: Recorded | None) -> None:
        history = present().casebook.history(f"practice-{code}")
        before = len(history) if decision is None else decision.version - 1
        self.history = history if before == len(history) else History(history[:before])
        self.at = decision.recorded_at if decision else now()

    def by(self, one: HadOpened) -> frozenset[int]:
        organisation, role = one.spoke
        asked = Asked(person=one.person, organisation=organisation, role=role, at=self.at)
        asked = replace(asked, predecessors=succession().predecessors(organisation, asked.on))
        seen = seen_by(self.history, asked)
        return one.opened | {each.version for each in seen if not isinstance(each.fact, Withheld)}


def _said(one: HadOpened, cited: int, number: int, has: str) -> str:
    opened = len(one.opened)
    if not number:
        return (
            "could not open it: it was kept from them"
            if cited == 1
            else "could not open any: all were kept from them"
        )
    few = (
        f"({number} of the {cited} {'was' if number == 1 else 'were'} theirs to see) "
        if number < cited
        else ""
    )
    if opened == number:
        return f"{few}{has} opened {_ALL.get(number, f'all {number}')}"
    if not opened:
        return f"{few}{has} not opened {_ANY.get(number, f'any of the {number}')}"
    return f"{few}{has} opened {opened} of the {number}, and not:"
