"""Explanations of flags, answered: what somebody says of a variation is looked at by another person, who says why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.practice.commands import AcceptExplanation, DeclineExplanation
from domain.practice.dates import day_since
from domain.practice.events import ExplanationAccepted, ExplanationNotAccepted, FlagExplained
from domain.practice.state import Explanation, Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless


def accept_explanation(practice: Practice, command: AcceptExplanation, asked: Asked) -> list[Fact]:
    """Another person accepts an explanation. The flag stays open until it is cleared."""
    explanation, day = _answered(practice, command, asked)
    return [
        ExplanationAccepted(
            flag_id=explanation.flag_id,
            explanation_id=explanation.explanation_id,
            reason=Sealed(command.reason),
            occurred_on=day,
        )
    ]


def decline_explanation(practice: Practice, command: DeclineExplanation, asked: Asked) -> list[Fact]:
    """Another person does not accept an explanation. Whoever knows better explains the flag again."""
    explanation, day = _answered(practice, command, asked)
    return [
        ExplanationNotAccepted(
            flag_id=explanation.flag_id,
            explanation_id=explanation.explanation_id,
            reason=Sealed(command.reason),
            occurred_on=day,
        )
    ]


def _answered(
    practice: Practice, command: AcceptExplanation | DeclineExplanation, asked: Asked
) -> tuple[Explanation, date]:
    """The explanation that is answered, once, while its flag is open, and the day of that."""
    explanation = practice.explanations.get(command.explanation_id)
    flag = practice.flags.get(explanation.flag_id) if explanation else None
    if explanation is None or flag is None:
        raise RuleBroken(
            "an-explanation-is-of-a-flag-of-this-practice", "Choose an explanation of one of its flags"
        )
    refuse_unless(flag.open, "only-an-open-flag-is-answered", f"This flag is already {flag.status}")
    refuse_unless(
        explanation.status == "waiting",
        "an-explanation-is-answered-once",
        f"This explanation is already {explanation.status}",
    )
    refuse_unless(
        explanation.explained_by != asked.person,
        "another-person-answers-an-explanation",
        "You gave this explanation: another person must say whether it is accepted",
    )
    return explanation, day_since(explanation.explained_on, command, asked)


ANSWERED = ("category", "words", "given_by")
"""What an answer accepts, or does not accept."""


def what_was_answered_stays(practice: Practice, explained: FlagExplained, changed: Iterable[str]) -> None:
    """Nobody rewrites what another person accepted, or did not: that would put words under their answer."""
    explanation = practice.explanations.get(explained.explanation_id)
    if explanation is not None and explanation.status != "waiting":
        for name in changed:
            refuse_unless(
                name not in ANSWERED,
                "an-answered-explanation-stays-as-it-was",
                f"This explanation is already {explanation.status}: explain the flag again instead",
                name,
            )


def flag_explained(practice: Practice, fact: FlagExplained, entry: Recorded) -> None:
    practice.explanations[fact.explanation_id] = Explanation(
        explanation_id=fact.explanation_id,
        flag_id=fact.flag_id,
        category=fact.category,
        given_by=fact.given_by,
        explained_by=entry.person,
        explained_on=fact.occurred_on,
        version=entry.version,
    )
    if flag := practice.flags.get(fact.flag_id):
        flag.explanations.append(fact.category)


def explanation_accepted(practice: Practice, fact: ExplanationAccepted, entry: Recorded) -> None:
    if explanation := practice.explanations.get(fact.explanation_id):
        explanation.status, explanation.answered_on = "accepted", fact.occurred_on
        explanation.answered_by, explanation.answer = entry.person, entry.version


def explanation_not_accepted(practice: Practice, fact: ExplanationNotAccepted, entry: Recorded) -> None:
    if explanation := practice.explanations.get(fact.explanation_id):
        explanation.status, explanation.answered_on = "not accepted", fact.occurred_on
        explanation.answered_by, explanation.answer = entry.person, entry.version
