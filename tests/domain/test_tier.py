"""The tier: assurance based from registration, and moved by a person's decision only."""

from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.kinds import Tier
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, OTHER_MANAGER, by, given

ROOM, CONCERN, ASSURANCE = Tier.ROOM_FOR_IMPROVEMENT, Tier.CAUSE_FOR_CONCERN, Tier.ASSURANCE_BASED


def test_a_practice_starts_as_assurance_based_with_nobody_having_decided() -> None:
    practice = given().practice()
    assert practice.tier_on(a.TODAY) == ASSURANCE
    assert practice.decision_on(a.TODAY) is None


def test_a_tier_is_proposed_with_its_reasons_and_the_facts_it_rests_on() -> None:
    command = a.propose_tier(inputs=("X90001/3", "X90001/1", "X90001/3"), review_on=date(2027, 2, 1))
    given(a.flag_raised()).when(command).then(
        a.tier_proposed(
            proposal_id=command.proposal_id, inputs=("X90001/3", "X90001/1"), review_on=date(2027, 2, 1)
        )
    )


def test_a_tier_is_decided_and_says_what_it_was_before() -> None:
    command = a.decide_tier(tier=CONCERN)
    given(a.tier_decided(effective_on=date(2026, 11, 1), occurred_on=date(2026, 11, 1))).when(
        command, MANAGER
    ).then(a.tier_decided(decision_id=command.decision_id, before=ROOM, tier=CONCERN))


def test_the_same_tier_may_be_decided_again_for_that_is_a_review() -> None:
    given(a.tier_decided()).when(a.decide_tier(), MANAGER).then_a(e.TierDecided, before=ROOM, tier=ROOM)


def test_a_proposal_moves_nothing() -> None:
    assert given(a.tier_proposed(tier=CONCERN)).practice().tier_on(a.TODAY) == ASSURANCE


def test_only_a_caseworker_proposes_and_only_a_manager_decides() -> None:
    given().when(a.propose_tier(), MANAGER).then_refused("the-role-may-do-this")
    given().when(a.propose_tier(), LEAD).then_refused("the-role-may-do-this")
    given().when(a.decide_tier(), CASEWORKER).then_refused("the-role-may-do-this")
    given().when(a.decide_tier(), LEAD).then_refused("the-role-may-do-this")


def test_nobody_decides_what_they_proposed() -> None:
    proposed = a.tier_proposed()
    given(by(MANAGER, proposed)).when(a.decide_tier(proposal_id=proposed.proposal_id), MANAGER).then_refused(
        "another-person-decides-what-one-proposed"
    )
    given(by(MANAGER, proposed)).when(a.decide_tier(proposal_id=proposed.proposal_id), OTHER_MANAGER).then_a(
        e.TierDecided, proposal_id=proposed.proposal_id
    )


def test_one_proposal_waits_at_a_time() -> None:
    proposed = a.tier_proposed()
    given(proposed).when(a.propose_tier()).then_refused("one-tier-proposal-at-a-time")
    given(proposed, a.tier_proposal_declined(proposal_id=proposed.proposal_id)).when(a.propose_tier()).then_a(
        e.TierProposed
    )


@pytest.mark.parametrize("answer", [a.tier_proposal_declined, a.tier_decided])
def test_a_proposal_is_answered_once(answer) -> None:
    proposed = a.tier_proposed()
    story = given(proposed, answer(proposal_id=proposed.proposal_id))
    story.when(a.decide_tier(proposal_id=proposed.proposal_id), MANAGER).then_refused(
        "a-proposal-is-answered-once"
    )


def test_a_proposal_is_declined_with_reasons() -> None:
    proposed = a.tier_proposed()
    given(proposed).when(a.decline_tier_proposal(proposal_id=proposed.proposal_id), MANAGER).then(
        a.tier_proposal_declined(proposal_id=proposed.proposal_id)
    )


@pytest.mark.parametrize("command", [a.decline_tier_proposal, a.decide_tier])
def test_a_proposal_is_not_answered_before_it_was_made(command) -> None:
    proposed = a.tier_proposed(occurred_on=date(2026, 11, 10))
    given(proposed).when(
        command(proposal_id=proposed.proposal_id, occurred_on=date(2026, 11, 9)), MANAGER
    ).then_refused("an-end-is-not-before-its-start", "occurred_on")


def test_a_proposal_of_another_practice_is_unknown_here() -> None:
    for command in (a.decline_tier_proposal, a.decide_tier):
        given().when(command(proposal_id="proposal-elsewhere"), MANAGER).then_refused(
            "a-proposal-is-of-this-practice", "proposal_id"
        )


BOTH = [(a.propose_tier, CASEWORKER), (a.decide_tier, MANAGER)]


@pytest.mark.parametrize(("command", "asked"), BOTH)
@pytest.mark.parametrize(
    ("inputs", "rule"),
    [
        ((), "a-tier-rests-on-facts"),
        (("X90002/1",), "what-is-cited-is-of-this-practice"),
        (("X90001/5",), "what-is-cited-is-recorded"),
        (("X90001/1", "X90001/3"), "what-is-cited-stands"),
    ],
    ids=["none", "foreign", "later", "withdrawn"],
)
def test_foreign_withdrawn_and_later_facts_are_refused(command, asked, inputs, rule) -> None:
    given(a.conversation_recorded(), a.fact_withdrawn(corrects=3)).when(
        command(inputs=inputs), asked
    ).then_refused(rule, "inputs")


@pytest.mark.parametrize(("command", "asked"), BOTH)
def test_a_decision_does_not_rest_on_what_had_not_happened_by_its_day(command, asked) -> None:
    spoken = a.conversation_recorded(occurred_on=date(2026, 11, 21))
    given(spoken).when(
        command(inputs=("X90001/3",), occurred_on=date(2026, 11, 20), effective_on=a.TODAY), asked
    ).then_refused("what-is-cited-had-happened", "inputs")


