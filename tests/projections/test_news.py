"""What is new from the other side: recorded by others of late, seen by this reader, and not opened."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.practice.kinds import Visibility
from domain.reading import EntriesOpened
from projections import news
from tests.support import factories as a
from tests.support.given import AUDITOR, CASEWORKER, LEAD, MANAGER, by

DAY = timedelta(days=1)


@pytest.fixture
def find(views):
    def found(asked, today=a.TODAY):
        with views.reading() as reading:
            return [
                (one.code, one.entries, one.first) for one in news.of_the_other_side(reading, asked, today)
            ]

    return found


@pytest.fixture
def opened(stores, views):
    """Somebody opened entries of the practice."""

    def by_somebody(asked, *versions):
        from application.recording import Sent
        from domain.rules import Recorded

        command_id = a.new_id("command")
        fact = EntriesOpened(code=a.CODE, versions=versions, occurred_on=a.TODAY)
        at = len(stores.recorder.history(f"reading-{a.CODE}")) + 1
        entry = Recorded(
            f"reading-{a.CODE}",
            at,
            0,
            asked.at,
            asked.person,
            asked.organisation,
            asked.role,
            None,
            command_id,
            None,
            fact,
        )
        stores.recorder.append([entry], [Sent(command_id, b"", 1)])
        assert views.catch_up() == []

    return by_somebody


def test_what_the_other_side_recorded_is_news_until_it_was_opened(given, find, opened):
    given(
        a.conversation_recorded(), by(MANAGER, a.conversation_recorded()), by(LEAD, a.conversation_recorded())
    )
    assert find(LEAD) == [(a.CODE, 2, 3)]
    assert find(MANAGER) == [(a.CODE, 1, 5)]
    opened(LEAD, 3)
    assert find(LEAD) == [(a.CODE, 1, 4)]
    opened(LEAD, 4)
    assert find(LEAD) == []


@pytest.mark.parametrize("named", [True, False])
def test_news_are_a_caseworkers_own_practices_only(given, find, named):
    given(by(LEAD, a.conversation_recorded()), *([a.caseworker_named(caseworker=CASEWORKER.person)] * named))
    assert find(CASEWORKER) == [(a.CODE, 1, 3)] * named


def test_what_is_hidden_is_no_news(given, find):
    given(
        a.conversation_recorded(visibility=Visibility.INTERNAL),
        a.conversation_recorded(visibility=Visibility.RESTRICTED),
    )
    assert find(LEAD) == []


def test_news_are_of_the_last_thirty_days_and_of_those_who_take_part(given, find):
    given(a.conversation_recorded())
    assert find(LEAD, a.TODAY + 29 * DAY) == []
    assert find(LEAD, a.TODAY + 28 * DAY) == [(a.CODE, 1, 3)]
    assert find(replace(LEAD, recused=frozenset({a.CODE}))) == []
    assert find(replace(LEAD, organisation="99B")) == []
    assert find(AUDITOR) == []
