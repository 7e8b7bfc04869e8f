"""Visits: an action that has stages of its own. It is offered, accepted and held, and its report is sent."""

from __future__ import annotations

from datetime import date

from domain.practice.commands import RecordVisitStage
from domain.practice.dates import day_since, in_full
from domain.practice.events import VisitStageReached
from domain.practice.kinds import ActionKind, VisitStage
from domain.practice.state import Action, Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, refuse_unless, sealed

IN_WORDS = {
    VisitStage.OFFERED: "offered",
    VisitStage.ACCEPTED: "accepted",
    VisitStage.HELD: "held",
    VisitStage.REPORT_SENT: "its report sent",
}


def missing(action: Action) -> list[VisitStage]:
    """The stages that a visit has not reached, in order; none for any other action."""
    if action.kind != ActionKind.VISIT:
        return []
    return [stage for stage in VisitStage if stage not in action.stages]


def arranged_for(action: Action) -> date | None:
    """The day for which a visit is arranged that goes on and was not held yet."""
    waits = action.status == "agreed" and VisitStage.HELD not in action.stages
    return action.visit_on if waits else None


def record_visit_stage(practice: Practice, command: RecordVisitStage, asked: Asked) -> list[Fact]:
    """An agreed visit reaches its stages in order, each once, none before the day of the one before it."""
    action = practice.actions.get(command.action_id)
    if action is None or action.kind != ActionKind.VISIT:
        raise RuleBroken("only-a-visit-has-stages", "Choose a visit of this practice", "action_id")
    refuse_unless(
        action.status == "agreed",
        "a-visit-is-agreed-before-its-stages",
        "This visit is not one that both organisations have agreed and that goes on",
    )
    waiting = missing(action)
    if command.stage not in waiting[:1]:
        raise RuleBroken(
            "a-visit-reaches-its-stages-in-order",
            f"Next it is {IN_WORDS[waiting[0]]}" if waiting else "Every stage of this visit is recorded",
            "stage",
        )
    day = day_since(max((action.proposed_on, *action.stages.values())), command, asked)
    _not_before_it_takes_place(action, command, day)
    return [
        VisitStageReached(
            action_id=action.action_id,
            stage=command.stage,
            visit_on=_arranged(command, day),
            words=sealed(command.words),
            occurred_on=day,
        )
    ]


def nothing_is_missing(action: Action) -> None:
    """A visit is completed when every stage is reached. All that are missing are named at once."""
    if waiting := missing(action):
        listed = ", ".join(IN_WORDS[stage] for stage in waiting)
        raise RuleBroken(
            "a-visit-is-complete-when-its-report-is-sent", f"Record first that this visit was: {listed}"
        )


def _arranged(command: RecordVisitStage, day: date) -> date | None:
    """The day for which a visit is offered or accepted. It may lie ahead; one that was held was held that day."""
    if command.stage not in {VisitStage.OFFERED, VisitStage.ACCEPTED} or command.visit_on is None:
        return None
    if command.visit_on < day:
        raise RuleBroken(
            "an-end-is-not-before-its-start", "Enter a day for the visit that is not before this", "visit_on"
        )
    return command.visit_on


def _not_before_it_takes_place(action: Action, command: RecordVisitStage, day: date) -> None:
    """A visit is held on the day for which it is arranged, or later; if it came earlier, that day is corrected first."""
    if command.stage == VisitStage.HELD and action.visit_on is not None and day < action.visit_on:
        raise RuleBroken(
            "a-visit-is-not-held-before-its-day",
            f"The visit is arranged for {in_full(action.visit_on)}. If it was held earlier, correct that day first",
            "occurred_on",
        )


def visit_stage_reached(practice: Practice, fact: VisitStageReached, entry: Recorded) -> None:
    if action := practice.actions.get(fact.action_id):
        action.stages[fact.stage] = fact.occurred_on
        action.visit_on = fact.visit_on or action.visit_on
