"""Contacts to practices avoided, on both databases. Given facts, then rows."""

from datetime import date, timedelta

import pytest

from domain.access.permissions import Scope, scope_of
from domain.practice.kinds import Side, Visibility
from projections import threads
from projections.readers import reader
from tests.support import factories as a
from tests.support.given import AUDITOR, CASEWORKER, LEAD, MANAGER, by

FLAG, HEARD = "flag-0000aaaa", "intelligence-0000aaaa"
RAISED = a.flag_raised(flag_id=FLAG)
TALK = a.conversation_recorded(about_flags=(FLAG,))
FIRST = date(2026, 1, 1)
OURS = {"side": Side.CONTRACT_HOLDER, "organisation": a.HOLDER}


def joined(number, **more):
    fact = a.threads_joined(**{"join_id": f"join-0000000{number}", "concern": FLAG, "entries": (4,), **more})
    return by(CASEWORKER if more.get("organisation") == a.HOLDER else LEAD, fact)


def parted(number):
    return by(LEAD, a.threads_parted(join_id=f"join-0000000{number}", concern=FLAG))


@pytest.fixture
def found(views):
    def of(asked=AUDITOR, since=FIRST, until=a.TODAY, scope=None, **more):
        with views.reading() as reading:
            return threads.find(
                reading, scope or scope_of(asked), reader(asked), a.TODAY, since=since, until=until, **more
            )

    return of


def test_a_joining_that_avoids_a_contact_is_counted_for_its_organisation(given, found):
    given(RAISED, TALK, joined(1))
    for asked in (CASEWORKER, MANAGER, LEAD, AUDITOR):
        shown = found(asked)
        assert (shown.total, shown.organisations) == (1, {a.COMMISSIONER: 1})
        (row,) = shown.rows
        assert (row.version, row.concern, row.joined_by, row.joined_on) == (5, FLAG, LEAD.person, a.TODAY)


def test_one_that_avoids_none_or_was_parted_is_not(given, found):
    given(RAISED, TALK, joined(1, avoided_contact=False), parted(1), joined(2), parted(2))
    assert (found().total, found().rows, found().organisations) == (0, [], {})


def test_parted_and_joined_again_it_is_counted_once(given, record, views, found):
    given(RAISED, TALK, joined(1), parted(1), joined(2))
    assert [row.version for row in found().rows] == [7]


def test_a_row_is_taken_away_when_its_joining_is_parted_later(given, record, views, found):
    from tests.projections.conftest import registered

    facts = (RAISED, TALK, joined(1))
    given(*facts)
    assert found().total == 1
    record(registered(*facts, parted(1)), after=5)
    assert views.catch_up() == []
    assert found().total == 0


def test_a_period_takes_in_its_first_and_last_day(given, found):
    given(RAISED, TALK, joined(1, occurred_on=date(2026, 10, 1)), joined(2, **OURS))
    assert found().organisations == {a.COMMISSIONER: 1, a.HOLDER: 1}
    assert [row.version for row in found().rows] == [6, 5]
    assert found(until=date(2026, 10, 1)).total == 1
    assert found(until=date(2026, 9, 30)).total == 0
    assert found(since=date(2026, 10, 2)).total == 1
    assert found(since=a.TODAY + timedelta(days=1), until=date(2027, 1, 1)).total == 0
    second = found(page=2, page_size=1)
    assert ([row.version for row in second.rows], second.page, second.pages, second.total) == ([5], 2, 2, 2)
    assert found(page=99, page_size=1).page == 2


def test_only_of_practices_in_scope(given, found):
    given(RAISED, TALK, joined(1))
    assert found(scope=Scope(contract_holders=frozenset({"Q50"}))).total == 0
    assert found(scope=Scope(everything=True, recused=frozenset({a.CODE}))).total == 0


@pytest.mark.parametrize("closed", [Visibility.INTERNAL, Visibility.RESTRICTED])
def test_one_on_intelligence_that_was_closed_since_is_counted_for_its_organisation_alone(
    given, found, closed
):
    given(
        a.intelligence_recorded(intelligence_id=HEARD),
        by(LEAD, a.conversation_recorded(about_intelligence=(HEARD,))),
        joined(1, concern=HEARD, **OURS),
        a.visibility_changed(version=3, after=closed),
    )
    assert {asked.role: found(asked).total for asked in (CASEWORKER, LEAD, AUDITOR)} == {
        "caseworker": 1, "lead": 0, "auditor": 1,
    }  # fmt: skip
    assert found(LEAD).organisations == {}
