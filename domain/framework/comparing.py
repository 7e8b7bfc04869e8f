"""How one rule set differs from another, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from domain.framework.catalogue import RESPONSES, RULES
from domain.framework.parts import RuleSet


class Difference(NamedTuple):
    """One thing that is said otherwise: of which rule or tier, what it is called, and both its values in words."""

    of: str
    what: str
    before: str
    after: str


def differences(before: RuleSet | None, after: RuleSet) -> Iterator[Difference]:
    """Every number and sentence that `after` says otherwise, in the order of the rules."""
    if before is None:
        return
    then = {one.rule: one for one in before.rules}
    for rule in after.rules:
        was = then.get(rule.rule)
        if was is None:
            yield Difference(rule.rule, "The rule", "not there", rule.words)
            continue
        if was.counted != rule.counted:
            yield Difference(rule.rule, "The rule", _counts(was.counted), _counts(rule.counted))
        known = RULES[rule.rule].numbers if rule.rule in RULES else {}
        called = {name: number.called for name, number in known.items()}
        yield from _numbers(rule.rule, called, dict(was.thresholds), dict(rule.thresholds))
        if was.condition != rule.condition:
            yield Difference(rule.rule, "What it looks at", was.words, rule.words)
    for gone in then.keys() - {one.rule for one in after.rules}:
        yield Difference(gone, "The rule", then[gone].words, "not there")
    times = {one.tier: dict(one.times) for one in before.responses}
    for response in after.responses:
        known = RESPONSES[response.tier].times
        called = {name: number.called for name, number in known.items()}
        yield from _numbers(response.tier.value, called, times.get(response.tier, {}), dict(response.times))


def _numbers(
    of: str, called: dict[str, str], before: dict[str, int], after: dict[str, int]
) -> Iterator[Difference]:
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            was, now = (str(one.get(name, "none")) for one in (before, after))
            yield Difference(of, called.get(name, name), was, now)


def _counts(counted: bool) -> str:
    return "counted" if counted else "switched off"
