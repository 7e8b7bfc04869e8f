"""What ends after it began, whatever is corrected: each span of a practice, and the steps of each thing in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from domain.practice import events
from domain.practice.expectations import spans as expected_spans
from domain.practice.kinds import VisitStage
from domain.practice.state import Practice
from domain.practice.true_ladder import broken_of
from domain.rules import Fact, RuleBroken

Span = tuple[str, date | None, date | None]
"""What it is of, and its two days."""


def out_of_order(practice: Practice) -> Iterator[RuleBroken]:
    for what, first, last in _spans(practice):
        if first is not None and last is not None and last < first:
            yield broken_of("an-end-is-not-before-its-start", f"{what} would end before it began", what)


def _spans(practice: Practice) -> Iterator[Span]:
    yield "The practice", practice.opened_on, practice.closed_on
    for contract in practice.contracts.values():
        yield f"Contract {contract.reference.words}", contract.starts_on, contract.varied_on
    yield from _of_actions(practice)
    yield from _of_the_practices_side(practice)
    yield from _beside_the_contract(practice)
    yield from expected_spans(practice)
    yield from _steps(practice)


def _of_actions(practice: Practice) -> Iterator[Span]:
    for action in practice.actions.values():
        yield f"The action {action.action_id}", action.proposed_on, action.due_on
    for action in practice.actions.values():
        reached = [(stage, action.stages[stage]) for stage in VisitStage if stage in action.stages]
        for (_, earlier), (stage, later) in pairwise(reached):
            yield f"The visit before it was {stage.value.replace('_', ' ')}", earlier, later


def _of_the_practices_side(practice: Practice) -> Iterator[Span]:
    """Its explanations, answers and challenges; and the episodes of looking after it."""
    for explained in practice.explanations.values():
        yield f"The explanation {explained.explanation_id}", explained.explained_on, explained.answered_on
    for response in practice.responses.values():
        told = practice.told.get(response.told_id or "")
        yield f"What {response.response_id} answers", told.told_on if told else None, response.received_on
    for challenge in practice.challenges.values():
        yield f"The challenge {challenge.challenge_id}", challenge.made_on, challenge.decided_on
    for episode in practice.episodes:
        yield "An episode", episode.opened_on, episode.closed_on


def _beside_the_contract(practice: Practice) -> Iterator[Span]:
    """What the regulator did, declarations, closures of lists and branches, mergers."""
    for regulatory in practice.regulatory_actions.values():
        yield f"The regulator's action {regulatory.regulatory_id}", regulatory.from_on, regulatory.ended_on
    for declaration in practice.declarations.values():
        yield f"The declaration of {declaration.year}", declaration.asked_on, declaration.submitted_on
        yield f"Its amendment, {declaration.year}", declaration.submitted_on, declaration.amended_on
    for closure in practice.list_closures.values():
        what = f"The closure of the list asked for on {closure.asked_on}"
        yield what, closure.asked_on, closure.decided_on
        yield what, closure.closes_on, closure.opens_on
    for merger in practice.mergers.values():
        yield f"The merger with {merger.other}", merger.effective_on, merger.merged_on
    for branch in practice.branch_closures.values():
        yield f"The closure of {branch.site_name.words}", branch.asked_on, branch.decided_on


def _steps(practice: Practice) -> Iterator[Span]:
    """The facts of one thing, each after the one that it rests on."""
    began: dict[str, date] = {}
    ended: dict[str, date] = {}
    for entry in practice.standing.values():
        for thing in _timed(entry.fact):
            day: date = entry.fact.occurred_on  # type: ignore[attr-defined]
            if isinstance(entry.fact, _REOPENS):
                yield f"What reopened {thing}", ended.get(thing), day
                began[thing] = day
            elif isinstance(entry.fact, _ENDS):
                yield (
                    f"What ended {thing}",
                    max(filter(None, (began.get(thing), ended.get(thing))), default=None),
                    day,
                )
                ended[thing] = day
            else:
                began.setdefault(thing, day)
                yield f"What was said of {thing}", _first(practice, thing), day


_REOPENS = (events.FlagReopened, events.ActionReopened, events.ActionSentBack)
_ENDS = (
    events.FlagCleared,
    events.FlagWithdrawn,
    events.ActionCompleted,
    events.ActionEvidenceAccepted,
    events.ActionCancelled,
    events.IntelligenceCorroborated,
    events.IntelligenceDiscounted,
    events.TierProposalDeclined,
    events.TierDecided,
)


def _timed(fact: Fact) -> list[str]:
    """The thing that a fact is a step of: only facts about one thing have an order among themselves."""
    names = ("flag_id", "action_id", "intelligence_id", "proposal_id")
    return [value for name in names if (value := getattr(fact, name, None))]


def _first(practice: Practice, thing: str) -> date | None:
    if flag := practice.flags.get(thing):
        return flag.raised_on
    if action := practice.actions.get(thing):
        return action.proposed_on
    return None
