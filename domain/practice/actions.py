"""Agreed actions: proposed, agreed by each organisation, progressed, completed with evidence that another accepts."""

from __future__ import annotations

from datetime import date

from domain.access.roles import SIDE_OF
from domain.practice.cites import standing_cites
from domain.practice.commands import (
    AcceptEvidence,
    AgreeAction,
    AnswerAction,
    CancelAction,
    CompleteAction,
    ProgressAction,
    ProposeAction,
    ReopenAction,
    RescheduleAction,
    SendBackAction,
)
from domain.practice.dates import day_of, day_since, in_order
from domain.practice.events import (
    ActionAgreed,
    ActionAnswered,
    ActionCancelled,
    ActionCompleted,
    ActionEvidenceAccepted,
    ActionProgressed,
    ActionProposed,
    ActionReopened,
    ActionRescheduled,
    ActionSentBack,
    ResponsibilityAssigned,
)
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
    _one_open_action_of_the_kind(practice, command.kind)
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


def agree_action(practice: Practice, command: AgreeAction, asked: Asked) -> list[Fact]:
    """Each organisation agrees for itself, once, by its own person, while it is responsible."""
    action = _open(practice, command.action_id)
    side = SIDE_OF.get(asked.role)
    day = day_since(action.proposed_on, command, asked)
    if (barred := bar_to_agreeing(practice, action, asked, day)) is not None:
        raise barred
    responsible = practice.responsible_on(day)
    assert side is not None
    assert responsible is not None
    return [
        ActionAgreed(
            action_id=action.action_id,
            side=side,
            organisation=getattr(responsible, side.value),
            occurred_on=day,
        )
    ]


def answer_action(practice: Practice, command: AnswerAction, asked: Asked) -> list[Fact]:
    """The practice's own answer is recorded, whatever it is."""
    action = _open(practice, command.action_id)
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
    action = _agreed(practice, command.action_id)
    day = day_since(action.proposed_on, command, asked)
    return [ActionProgressed(action_id=action.action_id, words=Sealed(command.words), occurred_on=day)]


def reschedule_action(practice: Practice, command: RescheduleAction, asked: Asked) -> list[Fact]:
    """An open action may be moved, with a reason; the same day again records nothing, and the first day is kept."""
    action = _open(practice, command.action_id)
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


def complete_action(practice: Practice, command: CompleteAction, asked: Asked) -> list[Fact]:
    """An agreed action is completed with evidence, which then waits for another person."""
    action = _agreed(practice, command.action_id)
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
    action = _action(practice, command.action_id)
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
    action = _action(practice, command.action_id)
    refuse_unless(action.ended, "only-an-ended-action-is-reopened", "This action has not ended")
    _one_open_action_of_the_kind(practice, action.kind)
    day = day_since(action.ended_on, command, asked)
    in_order(day, command.due_on, "due_on")
    return [
        ActionReopened(
            action_id=action.action_id, reason=Sealed(command.reason), due_on=command.due_on, occurred_on=day
        )
    ]


def _action(practice: Practice, action_id: str) -> Action:
    action = practice.actions.get(action_id)
    if action is None:
        raise RuleBroken(
            "an-action-is-one-of-this-practice", "Choose an action of this practice", "action_id"
        )
    return action


def _open(practice: Practice, action_id: str) -> Action:
    action = _action(practice, action_id)
    refuse_unless(action.open, "only-an-open-action-is-worked-on", f"This action is already {action.status}")
    return action


def _agreed(practice: Practice, action_id: str) -> Action:
    action = _open(practice, action_id)
    refuse_unless(
        action.status == "agreed",
        "an-action-is-agreed-before-it-is-worked-on",
        "This action has not been agreed by both organisations yet",
    )
    return action


def _completed_by_another(practice: Practice, action_id: str, asked: Asked) -> Action:
    action = _action(practice, action_id)
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


