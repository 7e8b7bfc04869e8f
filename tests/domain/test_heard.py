"""The practice's side: what it was told, what it answers point by point, and what it says is wrong."""

from datetime import date

import pytest

from domain.practice import commands as c
from domain.practice import events as e
from domain.practice.heard import said_about
from domain.practice.kinds import ChallengeOutcome, Channel, Visibility
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import (
    AUDITOR,
    CASEWORKER,
    LEAD,
    MANAGER,
    OPERATOR,
    OTHER_CASEWORKER,
    OTHER_MANAGER,
    by,
    given,
)

FLAG = a.flag_raised()
"""At version 3 of each story here, by the caseworker."""
CITED = f"{a.CODE}/3"
TOLD = a.practice_told(told_id="told-00000001", about=(CITED,))
RESPONSE = a.practice_response_received(response_id="response-00000001", told_id="told-00000001")
CHALLENGE = a.factual_challenge_made(challenge_id="challenge-00000001", about=CITED)
DECIDED = by(MANAGER, a.factual_challenge_decided(challenge_id="challenge-00000001"))
DECIDE = a.decide_factual_challenge(challenge_id="challenge-00000001")


# --- told


def test_the_practice_is_told_of_facts_by_a_letter_on_a_day() -> None:
    command = a.tell_practice(
        told_id="told-00000001", told="The October figures.", about=(CITED, CITED), by=f"{a.CODE}/4"
    )
    given(FLAG, a.letter_written()).when(command).then(
        e.PracticeTold(
            told_id="told-00000001",
            told=Sealed("The October figures."),
            told_to=Sealed("Practice manager"),
            channel=Channel.LETTER_OR_EMAIL,
            about=(CITED,),
            by=f"{a.CODE}/4",
            copy_to=None,
            copy_sha256=None,
            occurred_on=a.TODAY,
        )
    )


def test_both_organisations_record_what_the_practice_was_told_and_an_auditor_does_not() -> None:
    for asked in (CASEWORKER, MANAGER, LEAD):
        given().when(a.tell_practice(), asked).then_a(e.PracticeTold)
    given().when(a.tell_practice(), AUDITOR).then_refused("the-role-may-do-this")


def test_it_is_told_by_a_letter_or_a_document_and_by_nothing_else() -> None:
    given(a.document_attached()).when(a.tell_practice(by=CITED)).then_a(e.PracticeTold, by=CITED)
    given(FLAG).when(a.tell_practice(by=CITED)).then_refused("a-letter-or-document-shows-it", "by")
    given().when(a.tell_practice(by="X90002/1")).then_refused("what-is-cited-is-of-this-practice", "by")
    given(a.letter_written(), a.fact_withdrawn(corrects=3)).when(a.tell_practice(by=CITED)).then_refused(
        "what-is-cited-stands", "by"
    )


@pytest.mark.parametrize("closed", [Visibility.INTERNAL, Visibility.RESTRICTED])
def test_the_practice_is_told_of_nothing_that_one_organisation_keeps_to_itself(closed) -> None:
    own = a.conversation_recorded(visibility=closed)
    for command, field in (
        (a.tell_practice(about=(CITED,)), "about"),
        (
            a.receive_practice_response(points=(c.ResponsePoint(words="It is not so.", about=CITED),)),
            "points",
        ),
        (a.make_factual_challenge(about=CITED), "about"),
    ):
        given(own).when(command).then_refused("a-practice-is-told-what-both-see", field)
    given(own).when(a.refer_to_quality_surveillance_group(evidence=(CITED,)), MANAGER).then_refused(
        "a-practice-is-told-what-both-see", "evidence"
    )


def test_what_was_put_to_the_practice_both_organisations_go_on_seeing() -> None:
    talk = a.conversation_recorded()
    point = e.AnsweredPoint(about=CITED, words=Sealed("We said otherwise."))
    for said in (TOLD, a.practice_response_received(points=(point,)), CHALLENGE):
        given(talk, said).when(a.change_visibility(version=3)).then_refused(
            "what-was-put-to-the-practice-stays-with-both", "visibility"
        )
    given(talk, a.practice_told()).when(a.change_visibility(version=3)).then_a(e.VisibilityChanged)


