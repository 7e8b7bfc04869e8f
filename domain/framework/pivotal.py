"""What a recommendation hangs on: the fewest facts without which the rules would recommend another tier.

Asked of all facts that the rules read, corrections and decisions on the tier too: removed together, and whatever corrected
them with them. Fewer facts come first, so the first that is found is the smallest set, and all of its size are counted.

Two ways lead elsewhere. A higher tier is recommended where a rule of it holds without some facts (a flag was cleared, an
explanation accepted). A lower one only where every rule of this tier fails: of each that still holds, one of the things that
its facts are of must lose a fact, and only these are tried. Things that are alike are tried once, and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import comb

from domain.framework.evidence import Evidence, Facts
from domain.framework.parts import Framework, Rule
from domain.framework.read import what_is_read
from domain.framework.recommending import CONDITIONS, SEVERITY, Recommendation, judged
from domain.framework.showing import Flagged, Showing, Shown, Together
from domain.framework.units import (
    AROUND,
    CONCERNS,
    EPISODE,
    SAYS_HOW_OTHERS_READ,
    Menu,
    Option,
    merged,
    nothing_shown,
    told,
    units_of,
)
from domain.practice import events as e
from domain.practice.kinds import Tier
from domain.practice.state import Practice
from domain.releases.publications import NOTHING_PUBLISHED, Publications
from domain.rules import Recorded

TRIES = 2_500
"""How many ways are tried before the answer is that none of so many facts was found."""


@dataclass(frozen=True, slots=True)
class Pivotal:
    """The smallest set of facts without which another tier is recommended: `tier`. `others` are as many other sets of its
    size. No facts: there is no such set; or, where `looked_up_to` says so, none of up to so many facts.
    """

    facts: Facts = ()
    tier: Tier | None = None
    others: int = 0
    looked_up_to: int | None = None


_LOOKS_AT = {
    "contract": {"notice_id", "declaration_year"},
    "regulator": {"inspection_id", "regulatory_id"},
    "flags": {"flag_id"},
    "plans": {"action_id", "decision_id", AROUND},
    "staying": {"flag_id", "action_id", "decision_id", AROUND},
    "heard": {"intelligence_id", "flag_id", "action_id", AROUND, EPISODE},
}
"""By module of conditions, the things that its rules look at."""

Chosen = tuple[tuple[int, int], ...]
"""Which things lose facts: the number of a class of things that are alike and of its option, in order, once for each thing."""


def pivotal(
    history: list[Recorded], framework: Framework, on: date, published: Publications = NOTHING_PUBLISHED
) -> Pivotal:
    """The history is what was known of the practice on the day."""
    return _Search(history, framework, on, published).found()


def as_known(history: list[Recorded]) -> Practice:
    """What the rules see of a practice, as these facts tell it."""
    return told(history)


class _TooManyError(Exception):
    """There are more ways than are tried."""


class _Search:
    """One practice's facts, taken apart, and the search through them."""

    def __init__(
        self, history: list[Recorded], framework: Framework, on: date, published: Publications
    ) -> None:
        self.read = what_is_read(history)
        self.framework, self.on, self.published = framework, on, published
        kinds = {type(entry.fact) for entry in self.read}
        self.acted = e.ActionProposed in kinds
        self.closed = e.IntelligenceCorroborated in kinds and e.EpisodeClosed in kinds
        self.tangled = self.closed and e.EpisodeReopened in kinds
        together = Together(_talked_of(self.read, whole=self.closed), _ends(self.read), self.tangled)
        self.showing = Showing(framework, on, published, together)
        self.menus = [Menu(unit, self.showing) for unit in units_of(self.read) if self._matters(unit.entries)]
        shown = [(menu, menu.as_it_is) for menu in self.menus if menu.shown is not None]
        self.practice = merged(nothing_shown(told(self.read)), shown)
        self.tier = self.judge(self.seen(self.practice)).tier
        self.of = {version: menu for menu in self.menus for version in menu.unit.versions}
        self.tries = 0

    def _matters(self, entries: list[Recorded]) -> bool:
        match entries[0].fact:
            case e.ResponsibilityAssigned():
                return self.acted
            case e.EpisodeClosed() | e.EpisodeReopened():
                return self.closed
            case _:
                return self.tangled or not self.showing.never(entries)

    def seen(self, practice: Practice) -> Evidence:
        practice.published = self.published
        return Evidence(practice, self.on)

    def read_again(self, changed: Iterable[Menu]) -> list[Recorded]:
        """The facts of whatever shows something, or may when who answers for the practice, or an episode, is another."""
        also = {menu.unit.name for menu in changed}
        kinds = {*SAYS_HOW_OTHERS_READ, "action_id", "intelligence_id", *(CONCERNS if self.tangled else ())}
        versions = {
            version
            for menu in self.menus
            if menu.shown is not None or menu.unit.name[0] in kinds or menu.unit.name in also
            for version in menu.unit.versions
        }
        return [entry for entry in self.read if entry.version in versions]

    def judge(self, seen: Evidence) -> Recommendation:
        return judged(seen, self.framework)

    def found(self) -> Pivotal:
        """Fewer facts first."""
        for size in range(1, len(self.read) + 1):
            level = _Level(self, size)
            try:
                chosen = {*level.higher(), *level.lower()}
            except _TooManyError:
                return Pivotal(looked_up_to=size - 1)
            if chosen:
                return self._told(level, chosen)
            if size >= level.most and all(menu.exhausted for menu in self.menus):
                break
        return Pivotal()

    def _told(self, level: _Level, chosen: set[Chosen]) -> Pivotal:
        sets = {one: level.removed(one) for one in chosen}
        latest = max(sets, key=lambda one: sets[one])
        tier = self.judge(level.seen(latest)).tier
        return Pivotal(sets[latest], tier, sum(map(level.ways, chosen)) - 1)


