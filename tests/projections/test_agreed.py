"""What waits for the other organisation's answer, and what was decided over a dispute, on both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from domain.access.permissions import Scope, scope_of
from domain.practice.kinds import Side, Visibility
from domain.rules import Sealed
from projections import agreements, disputes, mywork
from tests.support import factories as a
from tests.support.given import AUDITOR, CASEWORKER, LEAD, MANAGER, OTHER_CASEWORKER, by, recorded

DAY = timedelta(days=1)
TALK = a.conversation_recorded(
    said=Sealed("The rota has run for three weeks.\nThe rest follows."), subject=None
)
AMENDED = by(LEAD, a.entry_amended(version=3, text_version=3, said=Sealed("For two weeks.")))
DISPUTED = by(LEAD, a.entry_disputed(version=3, text_version=3))
OVER = by(MANAGER, a.tier_decided(inputs=("X90001/3",), over_dispute=Sealed("The call log settles it.")))


@pytest.fixture
def waiting(views):
    def rows():
        with views.reading() as reading:
            T = agreements.TABLE.c  # noqa: N806
            query = select(T.version, T.text_version, T.waits_for, T.state, T.title).order_by(T.version)
            return [tuple(row) for row in reading.execute(query)]

    return rows


@pytest.fixture
def texts(views):
    def of(asked, today=a.TODAY):
        with views.reading() as reading:
            found = mywork.find(reading, asked, today).waiting
            return [(one.version, one.amended) for one in found if one.what == "text_to_answer"]

    return of


@pytest.fixture
def listed(views):
    def of(scope, **more):
        with views.reading() as reading:
            return disputes.find(reading, scope, a.TODAY, **more)

    return of


def test_a_text_waits_for_the_side_that_did_not_write_it(given, waiting):
    given(TALK)
    assert waiting() == [(3, 3, "local_commissioner", "proposed", "The rota has run for three weeks.")]


def test_an_amendment_waits_for_the_first_side(given, waiting):
    given(TALK, AMENDED)
    assert waiting() == [(3, 4, "contract_holder", "amended", "For two weeks.")]


@pytest.mark.parametrize("answer", [a.entry_agreed(version=3, text_version=3), DISPUTED.fact])
def test_what_was_answered_waits_no_more(given, waiting, answer):
    given(TALK, by(LEAD, answer))
    assert waiting() == []


@pytest.mark.parametrize("closed", [Visibility.INTERNAL, Visibility.RESTRICTED])
def test_what_is_not_for_both_waits_for_nobody(given, waiting, closed):
    given(a.conversation_recorded(visibility=closed))
    assert waiting() == []


def test_my_work_lists_texts_newest_first_for_whoever_answers_them(given, texts):
    given(
        a.caseworker_named(caseworker=CASEWORKER.person),
        a.conversation_recorded(),
        by(LEAD, a.conversation_recorded()),
        a.conversation_recorded(),
    )
    assert texts(LEAD) == [(4, False), (6, False)]
    assert texts(CASEWORKER) == [(5, False)]
    assert texts(OTHER_CASEWORKER) == texts(MANAGER) == texts(AUDITOR) == []
    assert texts(LEAD, a.TODAY + 100 * DAY) == []


def test_a_manager_answers_where_there_is_no_caseworker(given, texts):
    given(by(LEAD, a.conversation_recorded()))
    assert texts(MANAGER) == [(3, False)]


def test_a_decision_over_a_dispute_is_listed_with_what_was_disputed_at_the_time(given, listed):
    settled = by(LEAD, a.entry_agreed(version=3, text_version=3))
    given(TALK, a.conversation_recorded(), DISPUTED, OVER, settled)
    everything = Scope(everything=True)
    (row,) = listed(everything).rows
    assert (row.version, row.disputed, row.reason, row.decided_by) == (
        6, (3,), "The call log settles it.", MANAGER.person,
    )  # fmt: skip
    for asked in (CASEWORKER, MANAGER, LEAD, AUDITOR):
        assert listed(scope_of(asked)).total == 1
    assert listed(Scope(contract_holders=frozenset({"Q50"}))).total == 0
    assert listed(Scope(everything=True, recused=frozenset({a.CODE}))).total == 0


def test_decisions_over_disputes_are_newest_first_a_page_at_a_time(given, listed):
    first = by(
        MANAGER,
        a.tier_decided(inputs=("X90001/3",), over_dispute=Sealed("First."), occurred_on=date(2026, 10, 1)),
    )
    given(TALK, DISPUTED, first, OVER)
    everything = Scope(everything=True)
    assert [row.version for row in listed(everything).rows] == [6, 5]
    found = listed(everything, page=2, page_size=1)
    assert ([row.version for row in found.rows], found.page, found.pages, found.total) == ([5], 2, 2, 2)
    assert listed(everything, page=99, page_size=1).page == 2


def test_a_correction_by_the_author_ends_a_dispute():
    corrected = a.fact_corrected(corrects=1, fields=(a.changed("said", '"Before"', '"For a fortnight."'),))
    disputed = by(LEAD, a.entry_disputed(version=1, text_version=1, side=Side.LOCAL_COMMISSIONER))
    history = recorded(TALK, disputed, corrected)
    assert disputes.disputed_before(history, ("X90001/1",), 3) == (1,)
    assert disputes.disputed_before(history, ("X90001/1",), 4) == ()
