"""What the rules of the framework recommend for a practice today, beside what a person decided, and by which facts."""

from __future__ import annotations

from typing import NamedTuple

from domain.framework.recommending import recommend
from domain.practice.kinds import Tier
from domain.practice.state import Practice
from domain.rules import Asked
from web.practices.told import lower_first
from web.service import service
from web.words import label


class Held(NamedTuple):
    """A rule that holds: its id, its sentence, and the versions of the facts that satisfy it."""

    rule: str
    words: str
    facts: tuple[int, ...]


class RecommendedBox(NamedTuple):
    """`differs` says that the tier is another: a person decided otherwise, or has not decided since."""

    sentence: str
    differs: bool
    held: list[Held]
    version: int


def recommended_box(practice: Practice, asked: Asked) -> RecommendedBox | None:
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
        held.append(Held(one.rule, rule.words if rule else "", one.facts))
    if found.tier == now:
        sentence = f"The rules recommend {tier} too."
    else:
        sentence = f"The rules recommend {tier}. A person decides."
    return RecommendedBox(sentence, found.tier != now, held, found.framework_version)
