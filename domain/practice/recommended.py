"""What the framework recommends, recorded: when a command changed it, and when a decision is opened; never twice the same."""

from __future__ import annotations

from domain.framework.framework import digest_of
from domain.framework.recommending import Recommendation, recommend
from domain.practice.cites import cite
from domain.practice.commands import OpenTierDecision
from domain.practice.events import SatisfiedRule, TierRecommended
from domain.practice.kinds import RecommendedBecause
from domain.practice.state import Decision, Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken


def open_tier_decision(practice: Practice, command: OpenTierDecision, asked: Asked) -> list[Fact]:
    """Somebody who is about to decide sees what is recommended now, and the record has that they could."""
    if practice.framework is None:
        raise RuleBroken(
            "rules-are-in-force-first", "No rules of the framework are in force: nothing is recommended"
        )
    return recorded_as(
        practice, recommend(practice, practice.framework, asked.on), RecommendedBecause.DECISION_OPENED
    )


def changed_by_facts(before: Practice, after: Practice, asked: Asked) -> list[Fact]:
    """What a command's facts changed of the recommendation of today, if they did: the tier, or the rules that hold."""
    framework = after.framework
    if framework is None or after.closed_on is not None or not before.registered:
        return []
    then, now = (recommend(one, framework, asked.on) for one in (before, after))
    if (then.tier, then.rules) == (now.tier, now.rules):
        return []
    return recorded_as(after, now, RecommendedBecause.FACTS_CHANGED)


def recorded_as(practice: Practice, found: Recommendation, because: RecommendedBecause) -> list[Fact]:
    """The fact that says so; none where the last one said just this, by the same version of the rules and the same facts."""
    assert practice.framework is not None
    satisfied = tuple(
        SatisfiedRule(
            rule=one.rule, tier=one.tier, facts=tuple(cite(practice.code, version) for version in one.facts)
        )
        for one in found.satisfied
    )
    last = practice.recommended
    if last and (last.tier, last.satisfied, last.framework_version) == (
        found.tier,
        satisfied,
        found.framework_version,
    ):
        return []
    return [
        TierRecommended(
            tier=found.tier,
            satisfied=satisfied,
            framework_version=found.framework_version,
            framework_digest=digest_of(practice.framework.rule_set),
            because=because,
            occurred_on=found.on,
        )
    ]


def recommended_for(practice: Practice, decision: Decision) -> TierRecommended | None:
    """What was recommended when a decision was taken: recorded with it, as it was opened, or else the last before it. What
    followed from the decision itself was not.
    """
    command = practice.standing[decision.version].command_id
    found = None
    for version, entry in practice.standing.items():
        if not isinstance(entry.fact, TierRecommended):
            continue
        opened = entry.fact.because == RecommendedBecause.DECISION_OPENED and entry.command_id == command
        if version < decision.version or opened:
            found = entry.fact
    return found


def tier_recommended(practice: Practice, fact: TierRecommended, entry: Recorded) -> None:
    practice.recommended = fact
