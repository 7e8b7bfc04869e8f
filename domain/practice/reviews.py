"""A decision that is looked at again: asked for with what arrived, and re-affirmed, or revised by deciding the tier anew."""

from __future__ import annotations

from hashlib import sha256

from domain.practice import events as e
from domain.practice.affected import Affected, corrector_of
from domain.practice.cites import cite
from domain.practice.commands import DecideTier, ReaffirmDecision
from domain.practice.dates import day_since
from domain.practice.kinds import GivenBecause
from domain.practice.state import Practice, Review
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless


def asked_or_checked(practice: Practice, found: Affected, *, gone: bool, asked: Asked) -> Fact:
    """What is recorded of a decision that was checked again: a review of it is asked, or that it has no effect.

    `gone` says that whoever decided may decide on this practice no more.
    """
    fact = found.decided.fact
    assert isinstance(fact, e.TierDecided)
    arrived = tuple(cite(practice.code, one) for one in found.arrived)
    replaced = tuple(cite(practice.code, one) for one in found.replaced)
    facts = tuple(cite(practice.code, one) for one in found.facts)
    if not found.has_effect:
        return e.DecisionChecked(
            decision_id=fact.decision_id,
            arrived=arrived,
            replaced=replaced,
            rests=found.rests,
            recommended=found.after.tier if found.after else None,
            rules=found.after.rules if found.after else (),
            facts=facts,
            framework_version=fact.framework_version,
            occurred_on=asked.on,
        )
    given_to, because = _given_to(found.decided.person, found.corrector, gone=gone)
    return e.DecisionReviewAsked(
        asking_id=asking_id_of(arrived[-1], found.decided.version),
        decision_id=fact.decision_id,
        arrived=arrived,
        replaced=replaced,
        rests=found.rests,
        before=found.before.tier if found.before else None,
        before_rules=found.before.rules if found.before else (),
        after=found.after.tier if found.after else None,
        after_rules=found.after.rules if found.after else (),
        facts=facts,
        framework_version=fact.framework_version,
        given_to=given_to,
        given_because=because,
        occurred_on=asked.on,
    )


def _given_to(decided_by: str, corrector: str, *, gone: bool) -> tuple[str | None, GivenBecause]:
    """Whoever decided looks again; the contract holder's managers where they are gone, or would answer themselves."""
    if gone:
        return None, GivenBecause.DECIDER_GONE
    if decided_by == corrector:
        return None, GivenBecause.DECIDER_CORRECTED
    return decided_by, GivenBecause.DECIDED_IT


def asking_id_of(arrived: str, decided: int) -> str:
    """The same of the same: nobody mints it, as nobody asks for it."""
    return f"asking-{sha256(f'{arrived} {decided}'.encode()).hexdigest()[:16]}"


def reaffirm_decision(practice: Practice, command: ReaffirmDecision, asked: Asked) -> list[Fact]:
    """Whoever is asked to look again says that the decision stands, with a reason."""
    review = to_answer(practice, command.asking_id, asked)
    return [
        e.DecisionReaffirmed(
            asking_id=review.asking_id,
            decision_id=review.decision_id,
            reason=Sealed(command.reason),
            occurred_on=day_since(review.asked_on, command, asked),
        )
    ]


def revised_by(practice: Practice, command: DecideTier, asked: Asked) -> list[Fact]:
    """A decision that answers a review is of the day that asked for it, or later."""
    review = to_answer(practice, command.asking_id or "", asked)
    return [
        e.DecisionRevised(
            asking_id=review.asking_id,
            decision_id=review.decision_id,
            revised_by=command.decision_id,
            occurred_on=day_since(review.asked_on, command, asked),
        )
    ]


def to_answer(practice: Practice, asking_id: str, asked: Asked) -> Review:
    """A review that waits, and that this person may answer: nobody does who alone says what it was asked for."""
    review = practice.reviews.get(asking_id)
    if review is None:
        raise RuleBroken(
            "a-review-is-of-a-decision-of-this-practice",
            "Choose a review of a decision of this practice",
            "asking_id",
        )
    refuse_unless(
        review.status == "open",
        "a-review-is-answered-once",
        "This review is already answered, was asked again with what arrived since, or has nothing left to look at",
    )
    refuse_unless(
        review.corrector != asked.person,
        "another-person-answers-a-review",
        "You recorded what this review was asked for: another manager re-affirms or revises the decision",
    )
    return review


def may_answer(review: Review, asked: Asked) -> bool:
    return review.status == "open" and review.corrector != asked.person


# --- how facts change state -----------------------------------------------------------------------------------


def decision_review_asked(practice: Practice, fact: e.DecisionReviewAsked, entry: Recorded) -> None:
    arrived = _versions(fact.arrived)
    stands = any(one in practice.standing for one in arrived)
    _covered(practice, fact.decision_id, arrived, "overtaken")
    practice.reviews[fact.asking_id] = Review(
        asking_id=fact.asking_id,
        decision_id=fact.decision_id,
        arrived=arrived,
        corrector=_corrector(practice, arrived, entry),
        given_to=fact.given_to,
        asked_on=fact.occurred_on,
        version=entry.version,
        status="open" if stands else "lapsed",
    )


def decision_checked(practice: Practice, fact: e.DecisionChecked, entry: Recorded) -> None:
    """Where all that a review was asked for has no effect together with what came after it, nothing is left of it."""
    _covered(practice, fact.decision_id, _versions(fact.arrived), "lapsed")


def _covered(practice: Practice, decision_id: str, arrived: tuple[int, ...], status: str) -> None:
    """The reviews that wait and were asked for nothing but what is looked at now, with more."""
    for review in practice.reviews.values():
        if (
            review.status == "open"
            and review.decision_id == decision_id
            and set(review.arrived) <= set(arrived)
        ):
            review.status = status


def _versions(arrived: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(int(one.rpartition("/")[2]) for one in arrived)


def _corrector(practice: Practice, arrived: tuple[int, ...], entry: Recorded) -> str:
    """Who alone asked for it, or recorded what arrived."""
    found = [one for version in arrived if (one := practice.recorded(version)) is not None]
    return corrector_of(found) if found else entry.person


def decision_reaffirmed(practice: Practice, fact: e.DecisionReaffirmed, entry: Recorded) -> None:
    _answered(practice, fact.asking_id, "reaffirmed", entry)


def decision_revised(practice: Practice, fact: e.DecisionRevised, entry: Recorded) -> None:
    _answered(practice, fact.asking_id, "revised", entry)


def _answered(practice: Practice, asking_id: str, status: str, entry: Recorded) -> None:
    if review := practice.reviews.get(asking_id):
        review.status, review.answer = status, entry.version
