"""Which rules of the framework an action made hold, or made hold no longer, and by which entries."""

from __future__ import annotations

from typing import NamedTuple

from application.stepping import Step
from domain.framework.framework import Versions
from domain.framework.recommending import Satisfied
from domain.practice.cites import cite
from domain.practice.kinds import Tier
from web.practices.telling import Telling
from web.practices.told import About, lower_first
from web.words import label

MOST = 12
"""Entries told of one rule: of more it is said how many."""


class Ruled(NamedTuple):
    """A rule: how it holds, the tier that it recommends, and the entries behind it."""

    rule: str
    how: str
    tier: Tier
    words: str
    entries: list[About]
    more: int


class Traced(NamedTuple):
    """What was recommended, in a sentence; `version` is that of the rules."""

    sentence: str
    rules: list[Ruled]
    version: int | None = None


def traced(step: Step, versions: Versions, telling: Telling) -> Traced:
    found, before = step.recommended, step.recommended_before
    if found is None:
        if step.after.closed_on is not None:
            return Traced("The practice is closed: nothing is recommended.", [])
        return Traced("No rules were in force yet: nothing was recommended.", [])
    version = versions.version(found.framework_version)
    assert version is not None
    earlier = {one.rule: one for one in before.satisfied} if before else {}
    now = {one.rule: one for one in found.satisfied}
    rules = []
    for rule in version.framework.rule_set.rules:
        one = now.get(rule.rule) or earlier.get(rule.rule)
        if one is None:
            continue
        how = _how(earlier.get(rule.rule), now.get(rule.rule))
        told = [telling.cited(cite(step.after.code, fact)) for fact in one.facts[:MOST]]
        rules.append(Ruled(rule.rule, how, one.tier, rule.words, told, max(0, len(one.facts) - MOST)))
    rules.sort(key=lambda one: ORDER.index(one.how))
    return Traced(_sentence(before.tier if before else None, found.tier), rules, found.framework_version)


ORDER = ("Newly holds", "No longer holds", "Holds by other entries", "Still holds")


def _how(before: Satisfied | None, after: Satisfied | None) -> str:
    if before is None:
        return ORDER[0]
    if after is None:
        return ORDER[1]
    return ORDER[3] if before.facts == after.facts else ORDER[2]


def _sentence(before: Tier | None, after: Tier) -> str:
    now = lower_first(label(after, Tier))
    if before is None:
        return f"From here on the rules recommend: {now}."
    if before == after:
        return f"The rules recommended {now}, before this action and after it."
    return f"The rules recommended {lower_first(label(before, Tier))} before this action, and {now} after it."
