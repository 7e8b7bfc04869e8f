"""How alike the evidence of two practices is, so that like cases are seen side by side.

The measure is plain: points by which they stand apart. A rule that holds for one and not for the other is two points, and one
where the other nearly satisfies it: it would with one less of what it counts. Each open flag that counts, by domain and
alarm or alert, each piece of corroborated intelligence, each failed plan, each open notice, and each rating other than the
other's is a point. Rules by which a practice stays where it is are left out: they tell its tier, which is compared.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from domain.framework.conditions.plans import failed_plans
from domain.framework.evidence import Evidence
from domain.framework.parts import Framework, Rule
from domain.framework.recommending import CONDITIONS, keeps_its_tier
from domain.practice.kinds import Rating

RULE, NEARLY = 2, 1
_COUNTED = ("alarms", "alerts", "domains", "notices", "intelligence", "plans", "actions", "periods")
"""Thresholds that count things: one less of them is nearly enough."""
_OF_ITS_TIER = "plan_overdue_after_escalation"
_PLAN_FAILS_AFTER = 56


@dataclass(frozen=True, slots=True)
class Profile:
    """What of a practice's evidence is compared. `rules` are 2 where a rule holds and 1 where it nearly does; `kinds` how many
    there are of each kind of thing that counts.
    """

    rules: dict[str, int]
    kinds: Counter[str]
    rating: Rating | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What the first has otherwise than the second: a rule, or a kind of thing and how many of it."""

    what: str
    first: int
    second: int
    rule: bool = False


def profile(seen: Evidence, framework: Framework) -> Profile:
    """What of a practice's evidence is compared, on a day, by the rules of a version."""
    rules = {
        rule.rule: level
        for rule in framework.rule_set.rules
        if rule.counted and not _tells_its_tier(rule) and (level := _level(rule, seen))
    }
    kinds: Counter[str] = Counter()
    for one in seen.counted:
        kinds[f"{one.flag.domain.value} {'alarm' if one.alarm else 'alert'}"] += 1
    kinds["intelligence"] = len(seen.corroborated)
    kinds["failed plan"] = len(
        {_plan(seen, one) for one in failed_plans(seen, plans=1, days=_PLAN_FAILS_AFTER)}
    )
    kinds["open notice"] = sum(one.open for one in seen.practice.notices.values())
    return Profile(rules, +kinds, seen.inspection.rating if seen.inspection else None)


def apart(first: Profile, second: Profile) -> tuple[int, list[Difference]]:
    """By how many points two practices' evidence stands apart, and in what."""
    points, found = 0, []
    for rule in sorted({*first.rules, *second.rules}):
        one, other = first.rules.get(rule, 0), second.rules.get(rule, 0)
        if one != other:
            points += abs(one - other)
            found.append(Difference(rule, one, other, rule=True))
    for kind in sorted({*first.kinds, *second.kinds}):
        if first.kinds[kind] != second.kinds[kind]:
            points += abs(first.kinds[kind] - second.kinds[kind])
            found.append(Difference(kind, first.kinds[kind], second.kinds[kind]))
    if first.rating != second.rating:
        points += 1
        found.append(Difference("rating", 0, 0))
    return points, found


def _tells_its_tier(rule: Rule) -> bool:
    return keeps_its_tier(rule) or rule.condition == _OF_ITS_TIER


def _level(rule: Rule, seen: Evidence) -> int:
    condition, thresholds = CONDITIONS[rule.condition], dict(rule.thresholds)
    if condition(seen, **thresholds):
        return RULE
    for name, number in rule.thresholds:
        if name in _COUNTED and number > 1 and condition(seen, **thresholds | {name: number - 1}):
            return NEARLY
    return 0


def _plan(seen: Evidence, version: int) -> str:
    """The plan of an action that failed, known by the action or by the fact that cancelled it."""
    for one in seen.practice.actions.values():
        if version in {one.version, one.not_done} and one.plan_id is not None:
            return one.plan_id.words
    return ""
