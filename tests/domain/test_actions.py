"""Agreed actions: proposed, agreed by each organisation, progressed, rescheduled, completed, accepted, reopened."""

from dataclasses import replace
from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.action_agreeing import agreement_awaited
from domain.practice.kinds import ActionKind, PracticeAnswer, Side
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, OTHER_MANAGER, by, given

NEW_LEAD = replace(LEAD, person="person-newlead1", organisation="99B")
THING = "action-00000000"
PROPOSED = a.action_proposed(action_id=THING)
HOLDER_AGREED = by(MANAGER, a.action_agreed(action_id=THING))
CCG_AGREED = by(LEAD, a.action_agreed(action_id=THING, side=Side.LOCAL_COMMISSIONER, organisation="99A"))
AGREED = (PROPOSED, HOLDER_AGREED, CCG_AGREED)
COMPLETED = (*AGREED, a.action_completed(action_id=THING))
ACCEPTED = (*COMPLETED, by(MANAGER, a.action_evidence_accepted(action_id=THING)))
CANCELLED = (*AGREED, a.action_cancelled(action_id=THING))


def status(*facts) -> str:
    return given(*facts).practice().actions[THING].status


def awaited(*facts) -> tuple[Side, ...]:
    practice = given(*facts).practice()
    return agreement_awaited(practice, practice.actions[THING], a.TODAY)


# --- proposed


def test_an_action_is_proposed_with_issue_owner_due_date_and_success_measure() -> None:
    flag, heard = a.flag_raised(), a.intelligence_recorded()
    command = a.propose_action(
        plan_id="plan-1",
        about_flags=(flag.flag_id,),
        about_intelligence=(heard.intelligence_id,),
        occurred_on=date(2026, 11, 3),
    )
    given(flag, heard).when(command).then(
        a.action_proposed(
            action_id=command.action_id,
            plan_id=Sealed("plan-1"),
            about_flags=(flag.flag_id,),
            about_intelligence=(heard.intelligence_id,),
            occurred_on=date(2026, 11, 3),
        )
    )


@pytest.mark.parametrize("owner", [Side.PRACTICE, Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER])
def test_practice_board_and_ccg_may_own_an_action(owner) -> None:
    given().when(a.propose_action(owner=owner)).then_a(e.ActionProposed, owner=owner)


def test_nobody_else_owns_an_action() -> None:
    given().when(a.propose_action(owner=Side.OTHER)).then_refused("an-action-has-an-owner", "owner")


def test_an_action_is_not_due_before_it_is_proposed() -> None:
    given().when(a.propose_action(due_on=date(2026, 11, 20))).then_refused(
        "an-end-is-not-before-its-start", "due_on"
    )
    given().when(a.propose_action(due_on=date(2026, 11, 21))).then_a(
        e.ActionProposed, due_on=date(2026, 11, 21)
    )


ONE_AT_A_TIME = [ActionKind.VISIT, ActionKind.CONTRACT_REVIEW, ActionKind.DECLARATION_REMINDER]
SEVERAL = [ActionKind.IMPROVEMENT, ActionKind.SUPPORT_OFFER, ActionKind.DATA_VALIDATION]


@pytest.mark.parametrize("kind", ONE_AT_A_TIME)
@pytest.mark.parametrize("until", [PROPOSED, AGREED, COMPLETED], ids=["proposed", "agreed", "completed"])
def test_a_visit_a_review_or_a_reminder_is_open_once(kind, until) -> None:
    story = given(
        a.action_proposed(action_id=THING, kind=kind), *(until[1:] if isinstance(until, tuple) else ())
    )
    story.when(a.propose_action(kind=kind)).then_refused("one-open-action-of-its-kind", "kind")


@pytest.mark.parametrize("kind", ONE_AT_A_TIME)
@pytest.mark.parametrize("until", [ACCEPTED, CANCELLED], ids=["accepted", "cancelled"])
def test_another_may_follow_when_it_has_ended(kind, until) -> None:
    given(a.action_proposed(action_id=THING, kind=kind), *until[1:]).when(a.propose_action(kind=kind)).then_a(
        e.ActionProposed, kind=kind
    )


