"""What the rules of the framework recommend for a practice today, beside what a person decided, and by which facts."""

from __future__ import annotations

from typing import NamedTuple

from domain.framework.parts import Framework
from domain.framework.recommending import Recommendation, keeps_its_tier, recommend
from domain.practice.cites import cite
from domain.practice.kinds import Tier
from domain.practice.state import Practice
from domain.rules import Asked
from web.practices.telling import Telling
from web.practices.told import About, joined, lower_first
from web.service import service
from web.words import label


class Held(NamedTuple):
    """A rule that holds: its id, its sentence, and the entries that satisfy it, each told as what it is."""

    rule: str
    words: str
    entries: list[About]


class RecommendedBox(NamedTuple):
    """`differs` says that the tier is another: a person decided otherwise, or has not decided since."""

    sentence: str
    differs: bool
    held: list[Held]
    version: int


def recommended_box(practice: Practice, asked: Asked, telling: Telling) -> RecommendedBox | None:
    """Of what this person may see; nothing for a closed practice, or while no rules are in force."""
    if practice.closed_on is not None:
        return None
    known = service.casebook.with_rules(practice, asked)
    framework = known.framework
    if framework is None:
        return None
    found = recommend(known, framework, asked.on)
    now = practice.tier_on(asked.on)
    tier = lower_first(label(found.tier, Tier))
    held = []
    for one in found.satisfied:
        rule = framework.rule(one.rule)
        entries = [telling.cited(cite(practice.code, version)) for version in one.facts]
        held.append(Held(one.rule, rule.words if rule else "", entries))
    if found.tier == now and _only_stays(framework, found):
        rules = joined(one.rule for one in found.deciding)
        sentence = f"By the rules it stays {tier} because that was decided ({rules}): no other rule holds for this tier."
    elif found.tier == now:
        sentence = f"The rules recommend {tier} too."
    else:
        sentence = f"The rules recommend {tier}. A person decides."
    return RecommendedBox(sentence, found.tier != now, held, found.framework_version)


def _only_stays(framework: Framework, found: Recommendation) -> bool:
    """Whether nothing holds for the tier but that it was decided, which bears out no decision."""
    rules = [framework.rule(one.rule) for one in found.deciding]
    return bool(rules) and all(rule is not None and keeps_its_tier(rule) for rule in rules)
