"""What a version of the tier framework is made of. Plain values, stored in its facts as they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.practice.kinds import Tier

Thresholds = tuple[tuple[str, int], ...]
"""Named numbers, in the order in which they are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: the tier that it recommends when its condition holds with these thresholds.

    `condition` names what is looked at, and never changes meaning: a condition that is understood otherwise has another
    name. `words` is the rule's sentence as it read when the rule set was drafted. A rule that is not `counted` is kept
    for whoever compares versions, and recommends nothing.
    """

    rule: str
    tier: Tier
    condition: str
    counted: bool
    thresholds: Thresholds
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """How soon what is expected at a tier follows, and how often the tier is looked at again."""

    tier: Tier
    times: Thresholds
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """Everything that a version says: its rules in order, and the response at each tier."""

    rules: tuple[Rule, ...]
    responses: tuple[Response, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A rule set as it is, or would be, in force: version 0 is a candidate that nobody published."""

    version: int
    effective_from: date
    rule_set: RuleSet

    def rule(self, name: str) -> Rule | None:
        return next((one for one in self.rule_set.rules if one.rule == name), None)

    def response(self, tier: Tier) -> dict[str, int]:
        """The times of a tier, by name."""
        return next((dict(one.times) for one in self.rule_set.responses if one.tier == tier), {})
