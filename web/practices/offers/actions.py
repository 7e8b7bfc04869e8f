"""What may be done next from an action, a plan, or something that was asked for by a day."""

from __future__ import annotations

from collections.abc import Sequence

from domain.access.roles import SIDE_OF
from domain.practice.action_agreeing import bar_to_agreeing
from domain.practice.kinds import VisitStage
from domain.practice.state import Action
from domain.practice.visits import missing
from web.practices.offers import Offer, Offers

_STAGE = {
    VisitStage.OFFERED: "Visit offered",
    VisitStage.ACCEPTED: "Visit accepted",
    VisitStage.HELD: "Visit held",
    VisitStage.REPORT_SENT: "Report sent",
}


def on_action(offers: Offers, action_id: str) -> list[Offer]:
    action = offers.practice.actions.get(action_id)
    if action is None or offers.closed:
        return []
    given: dict[str, str | int] = {"action_id": action_id}
    found: list[Offer] = []
    if action.status == "proposed":
        if bar_to_agreeing(offers.practice, action, offers.asked, offers.asked.on) is None:
            found.append(Offer("Agree", "AgreeAction", given, main=True))
        if action.answer is None:
            found.append(Offer("Practice’s answer", "AnswerAction", given))
        found.append(Offer("Move", "RescheduleAction", given))
    elif action.status == "agreed":
        found += [
            *_visit(action),
            Offer("Complete", "CompleteAction", given, main=not missing(action)),
            Offer("Progress", "ProgressAction", given),
            Offer("Move", "RescheduleAction", given),
        ]
    elif action.status == "completed" and action.completed_by != offers.asked.person:
        found += [
            Offer("Accept", "AcceptEvidence", given, main=True),
            Offer("Send back", "SendBackAction", given),
        ]
    found.append(
        Offer("Reopen", "ReopenAction", given) if action.ended else Offer("Cancel", "CancelAction", given)
    )
    return list(offers.allowed(*found))


def _visit(action: Action) -> list[Offer]:
    """The next stage of a visit."""
    return [
        Offer(
            _STAGE[stage],
            "RecordVisitStage",
            {"action_id": action.action_id, "stage": stage.value},
            main=True,
        )
        for stage in missing(action)[:1]
    ]


def on_plan(offers: Offers, actions: Sequence[Action]) -> list[Offer]:
    """To agree in one go what waits for one's own organisation, and to record the practice's one answer."""
    if offers.closed or not actions:
        return []
    given: dict[str, str | int] = {"action_id": actions[0].action_id}
    waits = any(
        one.status == "proposed"
        and bar_to_agreeing(offers.practice, one, offers.asked, offers.asked.on) is None
        for one in actions
    )
    unanswered = any(one.open and one.answer is None for one in actions)
    agree = [Offer("Agree the plan", "AgreePlan", given, main=True)] if waits else []
    answer = [Offer("Practice’s answer", "AnswerPlan", given)] if unanswered else []
    return list(offers.allowed(*agree, *answer))


def on_expectation(offers: Offers, expectation_id: str) -> list[Offer]:
    """To say what came; and, for the side that asked, to move it, let its clock stand or run, or withdraw it."""
    one = offers.practice.expectations.get(expectation_id)
    if one is None or not one.open:
        return []
    given: dict[str, str | int] = {"expectation_id": expectation_id}
    found = [Offer("Record what came", "AnswerExpectation", given, main=True)]
    ours = one.set_by == SIDE_OF.get(offers.asked.role)
    if ours and not offers.closed and one.stopped_on is not None:
        found.append(Offer("Restart the clock", "RestartClock", given))
    elif ours and not offers.closed and one.due_on >= offers.asked.on:
        found += [Offer("Move", "MoveExpectation", given), Offer("Stop the clock", "StopClock", given)]
    if ours:
        found.append(Offer("No longer expected", "WithdrawExpectation", given))
    return list(offers.allowed(*found))
