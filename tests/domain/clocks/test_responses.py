"""What the framework's response times make due after the tier was moved."""

from dataclasses import replace
from datetime import date

import pytest

from domain.clocks.due import due
from domain.clocks.what import Clock
from domain.framework.catalogue import RESPONSES, VERSION_ONE, response_of
from domain.framework.parts import Framework
from domain.practice import events as e
from domain.practice.kinds import Channel, ReviewKind, Side, Tier
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import given

V1 = Framework(version=1, effective_from=date(2013, 4, 1), rule_set=VERSION_ONE)
ROOM, CONCERN = Tier.ROOM_FOR_IMPROVEMENT, Tier.CAUSE_FOR_CONCERN
MOVED = date(2026, 11, 2)
BOTH = tuple(
    e.Participant(side=side, role="other", described=None, person=None, name=None)
    for side in (Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER, Side.PRACTICE)
)


def moved(tier=CONCERN, **more):
    said = {"framework_version": 1, "effective_on": MOVED, "occurred_on": MOVED}
    return a.tier_decided(**({"tier": tier} | said | more))


def talked(on, **more):
    return a.conversation_recorded(**({"occurred_on": on, "participants": BOTH} | more))


def owed(*facts, on=date(2026, 11, 20), framework=V1):
    found = replace(given(*facts).practice(), framework=framework)
    return [(one.clock, one.due_on.isoformat()) for one in due(found, on) if one.clock.startswith("response")]


def test_a_move_to_cause_for_concern_makes_a_conversation_a_visit_and_a_review_due() -> None:
    assert owed(moved()) == [
        (Clock.RESPONSE_CONVERSATION, "2026-11-09"),
        (Clock.RESPONSE_VISIT, "2026-11-30"),
        (Clock.RESPONSE_REVIEW, "2026-12-02"),
    ]


def test_a_move_to_room_for_improvement_makes_a_conversation_a_plan_and_a_review_due() -> None:
    assert owed(moved(ROOM)) == [
        (Clock.RESPONSE_CONVERSATION, "2026-11-30"),
        (Clock.RESPONSE_PLAN, "2026-12-28"),
        (Clock.RESPONSE_REVIEW, "2027-02-02"),
    ]


def test_why_tells_the_sum_and_the_version_of_the_rules() -> None:
    (first, *_) = due(replace(given(moved()).practice(), framework=V1), date(2026, 11, 3))
    assert first.sum == (
        "moved to cause for concern: 7 days after 2 November 2026, which is not counted, end on 9 November 2026"
    )
    assert first.source == "the framework’s rules, version 1"


@pytest.mark.parametrize(
    ("on", "participants", "left"),
    [
        (date(2026, 11, 1), BOTH, True),
        (date(2026, 11, 2), BOTH, False),
        (date(2026, 11, 5), BOTH[::2], True),
    ],
)
def test_a_conversation_of_both_organisations_since_the_move_answers_it(on, participants, left) -> None:
    clocks = [clock for clock, _ in owed(moved(), talked(on, participants=participants))]
    assert (Clock.RESPONSE_CONVERSATION in clocks) == left


def test_a_visit_answers_the_visit_however_it_was_recorded() -> None:
    spoken = talked(date(2026, 11, 5), channel=Channel.VISIT)
    assert Clock.RESPONSE_VISIT not in [clock for clock, _ in owed(moved(), spoken)]
    review = a.contract_review_held(kind=ReviewKind.VISIT, occurred_on=date(2026, 11, 5))
    assert Clock.RESPONSE_VISIT not in [clock for clock, _ in owed(moved(), review)]
    deep = a.contract_review_held(kind=ReviewKind.DEEP_DIVE, occurred_on=date(2026, 11, 5))
    assert Clock.RESPONSE_VISIT in [clock for clock, _ in owed(moved(), deep)]


def test_what_was_decided_for_immediate_safety_has_its_own_shorter_clock() -> None:
    found = replace(given(moved(immediate_safety=Sealed("Unlocked."))).practice(), framework=V1)
    clocks = [one.clock for one in due(found, date(2026, 11, 3))]
    assert Clock.SAFETY_CONVERSATION in clocks
    assert Clock.RESPONSE_CONVERSATION not in clocks


