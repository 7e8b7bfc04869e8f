"""Overrides, given or standing, on both databases: in the order of their days, with what became of each."""

from datetime import date, timedelta

import pytest

from domain.access.permissions import Scope
from domain.practice import events as e
from domain.practice.kinds import Side, Tier
from domain.rules import Sealed
from projections import overrides
from tests.support import factories as a
from tests.support.given import ADVISER, MANAGER, by

ALL = Scope(everything=True)
ON = date(2026, 9, 1)
BOTH = tuple(
    e.Participant(side=side, role="caseworker", described=None, person=None, name=None)
    for side in (Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER)
)


def days(number):
    return timedelta(days=number)


def decided(on=ON, tier=Tier.CAUSE_FOR_CONCERN, **more):
    return by(MANAGER, a.tier_decided(tier=tier, occurred_on=on, effective_on=on, **more))


SAFETY = Sealed("A child was not seen in time.")
GIVEN = by(ADVISER, a.override_given(occurred_on=ON, reason=Sealed("It cannot wait.")))


@pytest.fixture
def listed(views):
    def of(today=a.TODAY, scope=ALL, **more):
        with views.reading() as reading:
            return overrides.find(reading, scope, today, **more)

    return of


def test_an_override_is_listed_with_who_gave_it_and_why(given, listed):
    given(GIVEN)
    (one,) = listed().rows
    assert (one.version, one.kind, one.given_on, one.given_by, one.reason, one.decision, one.holds_until) == (
        *(3, "given", ON, ADVISER.person, "It cannot wait.", None, ON + days(28)),
    )
    assert overrides.unused_after(one) == ON + days(29)
    assert listed(scope=Scope(local_commissioners=frozenset({"99B"}))).total == 0


def test_the_decision_that_rests_on_it_is_named(given, listed):
    given(GIVEN, decided(ON + days(2), override="X90001/3"))
    (one,) = listed().rows
    assert (one.decision, one.decision_number, one.decided_on, one.decided_again_on) == (
        *(4, 1, ON + days(2), None),
    )
    assert overrides.unused_after(one) is None


def test_it_is_spent_once_the_tier_is_decided_again(given, listed):
    again = decided(ON + days(40), tier=Tier.ROOM_FOR_IMPROVEMENT)
    given(GIVEN, decided(ON + days(2), override="X90001/3"), again)
    assert listed().rows[0].decided_again_on == ON + days(40)


def test_a_decision_for_safety_that_nobody_talked_about_is_listed_from_the_29th_day(given, listed):
    given(decided(immediate_safety=SAFETY))
    assert listed(ON + days(28)).total == 0
    (one,) = listed(ON + days(29)).rows
    assert (one.version, one.kind, one.given_by, one.reason, one.decision_number) == (
        *(3, "safety", MANAGER.person, "A child was not seen in time.", 1),
    )


def test_a_decision_for_safety_that_was_talked_about_is_not_listed(given, listed):
    # Recorded on the day that the tests call today, which is within 28 days of the decision.
    on = a.TODAY - days(20)
    given(
        decided(on, immediate_safety=SAFETY),
        a.conversation_recorded(participants=BOTH, occurred_on=on + days(1)),
    )
    assert listed(a.TODAY + days(60)).total == 0


def test_a_decision_that_rests_on_an_override_is_not_listed_twice(given, listed):
    given(GIVEN, decided(ON + days(2), override="X90001/3", immediate_safety=SAFETY))
    assert [one.kind for one in listed().rows] == ["given"]


def test_overrides_are_newest_first_a_page_at_a_time(given, listed):
    given(
        GIVEN,
        by(ADVISER, a.override_given(occurred_on=ON + days(40), override_id="override-0000bbbb")),
    )
    first = listed(page_size=1)
    assert (first.total, first.pages, first.rows[0].given_on) == (2, 2, ON + days(40))
    assert listed(page=2, page_size=1).rows[0].given_on == ON
