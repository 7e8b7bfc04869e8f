"""Which tiers may be decided today, and what each waits for, before anything of a decision is typed.

By the rules of `domain/practice/guards.py`, asked of everything that a decision could cite: a way that is said to be closed
stays closed whatever is chosen, and one that is open is open by what it names.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from domain.practice.concerns import says_more_than_numbers
from domain.practice.guards import (
    data_is_validated,
    leads_out,
    override_that_holds,
    raises,
    talked_about,
)
from domain.practice.kinds import Tier
from domain.practice.state import Practice
from domain.rules import Asked, Recorded


class Way(NamedTuple):
    """What a tier needs: the rule that asks for it, and the facts that meet it now, by version.

    `talked` is a shared conversation that counts: into cause for concern, about a concern that stands; out of it, held since
    the practice was moved there. Whoever decides cites what it is about. `override` is one that no decision rests on yet, `beside` the latest
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
    before, citable = practice.tier_on(day), _citable(practice, day)
    if tier == before:
        return Way(tier, None, open=True)
    if tier == Tier.CAUSE_FOR_CONCERN:
        return _into_cause_for_concern(practice, citable, day)
    if before == Tier.CAUSE_FOR_CONCERN:
        rule = "cause-for-concern-is-left-after-a-shared-conversation"
        talked = max((one.version for one in leads_out(practice, citable, day)), default=None)
        return Way(tier, rule, open=talked is not None, talked=talked)
    if raises(before, tier):
        rule = "data-is-validated-before-it-moves-the-tier"
        return Way(tier, rule, open=data_is_validated(practice, citable, day))
    return Way(tier, None, open=True)


def _into_cause_for_concern(practice: Practice, citable: list[Recorded], day: date) -> Way:
    """A conversation about a concern says more than numbers: cited, it opens the way by itself."""
    override = override_that_holds(practice, day)
    talked = max((one.version for one in talked_about(practice, citable, day)), default=None)
    found = [one.version for one in citable if says_more_than_numbers(practice, one.fact, day)]
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
