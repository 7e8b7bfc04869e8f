"""Which entries are of a meeting on several practices, on both databases. Given facts, then rows."""

from datetime import date

import pytest

from domain.access.permissions import Scope, scope_of
from domain.practice.kinds import Visibility
from projections import meetings
from projections.readers import reader
from tests.support import factories as a
from tests.support.given import AUDITOR, CASEWORKER, LEAD, MANAGER, by

MEETING, OTHER = "meeting-0000aaaa", "reminder-0000bbbb"


def part(meeting=MEETING, **more):
    return a.conversation_recorded(meeting=meeting, **more)


@pytest.fixture
def found(views):
    def of(asked=AUDITOR, scope=None, meeting=MEETING):
        with views.reading() as reading:
            scope = scope or scope_of(asked)
            return (
                [one.version for one in meetings.parts(reading, scope, reader(asked), a.TODAY, meeting)],
                [
                    (one.meeting, one.practices)
                    for one in meetings.held(reading, scope, reader(asked), a.TODAY)
                ],
            )

    return of


def test_an_entry_stands_under_its_meeting_and_no_other_entry_does(given, found):
    given(part(), a.conversation_recorded(), part(OTHER, occurred_on=date(2026, 10, 1)))
    for asked in (CASEWORKER, MANAGER, LEAD, AUDITOR):
        assert found(asked) == ([3], [(MEETING, 1), (OTHER, 1)])
    assert found(meeting=OTHER)[0] == [5]
    assert found(meeting="meeting-0000ffff")[0] == []


def test_only_of_practices_in_scope(given, found):
    given(part())
    assert found(scope=Scope(contract_holders=frozenset({"Q50"}))) == ([], [])
    assert found(scope=Scope(everything=True, recused=frozenset({a.CODE}))) == ([], [])


@pytest.mark.parametrize("closed", [Visibility.INTERNAL, Visibility.RESTRICTED])
def test_one_that_an_organisation_keeps_to_itself_is_there_for_it_alone(given, found, closed):
    given(by(LEAD, part(visibility=closed)))
    assert found(CASEWORKER) == ([], [])
    assert found(LEAD) == ([3], [(MEETING, 1)])


def test_one_that_was_withdrawn_is_gone(given, found):
    given(part(), a.fact_withdrawn(corrects=3))
    assert found() == ([], [])
