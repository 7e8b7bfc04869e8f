"""How an action is agreed: by each organisation for itself, while it is responsible."""

from __future__ import annotations

from datetime import date

from domain.access.roles import SIDE_OF
from domain.practice.actions import an_open_action
from domain.practice.commands import AgreeAction
from domain.practice.dates import day_since
from domain.practice.events import ActionAgreed, ResponsibilityAssigned
from domain.practice.kinds import Side
from domain.practice.state import Action, Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken


def agree_action(practice: Practice, command: AgreeAction, asked: Asked) -> list[Fact]:
    """Each organisation agrees for itself, once, by its own person, while it is responsible."""
    action = an_open_action(practice, command.action_id)
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


def settle_agreement(practice: Practice, action: Action, day: date) -> None:
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
            settle_agreement(practice, action, today)


def action_agreed(practice: Practice, fact: ActionAgreed, entry: Recorded) -> None:
    if action := practice.actions.get(fact.action_id):
        action.agreed_by[fact.side] = entry.person
        action.agreements[fact.side] = (fact.organisation, fact.occurred_on)
        if action.status == "proposed":
            settle_agreement(practice, action, max(day for _, day in action.agreements.values()))