class _Level:
    """The sets of one size."""

    def __init__(self, search: _Search, size: int) -> None:
        self.search, self.size = search, size
        self._known: dict[Chosen, Evidence] = {}
        options = {menu: menu.up_to(size) for menu in search.menus}
        menus = [menu for menu in search.menus if menu.shown is not None or options[menu]]
        self.most = sum(max((one.cost for one in options[menu]), default=0) for menu in menus)
        together = Counter(menu.group for menu in menus)
        bound = {menu.group for menu in menus if menu.group[0] != "indicator" or _covers(menu)}
        classes: dict[tuple[tuple[str, str] | None, Shown, frozenset[object]], list[Menu]] = {}
        for menu in menus:
            offers = frozenset((one.shown, one.cost, one.ways) for one in options[menu])
            group = menu.group if together[menu.group] > 1 and menu.group in bound else None
            classes.setdefault((group, menu.shown, offers), []).append(menu)
        self.classes = [sorted(alike, key=lambda one: -max(one.unit.versions)) for alike in classes.values()]
        self.alone = [group is None for group, _, _ in classes]
        self.options = [menu[0].up_to(size) for menu in self.classes]
        self.number = {menu: number for number, alike in enumerate(self.classes) for menu in alike}

    # --- one choice ----------------------------------------------------------------------------------------------

    def cost(self, chosen: Chosen) -> int:
        return sum(self.options[number][option].cost for number, option in chosen)

    def _changed(self, chosen: Chosen) -> Iterator[tuple[Menu, Option]]:
        used: Counter[int] = Counter()
        for number, option in chosen:
            menu = self.classes[number][used[number]]
            used[number] += 1
            shown = self.options[number][option].shown
            yield menu, next(one for one in menu.options if one.shown == shown)

    def removed(self, chosen: Chosen) -> Facts:
        return tuple(sorted(version for _, option in self._changed(chosen) for version in option.removed))

    def ways(self, chosen: Chosen) -> int:
        """How many sets of facts this choice stands for."""
        found, used = 1, Counter[int]()
        for (number, option), times in Counter(chosen).items():
            found *= comb(len(self.classes[number]) - used[number], times)
            found *= self.options[number][option].ways ** times
            used[number] += times
        return found

    def seen(self, chosen: Chosen) -> Evidence:
        """What the rules see without the facts of a choice."""
        if chosen not in self._known:
            self._known[chosen] = self.search.seen(self._without(chosen))
        return self._known[chosen]

    def _without(self, chosen: Chosen) -> Practice:
        search = self.search
        changed = list(self._changed(chosen))
        found = merged(search.practice, changed)
        anew = self._read_anew(found, {menu.unit.name[0] for menu, _ in changed})
        again = search.read_again(menu for menu, _ in changed) if anew else []
        search.tries += 1 + len(again) // 30
        if search.tries > TRIES:
            raise _TooManyError
        if anew:
            gone = set(self.removed(chosen))
            return told(one for one in again if one.version not in gone)
        return found

    def _read_anew(self, found: Practice, changed: set[str]) -> bool:
        """Whether what else there is may read otherwise too: by who answers for the practice, or by its episodes."""
        heard = any(one.status == "corroborated" for one in found.intelligence.values())
        by_episodes = (
            {"intelligence_id", *(CONCERNS if self.search.tangled else ())} if self.search.closed else set()
        )
        return bool(changed & {*SAYS_HOW_OTHERS_READ}) or (heard and bool(changed & by_episodes))

    # --- a higher tier ---------------------------------------------------------------------------------------

    def higher(self) -> Iterator[Chosen]:
        """Choices without which a rule of a higher tier holds."""
        above = SEVERITY[: SEVERITY.index(self.search.tier)]
        for rule in self.search.framework.rule_set.rules:
            if rule.counted and rule.tier in above:
                condition = CONDITIONS[rule.condition]
                for chosen in self._of_the_size(self._helping(rule)):
                    if condition(self.seen(chosen), **dict(rule.thresholds)):
                        yield chosen

    def _helping(self, rule: Rule) -> list[tuple[int, int]]:
        """The options by which a rule may come to hold: something shows more, or what stands beside it shows otherwise."""
        looks_at = _LOOKS_AT.get(CONDITIONS[rule.condition].__module__.rpartition(".")[2])
        return [
            (number, at)
            for number, options in enumerate(self.options)
            if looks_at is None or self.classes[number][0].unit.name[0] in looks_at
            for at, option in enumerate(options)
            if option.shown is not None
            or not self.alone[number]
            or self.classes[number][0].unit.name[0] in SAYS_HOW_OTHERS_READ
        ]

    def _of_the_size(
        self, offers: Sequence[tuple[int, int]], chosen: Chosen = (), start: int = 0
    ) -> Iterator[Chosen]:
        left = self.size - self.cost(chosen)
        if left == 0:
            yield chosen
            return
        for at in range(start, len(offers)):
            number, option = offers[at]
            used = sum(one == number for one, _ in chosen)
            if self.options[number][option].cost <= left and used < len(self.classes[number]):
                yield from self._of_the_size(offers, (*chosen, offers[at]), at)

    # --- a lower tier ----------------------------------------------------------------------------------------

    def lower(self) -> Iterator[Chosen]:
        """Choices without which no rule of this tier, or of a higher one, holds."""
        known: set[Chosen] = {()}
        waiting: list[Chosen] = [()]
        while waiting:
            chosen = waiting.pop()
            found = self.search.judge(self.seen(chosen))
            if found.tier != self.search.tier:
                if (
                    SEVERITY.index(found.tier) > SEVERITY.index(self.search.tier)
                    and self.cost(chosen) == self.size
                ):
                    yield chosen
                continue
            for more in self._next(chosen, found):
                if more not in known:
                    known.add(more)
                    waiting.append(more)

    def _next(self, chosen: Chosen, found: Recommendation) -> Iterator[Chosen]:
        """Choices of one thing more, among those on which the rule rests that rests on the fewest."""
        if not found.deciding:
            return
        left = self.size - self.cost(chosen)
        classes = min((self._rests_on(one.facts) for one in found.deciding), key=len)
        for number in classes:
            used = sum(one == number for one, _ in chosen)
            for at, option in enumerate(self.options[number]):
                if option.cost <= left and used < len(self.classes[number]):
                    yield tuple(sorted([*chosen, (number, at)]))

    def _rests_on(self, facts: Facts) -> set[int]:
        """The classes of the things that these facts are of, and of whatever changes how these read."""
        menus = {self.search.of[version] for version in facts if version in self.search.of}
        groups = {menu.group for menu in menus}
        kinds = {menu.unit.name[0] for menu in menus}
        also = {AROUND} if ("plans", "") in groups else set[str]()
        if "intelligence_id" in kinds:
            also |= {EPISODE, *(CONCERNS if self.search.tangled else ())}
        return {
            number
            for menu, number in self.number.items()
            if menu in menus or menu.group in groups or menu.unit.name[0] in also
        }


def _covers(menu: Menu) -> bool:
    """Whether a flag covers periods, with all its facts or without some: those of one indicator then make runs together."""
    every = [menu.shown, *(one.shown for one in menu.options)]
    return any(isinstance(one, Flagged) and one.covers for shown in every for one in shown or ())


def _ends(history: list[Recorded]) -> tuple[int, ...]:
    return tuple(
        entry.version for entry in history if isinstance(entry.fact, e.EpisodeClosed | e.EpisodeReopened)
    )


def _talked_of(history: list[Recorded], *, whole: bool) -> frozenset[str]:
    """The intelligence that some action is about, or may be as corrected."""
    facts = [entry.fact for entry in history]
    if whole or any(isinstance(fact, e.FactCorrected) for fact in facts):
        return frozenset(fact.intelligence_id for fact in facts if isinstance(fact, e.IntelligenceRecorded))
    return frozenset(
        one for fact in facts if isinstance(fact, e.ActionProposed) for one in fact.about_intelligence
    )
