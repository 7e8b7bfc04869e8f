"""Version 1 of the tier framework, as it is first recorded: what Casebook begins with, until a manager publishes another."""

from __future__ import annotations

from application.casebook import Casebook
from domain.framework.catalogue import FIRST_EFFECTIVE, VERSION_ONE
from domain.framework.commands import DraftRuleSet, PublishRuleSet, numbers_of
from domain.framework.framework import KEY
from domain.rules import RuleBroken, operator

FIRST = "draft-version00001"
WHY = "Rule set version 1, with which Casebook begins: a proposal of its own, and nobody's published thresholds."


def record_first_rules(casebook: Casebook) -> bool:
    """Record version 1, where the record has no version yet. Again, it records nothing. Gives whether it did."""
    if casebook.framework().published:
        return False
    rules, responses = numbers_of(VERSION_ONE)
    drafted = DraftRuleSet(draft_id=FIRST, rules=rules, responses=responses, reason=WHY)
    published = PublishRuleSet(draft_id=FIRST, effective_from=FIRST_EFFECTIVE, reason=WHY)
    outcomes = casebook.handle_many(
        [(KEY, drafted, f"{FIRST}-drafted"), (KEY, published, f"{FIRST}-published")],
        operator(casebook.clock()),
    )
    for outcome in outcomes:
        if isinstance(outcome, RuleBroken):
            raise outcome
    return True
