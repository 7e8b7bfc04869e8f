"""A rule set that an adviser proposed, and that waits for a manager's answer."""

from __future__ import annotations

from application.demonstration.cast import INES
from domain.framework.catalogue import RULES, VERSION_ONE
from domain.framework.commands import DraftRuleSet, RuleNumbers, numbers_of


def proposed() -> tuple[str, DraftRuleSet]:
    """Who proposes which rule set."""
    _, responses = numbers_of(VERSION_ONE)
    now = {"R2": {"alarms": 3}, "R7": {"intelligence": 2}}
    return INES, DraftRuleSet(
        draft_id="draft-demonstration1",
        rules=tuple(
            RuleNumbers(
                rule=name,
                counted=True,
                thresholds=tuple(
                    (one, now.get(name, {}).get(one, number.first)) for one, number in kind.numbers.items()
                ),
            )
            for name, kind in RULES.items()
        ),
        responses=responses,
        reason="Two alarms on indicators of one survey are one finding, and we called five practices about it this year. "
        "A single report that was borne out is answered by a conversation; two make a pattern.",
    )
