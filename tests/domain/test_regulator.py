"""What the regulator published and did, as the contract holder records it."""

from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.kinds import Rating, RegulatoryActionKind, RegulatoryEnd
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, OTHER_MANAGER, by, given

INSPECTION, ACTION = "inspection-0000aaaa", "regulatory-0000aaaa"
REPORTED = a.inspection_reported(inspection_id=INSPECTION)
ACTED = a.regulatory_action_recorded(regulatory_id=ACTION, from_on=date(2026, 10, 5))
ENDED = a.regulatory_action_ended(regulatory_id=ACTION)


def test_an_inspection_is_recorded_with_every_rating_that_its_report_gives() -> None:
    command = a.record_inspection(
        inspection_id=INSPECTION, rating=Rating.REQUIRES_IMPROVEMENT, safe=Rating.INADEQUATE, report="INS2-1"
    )
    reported = a.inspection_reported(
        inspection_id=INSPECTION,
        rating=Rating.REQUIRES_IMPROVEMENT,
        safe=Rating.INADEQUATE,
        report=Sealed("INS2-1"),
    )
    given().when(command).then(reported)


def test_a_report_is_not_published_before_its_inspection_nor_in_the_future() -> None:
    early = a.record_inspection(inspected_on=date(2026, 10, 21), occurred_on=date(2026, 10, 20))
    given().when(early).then_refused("an-end-is-not-before-its-start", "occurred_on")
    coming = a.record_inspection(inspected_on=date(2026, 11, 22), occurred_on=None)
    given().when(coming).then_refused("what-happened-is-not-in-the-future", "inspected_on")


def test_a_location_is_the_regulators_code_of_it() -> None:
    given().when(a.record_inspection(location="RP1")).then_refused("a-code-has-its-form", "location")
    given().when(a.record_inspection(location="1-537772052")).then_a(
        e.InspectionReported, location="1-537772052"
    )


def test_what_is_known_of_an_inspection_is_its_overall_rating_and_its_days() -> None:
    (inspection,) = given(REPORTED).practice().inspections.values()
    assert (inspection.rating, inspection.inspected_on, inspection.published_on) == (
        Rating.GOOD,
        date(2026, 9, 15),
        date(2026, 10, 20),
    )


@pytest.mark.parametrize("left_out", ["requirement", "comply_by"])
def test_a_warning_notice_names_the_requirement_and_the_day(left_out) -> None:
    whole = {"requirement": "Regulation 12", "comply_by": date(2026, 12, 1)}
    warning = a.record_regulatory_action(kind=RegulatoryActionKind.WARNING_NOTICE, **whole)
    given().when(warning).then_a(e.RegulatoryActionRecorded, comply_by=date(2026, 12, 1))
    lacking = a.record_regulatory_action(
        kind=RegulatoryActionKind.WARNING_NOTICE, **{**whole, left_out: None}
    )
    given().when(lacking).then_refused("a-warning-notice-names-a-requirement-and-a-day", left_out)
    conditions = a.record_regulatory_action(**{**whole, left_out: None})
    given().when(conditions).then_a(e.RegulatoryActionRecorded)


def test_nothing_is_to_be_met_before_the_notice_that_asks_for_it() -> None:
    command = a.record_regulatory_action(occurred_on=date(2026, 10, 2), comply_by=date(2026, 10, 1))
    given().when(command).then_refused("an-end-is-not-before-its-start", "comply_by")


def test_an_action_follows_an_inspection_of_this_practice_or_none() -> None:
    foreign = a.record_regulatory_action(inspection_id="inspection-0000bbbb")
    given(REPORTED).when(foreign).then_refused(
        "a-regulatory-action-follows-an-inspection-of-this-practice", "inspection_id"
    )
    given(REPORTED).when(a.record_regulatory_action(inspection_id=INSPECTION)).then_a(
        e.RegulatoryActionRecorded, inspection_id=INSPECTION
    )


def test_an_action_stands_until_it_is_recorded_to_have_ended() -> None:
    def of(story):
        return story.practice().regulatory_actions[ACTION]

    assert of(given(ACTED)).ended_on is None
    assert of(given(ACTED, ENDED)).ended_on == date(2026, 11, 3)


def test_only_what_stands_is_ended_and_once_and_not_before_it_began() -> None:
    end = a.end_regulatory_action(regulatory_id=ACTION, because=RegulatoryEnd.LIFTED)
    given(ACTED).when(end).then_a(e.RegulatoryActionEnded, because=RegulatoryEnd.LIFTED)
    given().when(end).then_refused("only-a-regulatory-action-of-this-practice-ends", "regulatory_id")
    given(ACTED, ENDED).when(end).then_refused("a-regulatory-action-ends-once", "regulatory_id")
    early = a.end_regulatory_action(regulatory_id=ACTION, occurred_on=date(2026, 10, 4))
    given(ACTED).when(early).then_refused("an-end-is-not-before-its-start", "occurred_on")


def test_of_a_closed_practice_what_was_published_by_its_last_day_is_taken() -> None:
    closed = a.practice_closed(closed_on=date(2026, 10, 31), occurred_on=date(2026, 10, 31))
    given(closed).when(a.record_inspection()).then_a(e.InspectionReported)
    given(closed).when(a.record_regulatory_action(occurred_on=date(2026, 10, 31))).then_a(
        e.RegulatoryActionRecorded
    )
    for late in (a.record_inspection(occurred_on=date(2026, 11, 1)), a.record_regulatory_action()):
        given(closed).when(late).then_refused("a-closed-practice-takes-late-entries-only", "occurred_on")


def test_only_the_contract_holder_records_what_the_regulator_did() -> None:
    for command in (a.record_inspection(), a.record_regulatory_action(), a.end_regulatory_action()):
        given(ACTED).when(command, LEAD).then_refused("the-role-may-do-this")


def test_a_rating_is_corrected_by_request_and_then_is_what_the_rules_see() -> None:
    fields = {"rating": "inadequate"}
    given(REPORTED).when(a.correct_fact(version=3, fields=fields)).then_refused(
        "a-manager-authorises-corrections-of-decisions-and-contracts"
    )
    request = given(REPORTED).when(a.request_correction(version=3, fields=fields)).decided()
    authorise = a.authorise_correction(request_id=request.request_id)
    corrected = given(REPORTED, request).when(authorise, MANAGER).decided()
    after = given(REPORTED, request, by(MANAGER, corrected)).practice()
    assert after.inspections[INSPECTION].rating == Rating.INADEQUATE


def test_an_action_is_not_withdrawn_under_its_end_nor_made_to_begin_after_it() -> None:
    withdraw = a.request_correction(version=3, kind="withdraw", fields={})
    request = given(ACTED, ENDED).when(withdraw, CASEWORKER)
    request.then_refused("what-others-rest-on-is-not-withdrawn")
    later = a.request_correction(version=3, fields={"from_on": "2026-11-04"})
    given(ACTED, ENDED).when(later, OTHER_MANAGER).then_refused("an-end-is-not-before-its-start")
