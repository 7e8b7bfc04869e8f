"""How an action ends: completed with evidence that another accepts, or cancelled; and how it is reopened."""

from __future__ import annotations

from domain.practice.action_agreeing import settle_agreement
from domain.practice.actions import an_action, an_agreed_action, one_open_action_of_the_kind
from domain.practice.cites import standing_cites
from domain.practice.commands import (
    AcceptEvidence,
    CancelAction,
    CompleteAction,
    ReopenAction,
    SendBackAction,
)
from domain.practice.dates import day_since, in_order
from domain.practice.events import (
    ActionCancelled,
    ActionCompleted,
    ActionEvidenceAccepted,
    ActionReopened,
    ActionSentBack,
)
from domain.practice.state import Action, Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed


def complete_action(practice: Practice, command: CompleteAction, asked: Asked) -> list[Fact]:
    """An agreed action is completed with evidence, which then waits for another person."""
    action = an_agreed_action(practice, command.action_id)
    if not command.evidence and not command.evidence_document:
        raise RuleBroken(
            "completion-has-evidence",
            "Choose an entry, or name the document, that shows it was done",
            "evidence",
        )
    day = day_since(action.open_since, command, asked)
    return [
        ActionCompleted(
            action_id=action.action_id,
            words=sealed(command.words),
            evidence=standing_cites(practice, command.evidence, "evidence"),
            evidence_document=sealed(command.evidence_document),
            evidence_sha256=None,
            occurred_on=day,
        )
    ]


def accept_evidence(practice: Practice, command: AcceptEvidence, asked: Asked) -> list[Fact]:
    """Another person than the one who completed it accepts the evidence."""
    action = _completed_by_another(practice, command.action_id, asked)
    day = day_since(action.completed_on, command, asked)
    return [ActionEvidenceAccepted(action_id=action.action_id, words=sealed(command.words), occurred_on=day)]


def send_back_action(practice: Practice, command: SendBackAction, asked: Asked) -> list[Fact]:
    """Another person than the one who completed it finds the evidence wanting."""
    action = _completed_by_another(practice, command.action_id, asked)
    day = day_since(action.completed_on, command, asked)
    return [ActionSentBack(action_id=action.action_id, reason=Sealed(command.reason), occurred_on=day)]


def cancel_action(practice: Practice, command: CancelAction, asked: Asked) -> list[Fact]:
    """An action that has not ended may be cancelled, with a reason, saying whether it ought to have been done."""
    action = an_action(practice, command.action_id)
    refuse_unless(
        not action.ended, "an-ended-action-takes-no-more", f"This action is already {action.status}"
    )
    day = day_since(action.completed_on or action.open_since, command, asked)
    return [
        ActionCancelled(
            action_id=action.action_id,
            reason=Sealed(command.reason),
            not_done=command.not_done,
            occurred_on=day,
        )
    ]


def reopen_action(practice: Practice, command: ReopenAction, asked: Asked) -> list[Fact]:
    """An accepted or cancelled action is reopened with a reason and a new due date."""
    action = an_action(practice, command.action_id)
    refuse_unless(action.ended, "only-an-ended-action-is-reopened", "This action has not ended")
    one_open_action_of_the_kind(practice, action.kind)
    day = day_since(action.ended_on, command, asked)
    in_order(day, command.due_on, "due_on")
    return [
        ActionReopened(
            action_id=action.action_id, reason=Sealed(command.reason), due_on=command.due_on, occurred_on=day
        )
    ]


def _completed_by_another(practice: Practice, action_id: str, asked: Asked) -> Action:
    action = an_action(practice, action_id)
    refuse_unless(
        action.status == "completed",
        "evidence-is-judged-after-completion",
        "This action does not wait for that",
    )
    refuse_unless(
        action.completed_by != asked.person,
        "another-person-judges-the-evidence",
        "You recorded this as completed: another person must accept the evidence or send it back",
    )
    return action


def action_completed(practice: Practice, fact: ActionCompleted, entry: Recorded) -> None:
    if action := practice.actions.get(fact.action_id):
        action.out_of_turn = action.out_of_turn or action.status != "agreed"
        action.status = "completed"
        action.completed_by, action.completed_on = entry.person, fact.occurred_on


def action_evidence_accepted(practice: Practice, fact: ActionEvidenceAccepted, entry: Recorded) -> None:
    if action := practice.actions.get(fact.action_id):
        action.status, action.ended_on = "accepted", fact.occurred_on


def action_sent_back(practice: Practice, fact: ActionSentBack, entry: Recorded) -> None:
    if action := practice.actions.get(fact.action_id):
        action.status, action.open_since = "agreed", fact.occurred_on
        action.completed_by = action.completed_on = None


def action_cancelled(practice: Practice, fact: ActionCancelled, entry: Recorded) -> None:
    if action := practice.actions.get(fact.action_id):
        action.status, action.ended_on = "cancelled", fact.occurred_on
        action.not_done = entry.version if fact.not_done else None


def action_reopened(practice: Practice, fact: ActionReopened, entry: Recorded) -> None:
    if action := practice.actions.get(fact.action_id):
        action.status, action.open_since, action.due_on = "proposed", fact.occurred_on, fact.due_on
        action.ended_on = action.completed_by = action.completed_on = action.not_done = None
        settle_agreement(practice, action, fact.occurred_on)
