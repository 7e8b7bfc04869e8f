"""A decision beside what was checked of it again: each review and checking, what arrived, and how it was answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from domain.practice import events as e
from domain.practice.state import Decision, Practice, Review
from domain.rules import Recorded
from web.practices.offers import Offer
from web.practices.offers.tier import on_review
from web.practices.reading import Looked
from web.practices.telling import Telling
from web.practices.tells.reviews import STATUS, because_of, decision_called, given_to
from web.practices.told import About, Told
from web.words import day


class Reviewed(NamedTuple):
    """A review of a decision, or a checking without effect. `answer` is the entry that settled it."""

    version: int
    told: Told
    asked: str
    status: str
    arrived: list[About]
    answer: About | None
    words: str
    offers: list[Offer]


def open_reviews(practice: Practice, decision: Decision | None) -> list[Review]:
    """The reviews of a decision that wait to be settled."""
    of_it = decision.decision_id if decision else None
    return [one for one in practice.reviews.values() if one.status == "open" and one.decision_id == of_it]


def to_look_at_again(practice: Practice) -> Iterator[tuple[int, e.DecisionReviewAsked]]:
    """Every review that waits, by its entry."""
    for review in practice.reviews.values():
        fact = practice.standing[review.version].fact
        if review.status == "open" and isinstance(fact, e.DecisionReviewAsked):
            yield review.version, fact


def waiting_reviews(telling: Telling) -> list[About]:
    """Each decision that waits to be looked at again, and whose that is, with the entry that asks for it."""
    return [
        About(
            f"Look again at {decision_called(telling, fact.decision_id).text}: {given_to(telling, fact)}",
            version,
        )
        for version, fact in to_look_at_again(telling.practice)
    ]


def sent_to_be_looked_at(telling: Telling, recorded: Iterable[Recorded]) -> list[About]:
    """The decisions that what was just recorded bears on, each by the entry that asks for it to be looked at again.

    `telling` is of what the person may see: of a review that is kept from them nothing is said.
    """
    there = (telling.practice.standing.get(one.version) for one in recorded)
    return [
        About(telling.tell(one.fact, one.version).title, one.version)
        for one in there
        if one is not None and isinstance(one.fact, e.DecisionReviewAsked)
    ]


def reviews_of(looked: Looked, decision: Decision) -> list[Reviewed]:
    """What was checked of a decision, the latest first."""
    found = [
        _reviewed(looked, entry)
        for entry in looked.practice.standing.values()
        if isinstance(entry.fact, e.DecisionReviewAsked | e.DecisionChecked)
        and entry.fact.decision_id == decision.decision_id
    ]
    return found[::-1]


def _reviewed(looked: Looked, entry: Recorded) -> Reviewed:
    fact, telling, practice = entry.fact, looked.teller.telling, looked.practice
    assert isinstance(fact, e.DecisionReviewAsked | e.DecisionChecked)
    told = telling.tell(fact, entry.version)
    review = practice.reviews.get(fact.asking_id) if isinstance(fact, e.DecisionReviewAsked) else None
    answer = practice.standing.get(review.answer) if review and review.answer else None
    return Reviewed(
        version=entry.version,
        told=told,
        asked=f"{'Asked' if review else 'Checked'} on {day(fact.occurred_on)}",
        status=STATUS[review.status] if review else "Checked, no effect",
        arrived=because_of(telling, fact),
        answer=_answered(looked, answer) if answer else None,
        words="\n".join(words for _, words in telling.tell(answer.fact).words) if answer else "",
        offers=on_review(looked.offers, review.asking_id) if review else [],
    )


def _answered(looked: Looked, answer: Recorded) -> About:
    fact = answer.fact
    assert isinstance(fact, e.DecisionReaffirmed | e.DecisionRevised)
    how = "Re-affirmed" if isinstance(fact, e.DecisionReaffirmed) else "Revised"
    return About(f"{how} by {looked.names.person(answer.person)} on {day(fact.occurred_on)}", answer.version)
