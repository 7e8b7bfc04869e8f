"""A rule set made from numbers: every rule, each with its own thresholds, each in its range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.framework.catalogue import RESPONSES, RULES, Number, response_of, rule_of
from domain.framework.commands import ResponseTimes, RuleNumbers
from domain.framework.parts import RuleSet, Thresholds
from domain.rules import RuleBroken


def rule_set_of(rules: Sequence[RuleNumbers], responses: Sequence[ResponseTimes]) -> RuleSet:
    """The rule set that these numbers make, in the order of the catalogue, or RuleBroken."""
    said, expected = {one.rule: one for one in rules}, {one.tier: one for one in responses}
    _just_these("rules", [one.rule for one in rules], RULES)
    _just_these("responses", [one.tier for one in responses], RESPONSES)
    for name, kind in RULES.items():
        _in_range(name, said[name].thresholds, kind.numbers)
    for tier, expects in RESPONSES.items():
        _in_range(tier, expected[tier].times, expects.times)
    return RuleSet(
        rules=tuple(rule_of(name, dict(said[name].thresholds), counted=said[name].counted) for name in RULES),
        responses=tuple(response_of(tier, dict(expected[tier].times)) for tier in RESPONSES),
    )


def _just_these(what: str, given: Sequence[str], wanted: Mapping[Any, object]) -> None:
    if sorted(given) != sorted(str(one) for one in wanted):
        raise RuleBroken(
            "a-rule-set-says-every-rule", f"Say each of {', '.join(str(one) for one in wanted)} once", what
        )


def _in_range(name: str, thresholds: Thresholds, numbers: Mapping[str, Number]) -> None:
    given = dict(thresholds)
    if len(given) != len(thresholds) or set(given) != set(numbers):
        wanted = ", ".join(numbers) or "no number"
        raise RuleBroken("a-rule-has-its-own-thresholds", f"{name} has {wanted}", name)
    for one, number in numbers.items():
        if wrong := out_of_range(given[one], number):
            raise RuleBroken("a-threshold-is-in-its-range", f"{name} {one}: {wrong}", f"{name}_{one}")


def out_of_range(value: int, number: Number) -> str | None:
    """What to say of a number that a threshold may not be; None where it may."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    if whole and number.least <= value <= number.most:
        return None
    return f"enter a whole number from {number.least} to {number.most:,}"