@pytest.mark.parametrize("kind", SEVERAL)
def test_other_kinds_may_be_open_several_at_a_time(kind) -> None:
    given(a.action_proposed(kind=kind)).when(a.propose_action(kind=kind)).then_a(e.ActionProposed, kind=kind)


def test_an_action_is_about_things_of_this_practice() -> None:
    given().when(a.propose_action(about_flags=("flag-elsewhere1",))).then_refused(
        "what-it-is-about-is-of-this-practice", "about_flags"
    )
    given().when(a.propose_action(about_intelligence=("intelligence-elsewhere",))).then_refused(
        "what-it-is-about-is-of-this-practice", "about_intelligence"
    )


# --- agreed


def test_each_agreement_is_its_own_fact_by_a_person_of_that_organisation() -> None:
    given(PROPOSED).when(a.agree_action(action_id=THING), MANAGER).then(
        a.action_agreed(action_id=THING, occurred_on=a.TODAY)
    )
    given(PROPOSED).when(a.agree_action(action_id=THING), LEAD).then(
        a.action_agreed(
            action_id=THING, side=Side.LOCAL_COMMISSIONER, organisation="99A", occurred_on=a.TODAY
        )
    )


def test_an_action_is_agreed_only_when_both_have() -> None:
    assert status(PROPOSED, HOLDER_AGREED) == "proposed"
    assert status(PROPOSED, CCG_AGREED) == "proposed"
    assert status(PROPOSED, CCG_AGREED, HOLDER_AGREED) == "agreed"
    assert status(*AGREED) == "agreed"


def test_where_there_is_no_local_commissioner_the_holder_agrees_alone() -> None:
    alone = a.responsibility_assigned(local_commissioner=None, from_on=date(2026, 8, 1))
    assert status(alone, PROPOSED, HOLDER_AGREED) == "agreed"


def test_a_caseworker_agrees_for_nobody() -> None:
    given(PROPOSED).when(a.agree_action(action_id=THING), CASEWORKER).then_refused("the-role-may-do-this")


def test_a_side_agrees_once() -> None:
    given(PROPOSED, HOLDER_AGREED).when(a.agree_action(action_id=THING), OTHER_MANAGER).then_refused(
        "a-side-agrees-once"
    )


def test_nobody_agrees_for_both_even_when_they_have_changed_sides() -> None:
    was_lead = replace(MANAGER, person=LEAD.person)
    given(PROPOSED, CCG_AGREED).when(a.agree_action(action_id=THING), was_lead).then_refused(
        "nobody-agrees-for-both"
    )


MOVED = a.responsibility_assigned(local_commissioner="99B", from_on=date(2026, 11, 10))


def test_a_ccg_that_is_responsible_no_more_does_not_agree() -> None:
    given(PROPOSED, MOVED).when(a.agree_action(action_id=THING), LEAD).then_refused(
        "the-organisation-is-responsible-for-the-practice"
    )


def test_a_new_ccg_does_not_agree_for_a_day_before_it_was_responsible() -> None:
    given(PROPOSED, MOVED).when(
        a.agree_action(action_id=THING, occurred_on=date(2026, 11, 9)), NEW_LEAD
    ).then_refused("an-organisation-agrees-while-it-is-responsible", "occurred_on")


def test_the_agreement_of_a_ccg_since_replaced_does_not_bind_the_new_one() -> None:
    """The CCG agreed, responsibility moved, and then the board agreed: the new CCG has agreed nothing."""
    board_later = by(MANAGER, a.action_agreed(action_id=THING, occurred_on=date(2026, 11, 12)))
    assert status(PROPOSED, CCG_AGREED, MOVED, board_later) == "proposed"
    new_ccg = by(
        NEW_LEAD,
        a.action_agreed(
            action_id=THING, side=Side.LOCAL_COMMISSIONER, organisation="99B", occurred_on=date(2026, 11, 13)
        ),
    )
    assert status(PROPOSED, CCG_AGREED, MOVED, board_later, new_ccg) == "agreed"


