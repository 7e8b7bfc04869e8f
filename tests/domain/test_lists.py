"""A list closed to new patients: 3 to 12 months, asked for 8 weeks before it is extended, and not again for 3 months."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.practice import events as e
from domain.practice.kinds import ContractorKind
from domain.practice.lists import closed_by
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, OPERATOR, Story, by, given, recorded

ONE = "application-0000aaaa"
APPLIED = a.list_closure_applied_for(application_id=ONE)
APPROVED = by(MANAGER, a.list_closure_approved(application_id=ONE))
REFUSED = by(MANAGER, a.list_closure_refused(application_id=ONE, barred_until=date(2027, 1, 20)))


def approve(**fields):
    return a.approve_list_closure(application_id=ONE, **fields)


def test_an_application_says_what_the_regulations_ask_for() -> None:
    given().when(a.apply_for_list_closure(application_id=ONE)).then(APPLIED)


@pytest.mark.parametrize("left_out", ["options", "patients", "neighbours", "plans"])
def test_an_application_that_leaves_something_out_is_not_whole(left_out) -> None:
    given().when(a.apply_for_list_closure(**{left_out: " "})).then_refused(
        "what-is-asked-for-is-given", left_out
    )


@pytest.mark.parametrize(("months", "taken"), [(2, False), (3, True), (12, True), (13, False)])
def test_a_list_is_asked_to_be_closed_for_3_to_12_months(months, taken) -> None:
    story = given().when(a.apply_for_list_closure(months=months))
    if taken:
        story.then_a(e.ListClosureAppliedFor, months=months)
    else:
        story.then_refused("a-list-closes-for-3-to-12-months", "months")


CLOSES = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("reopens", "taken"),
    [
        (date(2027, 1, 30), False),  # two months
        (date(2027, 2, 27), False),
        (date(2027, 2, 28), True),  # three months from the 30th: the last day of February
        (date(2027, 11, 30), True),
        (date(2027, 12, 1), False),
        (date(2027, 12, 30), False),  # thirteen months
    ],
)
def test_a_closure_notice_is_of_3_to_12_months_to_the_day(reopens, taken) -> None:
    story = given(APPLIED).when(approve(closes_on=CLOSES, reopens_on=reopens), MANAGER)
    if taken:
        story.then_a(e.ListClosureApproved, closes_on=CLOSES, reopens_on=reopens)
    else:
        story.then_refused("a-list-closes-for-3-to-12-months", "reopens_on")
        assert "from 28 February 2027 to 30 November 2027" in story.broken.message


def test_a_list_is_not_closed_before_the_notice_is_given() -> None:
    given(APPLIED).when(approve(closes_on=date(2026, 11, 20)), MANAGER).then_refused(
        "an-end-is-not-before-its-start", "closes_on"
    )


def test_a_refusal_bars_another_application_for_three_months_to_the_day() -> None:
    refuse = a.refuse_list_closure(application_id=ONE, occurred_on=date(2026, 11, 20))
    given(APPLIED).when(refuse, MANAGER).then_a(e.ListClosureRefused, barred_until=date(2027, 2, 20))
    given(APPLIED, REFUSED).when(a.apply_for_list_closure(occurred_on=None)).then_refused(
        "a-refused-list-closure-is-not-asked-for-again-for-3-months", "changed_circumstances"
    )
    over = a.list_closure_refused(application_id=ONE, barred_until=date(2026, 11, 20))
    given(APPLIED, by(MANAGER, over)).when(a.apply_for_list_closure(occurred_on=None)).then_a(
        e.ListClosureAppliedFor
    )


def test_changed_circumstances_let_it_be_asked_for_again() -> None:
    again = a.apply_for_list_closure(occurred_on=None, changed_circumstances="Two partners left in October.")
    given(APPLIED, REFUSED).when(again).then_a(
        e.ListClosureAppliedFor, changed_circumstances=Sealed("Two partners left in October.")
    )


def test_one_application_waits_at_a_time_and_none_is_made_while_the_list_is_closed() -> None:
    again = a.apply_for_list_closure(occurred_on=None)
    rule = "one-application-to-close-the-list-at-a-time"
    given(APPLIED).when(again).then_refused(rule)
    given(APPLIED, APPROVED).when(again).then_refused(rule)
    given(APPLIED, APPROVED, by(MANAGER, a.list_reopened(application_id=ONE))).when(again).then_a(
        e.ListClosureAppliedFor
    )


def test_an_application_is_decided_once_and_is_of_this_practice() -> None:
    refuse = a.refuse_list_closure(application_id=ONE)
    for decided in (APPROVED, REFUSED):
        for command in (approve(), refuse):
            given(APPLIED, decided).when(command, MANAGER).then_refused(
                "an-application-is-decided-once", "application_id"
            )
    for command in (approve(), refuse):
        given().when(command, MANAGER).then_refused("a-list-closure-is-of-this-practice", "application_id")


# --- extended: its closure is over on 1 May 2027, and 8 weeks before that is 6 March 2027


LATER = date(2027, 4, 1)


def extend(**fields):
    return a.extend_list_closure(application_id=ONE, occurred_on=None, **fields)


def at(asked, day):
    """Somebody, some other day."""
    return replace(asked, at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("asked_for", "taken"),
    [
        (date(2027, 3, 6), True),  # 8 weeks before
        (date(2027, 3, 7), False),
        (date(2027, 3, 13), False),  # 7 weeks before
    ],
)
def test_an_extension_is_asked_for_8_weeks_before_the_closure_is_over(asked_for, taken) -> None:
    story = given(APPLIED, APPROVED).when(extend(asked_on=asked_for), at(MANAGER, LATER))
    if taken:
        story.then_a(e.ListClosureExtended, before=date(2027, 5, 1), reopens_on=date(2027, 9, 1))
    else:
        story.then_refused("an-extension-is-asked-for-8-weeks-before", "asked_on")
        assert "was to be asked for by 6 March 2027" in story.broken.message


@pytest.mark.parametrize(
    ("reopens", "taken"),
    [
        (date(2027, 5, 1), False),
        (date(2027, 5, 2), True),
        (date(2028, 5, 1), True),
        (date(2028, 5, 2), False),
    ],
)
def test_an_extension_is_longer_than_before_and_of_12_months_at_most(reopens, taken) -> None:
    story = given(APPLIED, APPROVED).when(
        extend(asked_on=date(2026, 11, 2), reopens_on=reopens), at(MANAGER, LATER)
    )
    if taken:
        story.then_a(e.ListClosureExtended, reopens_on=reopens)
    else:
        story.then_refused("an-extension-is-of-12-months-at-most", "reopens_on")


def test_only_a_closure_that_runs_is_extended_or_ended_early() -> None:
    reopened = by(MANAGER, a.list_reopened(application_id=ONE))
    for command in (extend(), a.reopen_list(application_id=ONE)):
        for facts in ((), (APPLIED,), (APPLIED, REFUSED), (APPLIED, APPROVED, reopened)):
            given(*facts).when(command, MANAGER).then_refused("only-a-closed-list-is-reopened")


def test_a_list_opens_by_itself_when_its_time_is_over_and_early_by_agreement() -> None:
    reopen = a.reopen_list(application_id=ONE)
    given(APPLIED, APPROVED).when(reopen, MANAGER).then_a(e.ListReopened, occurred_on=a.TODAY)
    given(APPLIED, APPROVED).when(reopen, at(MANAGER, date(2027, 4, 30))).then_a(e.ListReopened)
    given(APPLIED, APPROVED).when(reopen, at(MANAGER, date(2027, 5, 1))).then_refused(
        "only-a-closed-list-is-reopened", "occurred_on"
    )


def test_on_which_days_the_list_is_closed() -> None:
    def closed(story, day):
        return closed_by(story.practice(), day) is not None

    story = given(APPLIED, APPROVED)
    days = [date(2026, 10, 31), date(2026, 11, 1), date(2027, 4, 30), date(2027, 5, 1)]
    assert [closed(story, day) for day in days] == [False, True, True, False]
    longer = given(APPLIED, APPROVED, by(MANAGER, a.list_closure_extended(application_id=ONE)))
    assert [closed(longer, day) for day in (date(2027, 8, 31), date(2027, 9, 1))] == [True, False]
    early = given(APPLIED, APPROVED, by(MANAGER, a.list_reopened(application_id=ONE)))
    assert [closed(early, day) for day in (date(2026, 11, 15), date(2026, 11, 16))] == [True, False]
    assert not closed(given(APPLIED), date(2026, 12, 1))


def test_only_a_general_practice_has_a_list() -> None:
    pharmacy = a.practice_registered(code="FX901", kind=ContractorKind.PHARMACY)
    story = Story(recorded(by(OPERATOR, pharmacy), by(OPERATOR, a.responsibility_assigned()), code="FX901"))
    story.when(a.apply_for_list_closure()).then_refused("a-list-of-patients-is-a-general-practices")


def test_a_manager_decides_and_the_other_side_never() -> None:
    for command in (approve(), a.refuse_list_closure(application_id=ONE)):
        given(APPLIED).when(command, CASEWORKER).then_refused("the-role-may-do-this")
        given(APPLIED).when(command, LEAD).then_refused("the-role-may-do-this")
    given().when(a.apply_for_list_closure(), LEAD).then_refused("the-role-may-do-this")


def test_a_correction_keeps_a_closure_lawful() -> None:
    longer = a.request_correction(version=4, fields={"reopens_on": "2027-12-01"})
    given(APPLIED, APPROVED).when(longer).then_refused("a-list-closes-for-3-to-12-months", "reopens_on")
    extended = by(MANAGER, a.list_closure_extended(application_id=ONE))
    late = a.request_correction(version=5, fields={"asked_on": "2027-03-07", "occurred_on": "2027-03-08"})
    given(APPLIED, APPROVED, extended).when(late, at(CASEWORKER, LATER)).then_refused(
        "an-extension-is-asked-for-8-weeks-before", "asked_on"
    )


def test_nothing_is_withdrawn_from_under_what_rests_on_it() -> None:
    for version, facts in (
        (3, (APPLIED, APPROVED)),
        (4, (APPLIED, APPROVED, by(MANAGER, a.list_reopened(application_id=ONE)))),
    ):
        given(*facts).when(a.request_correction(version=version, kind="withdraw", fields={})).then_refused(
            "what-others-rest-on-is-not-withdrawn"
        )


def test_no_withdrawal_leaves_two_applications_waiting() -> None:
    second = a.list_closure_applied_for(
        changed_circumstances=Sealed("A partner left."), occurred_on=date(2026, 11, 1)
    )
    request = a.request_correction(version=4, kind="withdraw", fields={})
    given(APPLIED, REFUSED, second).when(request).then_refused("one-application-to-close-the-list-at-a-time")
