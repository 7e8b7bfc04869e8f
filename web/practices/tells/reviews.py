"""Decisions that were checked again: what arrived, what the rules of their day say of it, and what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from domain.practice.affected import PUT_RIGHT
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
            *_recommended(t, fact),
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


def _recommended(t: Telling, fact: e.DecisionReviewAsked) -> tuple[tuple[str, str], ...]:
    if fact.before is None or fact.after is None:
        return (("Recommended for its day", "No rules were in force"),)
    before, after = _said(fact.before, fact.before_rules), _said(fact.after, fact.after_rules)
    if before == after:
        return (
            (
                "Recommended for its day, then and now",
                f"{before}, by version {fact.framework_version}",
            ),
        )
    then, now = _compared(t, fact)
    return (
        (f"Recommended for its day {then}", before),
        (f"Recommended for its day {now}", after),
        ("Rules of its day", f"Version {fact.framework_version}"),
    )


def _compared(t: Telling, fact: e.DecisionReviewAsked) -> tuple[str, str]:
    """What stands on either side: what was withdrawn was there then, and what is late is there now."""
    found = {type(one.fact) for cited in fact.arrived if (one := t.practice.recorded(_version(cited)))}
    if found == {e.FlagWithdrawn}:
        return "with the flag", "without it"
    if found == {e.FactWithdrawn}:
        return "with the entry that was withdrawn", "without it"
    if found and found <= {e.FactCorrected, e.EntryAmended}:
        return "as it read", "as it reads now"
    if found.isdisjoint(PUT_RIGHT):
        return "without what became known late", "with it"
    return "as the decider knew it", "as it is known now"


def _said(tier: Tier, rules: tuple[str, ...]) -> str:
    return f"{label(tier, Tier)}, {f'by {joined(rules)}' if rules else 'no rule of a higher tier holds'}"


def _rests(rests: tuple[RestsOn, ...]) -> str:
    return joined(lower_first(label(one, RestsOn)) for one in rests).capitalize()


def _about(t: Telling, decision: About, fact: e.DecisionReviewAsked | e.DecisionChecked) -> tuple[About, ...]:
    """What arrived is called by its kind and day alone: a correction tells in its turn of what it touched."""
    return (decision, *map(t.entry, map(_version, fact.arrived)))


def because_of(t: Telling, fact: e.DecisionReviewAsked | e.DecisionChecked) -> list[About]:
    """What a decision is looked at again for, each by its title and the day on which it was recorded."""
    found = ((t.entry(version), t.practice.recorded(version)) for version in map(_version, fact.arrived))
    return [
        About(f"{about.text}, recorded on {day(one.recorded_on)}", about.version) if one else about
        for about, one in found
    ]


def _version(cited: str) -> int:
    return int(cited.rpartition("/")[2])


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