def test_the_new_ccg_may_agree_what_the_old_one_had_agreed() -> None:
    given(PROPOSED, CCG_AGREED, MOVED).when(a.agree_action(action_id=THING), NEW_LEAD).then_a(
        e.ActionAgreed, organisation="99B"
    )


def test_what_both_had_agreed_stays_agreed_when_responsibility_moves() -> None:
    assert status(*AGREED, MOVED) == "agreed"


def test_a_ccg_to_come_is_not_needed_yet() -> None:
    """Responsibility recorded in advance changes nothing before its day."""
    to_come = a.responsibility_assigned(local_commissioner=None, from_on=date(2027, 4, 1))
    assert status(to_come, PROPOSED, HOLDER_AGREED) == "proposed"
    assert status(to_come, *AGREED) == "agreed"


NO_CCG = replace(MOVED, local_commissioner=None)


def test_a_ccg_that_becomes_responsible_before_any_had_agreed_must_agree() -> None:
    assert status(PROPOSED, HOLDER_AGREED, MOVED) == "proposed"
    assert awaited(PROPOSED, HOLDER_AGREED, MOVED) == (Side.LOCAL_COMMISSIONER,)
    new_ccg = by(NEW_LEAD, a.action_agreed(
        action_id=THING, side=Side.LOCAL_COMMISSIONER, organisation="99B", occurred_on=date(2026, 11, 13)
    ))  # fmt: skip
    assert status(PROPOSED, HOLDER_AGREED, MOVED, new_ccg) == "agreed"


def test_each_organisation_that_answers_today_and_has_not_agreed_is_awaited() -> None:
    both = (Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER)
    assert awaited(PROPOSED) == both
    assert awaited(PROPOSED, CCG_AGREED) == (Side.CONTRACT_HOLDER,)
    assert awaited(PROPOSED, CCG_AGREED, MOVED) == both
    assert awaited(PROPOSED, HOLDER_AGREED, NO_CCG) == ()


def test_what_waited_for_a_ccg_only_is_agreed_when_none_answers_any_more() -> None:
    assert status(PROPOSED, HOLDER_AGREED, NO_CCG) == "agreed"
    assert status(PROPOSED, CCG_AGREED, NO_CCG) == "proposed"
    assert status(PROPOSED, NO_CCG) == "proposed"


def test_the_board_agrees_again_when_the_ccg_left_on_a_day_that_was_known_in_advance() -> None:
    """No fact is recorded on the day itself, and an action does not become agreed by nobody's hand."""
    left = a.responsibility_assigned(local_commissioner=None, from_on=a.TODAY)
    known = given(PROPOSED, HOLDER_AGREED, left)  # recorded the day before
    assert known.practice().actions[THING].status == "proposed"
    known.when(a.agree_action(action_id=THING), MANAGER).then_a(e.ActionAgreed, occurred_on=a.TODAY)


def test_an_action_is_not_agreed_before_it_was_proposed() -> None:
    given(PROPOSED).when(
        a.agree_action(action_id=THING, occurred_on=date(2026, 8, 31)), MANAGER
    ).then_refused("an-end-is-not-before-its-start", "occurred_on")


@pytest.mark.parametrize("answer", list(PracticeAnswer))
def test_the_practices_answer_is_recorded_whatever_it_is(answer) -> None:
    given(PROPOSED).when(
        a.answer_action(
            action_id=THING, answer=answer, words="We have no locum.", occurred_on=date(2026, 9, 3)
        )
    ).then(a.action_answered(action_id=THING, answer=answer, words=Sealed("We have no locum.")))
    assert (
        given(PROPOSED, a.action_answered(action_id=THING, answer=answer)).practice().actions[THING].answer
        == answer
    )


# --- worked on


@pytest.mark.parametrize("command", [a.progress_action, a.complete_action])
def test_an_action_is_agreed_before_it_is_worked_on(command) -> None:
    given(PROPOSED, HOLDER_AGREED).when(command(action_id=THING)).then_refused(
        "an-action-is-agreed-before-it-is-worked-on"
    )


def test_progress_is_recorded_on_an_agreed_action() -> None:
    given(*AGREED).when(a.progress_action(action_id=THING, occurred_on=date(2026, 10, 1))).then(
        a.action_progressed(action_id=THING)
    )


