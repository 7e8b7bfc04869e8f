"""Clocks in the views: which practices have something due, and whose work it is."""

from datetime import date, timedelta

import pytest

from domain.access.permissions import Scope
from domain.clocks.what import Clock
from domain.practice.events import CaseworkerNamed
from domain.practice.kinds import ExpectationKind, Side, Tier
from domain.rules import Sealed
from projections import mywork
from projections.clocks import practices_with_something_due
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, OTHER_CASEWORKER, OTHER_MANAGER, by

DAY = timedelta(days=1)
ALL = Scope(everything=True)
MINE = CaseworkerNamed(
    caseworker=CASEWORKER.person, before=None, from_on=a.TODAY, note=None, occurred_on=date(2026, 1, 5)
)
OF = {"expectation_id": "expectation-0000aaaa"}


@pytest.fixture
def codes(views):
    def of(until, today=a.TODAY, scope=ALL):
        with views.reading() as reading:
            return practices_with_something_due(reading, scope, today, until)

    return of


@pytest.fixture
def work(views):
    def of(asked, today=a.TODAY):
        with views.reading() as reading:
            return mywork.find(reading, asked, today)

    return of


def test_a_practice_is_found_by_what_is_due_by_a_day_and_by_what_is_late(given, codes):
    given(a.expectation_set(due_on=a.TODAY + 10 * DAY))
    assert codes(a.TODAY + 9 * DAY) == []
    assert codes(a.TODAY + 10 * DAY) == ["X90001"]
    assert codes(a.TODAY + 40 * DAY, today=a.TODAY + 40 * DAY) == ["X90001"]
    assert codes(a.TODAY + 10 * DAY, scope=Scope(local_commissioners=frozenset({"99B"}))) == []


def test_what_passes_by_itself_is_not_late(given, codes):
    given(a.contract_signed(ends_on=a.TODAY + DAY))
    assert codes(a.TODAY + DAY) == ["X90001"]
    assert codes(a.TODAY + 5 * DAY, today=a.TODAY + 2 * DAY) == []


def test_a_review_is_found_with_the_clocks(given, codes):
    given(a.tier_decided(review_on=a.TODAY + 3 * DAY))
    assert codes(a.TODAY + 2 * DAY) == []
    assert codes(a.TODAY + 3 * DAY) == ["X90001"]


@pytest.mark.parametrize(
    "over",
    [a.expectation_answered(**OF), a.expectation_withdrawn(**OF), a.clock_stopped(**OF), a.practice_closed()],
    ids=lambda fact: type(fact).__name__,
)
def test_what_is_over_or_stands_is_due_no_more(given, codes, over):
    given(a.expectation_set(**OF), over)
    assert codes(date(2027, 6, 1)) == []


def test_the_practices_answer_is_the_work_of_the_side_that_asked(given, work):
    given(MINE, a.expectation_set(**OF, due_on=a.TODAY - DAY, words=Sealed("The rota")))
    (item,) = work(CASEWORKER).late
    assert (item.what, item.clock, item.title, item.days, item.command, item.thing_id, item.version) == (
        "clock_due",
        Clock.EXPECTATION,
        "The rota",
        -1,
        "AnswerExpectation",
        "expectation-0000aaaa",
        4,
    )
    assert work(OTHER_CASEWORKER).late == work(LEAD).late == work(MANAGER).late == []


def test_a_conversation_put_off_for_safety_is_the_work_of_caseworker_and_manager(given, work):
    on = a.TODAY - DAY
    safety = a.tier_decided(
        tier=Tier.CAUSE_FOR_CONCERN, occurred_on=on, effective_on=on, immediate_safety=Sealed("Now.")
    )
    given(MINE, by(MANAGER, safety))
    for who in (CASEWORKER, MANAGER):
        (item,) = [one for one in (*work(who).late, *work(who).week) if one.what == "clock_due"]
        assert (item.clock, item.command) == (Clock.SAFETY_CONVERSATION, "RecordConversation")
    assert work(LEAD).late == work(LEAD).week == []


def test_an_organisations_answer_is_the_work_of_both(given, work):
    asked = a.expectation_set(
        **OF,
        kind=ExpectationKind.VIEW,
        expected_of=Side.LOCAL_COMMISSIONER,
        organisation=a.COMMISSIONER,
        due_on=a.TODAY + 3 * DAY,
    )
    given(MINE, asked)
    assert [one.what for one in work(CASEWORKER).week] == ["clock_due"]
    assert [one.what for one in work(LEAD).week] == ["clock_due"]


def test_what_the_commissioner_asked_of_the_practice_is_its_own_work(given, work):
    given(MINE, by(LEAD, a.expectation_set(**OF, due_on=a.TODAY)))
    assert [one.what for one in work(LEAD).late] == ["clock_due"]
    assert work(CASEWORKER).late == []


def test_a_day_that_passes_by_itself_is_work_of_its_week_and_never_late(given, work):
    given(MINE, a.contract_signed(ends_on=a.TODAY + 2 * DAY))
    assert [one.clock for one in work(CASEWORKER).week] == [Clock.CONTRACT_ENDS]
    assert work(CASEWORKER, a.TODAY + 2 * DAY).late == []
    assert work(CASEWORKER, a.TODAY + 3 * DAY).late == []


def test_a_draft_waits_for_every_manager_but_who_drafted_it_until_it_is_issued(given, work):
    draft = a.remedial_notice_drafted(notice_id="notice-0000aaaa", occurred_on=a.TODAY - 3 * DAY)
    given(MINE, a.contract_signed(), by(MANAGER, draft))
    assert [one.what for one in work(MANAGER).waiting] == []
    assert work(MANAGER).late == []
    (item,) = work(OTHER_MANAGER).waiting
    assert (item.what, item.command, item.by) == ("notice_to_issue", "IssueNotice", MANAGER.person)
    assert work(CASEWORKER).waiting == []


def test_a_pending_dispute_is_followed_by_the_practices_caseworker_and_not_by_every_manager(given, work):
    given(MINE, a.contract_signed(), a.dispute_referred(subject=f"{a.CODE}/4"))
    assert [one.what for one in work(CASEWORKER).waiting] == ["dispute_to_follow"]
    assert [one.what for one in work(MANAGER).waiting] == []
