"""The tier, proposed and decided, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from domain.practice.kinds import LesserStep, RecommendedBecause, Side, Tier, Travel
from web.practices.told import Changed, Told, joined, listed, lower_first, typed
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
            ("Why it differs from what is recommended", fact.differs_because),
            *((_weighed(one), one.words) for one in fact.steps),
            (t.names.said("What is asked of the practice"), fact.asked_for),
            ("What is to come of it", fact.outcome),
            (t.names.said("What the practice answered"), fact.answered),
            ("Why waiting for its answer was unsafe", fact.not_waited_because),
            ("Immediate risk to patients’ safety", fact.immediate_safety),
            (
                f"Why the view of the {t.names.side(Side.LOCAL_COMMISSIONER)} was not waited for",
                fact.no_view_because,
            ),
            ("Who was consulted", fact.consulted),
            ("What would lead down from here", fact.de_escalation),
        ),
        rows=listed(
            ("Recommended", label(fact.recommended, Tier) if fact.recommended else ""),
            ("Framework version", fact.framework_version),
            ("Direction", label(fact.direction, Travel) if fact.direction else ""),
            ("Next review", fact.review_on),
        ),
        changes=() if stays else (Changed("Tier", label(fact.before, Tier), label(fact.tier, Tier)),),
        about=tuple(map(t.cited, (*fact.inputs, *fact.answers, *filter(None, (fact.view, fact.override))))),
        about_as="Rests on",
        answers=t.proposal(fact.proposal_id),
        tag="Decision",
        tier=fact.tier,
    )


def _weighed(one: e.StepWeighed) -> str:
    """A lesser step, as a heading over what is said of it."""
    return f"{label(one.step, LesserStep)}: {'tried' if one.taken else 'not tried'}"


def tier_recommended(t: Telling, fact: e.TierRecommended) -> Told:
    rules = joined(one.rule for one in fact.satisfied)
    cited = tuple(dict.fromkeys(cite for one in fact.satisfied for cite in one.facts))
    opened = fact.because == RecommendedBecause.DECISION_OPENED
    return Told(
        title=f"The rules recommend {lower_first(label(fact.tier, Tier))}",
        group="decided",
        how="recorded when a decision was opened" if opened else "it follows from what was recorded with it",
        rows=listed(
            ("Rules that hold", rules or "None"),
            ("Framework version", fact.framework_version),
        ),
        about=tuple(map(t.cited, cited)),
        about_as="Satisfied by",
        tag="Recommended: a person decides",
    )


def tier_view_stated(t: Telling, fact: e.TierViewStated) -> Told:
    return Told(
        title=f"View of the {t.names.side(Side.LOCAL_COMMISSIONER)}: {lower_first(label(fact.tier, Tier))}",
        group="decided",
        how="said before the tier is decided",
        words=typed(("", fact.words)),
        tag="View",
    )


def override_given(_t: Telling, fact: e.OverrideGiven) -> Told:
    return Told(
        title="Override: it may be moved to cause for concern before a shared conversation",
        group="decided",
        how="holds for one decision, for 28 days",
        words=typed(("", fact.reason)),
        tag="Override",
    )


def dissent_recorded(t: Telling, fact: e.DissentRecorded) -> Told:
    return Told(
        title=f"Dissent of the {t.names.side(fact.side)}",
        group="decided",
        how="the decision stands",
        words=typed(("", fact.words)),
        tag="Dissent",
    )
