"""Which tiers may be decided today, told before anything is typed: beside every choice that a decision could make."""

from dataclasses import replace
from datetime import timedelta
from itertools import chain, combinations

import pytest

from domain.framework.catalogue import FIRST_EFFECTIVE, VERSION_ONE
from domain.framework.parts import Framework
from domain.practice import events as e
from domain.practice.guards import may_move
from domain.practice.kinds import LesserStep, Side, Tier, Travel
from domain.practice.tier import stands_in_the_way
from domain.practice.ways import own_proposal_waits, ways
from domain.rules import RuleBroken
from tests.support import factories as a
from tests.support.given import ADVISER, LEAD, MANAGER, by, given

V1 = Framework(version=1, effective_from=FIRST_EFFECTIVE, rule_set=VERSION_ONE)
ASSURANCE, ROOM, CONCERN = Tier.ASSURANCE_BASED, Tier.ROOM_FOR_IMPROVEMENT, Tier.CAUSE_FOR_CONCERN
FLAG, HEARD = "flag-ways00001", "intelligence-ways00001"


def ago(days):
    return a.TODAY - timedelta(days=days)


def said_by(*sides):
    return tuple(
        e.Participant(side=side, role="caseworker", described=None, person=None, name=None) for side in sides
    )


BOTH = said_by(Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER)
OPTIONAL = (
    a.intelligence_recorded(intelligence_id=HEARD, occurred_on=ago(50)),
    a.conversation_recorded(participants=BOTH, occurred_on=ago(20), about_flags=(), about_intelligence=()),
    a.conversation_recorded(participants=BOTH, occurred_on=ago(91), about_flags=(), about_intelligence=()),
    a.conversation_recorded(
        participants=said_by(Side.CONTRACT_HOLDER, Side.PRACTICE), occurred_on=ago(10), about_flags=(FLAG,)
    ),
    by(ADVISER, a.override_given(occurred_on=ago(3))),
    a.conversation_recorded(
        participants=BOTH, occurred_on=ago(15), about_flags=(FLAG,), about_intelligence=()
    ),
)
RAISED, TALKED = a.flag_raised(flag_id=FLAG, occurred_on=ago(60)), OPTIONAL[5]


def subsets(things):
    return chain.from_iterable(combinations(things, size) for size in range(len(things) + 1))


def may(practice, tier, day, **said) -> bool:
    """Whether anything at all could be cited so that the guards let it pass."""
    command = a.decide_tier(tier=tier, **said)
    for cited in subsets([one for one in practice.standing.values() if one.version > 2]):
        try:
            may_move(practice, command, list(cited), day)
        except RuleBroken:
            continue
        return True
    return False


@pytest.mark.parametrize("before", [None, ROOM, CONCERN])
def test_a_way_is_open_just_where_some_choice_of_facts_would_pass(before) -> None:
    stood = [a.flag_raised(flag_id=FLAG, occurred_on=ago(60))]
    if before:
        stood.append(by(MANAGER, a.tier_decided(tier=before, occurred_on=ago(200), effective_on=ago(200))))
    for facts in subsets(OPTIONAL):
        practice = given(*stood, *facts).practice()
        for way in ways(practice, a.TODAY):
            assert way.open == may(practice, way.tier, a.TODAY), (way, facts)
            if way.tier == CONCERN != (before or ASSURANCE):
                safety = may(practice, way.tier, a.TODAY, immediate_safety="A child was not seen in time.")
                assert way.for_safety == safety, (way, facts)


def test_a_way_names_what_opens_it() -> None:
    practice = given(RAISED, TALKED, OPTIONAL[4]).practice()
    way = ways(practice, a.TODAY)[0]
    assert (way.tier, way.talked, way.override, way.beside) == (CONCERN, 4, 5, 4)


def test_a_way_is_not_open_for_a_conversation_about_nothing_that_stands() -> None:
    cleared = a.flag_cleared(flag_id=FLAG, occurred_on=ago(5))
    for facts in ((OPTIONAL[1],), (RAISED, OPTIONAL[1]), (RAISED, TALKED, cleared)):
        assert not ways(given(*facts).practice(), a.TODAY)[0].open
    assert ways(given(RAISED, TALKED).practice(), a.TODAY)[0].open


def test_whoever_proposed_what_waits_is_told_that_another_decides() -> None:
    practice = given(by(MANAGER, a.tier_proposed())).practice()
    assert own_proposal_waits(practice, MANAGER)
    assert not own_proposal_waits(practice, ADVISER)


ALL_STEPS = {f"on_{step.value}" for step in LesserStep}
NOTHING = dict.fromkeys(
    (*ALL_STEPS, "asked_for", "answered", "no_view_because", "direction", "de_escalation", "differs_because")
)


@pytest.mark.parametrize(
    ("tier", "owed"),
    [
        (ASSURANCE, set()),
        (
            ROOM,
            {"direction", "de_escalation", "differs_because", "on_validation", "on_conversation", "asked_for"}
            | {"no_view_because"},
        ),
        (
            CONCERN,
            {"direction", "de_escalation", "differs_because", *ALL_STEPS, "asked_for", "answered"}
            | {"no_view_because"},
        ),
    ],
)
def test_all_that_a_decision_owes_is_told_at_once(tier, owed) -> None:
    practice = replace(given(RAISED, TALKED).practice(), framework=V1)
    command = a.decide_tier(tier=tier, inputs=(f"{a.CODE}/4",), **NOTHING)
    told = stands_in_the_way(practice, command, MANAGER)
    assert {one.field for one in told} == owed
    assert len(told) == len(owed)


def test_what_was_said_is_no_longer_owed() -> None:
    view = by(LEAD, a.tier_view_stated())
    practice = replace(given(RAISED, TALKED, view).practice(), framework=V1)
    said = dict.fromkeys(NOTHING, "Said.") | {"direction": Travel.STEADY, "answered": None}
    command = a.decide_tier(
        tier=CONCERN, inputs=(f"{a.CODE}/4",), **said, not_waited_because="It could not wait."
    )
    assert stands_in_the_way(practice, command, MANAGER) == []
    alone = replace(command, inputs=(), on_visit=None)
    assert [one.field for one in stands_in_the_way(practice, alone, MANAGER)] == ["inputs", "on_visit"]
