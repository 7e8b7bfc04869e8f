"""What the rules read of a practice, taken apart: each flag, action, notice or decision with its own facts.

A rule looks at a thing through a few of its features, and never at its id. Two things that show the same, and would show the
same without some of their facts, are alike: whichever of them loses a fact, the rules answer alike. Whoever searches among
many facts (domain/framework/pivotal.py) looks at one of each sort.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, NamedTuple

from domain.framework.read import what_is_read
from domain.framework.showing import Showing, Shown
from domain.practice import events as e
from domain.practice.corrections import effective
from domain.practice.practice import EVOLVES
from domain.practice.state import Practice
from domain.rules import Recorded

THINGS = (
    "flags",
    "explanations",
    "intelligence",
    "actions",
    "notices",
    "sanctions",
    "terminations",
    "declarations",
    "inspections",
    "regulatory_actions",
)
"""What a practice has by id, of what the rules read."""

_BY = (
    "flag_id",
    "intelligence_id",
    "action_id",
    "notice_id",
    "inspection_id",
    "regulatory_id",
    "declaration_year",
    "decision_id",
)
_SILENT = (e.PracticeRegistered, e.PracticeClosed, e.PracticeReopened)
"""Read to know whether there is a practice at all: no rule looks at them."""
CONCERNS = ("flag_id", "intelligence_id")
AROUND, EPISODE = "around", "episode"
SAYS_HOW_OTHERS_READ = (AROUND, EPISODE)
"""Facts of no one thing, that say how others read: who answers for the practice, and when an episode ended or went on."""


class Option(NamedTuple):
    """A thing without some of its facts: what it shows then, in how many ways, the latest of these, and what is left."""

    cost: int
    shown: Shown
    ways: int
    removed: tuple[int, ...]
    left: Practice


class Unit:
    """A thing with the facts that are read of it, the corrections of these too."""

    def __init__(self, name: tuple[str, str], entries: list[Recorded], around: list[Recorded]) -> None:
        self.name = name
        self.entries = entries
        self.versions = frozenset(entry.version for entry in entries)
        self._around = [] if name[0] in SAYS_HOW_OTHERS_READ else around

    def without(self, removed: Iterable[int]) -> Practice:
        """A practice that has nothing but this thing, as it would stand without these facts."""
        gone = set(removed)
        kept = [*self._around, *(one for one in self.entries if one.version not in gone)]
        return told(sorted(kept, key=lambda entry: entry.version))


class Menu:
    """What a thing shows, and what it shows otherwise for each number of its facts that may be removed."""

    def __init__(self, unit: Unit, showing: Showing) -> None:
        self.unit = unit
        self._showing = showing
        self.whole = unit.without(())
        self.shown = self._shown(self.whole)
        self.group: tuple[str, str] = showing.group(unit.entries) or unit.name
        self.options: list[Option] = []
        self._reached = 0

    @property
    def as_it_is(self) -> Option:
        return Option(0, self.shown, 1, (), self.whole)

    def _shown(self, practice: Practice) -> Shown:
        """Of what says how others read, no two ways are alike."""
        if self.unit.name[0] in SAYS_HOW_OTHERS_READ:
            return tuple(version for version in practice.standing if version in self.unit.versions) or None
        shown = self._showing.shown(practice)
        if self._showing.tangled and self.unit.name[0] in CONCERNS:
            said = [one for version, one in practice.standing.items() if version in self.unit.versions]
            return (shown, *self._showing.between(said)) if said else shown
        return shown

    def up_to(self, cost: int) -> list[Option]:
        """Its options of at most so many facts. What costs more facts than something that shows the same is none."""
        while self._reached < min(cost, len(self.unit.entries)):
            self._reached += 1
            self.options += self._of(self._reached)
        return [one for one in self.options if one.cost <= cost]

    def _of(self, cost: int) -> Iterator[Option]:
        known = {self.shown, *(one.shown for one in self.options)}
        found: dict[Shown, list[Any]] = {}
        for removed in combinations([entry.version for entry in self.unit.entries], cost):
            left = self.unit.without(removed)
            shown = self._shown(left)
            if shown not in known:
                found.setdefault(shown, []).append((removed, left))
        for shown, ways in found.items():
            removed, left = max(ways, key=lambda one: one[0])
            yield Option(cost, shown, len(ways), removed, left)

    @property
    def exhausted(self) -> bool:
        """Whether there is no more to find by removing more of its facts."""
        return self._reached >= len(self.unit.entries)


def units_of(history: list[Recorded]) -> list[Unit]:
    """The things of a history, each with its facts."""
    names: dict[int, tuple[str, str]] = {}
    sanctions: dict[str, str] = {}
    for entry in history:
        names[entry.version] = _name(entry.fact, entry.version, names, sanctions)
    around = [entry for entry in history if names[entry.version][0] in SAYS_HOW_OTHERS_READ]
    entries: dict[tuple[str, str], list[Recorded]] = {}
    for entry in history:
        if not isinstance(entry.fact, _SILENT):
            entries.setdefault(names[entry.version], []).append(entry)
    return [Unit(name, found, around) for name, found in entries.items()]


def _name(
    fact: Any, version: int, names: dict[int, tuple[str, str]], sanctions: dict[str, str]
) -> tuple[str, str]:
    """Which thing a fact is of. A sanction is one with its notice."""
    if isinstance(fact, e.FactCorrected | e.FactWithdrawn):
        return names[fact.corrects]
    if isinstance(fact, e.SanctionProposed):
        sanctions[fact.sanction_id] = fact.notice_id
    if isinstance(fact, e.SanctionImposed | e.SanctionLifted) and fact.sanction_id in sanctions:
        return "notice_id", sanctions[fact.sanction_id]
    for name in _BY:
        if thing := getattr(fact, name, None):
            return name, thing
    return EPISODE if isinstance(fact, e.EpisodeClosed | e.EpisodeReopened) else AROUND, str(version)


def told(history: Iterable[Recorded]) -> Practice:
    """The practice as these facts tell it, of which corrections stand only beside what they correct. Who sees which of
    them is no matter.
    """
    practice = Practice(history=what_is_read(history))
    for entry in effective(practice.history):
        practice.standing[entry.version] = entry
        if (evolve := EVOLVES.get(type(entry.fact))) is not None:
            evolve(practice, entry.fact, entry)
    return practice


def merged(practice: Practice, changed: Iterable[tuple[Menu, Option]]) -> Practice:
    """The practice with some of its things as they would stand without some of their facts."""
    found = nothing_shown(practice)
    for name in (*THINGS, "standing"):
        setattr(found, name, dict(getattr(practice, name)))
    found.decisions = practice.decisions
    for menu, option in changed:
        for name in THINGS:
            things = getattr(found, name)
            for thing in getattr(menu.whole, name):
                things.pop(thing, None)
            things.update(getattr(option.left, name))
        for version in menu.unit.versions:
            found.standing.pop(version, None)
        found.standing.update(option.left.standing)
        left = [one for one in found.decisions if one.version not in menu.unit.versions]
        found.decisions = sorted([*left, *option.left.decisions], key=lambda one: one.version)
    return found


def nothing_shown(practice: Practice) -> Practice:
    """The practice with none of its things."""
    return Practice(code=practice.code, kind=practice.kind, episodes=practice.episodes)
