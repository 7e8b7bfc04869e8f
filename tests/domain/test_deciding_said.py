"""What a decision must say, and what others say of it."""

from dataclasses import replace

import pytest

from domain.practice import events as e
from domain.practice.kinds import LesserStep, RecommendedBecause, Side, Travel
from domain.practice.weighing import STEPS
from tests.domain.deciding import (
    CONCERN,
    FLAG,
    ROOM,
    TODAY,
    V1,
    ago,
    cite,
    corroborated,
    decide,
    flag,
    heard,
    talked,
)
from tests.support import factories as a
from tests.support.given import LEAD, MANAGER, OPERATOR, OTHER_MANAGER, by, given

ALLOWED = (flag(), heard(), corroborated(), talked(20))


@pytest.mark.parametrize(
    ("missing", "rule"),
    [
        ("direction", "a-decision-says-which-way-it-goes"),
        ("de_escalation", "the-way-down-is-said-in-advance"),
        ("differs_because", "a-decision-that-differs-says-why"),
        ("asked_for", "a-raised-tier-asks-for-something"),
        ("answered", "the-practice-is-heard-or-waiting-was-unsafe"),
        ("no_view_because", "the-other-organisation-is-asked-its-view"),
        *((f"on_{step.value}", "each-lesser-step-is-weighed") for step in LesserStep),
    ],
)
def test_what_a_move_to_cause_for_concern_must_say_is_asked_for_by_name(missing, rule) -> None:
    command = replace(decide(CONCERN, 3, 4), **{missing: None})
    given(*ALLOWED).under(V1).when(command, MANAGER).then_refused(rule, missing)


def test_a_decision_keeps_all_that_was_said_and_what_was_recommended() -> None:
    answered = a.practice_response_received(occurred_on=ago(10))
    story = given(*ALLOWED, answered).under(V1).when(decide(CONCERN, 3, 4, answers=cite(7)), MANAGER)
    decided, recommended = story.facts
    assert recommended.tier == ROOM
    assert [(one.rule, one.facts) for one in recommended.satisfied] == [("R1", cite(3)), ("R7", cite(4, 5))]
    assert recommended.because == RecommendedBecause.DECISION_OPENED
    assert (decided.recommended, decided.framework_version, decided.tier) == (ROOM, 1, CONCERN)
    assert {one.step: one.taken for one in decided.steps} == {
        step: step == LesserStep.CONVERSATION for step in LesserStep
    }
    assert decided.answers == cite(7)
    assert decided.differs_because is not None


def test_what_the_practice_answered_it_said_itself() -> None:
    told = a.practice_told(occurred_on=ago(10))
    for version in (1, 3, 6, 7):
        said = decide(CONCERN, 3, 4, answered=None, answers=cite(version))
        given(*ALLOWED, told).under(V1).when(said, MANAGER).then_refused(
            "what-the-practice-answered-it-said-itself", "answers"
        )
    theirs = a.flag_explained(flag_id=FLAG, given_by=Side.PRACTICE, occurred_on=ago(10))
    said = decide(CONCERN, 3, 4, answered=None, answers=cite(7))
    assert given(*ALLOWED, theirs).under(V1).when(said, MANAGER).facts


def test_a_former_local_commissioner_has_no_view_that_counts() -> None:
    view = by(LEAD, a.tier_view_stated(occurred_on=ago(5)))
    moved = a.responsibility_assigned(local_commissioner="11Z", from_on=ago(3))
    command = decide(CONCERN, 3, 4, no_view_because=None)
    assert given(*ALLOWED, view).under(V1).when(command, MANAGER).facts
    given(*ALLOWED, view, by(OPERATOR, moved)).under(V1).when(command, MANAGER).then_refused(
        "the-other-organisation-is-asked-its-view"
    )


def test_why_it_differs_is_kept_only_where_it_differs() -> None:
    decided = given(*ALLOWED).under(V1).when(decide(ROOM, 3, 4), MANAGER).facts[0]
    assert decided.differs_because is None


def test_a_review_that_keeps_a_tier_weighs_no_lesser_step() -> None:
    at_room = by(MANAGER, a.tier_decided(occurred_on=ago(10), effective_on=ago(10)))
    command = a.decide_tier(
        tier=ROOM, inputs=cite(3), direction=Travel.STEADY, de_escalation="Two quarters within the limits."
    )
    assert given(flag(), at_room).under(V1).when(command, MANAGER).facts[0].before == ROOM
    assert set(STEPS) == {ROOM, CONCERN}


def test_the_local_commissioners_view_since_the_last_decision_is_cited() -> None:
    view = by(LEAD, a.tier_view_stated(occurred_on=ago(2)))
    decided = (
        given(*ALLOWED, view).under(V1).when(decide(CONCERN, 3, 4, no_view_because=None), MANAGER).facts[0]
    )
    assert decided.view == cite(7)[0]
    older = by(MANAGER, a.tier_decided(occurred_on=ago(1), effective_on=ago(1)))
    given(*ALLOWED, view, older).under(V1).when(
        decide(CONCERN, 3, 4, no_view_because=None), MANAGER
    ).then_refused("the-other-organisation-is-asked-its-view")


def test_each_organisation_dissents_once_and_the_decision_stands() -> None:
    decided = a.tier_decided(decision_id="decision-deciding1")
    command = a.record_dissent(decision_id="decision-deciding1")
    given(by(MANAGER, decided)).when(command, LEAD).then_a(
        e.DissentRecorded, side=Side.LOCAL_COMMISSIONER, organisation=a.COMMISSIONER
    )
    theirs = by(LEAD, a.dissent_recorded(decision_id="decision-deciding1"))
    story = given(by(MANAGER, decided), theirs)
    story.when(command, LEAD).then_refused("an-organisation-dissents-once")
    story.when(command, MANAGER).then_refused("nobody-dissents-from-their-own-decision")
    story.when(command, OTHER_MANAGER).then_a(e.DissentRecorded, side=Side.CONTRACT_HOLDER)
    assert story.practice().tier_on(TODAY) == ROOM
    given().when(command, LEAD).then_refused("dissent-is-from-a-decision-of-this-practice")
