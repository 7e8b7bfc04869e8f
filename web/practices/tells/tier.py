"""The tier, proposed and decided, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from domain.practice.kinds import Side, Tier
from web.practices.told import Changed, Told, listed, lower_first, typed
from web.words import day, label

if TYPE_CHECKING:
    from web.practices.telling import Telling


def tier_proposed(t: Telling, fact: e.TierProposed) -> Told:
    proposal = t.practice.proposals.get(fact.proposal_id)
    status = (
        {"open": "Waiting for a decision"}.get(proposal.status, proposal.status.capitalize())
        if proposal
        else ""
    )
    return Told(
        title=f"Tier proposed: {lower_first(label(fact.tier, Tier))}",
        group="decided",
        how=f"to take effect {day(fact.effective_on)}",
        words=typed(("", fact.rationale)),
        rows=listed(
            ("Would move from", label(fact.before, Tier) if fact.before != fact.tier else ""),
            ("Review", fact.review_on),
        ),
        about=tuple(map(t.cited, fact.inputs)),
        about_as="Rests on",
        tag=status,
    )


def tier_proposal_declined(t: Telling, fact: e.TierProposalDeclined) -> Told:
    return Told(
        title="Proposed tier declined",
        group="decided",
        how="the tier stays as it was",
        words=typed(("", fact.reason)),
        answers=t.proposal(fact.proposal_id),
    )


def tier_decided(t: Telling, fact: e.TierDecided) -> Told:
    stays = fact.before == fact.tier
    return Told(
        title=f"{'Reviewed: stays' if stays else 'Moved to'} {lower_first(label(fact.tier, Tier))}",
        group="decided",
        how=f"effective {day(fact.effective_on)}",
        words=typed(
            ("", fact.rationale),
            ("Why it was decided although it is disputed", fact.over_dispute),
            ("Why it is proportionate", fact.proportionality),
            ("View of the " + t.names.side(Side.LOCAL_COMMISSIONER), fact.commissioner_view),
            ("What would lead down from here", fact.de_escalation),
        ),
        rows=listed(("Next review", fact.review_on)),
        changes=() if stays else (Changed("Tier", label(fact.before, Tier), label(fact.tier, Tier)),),
        about=tuple(map(t.cited, fact.inputs)),
        about_as="Rests on",
        answers=t.proposal(fact.proposal_id),
        tag="Decision",
        tier=fact.tier,
    )
