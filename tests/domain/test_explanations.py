"""An explanation of a flag is answered by another person, with a reason, once; the flag stays open."""

from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.kinds import CorrectionKind
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import (
    CASEWORKER,
    LEAD,
    MANAGER,
    OPERATOR,
    OTHER_CASEWORKER,
    OTHER_MANAGER,
    by,
    given,
)

FLAG = a.flag_raised(flag_id="flag-00000001")
EXPLAINED = a.flag_explained(
    flag_id="flag-00000001", explanation_id="explanation-00000001", occurred_on=date(2026, 11, 3)
)
ACCEPT = a.accept_explanation(explanation_id="explanation-00000001")
DECLINE = a.decline_explanation(explanation_id="explanation-00000001")
OF_IT = {"flag_id": "flag-00000001", "explanation_id": "explanation-00000001"}


def explained(*facts):
    return given(FLAG, EXPLAINED, *facts)


def test_another_person_accepts_an_explanation_and_the_flag_stays_open() -> None:
    reason = Sealed("The codes were checked with the practice.")
    explained().when(ACCEPT, MANAGER).then(e.ExplanationAccepted(**OF_IT, reason=reason, occurred_on=a.TODAY))
    practice = explained(by(MANAGER, a.explanation_accepted(**OF_IT))).practice()
    one = practice.explanations["explanation-00000001"]
    assert (one.status, one.answered_by, one.answered_on, one.answer) == (
        "accepted",
        MANAGER.person,
        a.TODAY,
        5,
    )
    assert practice.flags["flag-00000001"].open


def test_another_person_does_not_accept_it_and_the_flag_may_be_explained_again() -> None:
    explained().when(DECLINE, OTHER_CASEWORKER).then_a(e.ExplanationNotAccepted, **OF_IT)
    story = explained(by(MANAGER, a.explanation_not_accepted(**OF_IT)))
    assert story.practice().explanations["explanation-00000001"].status == "not accepted"
    again = a.explain_flag(flag_id="flag-00000001", explanation_id="explanation-00000002")
    story.when(again).then_a(e.FlagExplained)


@pytest.mark.parametrize("command", [ACCEPT, DECLINE])
def test_nobody_answers_their_own_explanation(command) -> None:
    explained().when(command, CASEWORKER).then_refused("another-person-answers-an-explanation")


@pytest.mark.parametrize("command", [ACCEPT, DECLINE])
def test_the_local_commissioner_only_proposes_explanations(command) -> None:
    explained().when(command, LEAD).then_refused("the-role-may-do-this")
    given(FLAG, by(LEAD, EXPLAINED)).when(command, CASEWORKER).then_a(
        type(_fact(command)), explanation_id="explanation-00000001"
    )


def _fact(command):
    return a.explanation_accepted(**OF_IT) if command is ACCEPT else a.explanation_not_accepted(**OF_IT)


@pytest.mark.parametrize("command", [ACCEPT, DECLINE])
@pytest.mark.parametrize("answered", [a.explanation_accepted, a.explanation_not_accepted])
def test_an_explanation_is_answered_once(command, answered) -> None:
    explained(by(MANAGER, answered(**OF_IT))).when(command, OTHER_CASEWORKER).then_refused(
        "an-explanation-is-answered-once"
    )


@pytest.mark.parametrize("ended", [a.flag_cleared, a.flag_withdrawn])
def test_the_explanation_of_a_flag_that_ended_is_answered_no_more(ended) -> None:
    explained(ended(flag_id="flag-00000001")).when(ACCEPT, MANAGER).then_refused(
        "only-an-open-flag-is-answered"
    )


def test_an_explanation_is_of_this_practice() -> None:
    given(FLAG).when(ACCEPT, MANAGER).then_refused("an-explanation-is-of-a-flag-of-this-practice")


def test_it_is_answered_on_a_day_after_it_was_given() -> None:
    early = a.accept_explanation(explanation_id="explanation-00000001", occurred_on=date(2026, 11, 2))
    explained().when(early, MANAGER).then_refused("an-end-is-not-before-its-start", "occurred_on")
    late = a.accept_explanation(explanation_id="explanation-00000001", occurred_on=date(2026, 11, 22))
    explained().when(late, MANAGER).then_refused("what-happened-is-not-in-the-future", "occurred_on")


def test_an_answer_that_was_entered_in_error_leaves_the_explanation_waiting() -> None:
    answered = by(MANAGER, a.explanation_accepted(**OF_IT))
    story = explained(answered, by(MANAGER, a.fact_withdrawn(corrects=5)))
    assert story.practice().explanations["explanation-00000001"].status == "waiting"
    story.when(DECLINE, MANAGER).then_a(e.ExplanationNotAccepted)


def test_an_explanation_is_not_withdrawn_from_under_its_answer() -> None:
    answered = by(MANAGER, a.explanation_accepted(**OF_IT))
    explained(answered).when(a.withdraw_fact(version=4)).then_refused("what-others-rest-on-is-not-withdrawn")
    other = a.flag_explained(flag_id="flag-00000001", explanation_id="explanation-00000002")
    explained(answered, other).when(a.withdraw_fact(version=6)).then_a(e.FactWithdrawn)


def test_an_explanation_is_not_corrected_to_a_day_after_its_answer() -> None:
    story = explained(by(MANAGER, a.explanation_accepted(**OF_IT, occurred_on=date(2026, 11, 5))))
    story.when(a.correct_fact(version=4, fields={"occurred_on": "2026-11-06"}, reason="The 6th."))
    story.then_refused("an-end-is-not-before-its-start")


def test_an_answer_of_which_the_explanation_is_gone_changes_nothing() -> None:
    practice = given(FLAG, by(OPERATOR, a.explanation_accepted(**OF_IT))).practice()
    assert practice.explanations == {}
    assert practice.flags["flag-00000001"].open


@pytest.mark.parametrize(
    "fields", [{"category": "merger"}, {"words": "Otherwise."}, {"given_by": "local_commissioner"}]
)
@pytest.mark.parametrize("answer", [a.explanation_accepted, a.explanation_not_accepted])
def test_what_another_person_answered_is_not_rewritten_under_their_answer(fields, answer) -> None:
    correct = a.correct_fact(version=4, fields=fields, reason="Typed wrongly.")
    explained().when(correct).then_a(e.FactCorrected)
    answered = explained(by(MANAGER, answer(**OF_IT)))
    answered.when(correct).then_refused("an-answered-explanation-stays-as-it-was")
    ask = a.request_correction(version=4, fields=fields, request_id="request-00000001")
    answered.when(ask, MANAGER).then_refused("an-answered-explanation-stays-as-it-was")


def test_a_correction_asked_for_before_an_explanation_was_answered_is_not_authorised_after() -> None:
    fields = (e.CorrectedField(field="category", before=Sealed('"coding"'), after=Sealed('"merger"')),)
    ask = a.correction_requested(
        request_id="request-00000001", version=4, kind=CorrectionKind.CORRECT, fields=fields
    )
    authorise = a.authorise_correction(request_id="request-00000001")
    explained(ask).when(authorise, OTHER_MANAGER).then_a(e.FactCorrected)
    answered = explained(ask, by(MANAGER, a.explanation_accepted(**OF_IT)))
    answered.when(authorise, OTHER_MANAGER).then_refused("an-answered-explanation-stays-as-it-was")