def test_a_copy_goes_up_to_what_is_recorded_and_has_its_digest() -> None:
    copy = {"copy_to": 3, "copy_sha256": "ab" * 32}
    given(FLAG).when(a.tell_practice(**copy)).then_a(e.PracticeTold, **copy)
    given(FLAG).when(a.tell_practice(copy_to=3)).then_refused("a-copy-has-its-digest")
    for version in (0, 4):
        given(FLAG).when(a.tell_practice(copy_to=version, copy_sha256="ab" * 32)).then_refused(
            "a-copy-goes-up-to-what-is-recorded"
        )


# --- answered


def test_a_response_answers_what_was_told_point_by_point() -> None:
    points = (
        c.ResponsePoint(words="Three lines were open.", about=CITED),
        c.ResponsePoint(words="We ask for a meeting."),
    )
    command = a.receive_practice_response(
        response_id="response-00000001", told_id="told-00000001", points=points
    )
    given(FLAG, TOLD).when(command).then(
        e.PracticeResponseReceived(
            response_id="response-00000001",
            told_id="told-00000001",
            channel=Channel.LETTER_OR_EMAIL,
            responded_by=Sealed("Practice manager"),
            nothing_to_say=False,
            points=(
                e.AnsweredPoint(about=CITED, words=Sealed("Three lines were open.")),
                e.AnsweredPoint(about=None, words=Sealed("We ask for a meeting.")),
            ),
            document=None,
            occurred_on=a.TODAY,
        )
    )


def test_nothing_to_say_is_an_answer_and_neither_silence_nor_points() -> None:
    nothing = a.receive_practice_response(nothing_to_say=True, points=())
    given().when(nothing).then_a(e.PracticeResponseReceived, nothing_to_say=True, points=())
    given().when(a.receive_practice_response(points=())).then_refused(
        "a-response-has-a-point-or-nothing-to-say", "points"
    )
    blank = (c.ResponsePoint(words="  "),)
    given().when(a.receive_practice_response(points=blank)).then_refused(
        "a-response-has-a-point-or-nothing-to-say"
    )
    given().when(a.receive_practice_response(nothing_to_say=True)).then_refused(
        "nothing-to-say-has-no-points", "points"
    )


def test_a_point_that_was_chosen_is_answered_in_words_that_keep_to_their_limit() -> None:
    def answered(words: str) -> c.ReceivePracticeResponse:
        return a.receive_practice_response(points=(c.ResponsePoint(words=words, about=CITED),))

    given(FLAG).when(answered(" ")).then_refused("a-point-is-answered-in-words", "points")
    given(FLAG).when(answered("x" * 2_000)).then_a(e.PracticeResponseReceived)
    given(FLAG).when(answered("x" * 2_001)).then_refused("words-keep-to-their-limit", "points")
    given(FLAG).when(answered("Patient 943 476 5919 waited.")).then_refused("no-patient-is-identified")
    given().when(answered("It is not so.")).then_refused("what-is-cited-is-recorded", "points")


def test_a_response_answers_what_this_practice_was_told_and_not_before_it_was_told() -> None:
    answer = {"told_id": "told-00000001"}
    given().when(a.receive_practice_response(**answer)).then_refused(
        "a-response-answers-what-was-told", "told_id"
    )
    early = a.receive_practice_response(**answer, occurred_on=date(2026, 11, 20))
    given(FLAG, TOLD).when(early).then_refused("an-end-is-not-before-its-start", "occurred_on")


# --- challenged


def test_the_practice_challenges_a_fact_and_nothing_in_the_record_changes_by_it() -> None:
    command = a.make_factual_challenge(challenge_id="challenge-00000001", about=CITED, instead="Three lines.")
    given(FLAG).when(command, LEAD).then_a(
        e.FactualChallengeMade, about=CITED, instead=Sealed("Three lines."), response_id=None
    )
    before, after = given(FLAG).practice(), given(FLAG, CHALLENGE).practice()
    assert before.flags == after.flags
    assert after.challenges["challenge-00000001"].open


def test_one_challenge_of_a_fact_waits_at_a_time_and_a_decided_one_may_be_made_again() -> None:
    again = a.make_factual_challenge(about=CITED)
    given(FLAG, CHALLENGE).when(again).then_refused("one-open-challenge-of-a-fact", "about")
    given(FLAG, CHALLENGE, DECIDED).when(again).then_a(e.FactualChallengeMade)


