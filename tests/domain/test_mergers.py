"""Mergers: recorded on both practices together, and the one that ceases closes the day before."""

from dataclasses import replace
from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.kinds import CorrectionKind, MergerModel
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, by, given

MERGER, OTHER = "merger-0000aaaa", "X90002"
DAY = date(2026, 11, 1)
APPROVED = by(MANAGER, a.merger_approved(merger_id=MERGER, effective_on=DAY))
CEASES = by(MANAGER, a.merger_approved(merger_id=MERGER, effective_on=DAY, survives=False))
MERGED = by(MANAGER, a.practices_merged(merger_id=MERGER))


def merge(**fields):
    return a.merge_practices(merger_id=MERGER, **fields)


def test_a_merger_is_approved_with_its_reasons_and_how_patients_were_engaged() -> None:
    approve = a.approve_merger(merger_id=MERGER, model=MergerModel.NEW_CONTRACT, business_case="BC 4")
    given().when(approve, MANAGER).then_a(
        e.MergerApproved,
        merger_id=MERGER,
        other=OTHER,
        survives=True,
        model=MergerModel.NEW_CONTRACT,
        business_case=Sealed("BC 4"),
        effective_on=date(2027, 2, 1),
    )


def test_a_practice_merges_with_another_once_and_not_in_the_past() -> None:
    given().when(a.approve_merger(other=a.CODE), MANAGER).then_refused(
        "a-practice-merges-with-another", "other"
    )
    given(APPROVED).when(a.approve_merger(), MANAGER).then_refused("two-practices-merge-once", "other")
    given(APPROVED).when(a.approve_merger(other="X90003"), MANAGER).then_a(e.MergerApproved)
    given().when(a.approve_merger(effective_on=date(2026, 11, 20)), MANAGER).then_refused(
        "an-end-is-not-before-its-start", "effective_on"
    )


@pytest.mark.parametrize(
    ("told_on", "why", "taken"),
    [
        (date(2026, 11, 19), None, True),  # six weeks before 31 December
        (date(2026, 11, 20), None, False),
        (date(2026, 11, 20), "The notice was lost.", True),
        (None, None, True),
    ],
)
def test_support_services_are_told_six_weeks_before_or_it_is_said_why_not(told_on, why, taken) -> None:
    approve = a.approve_merger(
        effective_on=date(2026, 12, 31), services_told_on=told_on, services_told_late=why
    )
    story = given().when(approve, MANAGER)
    if taken:
        story.then_a(e.MergerApproved, services_told_on=told_on)
    else:
        story.then_refused("a-merger-is-told-6-weeks-before", "services_told_late")
        assert "by 19 November 2026" in story.broken.message


def test_the_practice_that_goes_on_records_that_they_merged() -> None:
    given(APPROVED).when(merge(occurred_on=DAY), MANAGER).then(
        a.practices_merged(merger_id=MERGER, occurred_on=DAY)
    )


def test_the_practice_that_ceases_closes_the_day_before_and_lists_what_was_open() -> None:
    action, done = a.action_proposed(), a.action_proposed()
    cancelled = a.action_cancelled(action_id=done.action_id)
    story = given(CEASES, action, done, cancelled).when(merge(survives=False, occurred_on=DAY), MANAGER)
    story.then(
        a.practices_merged(
            merger_id=MERGER, survives=False, open_actions=(action.action_id,), occurred_on=DAY
        ),
        a.practice_closed(
            closed_on=date(2026, 10, 31), occurred_on=date(2026, 10, 31), successor=OTHER, source="form"
        ),
    )


def test_a_practice_that_the_register_closed_already_is_not_closed_again() -> None:
    closed = a.practice_closed(closed_on=date(2026, 10, 31), occurred_on=date(2026, 10, 31))
    given(CEASES, closed).when(merge(survives=False, occurred_on=DAY), MANAGER).then_a(
        e.PracticesMerged, survives=False
    )


def test_only_an_approved_merger_takes_effect_once_and_no_earlier_than_approved() -> None:
    rule = "only-an-approved-merger-takes-effect"
    given().when(merge(), MANAGER).then_refused(rule)
    given(APPROVED).when(merge(survives=False), MANAGER).then_refused(rule)
    given(APPROVED).when(merge(other="X90003"), MANAGER).then_refused(rule)
    given(APPROVED, MERGED).when(merge(), MANAGER).then_refused("two-practices-merge-once")
    given(APPROVED).when(merge(occurred_on=date(2026, 10, 31)), MANAGER).then_refused(
        "an-end-is-not-before-its-start", "occurred_on"
    )


def test_a_practice_ceases_once_and_survives_no_merger_from_then_on() -> None:
    third = a.approve_merger(other="X90003", merger_id="merger-0000bbbb", effective_on=date(2026, 12, 1))
    ceases = by(MANAGER, a.merger_approved(merger_id=MERGER, effective_on=date(2026, 12, 1), survives=False))
    given(ceases).when(replace(third, survives=False), MANAGER).then_refused(
        "a-practice-ceases-once", "other"
    )
    given(ceases).when(third, MANAGER).then_refused("what-ceases-survives-no-merger", "effective_on")
    given(ceases).when(replace(third, effective_on=date(2026, 11, 30)), MANAGER).then_a(e.MergerApproved)
    survives = by(MANAGER, a.merger_approved(merger_id=MERGER, effective_on=date(2026, 12, 1)))
    given(survives).when(replace(third, survives=False), MANAGER).then_refused(
        "what-ceases-survives-no-merger"
    )
    given(survives).when(third, MANAGER).then_a(e.MergerApproved)
    given(APPROVED, MERGED).when(replace(third, survives=False), MANAGER).then_a(e.MergerApproved)


def test_a_practice_that_closed_survives_no_merger_of_a_later_day() -> None:
    closed = a.practice_closed(closed_on=date(2026, 11, 10), occurred_on=date(2026, 11, 10))
    given(APPROVED, closed).when(merge(occurred_on=date(2026, 11, 11)), MANAGER).then_refused(
        "what-ceases-survives-no-merger", "occurred_on"
    )
    given(APPROVED, closed).when(merge(occurred_on=date(2026, 11, 10)), MANAGER).then_a(e.PracticesMerged)


def test_a_manager_decides_on_mergers() -> None:
    for who in (CASEWORKER, LEAD):
        for command in (a.approve_merger(), merge()):
            given(APPROVED).when(command, who).then_refused("the-role-may-do-this")


def test_what_has_taken_effect_is_not_withdrawn_from_under_it() -> None:
    withdraw = a.request_correction(version=3, kind="withdraw", fields={})
    given(APPROVED, MERGED).when(withdraw).then_refused("what-others-rest-on-is-not-withdrawn")
    later = a.request_correction(version=3, fields={"effective_on": "2026-11-03"})
    given(APPROVED, MERGED).when(later).then_refused("an-end-is-not-before-its-start")


def test_the_closure_that_a_merger_brought_is_withdrawn_before_it() -> None:
    merged = by(MANAGER, a.practices_merged(merger_id=MERGER, survives=False))
    closed = a.practice_closed(successor=OTHER, closed_on=date(2026, 10, 31), occurred_on=date(2026, 10, 31))
    withdraw = a.request_correction(version=4, kind=CorrectionKind.WITHDRAW)
    given(CEASES, merged, closed).when(withdraw, MANAGER).then_refused("what-others-rest-on-is-not-withdrawn")
    given(CEASES, merged).when(withdraw, MANAGER).then_a(e.CorrectionRequested)
