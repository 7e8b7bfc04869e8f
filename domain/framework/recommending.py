"""Which tier is recommended for a practice on a day, and why. A recommendation moves no tier: a person decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from domain.framework.conditions import contract, flags, heard, plans, regulator, staying
from domain.framework.evidence import Evidence, Facts
from domain.framework.parts import Framework, Rule
from domain.practice.kinds import Tier
from domain.practice.state import Practice

Condition = Callable[..., Facts]

CONDITIONS: dict[str, Condition] = {
    one.__name__: one
    for one in (
        regulator.inadequate_or_action,
        contract.remedial_notice_for_safety_or_not_satisfied,
        contract.notices_within_months,
        contract.sanction_or_termination,
        heard.persisting_alarms_with_more,
        heard.immediate_safety_risk,
        plans.plan_overdue_after_escalation,
        flags.alarms_of_patient_safety,
        flags.alarms_or_alerts,
        flags.shifting_flags_that_persist,
        regulator.requires_improvement,
        contract.remedial_notice_open_or_breach_notice,
        contract.declaration_overdue,
        heard.intelligence_without_plan,
        staying.not_clean_for_long_enough,
        staying.not_long_in_class,
    )
}
"""By the name that a rule set stores. A name never changes meaning: what is understood otherwise has another."""

SEVERITY = (Tier.CAUSE_FOR_CONCERN, Tier.ROOM_FOR_IMPROVEMENT, Tier.ASSURANCE_BASED)


@dataclass(frozen=True, slots=True)
class Satisfied:
    """A rule that holds, the tier that it recommends, and the versions of the practice's facts that satisfy it."""

    rule: str
    tier: Tier
    facts: Facts


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The tier that a version of the framework recommends on a day. `satisfied` are all rules that hold, in their order,
    those of lower tiers too: none of them where nothing but assurance based is recommended.
    """

    tier: Tier
    satisfied: tuple[Satisfied, ...]
    framework_version: int
    on: date

    @property
    def deciding(self) -> tuple[Satisfied, ...]:
        """The rules that recommend just this tier."""
        return tuple(one for one in self.satisfied if one.tier == self.tier)

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(one.rule for one in self.satisfied)

    @property
    def facts(self) -> Facts:
        return tuple(sorted({version for one in self.satisfied for version in one.facts}))


def recommend(practice: Practice, framework: Framework, on: date) -> Recommendation:
    """The highest tier that any rule recommends; assurance based where none does.

    The practice is as it is known on that day. What the rules need beside its own facts, which periods of each
    indicator were published, is handed in with it (`practice.published`).
    """
    return judged(Evidence(practice, on), framework)


def judged(seen: Evidence, framework: Framework) -> Recommendation:
    """The same of evidence that is at hand: what two rule sets say alike is worked out once."""
    satisfied = tuple(
        Satisfied(rule.rule, rule.tier, facts)
        for rule in framework.rule_set.rules
        if rule.counted and (facts := _holds(rule, seen))
    )
    tiers = {one.tier for one in satisfied}
    tier = next((one for one in SEVERITY if one in tiers), Tier.ASSURANCE_BASED)
    return Recommendation(tier, satisfied, framework.version, seen.on)


def keeps_its_tier(rule: Rule) -> bool:
    """Whether by this rule a practice only stays where a person decided: what holds by it bears out no decision."""
    return CONDITIONS[rule.condition].__module__ == staying.__name__


def _holds(rule: Rule, seen: Evidence) -> Facts:
    key = rule.condition, rule.thresholds
    facts = seen.found.get(key)
    if facts is None:
        facts = seen.found[key] = CONDITIONS[rule.condition](seen, **dict(rule.thresholds))
    return facts