def test_what_the_practice_itself_said_is_not_challenged() -> None:
    given(FLAG, RESPONSE).when(a.make_factual_challenge(about=f"{a.CODE}/4")).then_refused(
        "what-the-practice-said-is-its-own", "about"
    )


def test_a_challenge_names_a_response_of_this_practice() -> None:
    made = a.make_factual_challenge(about=CITED, response_id="response-00000001")
    given(FLAG).when(made).then_refused("a-challenge-was-made-in-a-response", "response_id")
    given(FLAG, TOLD, RESPONSE).when(made).then_a(e.FactualChallengeMade, response_id="response-00000001")


@pytest.mark.parametrize("outcome", list(ChallengeOutcome))
def test_a_challenge_is_decided_with_reasons_by_a_manager_who_recorded_neither_it_nor_the_fact(
    outcome,
) -> None:
    command = a.decide_factual_challenge(challenge_id="challenge-00000001", outcome=outcome)
    given(FLAG, CHALLENGE).when(command, MANAGER).then(
        e.FactualChallengeDecided(
            challenge_id="challenge-00000001",
            outcome=outcome,
            reason=Sealed("The supplier's log shows three."),
            occurred_on=a.TODAY,
        )
    )
    challenge = (
        given(FLAG, CHALLENGE, by(MANAGER, a.factual_challenge_decided(**_same(command))))
        .practice()
        .challenges
    )["challenge-00000001"]
    assert (challenge.outcome, challenge.decided_by, challenge.decided) == (outcome, MANAGER.person, 5)


def _same(command: c.DecideFactualChallenge) -> dict[str, object]:
    return {"challenge_id": command.challenge_id, "outcome": command.outcome}


def test_whoever_recorded_the_challenge_does_not_decide_it() -> None:
    given(FLAG, by(MANAGER, CHALLENGE)).when(DECIDE, MANAGER).then_refused(
        "another-person-decides-a-challenge"
    )
    given(FLAG, by(MANAGER, CHALLENGE)).when(DECIDE, OTHER_MANAGER).then_a(e.FactualChallengeDecided)


def test_whoever_recorded_what_is_challenged_does_not_decide_it_either() -> None:
    given(by(MANAGER, FLAG), CHALLENGE).when(DECIDE, MANAGER).then_refused(
        "another-person-decides-a-challenge"
    )
    given(by(MANAGER, FLAG), CHALLENGE).when(DECIDE, OTHER_MANAGER).then_a(e.FactualChallengeDecided)
    withdrawn = by(MANAGER, a.fact_withdrawn(corrects=3))
    given(by(MANAGER, FLAG), CHALLENGE, withdrawn).when(DECIDE, MANAGER).then_refused(
        "another-person-decides-a-challenge"
    )


def test_only_a_manager_decides_a_challenge_and_once() -> None:
    for asked in (OTHER_CASEWORKER, LEAD):
        given(FLAG, CHALLENGE).when(DECIDE, asked).then_refused("the-role-may-do-this")
    given(FLAG, CHALLENGE, DECIDED).when(DECIDE, OTHER_MANAGER).then_refused("a-challenge-is-decided-once")
    given(FLAG).when(DECIDE, MANAGER).then_refused("a-challenge-is-of-this-practice")
    early = a.decide_factual_challenge(challenge_id="challenge-00000001", occurred_on=date(2026, 11, 20))
    given(FLAG, CHALLENGE).when(early, MANAGER).then_refused("an-end-is-not-before-its-start")


# --- what it said


def test_what_the_practice_said_about_some_facts_is_found_for_whoever_decides_on_them() -> None:
    about = a.practice_response_received(points=(e.AnsweredPoint(about=CITED, words=Sealed("No.")),))
    practice = given(FLAG, TOLD, RESPONSE, RESPONSE_TO_NOTHING, about, CHALLENGE).practice()
    assert said_about(practice, (CITED,)) == [5, 7, 8]
    assert said_about(practice, (f"{a.CODE}/1",)) == []
    assert said_about(given(FLAG, TOLD).practice(), (CITED,)) == []


# --- referred


