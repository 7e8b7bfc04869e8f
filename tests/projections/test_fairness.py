"""Decisions beside their recommendations, and how soon flags are validated, on both databases."""

from collections import Counter
from datetime import date, timedelta

import pytest

from domain.access.permissions import Scope
from domain.practice.kinds import ActionKind, Direction, Tier, Visibility
from projections import fairness
from tests.support import factories as a
from tests.support.given import MANAGER, by

ALL = Scope(everything=True)
FLAG = "flag-0000aaaa"
ON = a.TODAY - timedelta(days=40)


def after(days):
    return ON + timedelta(days=days)


@pytest.fixture
def asked(views):
    def of(question, scope=ALL, since=date.min, until=a.TODAY):
        with views.reading() as reading:
            return list(question(reading, scope, a.TODAY, "contract_holder", since, until))

    return of


def decided(tier, recommended, on=a.TODAY):
    return by(MANAGER, a.tier_decided(tier=tier, recommended=recommended, occurred_on=on, effective_on=on))


def test_a_decision_counts_where_it_differs_from_what_was_recommended(given, asked):
    given(
        decided(Tier.ROOM_FOR_IMPROVEMENT, Tier.ROOM_FOR_IMPROVEMENT, after(0)),
        decided(Tier.ASSURANCE_BASED, Tier.ROOM_FOR_IMPROVEMENT, after(20)),
        decided(Tier.ROOM_FOR_IMPROVEMENT, None, after(21)),
    )
    found = asked(fairness.decided)
    assert [one.who for one in found] == [a.HOLDER] * 2
    assert Counter(one.counted for one in found) == {True: 1, False: 1}
    assert [one.counted for one in asked(fairness.decided, until=after(19))] == [False]
    assert asked(fairness.decided, Scope(local_commissioners=frozenset({"99B"}))) == []


def raised(**more):
    return a.flag_raised(**{"flag_id": FLAG, "occurred_on": ON} | more)


EXPLAINED = {"flag_id": FLAG, "explanation_id": "explanation-0000aaaa"}
TALK = {"about_flags": (FLAG,), "about_intelligence": (), "about_actions": ()}


@pytest.mark.parametrize(
    ("facts", "counted", "days"),
    [
        ((), False, None),
        ((a.flag_explained(**EXPLAINED, occurred_on=after(28)),), True, 28),
        ((a.flag_explained(**EXPLAINED, occurred_on=after(29)),), False, 29),
        (
            (a.conversation_recorded(**TALK, occurred_on=after(9), visibility=Visibility.INTERNAL),),
            False,
            None,
        ),
        (
            (
                a.conversation_recorded(**TALK, occurred_on=after(9)),
                a.flag_explained(**EXPLAINED, occurred_on=after(12)),
            ),
            True,
            9,
        ),
        (
            (
                a.action_proposed(
                    action_id="action-0000aaaa",
                    kind=ActionKind.DATA_VALIDATION,
                    about_flags=(FLAG,),
                    occurred_on=after(1),
                ),
                a.action_completed(action_id="action-0000aaaa", occurred_on=after(14)),
            ),
            True,
            14,
        ),
    ],
    ids=[
        "nobody asked",
        "explained on the last day",
        "explained late",
        "talked about, kept to one organisation",
        "talked first",
        "validated by an action",
    ],
)
def test_a_flag_counts_where_its_data_was_validated_within_28_days(given, asked, facts, counted, days):
    given(raised(), *facts)
    (one,) = asked(fairness.validated)
    assert (one.who, one.counted, one.days) == (a.HOLDER, counted, days)


@pytest.mark.parametrize(
    "facts",
    [
        (raised(occurred_on=a.TODAY - timedelta(days=27)),),
        (raised(direction=Direction.FAVOURABLE),),
        (raised(), a.flag_withdrawn(flag_id=FLAG, occurred_on=after(3))),
        (raised(), a.flag_cleared(flag_id=FLAG, occurred_on=after(3))),
    ],
    ids=["of the last 28 days", "for the better", "raised in error", "ended by itself"],
)
def test_what_nobody_had_to_validate_or_had_the_time_to_is_no_case(given, asked, facts):
    given(*facts)
    assert asked(fairness.validated) == []
