"""Decisions that were checked again: what arrived, what the rules of their day say of it, and what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from domain.practice.kinds import GivenBecause, RestsOn, Tier
from web.practices.told import About, Told, joined, listed, lower_first, typed
from web.words import day, label

if TYPE_CHECKING:
    from web.practices.telling import Telling

STATUS = {
    "open": "Waiting to be looked at",
    "reaffirmed": "Re-affirmed",
    "revised": "Revised",
    "overtaken": "Asked again, with what arrived since",
    "lapsed": "Ended: nothing of what it was asked for is left",
}


def decision_called(t: Telling, decision_id: str) -> About:
    """The decision of 3 May 2026 for cause for concern."""
    found = next((one for one in t.practice.decisions if one.decision_id == decision_id), None)
    if found is None:
        return About("a decision on the tier", None)
    return About(
        f"the decision of {day(found.decided_on)} for {lower_first(label(found.tier, Tier))}", found.version
    )


def decision_review_asked(t: Telling, fact: e.DecisionReviewAsked) -> Told:
    decision, review = decision_called(t, fact.decision_id), t.practice.reviews.get(fact.asking_id)
    return Told(
        title=f"Look again at {decision.text}",
        group="decided",
        how=given_to(t, fact),
        rows=listed(
            ("How the decision rests on it", _rests(fact.rests)),
            *_recommended(fact),
        ),
        about=_about(t, decision, fact),
        about_as="Because of",
        tag=STATUS[review.status] if review else "",
    )


def given_to(t: Telling, fact: e.DecisionReviewAsked) -> str:
    if fact.given_because == GivenBecause.DECIDED_IT:
        return f"given to {t.names.person(fact.given_to)}, who decided"
    why = (
        "whoever decided decides on this practice no more"
        if fact.given_because == GivenBecause.DECIDER_GONE
        else "whoever decided recorded it"
    )
    return f"given to the managers of the contract holder: {why}"


def _recommended(fact: e.DecisionReviewAsked) -> tuple[tuple[str, str], ...]:
    if fact.before is None or fact.after is None:
        return (("Recommended for its day", "No rules were in force"),)
    before, after = _said(fact.before, fact.before_rules), _said(fact.after, fact.after_rules)
    if before == after:
        return (
            (
                "Recommended for its day, with it and without",
                f"{before}, by version {fact.framework_version}",
            ),
        )
    return (
        ("Recommended for its day without it", before),
        ("Recommended for its day with it", after),
        ("Rules of its day", f"Version {fact.framework_version}"),
    )


def _said(tier: Tier, rules: tuple[str, ...]) -> str:
    return f"{label(tier, Tier)}, {f'by {joined(rules)}' if rules else 'no rule of a higher tier holds'}"


def _rests(rests: tuple[RestsOn, ...]) -> str:
    return joined(lower_first(label(one, RestsOn)) for one in rests).capitalize()


def _about(t: Telling, decision: About, fact: e.DecisionReviewAsked | e.DecisionChecked) -> tuple[About, ...]:
    """What arrived is called by its kind and day alone: a correction tells in its turn of what it touched."""
    arrived = (t.entry(int(one.rpartition("/")[2])) for one in fact.arrived)
    return (decision, *arrived)


def decision_checked(t: Telling, fact: e.DecisionChecked) -> Told:
    decision = decision_called(t, fact.decision_id)
    return Told(
        title=f"Checked, no effect: {decision.text}",
        group="decided",
        how="by the rules of its day",
        rows=listed(
            ("How the decision rests on it", _rests(fact.rests) or "Not at all: it had happened before it"),
            (
                "Recommended for its day, with it and without",
                _said(fact.recommended, fact.rules) if fact.recommended else "No rules were in force",
            ),
        ),
        about=_about(t, decision, fact),
        about_as="Because of",
        tag="Checked, no effect",
    )


def decision_reaffirmed(t: Telling, fact: e.DecisionReaffirmed) -> Told:
    decision = decision_called(t, fact.decision_id)
    return Told(
        title=f"Re-affirmed: {decision.text}",
        group="decided",
        how="it stands as it was",
        words=typed(("", fact.reason)),
        about=(decision, *_review(t, fact.asking_id)),
        tag="Re-affirmed",
    )


def decision_revised(t: Telling, fact: e.DecisionRevised) -> Told:
    decision, by = decision_called(t, fact.decision_id), decision_called(t, fact.revised_by)
    return Told(
        title=f"Revised: {decision.text}",
        group="decided",
        how=f"by {by.text}",
        about=(decision, by, *_review(t, fact.asking_id)),
        tag="Revised",
    )


def _review(t: Telling, asking_id: str) -> tuple[About, ...]:
    review = t.practice.reviews.get(asking_id)
    return (About(f"the review asked on {day(review.asked_on)}", review.version),) if review else ()
