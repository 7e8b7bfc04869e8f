"""Decisions that wait to be looked at again, as the command line tells them: they have no day, and stand after what has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from domain.practice import events as e
from domain.practice.cites import cite
from domain.practice.kinds import GivenBecause, Side
from domain.practice.state import Practice
from web.commands.opening import Opened
from web.words import day, label

KIND = "decision_review"


def to_look_at_again(casebook: Opened, practice: Practice) -> Iterator[dict[str, Any]]:
    """With the keys of whatever is due. Whose it is says why: the person who decided, or the managers."""
    for review in practice.reviews.values():
        fact = practice.standing[review.version].fact
        if review.status != "open" or not isinstance(fact, e.DecisionReviewAsked):
            continue
        decided = next((one for one in practice.decisions if one.decision_id == fact.decision_id), None)
        decision = f"the decision of {day(decided.decided_on)}" if decided else "a decision"
        asked = f"asked on {day(fact.occurred_on)} because of {', '.join(fact.arrived)}"
        yield {
            "code": practice.code,
            "what": KIND,
            "title": f"Look again at {decision}",
            "due_on": None,
            "late": False,
            "passes": False,
            "of": Side.CONTRACT_HOLDER,
            "of_called": label(Side.CONTRACT_HOLDER),
            "entry": cite(practice.code, review.version),
            "thing_id": review.asking_id,
            "rule": None,
            "source": None,
            "sum": asked,
            "why": f"{asked[:1].upper()}{asked[1:]}; {_given_to(casebook, fact)}",
        }


def _given_to(casebook: Opened, fact: e.DecisionReviewAsked) -> str:
    if fact.given_because == GivenBecause.DECIDED_IT and fact.given_to is not None:
        return f"given to {casebook.called(fact.given_to)}, who decided"
    return "given to the managers of the contract holder"
