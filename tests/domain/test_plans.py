"""Action plans as a whole: agreed when both organisations have agreed all of it, answered by the practice or not."""

from datetime import date

from domain.practice import events as e
from domain.practice.kinds import PracticeAnswer, Side
from domain.practice.plans import plans
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, OPERATOR, by, given

ONE, TWO, THREE = "action-0000aaaa", "action-0000bbbb", "action-0000cccc"
OURS, THEIRS = Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER


def proposed(action_id, plan="Winter plan"):
    return a.action_proposed(action_id=action_id, plan_id=Sealed(plan) if plan else None)


PROPOSED = (proposed(ONE), proposed(TWO, "winter  PLAN"), proposed(THREE, None))


def agreed(action_id, side):
    organisation = {OURS: a.HOLDER, THEIRS: a.COMMISSIONER}[side]
    return by(
        {OURS: MANAGER, THEIRS: LEAD}[side],
        a.action_agreed(action_id=action_id, side=side, organisation=organisation),
    )


OURS_AGREED = (*PROPOSED, agreed(ONE, OURS), agreed(TWO, OURS))
BOTH_AGREED = (*OURS_AGREED, agreed(ONE, THEIRS), agreed(TWO, THEIRS))


def plan_of(*facts):
    practice = given(*facts).practice()
    (plan,) = plans(practice).values()
    return plan, practice


def test_a_plan_is_the_actions_that_share_its_reference_whatever_its_capitals() -> None:
    plan, _ = plan_of(*PROPOSED)
    assert plan.reference == "Winter plan"
    assert [action.action_id for action in plan.actions] == [ONE, TWO]
    assert plans(given(proposed(THREE, None)).practice()) == {}


def test_a_plan_waits_for_every_side_that_has_not_agreed_all_of_it() -> None:
    for facts, waits in (
        (PROPOSED, (OURS, THEIRS)),
        ((*PROPOSED, agreed(ONE, OURS)), (OURS, THEIRS)),
        (OURS_AGREED, (THEIRS,)),
        ((*OURS_AGREED, agreed(ONE, THEIRS)), (THEIRS,)),
        (BOTH_AGREED, ()),
    ):
        plan, practice = plan_of(*facts)
        assert plan.waits_for(practice, a.TODAY) == waits
        assert plan.agreed is not bool(waits)


def test_a_plan_to_which_an_action_is_added_waits_again() -> None:
    plan, practice = plan_of(*BOTH_AGREED, proposed("action-0000dddd"))
    assert not plan.agreed
    assert plan.waits_for(practice, a.TODAY) == (OURS, THEIRS)


def test_a_cancelled_action_keeps_no_plan_waiting() -> None:
    rest = (agreed(ONE, OURS), agreed(ONE, THEIRS), a.action_cancelled(action_id=TWO))
    plan, practice = plan_of(*PROPOSED, *rest)
    assert plan.agreed
    assert plan.waits_for(practice, a.TODAY) == ()


def test_a_plan_is_closed_when_each_of_its_actions_has_ended() -> None:
    done = (a.action_completed(action_id=ONE), by(MANAGER, a.action_evidence_accepted(action_id=ONE)))
    assert not plan_of(*BOTH_AGREED, *done)[0].closed
    assert plan_of(*BOTH_AGREED, *done, a.action_cancelled(action_id=TWO))[0].closed


def test_a_plan_is_agreed_in_one_go_and_each_action_by_itself() -> None:
    command = a.agree_plan(action_ids=(ONE, TWO, ONE))
    given(*PROPOSED).when(command, LEAD).then(
        *(
            e.ActionAgreed(
                action_id=one, side=THEIRS, organisation=a.COMMISSIONER, occurred_on=date(2026, 11, 21)
            )
            for one in (ONE, TWO)
        )
    )
    given(*PROPOSED).when(a.agree_plan(action_ids=(TWO,)), MANAGER).then_a(
        e.ActionAgreed, action_id=TWO, side=OURS
    )


def test_a_plan_is_agreed_as_its_actions_are() -> None:
    both = a.agree_plan(action_ids=(ONE, TWO))
    given(*OURS_AGREED).when(both, MANAGER).then_refused("a-side-agrees-once")
    given(*BOTH_AGREED, a.action_completed(action_id=ONE)).when(both, LEAD).then_refused(
        "only-an-open-action-is-worked-on"
    )
    given(*PROPOSED).when(both, CASEWORKER).then_refused("the-role-may-do-this")


def test_what_is_agreed_is_of_one_plan() -> None:
    other = proposed("action-0000dddd", "Summer plan")
    for named in ((), (ONE, THREE), (THREE,), (ONE, "action-0000dddd"), ("action-0000eeee",)):
        given(*PROPOSED, other).when(a.agree_plan(action_ids=named), LEAD).then_refused(
            "a-plan-is-its-actions", "action_ids"
        )


def test_the_practices_agreement_refusal_or_silence_on_a_plan_is_its_answer_to_each_action() -> None:
    for answer in PracticeAnswer:
        command = a.answer_plan(action_ids=(ONE, TWO), answer=answer, words="We need a locum.")
        given(*PROPOSED).when(command).then(
            *(
                e.ActionAnswered(
                    action_id=one,
                    answer=answer,
                    answered_by=Sealed("Practice manager"),
                    words=Sealed("We need a locum."),
                    occurred_on=a.TODAY,
                )
                for one in (ONE, TWO)
            )
        )


def test_what_the_practice_answered_makes_no_plan_agreed() -> None:
    answered = [a.action_answered(action_id=one, answer=PracticeAnswer.AGREED) for one in (ONE, TWO)]
    plan, practice = plan_of(*OURS_AGREED, *answered)
    assert not plan.agreed
    assert plan.waits_for(practice, a.TODAY) == (THEIRS,)
    assert plan.answers == {PracticeAnswer.AGREED}
    assert plan_of(*PROPOSED, answered[0])[0].answers == {PracticeAnswer.AGREED, None}


def test_where_there_is_no_local_commissioner_the_holder_agrees_a_plan_alone() -> None:
    alone = by(
        OPERATOR,
        a.responsibility_assigned(
            local_commissioner=None, from_on=date(2026, 9, 1), occurred_on=date(2026, 9, 1)
        ),
    )
    plan, practice = plan_of(alone, *PROPOSED)
    assert plan.waits_for(practice, a.TODAY) == (OURS,)
    assert plan_of(alone, *OURS_AGREED)[0].agreed