@pytest.mark.parametrize(
    ("review_on", "left"), [(None, True), (date(2026, 12, 2), False), (date(2026, 12, 3), True)]
)
def test_a_review_that_is_planned_in_time_is_the_decisions_own(review_on, left) -> None:
    clocks = [clock for clock, _ in owed(moved(review_on=review_on))]
    assert (Clock.RESPONSE_REVIEW in clocks) == left


def test_a_review_that_kept_the_tier_begins_no_new_conversation_or_visit() -> None:
    later = moved(before=CONCERN, effective_on=date(2026, 11, 10), occurred_on=date(2026, 11, 10))
    visited = talked(date(2026, 11, 5), channel=Channel.VISIT)
    assert owed(moved(), visited, later) == [(Clock.RESPONSE_REVIEW, "2026-12-10")]


def test_nothing_is_expected_where_no_rules_were_in_force_or_at_assurance_based() -> None:
    assert owed(moved(framework_version=None)) == []
    assert owed(moved(), framework=None) == []
    back = moved(Tier.ASSURANCE_BASED, effective_on=date(2026, 11, 10), occurred_on=date(2026, 11, 10))
    assert owed(moved(ROOM), back) == []


def test_the_times_are_those_of_the_rules_in_force() -> None:
    times = {name: number.first for name, number in RESPONSES[CONCERN].times.items()} | {"visit_days": 14}
    shorter = replace(VERSION_ONE, responses=(response_of(CONCERN, times),))
    found = owed(moved(), framework=replace(V1, version=2, rule_set=shorter))
    assert (Clock.RESPONSE_VISIT, "2026-11-16") in found


def test_a_plan_that_was_finished_after_the_move_answers_it_and_one_finished_before_does_not() -> None:
    one = {"action_id": "action-00000001"}
    both = ((Side.CONTRACT_HOLDER, a.HOLDER), (Side.LOCAL_COMMISSIONER, a.COMMISSIONER))
    agreed = [a.action_agreed(side=side, organisation=of, **one) for side, of in both]
    plan = (
        a.action_proposed(plan_id=Sealed("plan-1"), occurred_on=date(2026, 9, 1), **one),
        *agreed,
        a.action_completed(occurred_on=date(2026, 10, 30), **one),
    )
    for ended, left in ((date(2026, 11, 12), False), (date(2026, 11, 1), True)):
        accepted = a.action_evidence_accepted(occurred_on=ended, **one)
        clocks = [clock for clock, _ in owed(*plan, moved(ROOM), accepted)]
        assert (Clock.RESPONSE_PLAN in clocks) == left


def test_what_was_done_since_the_decision_was_taken_answers_it_before_it_has_effect() -> None:
    ahead = moved(occurred_on=date(2026, 10, 26))
    visited = talked(date(2026, 10, 28), channel=Channel.VISIT)
    assert owed(ahead, visited) == [(Clock.RESPONSE_REVIEW, "2026-12-02")]


def test_a_decision_that_was_replaced_before_its_day_moves_nothing_on_it() -> None:
    replaced = moved(ROOM, effective_on=date(2026, 11, 18), occurred_on=date(2026, 11, 5))
    kept = moved(before=CONCERN, effective_on=date(2026, 11, 10), occurred_on=date(2026, 11, 6))
    assert (Clock.RESPONSE_VISIT, "2026-11-30") in owed(moved(), replaced, kept)


def test_deciding_the_same_tier_again_leaves_the_conversation_owed_that_safety_put_off() -> None:
    again = moved(before=CONCERN, effective_on=date(2026, 11, 3), occurred_on=date(2026, 11, 3))
    found = replace(given(moved(immediate_safety=Sealed("Unlocked.")), again).practice(), framework=V1)
    assert Clock.SAFETY_CONVERSATION in [one.clock for one in due(found, date(2026, 11, 4))]