def test_a_referral_to_the_quality_surveillance_group_has_a_reason_and_rests_on_facts() -> None:
    refer = a.refer_to_quality_surveillance_group
    for asked in (MANAGER, LEAD):
        given(FLAG).when(refer(evidence=(CITED,)), asked).then_a(
            e.QualitySurveillanceGroupReferred,
            evidence=(CITED,),
            reason=Sealed("Three sources point the same way."),
        )
    given(FLAG).when(refer(evidence=(CITED,)), CASEWORKER).then_refused("the-role-may-do-this")
    given(FLAG).when(refer(evidence=()), MANAGER).then_refused("a-referral-rests-on-facts", "evidence")


# --- what stays true


def test_what_others_rest_on_is_not_withdrawn() -> None:
    story = (FLAG, TOLD, RESPONSE)
    of_it = a.factual_challenge_made(about=CITED, response_id="response-00000001")
    for facts, version in (
        (story, 4),
        ((*story, of_it), 5),
        ((FLAG, CHALLENGE, DECIDED), 4),
    ):
        given(*facts).when(a.withdraw_fact(version=version)).then_refused(
            "what-others-rest-on-is-not-withdrawn"
        )
    given(*story, RESPONSE_TO_NOTHING).when(a.withdraw_fact(version=6)).then_a(e.FactWithdrawn)


RESPONSE_TO_NOTHING = a.practice_response_received()


def test_a_decision_on_a_challenge_is_corrected_through_a_manager() -> None:
    given(FLAG, CHALLENGE, DECIDED).when(a.withdraw_fact(version=5), MANAGER).then_refused(
        "a-manager-authorises-corrections-of-decisions-and-contracts"
    )


def test_a_correction_cannot_say_what_no_response_could() -> None:
    for fields, rule in (
        ({"nothing_to_say": True}, "nothing-to-say-has-no-points"),
        ({"points": []}, "a-response-has-a-point-or-nothing-to-say"),
        ({"points": [{"about": "X90001/99", "words": "It is so."}]}, "what-is-cited-is-recorded"),
        ({"occurred_on": "2026-11-20"}, "an-end-is-not-before-its-start"),
    ):
        given(FLAG, TOLD, RESPONSE).when(a.correct_fact(version=5, fields=fields)).then_refused(rule)
    both = {"nothing_to_say": True, "points": []}
    given(FLAG, TOLD, RESPONSE).when(a.correct_fact(version=5, fields=both)).then_a(e.FactCorrected)


def test_after_closure_replies_and_challenges_are_taken_and_late_entries_of_what_was_told() -> None:
    closed = by(OPERATOR, a.practice_closed(closed_on=date(2026, 11, 10), occurred_on=date(2026, 11, 10)))
    given(FLAG, closed).when(a.receive_practice_response()).then_a(e.PracticeResponseReceived)
    given(FLAG, closed).when(a.make_factual_challenge(about=CITED)).then_a(e.FactualChallengeMade)
    given(FLAG, CHALLENGE, closed).when(DECIDE, MANAGER).then_a(e.FactualChallengeDecided)
    late = a.tell_practice(occurred_on=date(2026, 11, 9))
    given(FLAG, closed).when(late).then_a(e.PracticeTold)
    for day in (None, date(2026, 11, 11)):
        given(FLAG, closed).when(a.tell_practice(occurred_on=day)).then_refused(
            "a-closed-practice-takes-late-entries-only", "occurred_on"
        )


def test_a_practice_is_told_of_nothing_before_it_happened() -> None:
    talked = a.conversation_recorded(occurred_on=date(2026, 11, 10))
    story = given(talked)
    story.when(a.tell_practice(about=(f"{a.CODE}/3",), occurred_on=date(2026, 11, 9)), MANAGER).then_refused(
        "a-practice-is-told-of-what-has-happened", "occurred_on"
    )
    story.when(a.tell_practice(about=(f"{a.CODE}/3",), occurred_on=date(2026, 11, 10)), MANAGER).then_a(
        e.PracticeTold
    )
    told = by(MANAGER, a.practice_told(about=(f"{a.CODE}/3",), occurred_on=date(2026, 11, 11)))
    given(talked, told).when(
        a.correct_fact(version=4, fields={"occurred_on": "2026-11-09"}), MANAGER
    ).then_refused("a-practice-is-told-of-what-has-happened")