def bar_to_agreeing(practice: Practice, action: Action, asked: Asked, day: date) -> RuleBroken | None:
    """Why whoever asks may not agree an action on a day, if they may not: the rule, and what the page offers by it.

    An organisation's agreement is its own. One that becomes responsible agrees for itself, whatever the one before it
    agreed; and where nobody else need agree any more, the holder may say again that it does.
    """
    side = SIDE_OF.get(asked.role)
    responsible = practice.responsible_on(day)
    organisation = getattr(responsible, side.value, None) if responsible and side else None
    if side is None or organisation is None or organisation not in asked.own:
        return RuleBroken(
            "an-organisation-agrees-while-it-is-responsible",
            "Your organisation was not responsible for this practice on that day",
            "occurred_on",
        )
    agreed = action.agreements.get(side)
    if agreed and agreed[0] == organisation and agreement_awaited(practice, action, day):
        return RuleBroken("a-side-agrees-once", "Your organisation has already agreed this")
    if asked.person in [person for other, person in action.agreed_by.items() if other != side]:
        return RuleBroken(
            "nobody-agrees-for-both",
            "You agreed this for the other organisation: somebody else must agree it for yours",
        )
    return None


def agreement_awaited(practice: Practice, action: Action, day: date) -> tuple[Side, ...]:
    """The sides whose organisation, of those responsible on a day, has not agreed an action."""
    responsible = practice.responsible_on(day)
    if responsible is None:
        return (Side.CONTRACT_HOLDER,)
    needed = (
        (Side.CONTRACT_HOLDER, responsible.contract_holder),
        (Side.LOCAL_COMMISSIONER, responsible.local_commissioner),
    )
    return tuple(
        side
        for side, organisation in needed
        if organisation and action.agreements.get(side, ("",))[0] != organisation
    )


def _one_open_action_of_the_kind(practice: Practice, kind: ActionKind) -> None:
    if kind in ONE_OPEN_OF_A_KIND and any(
        action.kind == kind and not action.ended for action in practice.actions.values()
    ):
        raise RuleBroken(
            "one-open-action-of-its-kind",
            f"A {kind.value.replace('_', ' ')} is already open for this practice",
            "kind",
        )


def _settle_agreement(practice: Practice, action: Action, day: date) -> None:
    """An action is agreed when both organisations responsible on the day have; where there is no local commissioner,
    the holder alone. What was agreed stays agreed, whoever becomes responsible. Until then, the agreement of an
    organisation that is responsible no more counts for nothing: it does not bind the one that came after it.
    """
    responsible = practice.responsible_on(day)
    if responsible is None:
        return
    for side, (organisation, _) in list(action.agreements.items()):
        if organisation != getattr(responsible, side.value):
            del action.agreements[side], action.agreed_by[side]
    if not agreement_awaited(practice, action, day):
        action.status = "agreed"


def responsibility_moved(practice: Practice, fact: ResponsibilityAssigned, entry: Recorded) -> None:
    """Where the only agreement that was missing is one that nobody need give any more, the action is agreed.

    Responsibility that is recorded in advance settles nothing yet: its day may be corrected before it comes.
    """
    today = entry.recorded_on
    for action in practice.actions.values():
        if action.status == "proposed" and not agreement_awaited(practice, action, today):
            _settle_agreement(practice, action, today)


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


def action_agreed(practice: Practice, fact: ActionAgreed, entry: Recorded) -> None:
    if action := practice.actions.get(fact.action_id):
        action.agreed_by[fact.side] = entry.person
        action.agreements[fact.side] = (fact.organisation, fact.occurred_on)
        if action.status == "proposed":
            _settle_agreement(practice, action, max(day for _, day in action.agreements.values()))


def action_answered(practice: Practice, fact: ActionAnswered, entry: Recorded) -> None:
    if action := practice.actions.get(fact.action_id):
        action.answer = fact.answer


def action_rescheduled(practice: Practice, fact: ActionRescheduled, entry: Recorded) -> None:
    if action := practice.actions.get(fact.action_id):
        action.due_on = fact.due_on
        action.moved += 1


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
        _settle_agreement(practice, action, fact.occurred_on)
