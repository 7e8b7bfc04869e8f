"""Which tiers may be decided today, and what each waits for, before anything of a decision is typed.

By the rules of `domain/practice/guards.py`, asked of everything that a decision could cite: a way that is said to be closed
stays closed whatever is chosen, and one that is open is open by what it names.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from domain.practice.guards import (
    beside_data,
    data_is_validated,
    override_that_holds,
    raises,
    shared_conversations,
)
from domain.practice.kinds import Tier
from domain.practice.state import Practice
from domain.rules import Asked, Recorded


class Way(NamedTuple):
    """What a tier needs: the rule that asks for it, and the facts that meet it now, by version.

    `talked` is a shared conversation of the last 90 days, `override` one that no decision rests on yet, `beside` the latest
    fact that says more than numbers do. `open` says that nothing more is needed than to cite them, `for_safety` that it may
    be decided where an immediate risk to patients' safety is stated.
    """

    tier: Tier
    rule: str | None
    open: bool
    for_safety: bool = False
    talked: int | None = None
    override: int | None = None
    beside: int | None = None


def ways(practice: Practice, day: date) -> list[Way]:
    """The way to each tier, the most serious first."""
    return [_way(practice, tier, day) for tier in reversed(Tier)]


def _way(practice: Practice, tier: Tier, day: date) -> Way:
    before = practice.tier_on(day)
    talked = max((one.version for one in shared_conversations(practice, day)), default=None)
    if tier == before:
        return Way(tier, None, open=True)
    if tier == Tier.CAUSE_FOR_CONCERN:
        return _into_cause_for_concern(practice, talked, day)
    if before == Tier.CAUSE_FOR_CONCERN:
        rule = "cause-for-concern-is-left-after-a-shared-conversation"
        return Way(tier, rule, open=talked is not None, talked=talked)
    if raises(before, tier):
        rule = "data-is-validated-before-it-moves-the-tier"
        return Way(tier, rule, open=data_is_validated(practice, _citable(practice, day)))
    return Way(tier, None, open=True)


def _into_cause_for_concern(practice: Practice, talked: int | None, day: date) -> Way:
    """A conversation that is cited alone is talked about, and says more than numbers: it opens the way by itself."""
    override = override_that_holds(practice, day)
    found = [one.version for one in _citable(practice, day) if beside_data(practice, one.fact)]
    beside = max(found, default=None)
    return Way(
        Tier.CAUSE_FOR_CONCERN,
        "a-concern-is-talked-about-before-it-moves-the-tier",
        open=talked is not None or (override is not None and beside is not None),
        for_safety=beside is not None,
        talked=talked,
        override=override.version if override else None,
        beside=beside,
    )


def _citable(practice: Practice, day: date) -> list[Recorded]:
    """What had happened and was recorded by a day: a decision may rest on it."""
    return [
        one
        for one in practice.standing.values()
        if one.recorded_on <= day and getattr(one.fact, "occurred_on", day) <= day
    ]


def own_proposal_waits(practice: Practice, asked: Asked) -> bool:
    """Whether somebody proposed what waits for a decision: then another person decides."""
    return any(
        one.status == "open" and one.proposed_by == asked.person for one in practice.proposals.values()
    )