@pytest.mark.parametrize(
    "until", [COMPLETED, ACCEPTED, CANCELLED], ids=["completed", "accepted", "cancelled"]
)
@pytest.mark.parametrize(
    "command", [a.progress_action, a.complete_action, a.reschedule_action, a.answer_action, a.agree_action]
)
def test_what_waits_or_has_ended_takes_no_progress(until, command) -> None:
    given(*until).when(command(action_id=THING), MANAGER).then_refused("only-an-open-action-is-worked-on")


def test_a_rescheduled_action_keeps_the_first_date() -> None:
    given(PROPOSED).when(a.reschedule_action(action_id=THING)).then(a.action_rescheduled(action_id=THING))
    story = given(PROPOSED, a.action_rescheduled(action_id=THING))
    story.when(a.reschedule_action(action_id=THING, due_on=date(2027, 2, 1))).then(
        a.action_rescheduled(action_id=THING, due_on=date(2027, 2, 1), before_due_on=date(2027, 1, 11))
    )
    action = story.practice().actions[THING]
    assert (action.first_due_on, action.due_on, action.moved) == (date(2026, 12, 14), date(2027, 1, 11), 1)


def test_the_same_due_date_again_records_nothing() -> None:
    given(PROPOSED).when(a.reschedule_action(action_id=THING, due_on=date(2026, 12, 14))).then_nothing()


def test_an_action_is_neither_due_nor_rescheduled_before_it_was_proposed() -> None:
    given(PROPOSED).when(a.reschedule_action(action_id=THING, due_on=date(2026, 8, 31))).then_refused(
        "an-end-is-not-before-its-start", "due_on"
    )
    given(PROPOSED).when(a.reschedule_action(action_id=THING, occurred_on=date(2026, 8, 31))).then_refused(
        "an-end-is-not-before-its-start", "occurred_on"
    )


# --- completed


def test_an_action_is_completed_with_an_entry_or_a_document() -> None:
    given(*AGREED).when(a.complete_action(action_id=THING)).then(a.action_completed(action_id=THING))
    given(*AGREED, a.conversation_recorded()).when(
        a.complete_action(action_id=THING, evidence=("X90001/6",), evidence_document=None)
    ).then(a.action_completed(action_id=THING, evidence=("X90001/6",), evidence_document=None))


@pytest.mark.parametrize("document", [None, "", "  "])
def test_completion_has_evidence(document) -> None:
    given(*AGREED).when(a.complete_action(action_id=THING, evidence_document=document)).then_refused(
        "completion-has-evidence", "evidence"
    )


def test_an_entry_withdrawn_as_entered_in_error_is_no_evidence() -> None:
    given(*AGREED, a.conversation_recorded(), a.fact_withdrawn(corrects=6)).when(
        a.complete_action(action_id=THING, evidence=("X90001/6",))
    ).then_refused("what-is-cited-stands", "evidence")


def test_another_person_accepts_the_evidence() -> None:
    given(*COMPLETED).when(a.accept_evidence(action_id=THING), CASEWORKER).then_refused(
        "another-person-judges-the-evidence"
    )
    for asked in (MANAGER, LEAD):
        given(*COMPLETED).when(a.accept_evidence(action_id=THING), asked).then(
            a.action_evidence_accepted(action_id=THING)
        )
    assert status(*ACCEPTED) == "accepted"


def test_another_person_sends_it_back_and_it_is_open_and_agreed_again() -> None:
    given(*COMPLETED).when(a.send_back_action(action_id=THING), CASEWORKER).then_refused(
        "another-person-judges-the-evidence"
    )
    given(*COMPLETED).when(a.send_back_action(action_id=THING), MANAGER).then(
        a.action_sent_back(action_id=THING)
    )
    assert status(*COMPLETED, a.action_sent_back(action_id=THING)) == "agreed"


