"""Agreed actions: proposed, answered by the practice, progressed and moved. How they are agreed and end stands beside."""

from __future__ import annotations

from domain.practice.commands import AnswerAction, ProgressAction, ProposeAction, RescheduleAction
from domain.practice.dates import day_of, day_since, in_order
from domain.practice.events import ActionAnswered, ActionProgressed, ActionProposed, ActionRescheduled
from domain.practice.kinds import ONE_OPEN_OF_A_KIND, ActionKind, Side, Visibility
from domain.practice.state import Action, Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed

OWNERS = frozenset({Side.PRACTICE, Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER})


def propose_action(practice: Practice, command: ProposeAction, asked: Asked) -> list[Fact]:
    """An action has an issue, an owner, a due date and a success measure; some kinds are open one at a time."""
    refuse_unless(
        command.action_id not in practice.actions, "action-ids-are-new", "This action is already recorded"
    )
    refuse_unless(command.owner in OWNERS, "an-action-has-an-owner", "Choose who will do this", "owner")
    one_open_action_of_the_kind(practice, command.kind)
    day = day_of(command, asked)
    in_order(day, command.due_on, "due_on")
    for field, wanted, known in (
        ("about_flags", command.about_flags, practice.flags),
        ("about_intelligence", command.about_intelligence, practice.intelligence),
    ):
        if not all(thing in known for thing in wanted):
            raise RuleBroken(
                "what-it-is-about-is-of-this-practice", "Choose from this practice's record", field
            )
    return [
        ActionProposed(
            action_id=command.action_id,
            kind=command.kind,
            issue=Sealed(command.issue),
            owner=command.owner,
            due_on=command.due_on,
            success_measure=Sealed(command.success_measure),
            plan_id=sealed(command.plan_id),
            about_flags=command.about_flags,
            about_intelligence=command.about_intelligence,
            visibility=Visibility.BOTH,
            occurred_on=day,
        )
    ]


def answer_action(practice: Practice, command: AnswerAction, asked: Asked) -> list[Fact]:
    """The practice's own answer is recorded, whatever it is."""
    action = an_open_action(practice, command.action_id)
    day = day_since(action.proposed_on, command, asked)
    return [
        ActionAnswered(
            action_id=action.action_id,
            answer=command.answer,
            answered_by=Sealed(command.answered_by),
            words=sealed(command.words),
            occurred_on=day,
        )
    ]


def progress_action(practice: Practice, command: ProgressAction, asked: Asked) -> list[Fact]:
    """Progress is recorded on an agreed action that waits for nothing else."""
    action = an_agreed_action(practice, command.action_id)
    day = day_since(action.proposed_on, command, asked)
    return [ActionProgressed(action_id=action.action_id, words=Sealed(command.words), occurred_on=day)]


def reschedule_action(practice: Practice, command: RescheduleAction, asked: Asked) -> list[Fact]:
    """An open action may be moved, with a reason; the same day again records nothing, and the first day is kept."""
    action = an_open_action(practice, command.action_id)
    day = day_since(action.proposed_on, command, asked)
    in_order(action.proposed_on, command.due_on, "due_on")
    if command.due_on == action.due_on:
        return []
    return [
        ActionRescheduled(
            action_id=action.action_id,
            due_on=command.due_on,
            before_due_on=action.due_on,
            first_due_on=action.first_due_on,
            reason=Sealed(command.reason),
            occurred_on=day,
        )
    ]


def an_action(practice: Practice, action_id: str) -> Action:
    action = practice.actions.get(action_id)
    if action is None:
        raise RuleBroken(
            "an-action-is-one-of-this-practice", "Choose an action of this practice", "action_id"
        )
    return action


def an_open_action(practice: Practice, action_id: str) -> Action:
    action = an_action(practice, action_id)
    refuse_unless(action.open, "only-an-open-action-is-worked-on", f"This action is already {action.status}")
    return action


def an_agreed_action(practice: Practice, action_id: str) -> Action:
    action = an_open_action(practice, action_id)
    refuse_unless(
        action.status == "agreed",
        "an-action-is-agreed-before-it-is-worked-on",
        "This action has not been agreed by both organisations yet",
    )
    return action


def one_open_action_of_the_kind(practice: Practice, kind: ActionKind) -> None:
    if kind in ONE_OPEN_OF_A_KIND and any(
        action.kind == kind and not action.ended for action in practice.actions.values()
    ):
        raise RuleBroken(
            "one-open-action-of-its-kind",
            f"A {kind.value.replace('_', ' ')} is already open for this practice",
            "kind",
        )


def action_proposed(practice: Practice, fact: ActionProposed, entry: Recorded) -> None:
    practice.actions[fact.action_id] = Action(
        action_id=fact.action_id,
        kind=fact.kind,
        issue=fact.issue,
        owner=fact.owner,
        due_on=fact.due_on,
        first_due_on=fact.due_on,
        plan_id=fact.plan_id,
        version=entry.version,
        proposed_on=fact.occurred_on,
        about_flags=fact.about_flags,
        open_since=fact.occurred_on,
    )


def action_answered(practice: Practice, fact: ActionAnswered, entry: Recorded) -> None:
    if action := practice.actions.get(fact.action_id):
        action.answer = fact.answer


def action_rescheduled(practice: Practice, fact: ActionRescheduled, entry: Recorded) -> None:
    if action := practice.actions.get(fact.action_id):
        action.due_on = fact.due_on
        action.moved += 1