@pytest.mark.parametrize(("command", "asked"), BOTH)
def test_a_decision_does_not_rest_on_what_was_not_recorded_by_its_day(command, asked) -> None:
    """Said on 12 November, recorded on 20 November: a decision of the 19th cannot have rested on it."""
    spoken = a.conversation_recorded(occurred_on=date(2026, 11, 12))
    given(spoken).when(
        command(inputs=("X90001/3",), occurred_on=date(2026, 11, 19), effective_on=a.TODAY), asked
    ).then_refused("what-is-cited-was-recorded", "inputs")
    given(spoken).when(
        command(inputs=("X90001/3",), occurred_on=date(2026, 11, 20), effective_on=a.TODAY), asked
    ).then_a(e.TierDecided if command is a.decide_tier else e.TierProposed, inputs=("X90001/3",))


@pytest.mark.parametrize(("command", "asked"), BOTH)
def test_a_review_is_not_before_the_tier_has_effect(command, asked) -> None:
    given().when(command(review_on=date(2026, 11, 20)), asked).then_refused(
        "an-end-is-not-before-its-start", "review_on"
    )


def test_a_decision_has_no_effect_before_it_is_made() -> None:
    given().when(a.decide_tier(effective_on=date(2026, 11, 20)), MANAGER).then_refused(
        "an-end-is-not-before-its-start", "effective_on"
    )


def test_a_decision_may_wait_for_its_day() -> None:
    practice = given(a.tier_decided(effective_on=date(2026, 12, 1))).practice()
    assert practice.tier_on(date(2026, 11, 30)) == ASSURANCE
    assert practice.tier_on(date(2026, 12, 1)) == ROOM


def test_one_decision_waits_for_its_day() -> None:
    waiting = a.tier_decided(effective_on=date(2026, 12, 1))
    given(waiting).when(a.decide_tier(effective_on=date(2026, 12, 2)), MANAGER).then_refused(
        "one-decision-waits-for-its-day", "effective_on"
    )


@pytest.mark.parametrize("day", [date(2026, 11, 25), date(2026, 12, 1)])
def test_a_decision_for_that_day_or_before_takes_the_place_of_one_that_waits(day) -> None:
    waiting = a.tier_decided(tier=CONCERN, effective_on=date(2026, 12, 1))
    given(waiting).when(a.decide_tier(effective_on=day), MANAGER).then_a(e.TierDecided, before=ASSURANCE)
    practice = given(waiting, a.tier_decided(effective_on=day)).practice()
    assert practice.tier_on(date(2026, 12, 1)) == ROOM


def test_a_decision_recorded_late_does_not_overturn_the_one_in_effect() -> None:
    """Recorded last, dated first: it would silently have become today's tier."""
    in_effect = a.tier_decided(effective_on=date(2026, 11, 10), occurred_on=date(2026, 11, 10))
    given(in_effect).when(
        a.decide_tier(
            tier=CONCERN, occurred_on=date(2026, 11, 1), effective_on=date(2026, 11, 1), inputs=("X90001/1",)
        ),
        MANAGER,
    ).then_refused("decisions-take-effect-in-order", "effective_on")


def test_a_decision_is_recorded_once() -> None:
    decided = a.tier_decided()
    given(decided).when(a.decide_tier(decision_id=decided.decision_id), MANAGER).then_refused(
        "decision-ids-are-new"
    )


@pytest.mark.parametrize("rationale", ["", "   ", "\n"])
def test_a_decision_has_a_rationale(rationale) -> None:
    given().when(a.decide_tier(rationale=rationale), MANAGER).then_refused(
        "what-is-asked-for-is-given", "rationale"
    )


def test_a_flag_withdrawn_after_the_decision_leaves_the_decision_as_it_was_known() -> None:
    """Domain reference 6.9, scenario 1."""
    flag = a.flag_raised()
    story = given(
        flag, by(MANAGER, a.tier_decided(inputs=("X90001/3",))), a.flag_withdrawn(flag_id=flag.flag_id)
    )
    today, then = story.practice(), given(*[entry.fact for entry in story.history[2:4]]).practice()
    assert today.flags[flag.flag_id].status == "withdrawn"
    assert then.flags[flag.flag_id].status == "open"
    assert (
        today.decisions[0].rationale
        == then.decisions[0].rationale
        == Sealed("Phone access is outlying and the practice has a plan.")
    )


def test_whoever_proposed_neither_declines_it_nor_decides_the_same_once_it_was_declined_or_withdrawn() -> (
    None
):
    proposed = by(MANAGER, a.tier_proposed(proposal_id="proposal-00000000", tier=ROOM))
    given(proposed).when(a.decline_tier_proposal(proposal_id="proposal-00000000"), MANAGER).then_refused(
        "another-person-answers-what-one-proposed"
    )
    declined = by(OTHER_MANAGER, a.tier_proposal_declined(proposal_id="proposal-00000000"))
    for after in (declined, by(MANAGER, a.fact_withdrawn(corrects=3))):
        story = given(proposed, after)
        story.when(a.decide_tier(tier=ROOM), MANAGER).then_refused("another-person-decides-what-one-proposed")
        story.when(a.decide_tier(tier=CONCERN), MANAGER).then_a(e.TierDecided)
        story.when(a.decide_tier(tier=ROOM), OTHER_MANAGER).then_a(e.TierDecided)
    given(proposed, declined, by(OTHER_MANAGER, a.tier_decided())).when(
        a.decide_tier(tier=ROOM), MANAGER
    ).then_a(e.TierDecided)