@pytest.mark.parametrize("until", [AGREED, ACCEPTED, CANCELLED], ids=["agreed", "accepted", "cancelled"])
@pytest.mark.parametrize("command", [a.accept_evidence, a.send_back_action])
def test_evidence_is_judged_after_completion(until, command) -> None:
    given(*until).when(command(action_id=THING), OTHER_MANAGER).then_refused(
        "evidence-is-judged-after-completion"
    )


def test_evidence_is_not_accepted_before_completion() -> None:
    completed = (*AGREED, a.action_completed(action_id=THING, occurred_on=date(2026, 11, 3)))
    for command in (a.accept_evidence, a.send_back_action):
        given(*completed).when(command(action_id=THING, occurred_on=date(2026, 11, 2)), MANAGER).then_refused(
            "an-end-is-not-before-its-start", "occurred_on"
        )


def test_what_was_sent_back_is_not_completed_on_a_day_before_that() -> None:
    sent_back = (
        *AGREED,
        a.action_completed(action_id=THING, occurred_on=date(2026, 11, 1)),
        by(MANAGER, a.action_sent_back(action_id=THING, occurred_on=date(2026, 11, 5))),
    )
    given(*sent_back).when(a.complete_action(action_id=THING, occurred_on=date(2026, 11, 4))).then_refused(
        "an-end-is-not-before-its-start", "occurred_on"
    )


# --- ended


def test_an_action_is_cancelled_with_a_reason_and_whether_it_ought_to_have_been_done() -> None:
    for until in (PROPOSED,), AGREED, COMPLETED:
        given(*until).when(a.cancel_action(action_id=THING, reason="Overtaken.", not_done=True)).then(
            a.action_cancelled(action_id=THING, not_done=True, occurred_on=a.TODAY)
        )


@pytest.mark.parametrize("until", [ACCEPTED, CANCELLED], ids=["accepted", "cancelled"])
def test_an_ended_action_takes_no_more(until) -> None:
    given(*until).when(a.cancel_action(action_id=THING)).then_refused("an-ended-action-takes-no-more")


@pytest.mark.parametrize("until", [ACCEPTED, CANCELLED], ids=["accepted", "cancelled"])
def test_an_ended_action_is_reopened_with_reason_and_due_date(until) -> None:
    given(*until).when(a.reopen_action(action_id=THING)).then(a.action_reopened(action_id=THING))
    action = given(*until, a.action_reopened(action_id=THING)).practice().actions[THING]
    assert (action.status, action.due_on, action.first_due_on) == (
        "agreed",
        date(2027, 1, 18),
        date(2026, 12, 14),
    )


@pytest.mark.parametrize("until", [(PROPOSED,), AGREED, COMPLETED], ids=["proposed", "agreed", "completed"])
def test_only_an_ended_action_is_reopened(until) -> None:
    given(*until).when(a.reopen_action(action_id=THING)).then_refused("only-an-ended-action-is-reopened")


def test_a_visit_is_not_reopened_over_a_newer_one() -> None:
    given(
        a.action_proposed(action_id=THING, kind=ActionKind.VISIT),
        *CANCELLED[1:],
        a.action_proposed(kind=ActionKind.VISIT),
    ).when(a.reopen_action(action_id=THING)).then_refused("one-open-action-of-its-kind")


def test_an_action_is_not_reopened_before_it_ended_nor_due_before_it_is_reopened() -> None:
    given(*CANCELLED).when(a.reopen_action(action_id=THING, occurred_on=date(2026, 9, 30))).then_refused(
        "an-end-is-not-before-its-start", "occurred_on"
    )
    given(*CANCELLED).when(a.reopen_action(action_id=THING, due_on=date(2026, 11, 20))).then_refused(
        "an-end-is-not-before-its-start", "due_on"
    )


def test_an_action_reopened_after_responsibility_moved_waits_for_the_new_ccg() -> None:
    assert status(*CANCELLED, MOVED, a.action_reopened(action_id=THING)) == "proposed"


def test_an_action_of_another_practice_is_unknown_here() -> None:
    for command in (a.agree_action, a.progress_action, a.complete_action, a.cancel_action, a.reopen_action):
        given().when(command(action_id="action-elsewhere"), MANAGER).then_refused(
            "an-action-is-one-of-this-practice", "action_id"
        )
