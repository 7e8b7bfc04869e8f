"""A visit is offered, accepted and held, and its report is sent: each once, in order, and then it is complete."""

from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.kinds import ActionKind, Side, VisitStage
from tests.support import factories as a
from tests.support.given import LEAD, MANAGER, by, given

VISIT = "action-0000aaaa"


def agreed(kind=ActionKind.VISIT):
    return (
        a.action_proposed(action_id=VISIT, kind=kind),
        by(MANAGER, a.action_agreed(action_id=VISIT)),
        by(LEAD, a.action_agreed(action_id=VISIT, side=Side.LOCAL_COMMISSIONER, organisation="99A")),
    )


def reached(*stages, on=date(2026, 10, 5)):
    return [a.visit_stage_reached(action_id=VISIT, stage=stage, occurred_on=on) for stage in stages]


def stage(which, **fields):
    return a.record_visit_stage(action_id=VISIT, stage=which, **fields)


def test_a_visit_reaches_its_stages_in_order_each_once() -> None:
    so_far: list[VisitStage] = []
    for one in VisitStage:
        for other in VisitStage:
            story = given(*agreed(), *reached(*so_far)).when(stage(other))
            if other == one:
                story.then_a(e.VisitStageReached, stage=one, action_id=VISIT)
            else:
                story.then_refused("a-visit-reaches-its-stages-in-order", "stage")
        so_far.append(one)
    given(*agreed(), *reached(*so_far)).when(stage(VisitStage.HELD)).then_refused(
        "a-visit-reaches-its-stages-in-order"
    )


def test_no_stage_is_before_the_one_before_it_and_a_visit_is_arranged_for_a_day_to_come() -> None:
    story = given(*agreed(), *reached(VisitStage.OFFERED))
    story.when(stage(VisitStage.ACCEPTED, occurred_on=date(2026, 10, 4))).then_refused(
        "an-end-is-not-before-its-start", "occurred_on"
    )
    accepted = stage(VisitStage.ACCEPTED, occurred_on=date(2026, 10, 6), visit_on=date(2026, 12, 1))
    given(*agreed(), *reached(VisitStage.OFFERED)).when(accepted).then_a(
        e.VisitStageReached, visit_on=date(2026, 12, 1)
    )
    early = stage(VisitStage.ACCEPTED, visit_on=date(2026, 10, 6))
    given(*agreed(), *reached(VisitStage.OFFERED)).when(early).then_refused(
        "an-end-is-not-before-its-start", "visit_on"
    )


def test_a_visit_is_held_on_the_day_for_which_it_is_arranged_or_later() -> None:
    arranged = a.visit_stage_reached(
        action_id=VISIT, stage=VisitStage.OFFERED, visit_on=date(2026, 10, 20), occurred_on=date(2026, 10, 5)
    )
    story = given(*agreed(), arranged, *reached(VisitStage.ACCEPTED))
    early = story.when(stage(VisitStage.HELD, occurred_on=date(2026, 10, 19)))
    early.then_refused("a-visit-is-not-held-before-its-day", "occurred_on")
    assert "20 October 2026" in early.broken.message
    story = given(*agreed(), arranged, *reached(VisitStage.ACCEPTED))
    story.when(stage(VisitStage.HELD, occurred_on=date(2026, 10, 20))).then_a(e.VisitStageReached)
    story = given(*agreed(), *reached(VisitStage.OFFERED, VisitStage.ACCEPTED))
    story.when(stage(VisitStage.HELD, occurred_on=date(2026, 10, 6))).then_a(e.VisitStageReached)


@pytest.mark.parametrize("kind", [kind for kind in ActionKind if kind != ActionKind.VISIT])
def test_only_a_visit_has_stages(kind) -> None:
    given(*agreed(kind)).when(stage(VisitStage.OFFERED)).then_refused("only-a-visit-has-stages")
    given(*agreed(kind)).when(a.complete_action(action_id=VISIT, evidence_document="Log")).then_a(
        e.ActionCompleted
    )


def test_a_visit_is_agreed_before_its_stages() -> None:
    given(agreed()[0]).when(stage(VisitStage.OFFERED)).then_refused("a-visit-is-agreed-before-its-stages")


def test_a_visit_is_complete_when_its_report_is_sent_and_all_that_is_missing_is_named() -> None:
    complete = a.complete_action(action_id=VISIT, evidence_document="Report 7")
    story = given(*agreed(), *reached(VisitStage.OFFERED)).when(complete)
    story.then_refused("a-visit-is-complete-when-its-report-is-sent")
    assert story.broken.message.endswith("accepted, held, its report sent")
    given(*agreed(), *reached(*VisitStage)).when(complete).then_a(e.ActionCompleted)


def test_a_stage_is_not_withdrawn_from_under_a_later_one() -> None:
    story = given(*agreed(), *reached(VisitStage.OFFERED, VisitStage.ACCEPTED))
    story.when(a.withdraw_fact(version=6)).then_refused("a-visit-reaches-its-stages-in-order")
    story = given(*agreed(), *reached(VisitStage.OFFERED, VisitStage.ACCEPTED))
    story.when(a.withdraw_fact(version=7)).then_a(e.FactWithdrawn)
    story = given(*agreed(), *reached(VisitStage.OFFERED, VisitStage.ACCEPTED))
    story.when(a.correct_fact(version=6, fields={"occurred_on": "2026-10-06"})).then_refused(
        "an-end-is-not-before-its-start"
    )
