"""What the regulator said and did: a source for the rules of the contract and the tier, never judged here."""

from __future__ import annotations

from domain.practice.commands import EndRegulatoryAction, RecordInspection, RecordRegulatoryAction
from domain.practice.contract_state import Inspection, RegulatoryAction
from domain.practice.dates import day_of, day_since, in_full, in_order, not_in_the_future
from domain.practice.events import InspectionReported, RegulatoryActionEnded, RegulatoryActionRecorded
from domain.practice.kinds import RegulatoryActionKind
from domain.practice.state import Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed


def record_inspection(practice: Practice, command: RecordInspection, asked: Asked) -> list[Fact]:
    """A report is published after the inspection that it is of."""
    day = day_of(command, asked)
    not_in_the_future(command.inspected_on, asked, "inspected_on")
    in_order(command.inspected_on, day, "occurred_on")
    return [
        InspectionReported(
            inspection_id=command.inspection_id,
            location=command.location,
            inspected_on=command.inspected_on,
            rating=command.rating,
            safe=command.safe,
            effective=command.effective,
            caring=command.caring,
            responsive=command.responsive,
            well_led=command.well_led,
            older_people=command.older_people,
            long_term_conditions=command.long_term_conditions,
            families=command.families,
            working_age=command.working_age,
            vulnerable_people=command.vulnerable_people,
            mental_health=command.mental_health,
            report=sealed(command.report),
            words=sealed(command.words),
            occurred_on=day,
        )
    ]


def record_regulatory_action(practice: Practice, command: RecordRegulatoryAction, asked: Asked) -> list[Fact]:
    """A warning notice names the requirement that was not met, and the day by which it must be."""
    day = day_of(command, asked)
    in_order(day, command.comply_by, "comply_by")
    a_warning_is_whole(command)
    inspection = practice.inspections.get(command.inspection_id or "")
    refuse_unless(
        inspection is not None or command.inspection_id is None,
        "a-regulatory-action-follows-an-inspection-of-this-practice",
        "Choose an inspection of this practice",
        "inspection_id",
    )
    return [
        RegulatoryActionRecorded(
            regulatory_id=command.regulatory_id,
            kind=command.kind,
            from_on=command.from_on,
            requirement=sealed(command.requirement),
            words=Sealed(command.words),
            comply_by=command.comply_by,
            inspection_id=command.inspection_id,
            reference=sealed(command.reference),
            occurred_on=day,
        )
    ]


def a_warning_is_whole(told: RecordRegulatoryAction | RegulatoryActionRecorded) -> None:
    if told.kind != RegulatoryActionKind.WARNING_NOTICE:
        return
    if told.requirement is None:
        raise RuleBroken(
            "a-warning-notice-names-a-requirement-and-a-day",
            "Enter the requirement that the warning notice says was not met",
            "requirement",
        )
    if told.comply_by is None:
        raise RuleBroken(
            "a-warning-notice-names-a-requirement-and-a-day",
            "Enter the day by which the warning notice says it must be met",
            "comply_by",
        )


def end_regulatory_action(practice: Practice, command: EndRegulatoryAction, asked: Asked) -> list[Fact]:
    """Only what stands is ended, and not before it stood."""
    action = practice.regulatory_actions.get(command.regulatory_id)
    if action is None:
        raise RuleBroken(
            "only-a-regulatory-action-of-this-practice-ends",
            "Choose something that the regulator did about this practice",
            "regulatory_id",
        )
    if action.ended_on is not None:
        raise RuleBroken(
            "a-regulatory-action-ends-once", f"This ended on {in_full(action.ended_on)}", "regulatory_id"
        )
    return [
        RegulatoryActionEnded(
            regulatory_id=command.regulatory_id,
            because=command.because,
            words=sealed(command.words),
            occurred_on=day_since(action.from_on, command, asked),
        )
    ]


def inspection_reported(practice: Practice, fact: InspectionReported, entry: Recorded) -> None:
    practice.inspections[fact.inspection_id] = Inspection(
        fact.inspection_id, fact.inspected_on, fact.occurred_on, fact.rating, entry.version
    )


def regulatory_action_recorded(practice: Practice, fact: RegulatoryActionRecorded, entry: Recorded) -> None:
    practice.regulatory_actions[fact.regulatory_id] = RegulatoryAction(
        fact.regulatory_id,
        fact.kind,
        fact.from_on,
        entry.version,
        notice_on=fact.occurred_on,
        comply_by=fact.comply_by,
    )


def regulatory_action_ended(practice: Practice, fact: RegulatoryActionEnded, entry: Recorded) -> None:
    if action := practice.regulatory_actions.get(fact.regulatory_id):
        action.ended_on, action.ended = fact.occurred_on, entry.version
