"""A flag beside what its release published, and beside the other flags that were raised with it.

What a flag says can be derived from its own fact; that those numbers are the release's own cannot. Each flag's id follows
from release, occasion, indicator, kind, period and practice; the published fact has what was found of the indicator; and
what is of all practices together is alike in all flags of one indicator and occasion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from application.casebook import Casebook
from application.releases.flags import id_of
from application.releases.recomputing import differences, same
from application.releases.standing import TOPICS
from domain.indicators.signals import RULE_SETS, RuleSet
from domain.practice.events import FlagRaised
from domain.releases.events import (
    Covered,
    IndicatorJudged,
    ReleasePublished,
    ReleaseValidated,
    ReleaseWithdrawn,
)
from domain.rules import Recorded

_OF_ALL = ("pooled_", "tau2_")
"""Parameters that are of all practices together."""

Key = tuple[str, int, str, str, str | None]


class Occasion(NamedTuple):
    """Something that flags followed from: an edition that was published, or a release that was withdrawn."""

    release: str
    version: int
    position: int
    covers: tuple[Covered, ...]
    judged: dict[str, IndicatorJudged]
    rule_set_version: int | None


class Beside:
    """Every occasion there was, and which values the flags of each have in common."""

    def __init__(self, casebook: Casebook, flags: Iterable[Recorded]) -> None:
        self.key_set = casebook.key_set()
        self.occasions = list(_occasions(casebook.recorder.facts_named("release", TOPICS)))
        self.common: dict[tuple[Key, str], Counter[str]] = {}
        self._found: dict[tuple[str, int], Occasion | None] = {}
        for entry in flags:
            if (occasion := self.occasion(entry)) is not None:
                for name, value in _of_all(entry.fact):
                    self.common.setdefault((_key(occasion, entry.fact), name), Counter())[value] += 1

    def occasion(self, entry: Recorded) -> Occasion | None:
        """What a flag followed from, by its id; None if from nothing that there was."""
        key = entry.stream, entry.version
        if key not in self._found:
            self._found[key] = self._occasion(entry)
        return self._found[key]

    def _occasion(self, entry: Recorded) -> Occasion | None:
        fact: Any = entry.fact
        code = entry.stream.removeprefix("practice-")
        for one in self.occasions:
            found = id_of(one.release, one.version, fact.indicator, fact.kind, fact.period or "", code)
            if found == fact.flag_id and one.position < entry.position:
                return one
        return None

    def differences(self, entry: Recorded) -> list[str]:
        """What is otherwise in a flag than its own evidence gives, its release says, or the flags beside it say."""
        fact: Any = entry.fact
        occasion = self.occasion(entry)
        found = differences(fact)
        if occasion is None:
            return [*found, "no release raised a flag of this id on this practice, indicator and period"]
        return [
            *found,
            *self._of_its_release(fact, occasion),
            *_beside_published(fact, occasion),
            *self._beside_others(fact, occasion),
        ]

    def _of_its_release(self, fact: FlagRaised, occasion: Occasion) -> Iterator[str]:
        """The release whose number it is, the definition, and the rules."""
        stood: dict[str, Occasion] = {}
        for one in self.occasions:
            if one.position <= occasion.position:
                stood[one.release] = one
        its = stood.get(fact.release or "")
        if its is None or not any(
            one.indicator == fact.indicator and fact.period in one.periods for one in its.covers
        ):
            yield f"the release {fact.release} had no {fact.indicator} of {fact.period} when it was raised"
        known = self.key_set.get(fact.indicator)
        versions = known.versions if known is not None else ()
        if not 0 < fact.indicator_version <= len(versions):
            yield f"there is no version {fact.indicator_version} of {fact.indicator}"
            return
        definition = versions[fact.indicator_version - 1]
        if (fact.indicator_name, fact.domain) != (definition.name, definition.domain):
            yield f"it is called {fact.indicator_name} ({fact.domain}), and by its definition {definition.name}"
        rules = RULE_SETS.get(fact.rule_set_version or 0)
        if rules is None:
            yield f"there are no rules of version {fact.rule_set_version}"
            return
        given = dict(fact.parameters)
        for name, value in (*_of_rules(rules), ("better", str(definition.better))):
            if name in given and given[name] != value:
                yield f"{name} is {given[name]}, and {value} by its rules"

    def _beside_others(self, fact: FlagRaised, occasion: Occasion) -> Iterator[str]:
        for name, value in _of_all(fact):
            values = self.common[_key(occasion, fact), name]
            usual = max(values, key=lambda one: (values[one], one != value))
            if usual != value:
                yield f"{name} is {value}, and {usual} in another flag of the same numbers"


def _occasions(entries: Iterable[Recorded]) -> Iterator[Occasion]:
    covers: dict[str, tuple[Covered, ...]] = {}
    for entry in entries:
        match entry.fact:
            case ReleaseValidated() as fact:
                covers[fact.release] = fact.covers
            case ReleasePublished() as fact:
                judged = {one.indicator: one for one in fact.indicators}
                of = covers.get(fact.release, ())
                yield Occasion(fact.release, entry.version, entry.position, of, judged, fact.rule_set_version)
            case ReleaseWithdrawn() as fact:
                yield Occasion(fact.release, entry.version, entry.position, (), {}, None)
            case _:
                pass


def _beside_published(fact: FlagRaised, occasion: Occasion) -> Iterator[str]:
    """Where it was raised when its own release was published: what that fact says of the indicator."""
    one = occasion.judged.get(fact.indicator)
    if one is None or occasion.release != fact.release or one.period != fact.period:
        return
    said: list[tuple[str, object, object]] = [
        ("indicator_version", fact.indicator_version, one.version),
        ("rule_set_version", fact.rule_set_version, occasion.rule_set_version),
    ]
    if (fact.method, fact.method_version) == (one.method, one.method_version):
        given = dict(fact.parameters)
        said += [(name, getattr(fact, name), getattr(one, name)) for name in ("comparator", "phi", "tau2")]
        said += [(name, given.get(name), value) for name, value in one.parameters]
    for name, has, published in said:
        if not same(has, published):
            yield f"{name} is {has}, and {published} in what its release published"


def _of_rules(rules: RuleSet) -> Iterator[tuple[str, str]]:
    for name in ("winsorised", "z_alert", "z_alarm"):
        yield name, repr(getattr(rules, name))
    for name in ("persistence", "run", "trend"):
        yield name, str(getattr(rules, name))
    yield "screening", "yes" if rules.screening else "no"


def _of_all(fact: Any) -> Iterator[tuple[str, str]]:
    """What is of all practices together. An XmR chart has nothing of them."""
    if fact.phi is None:
        return
    yield "phi", repr(fact.phi)
    yield "tau2", repr(fact.tau2)
    for name, value in fact.parameters:
        if name == "practices" or name.startswith(_OF_ALL):
            yield name, value


def _key(occasion: Occasion, fact: Any) -> Key:
    return occasion.release, occasion.version, fact.indicator, fact.kind, fact.period
