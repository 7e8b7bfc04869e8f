"""Expectations: who was asked for what by when, and what became of it, worked out from the facts and the day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.practice import events as e
from domain.practice.expectation_state import Outcome
from domain.practice.kinds import ExpectationAnswer, ExpectationKind, Side, Unit
from domain.practice.practice import replay
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, by, given

ASKED = "expectation-0000aaaa"
OF = {"expectation_id": ASKED}
SET = a.expectation_set(**OF)
"""Set on 3 November 2026, to be answered by 4 December 2026."""
VIEW = a.expectation_set(
    **OF, kind=ExpectationKind.VIEW, expected_of=Side.LOCAL_COMMISSIONER, organisation=a.COMMISSIONER
)


def day(text):
    return date.fromisoformat(text)


def outcome(*facts, on, recorded=None):
    """What had become of it by a day. `recorded` is when the last of the facts was recorded."""
    history = given(*facts).history
    if recorded:
        at = datetime.combine(day(recorded), datetime.min.time(), UTC) + timedelta(hours=10)
        history[-1] = history[-1]._replace(recorded_at=at)
    return replay(history).expectations[ASKED].outcome(day(on))


# --- asking


def test_somebody_is_asked_for_something_by_a_day() -> None:
    asked = a.set_expectation(**OF, occurred_on=day("2026-11-03"))
    given().when(asked).then(SET)


def test_the_commissioners_view_is_expected_within_ten_working_days_unless_another_day_is_said() -> None:
    asked = a.set_expectation(
        **OF,
        kind=ExpectationKind.VIEW,
        expected_of=Side.LOCAL_COMMISSIONER,
        due_on=None,
        occurred_on=day("2026-11-03"),
    )
    given().when(asked).then_a(
        e.ExpectationSet,
        due_on=day("2026-11-17"),
        length=10,
        unit=Unit.WORKING_DAYS,
        rule="commissioner-view",
        source="house rule",
        organisation=a.COMMISSIONER,
    )


def test_working_days_leave_out_weekends_and_bank_holidays_and_the_day_of_asking() -> None:
    asked = a.set_expectation(due_on=None, working_days=27, occurred_on=a.TODAY)
    given().when(asked).then_a(
        e.ExpectationSet, due_on=day("2026-12-31"), length=27, unit=Unit.WORKING_DAYS, rule=None, source=None
    )


def test_working_days_into_a_year_without_bank_holidays_are_refused() -> None:
    at = CASEWORKER.at.replace(year=2028, month=12, day=20)
    given().when(a.set_expectation(due_on=None, working_days=10), replace(CASEWORKER, at=at)).then_refused(
        "bank-holidays-of-the-year-are-known"
    )


@pytest.mark.parametrize(
    ("given_by", "rule", "field"),
    [
        ({"due_on": None}, "an-expectation-has-a-day", "due_on"),
        ({"working_days": 5}, "an-expectation-has-one-day", "working_days"),
        ({"due_on": None, "working_days": 0}, "working-days-are-a-year-at-most", "working_days"),
        ({"due_on": None, "working_days": 261}, "working-days-are-a-year-at-most", "working_days"),
        ({"due_on": date(2026, 11, 20)}, "an-end-is-not-before-its-start", "due_on"),
        ({"expected_of": Side.OTHER}, "an-expectation-is-of-somebody", "expected_of"),
        ({"about": ("X90001/99",)}, "what-is-cited-is-recorded", "about"),
        ({"about": ("X90002/1",)}, "what-is-cited-is-of-this-practice", "about"),
        ({"occurred_on": date(2026, 11, 22)}, "what-happened-is-not-in-the-future", "occurred_on"),
        ({"words": " "}, "what-is-asked-for-is-given", "words"),
    ],
)
def test_what_is_asked_for_has_words_somebody_and_one_day(given_by, rule, field) -> None:
    given().when(a.set_expectation(**given_by)).then_refused(rule, field)


def test_nobody_is_asked_who_is_not_there() -> None:
    alone = a.responsibility_assigned(local_commissioner=None)
    asked = a.set_expectation(expected_of=Side.LOCAL_COMMISSIONER)
    given(alone).when(asked, CASEWORKER).then_refused("who-is-asked-is-there", "expected_of")


# --- what became of it


def test_it_waits_to_the_end_of_its_day_and_then_has_lapsed() -> None:
    assert outcome(SET, on="2026-12-04") == Outcome.WAITING
    assert outcome(SET, on="2026-12-05") == Outcome.LAPSED


def test_an_answer_in_time_meets_it_and_a_later_one_comes_late() -> None:
    in_time = a.expectation_answered(**OF, occurred_on=day("2026-12-04"))
    late = a.expectation_answered(**OF, occurred_on=day("2026-12-05"))
    assert outcome(SET, in_time, on="2026-12-31", recorded="2026-12-04") == Outcome.MET
    assert outcome(SET, late, on="2026-12-31", recorded="2026-12-05") == Outcome.MET_LATE


def test_an_answer_in_time_that_was_recorded_late_turns_the_lapse_around() -> None:
    in_time = a.expectation_answered(**OF, occurred_on=day("2026-12-04"))
    assert outcome(SET, on="2026-12-20") == Outcome.LAPSED
    assert outcome(SET, in_time, on="2026-12-20", recorded="2026-12-20") == Outcome.MET_RECORDED_LATE


def test_not_asked_no_reply_and_nothing_to_say_are_told_apart() -> None:
    assert given().practice().expectations == {}
    silent = given(SET).practice().expectations[ASKED]
    assert (silent.outcome(day("2027-01-01")), silent.answer) == (Outcome.LAPSED, None)
    nothing = a.expectation_answered(**OF, answer=ExpectationAnswer.NOTHING_TO_SAY, words=None)
    spoken = given(SET, nothing).practice().expectations[ASKED]
    assert (spoken.outcome(day("2027-01-01")), spoken.answer) == (
        Outcome.MET,
        ExpectationAnswer.NOTHING_TO_SAY,
    )


def test_what_is_no_longer_expected_never_lapses() -> None:
    assert outcome(SET, a.expectation_withdrawn(**OF), on="2027-01-01") == Outcome.WITHDRAWN


# --- answering


def test_a_reply_is_shown_by_its_entry_or_its_words_and_nothing_to_say_needs_neither() -> None:
    given(SET).when(a.answer_expectation(**OF, words=None)).then_refused("a-reply-is-shown", "words")
    given(SET).when(a.answer_expectation(**OF, words=None, entry="X90001/3")).then_a(
        e.ExpectationAnswered, entry="X90001/3", words=None
    )
    nothing = a.answer_expectation(**OF, answer=ExpectationAnswer.NOTHING_TO_SAY, words=None)
    given(SET).when(nothing).then_a(e.ExpectationAnswered, words=None, entry=None)


def test_an_organisation_answers_for_itself_or_its_answer_is_shown() -> None:
    answer = a.answer_expectation(**OF)
    given(VIEW).when(answer, CASEWORKER).then_refused("an-organisation-answers-for-itself", "entry")
    given(VIEW).when(answer, LEAD).then_a(e.ExpectationAnswered, words=Sealed("A second line from January."))
    shown = a.answer_expectation(**OF, entry="X90001/3")
    given(VIEW).when(shown, CASEWORKER).then_a(e.ExpectationAnswered, entry="X90001/3")


@pytest.mark.parametrize(
    ("before", "rule"),
    [
        (a.expectation_answered(**OF), "an-expectation-is-answered-once"),
        (a.expectation_withdrawn(**OF), "what-is-withdrawn-is-not-answered"),
    ],
)
def test_what_is_over_is_not_answered_again(before, rule) -> None:
    given(SET, before).when(a.answer_expectation(**OF)).then_refused(rule)


def test_an_answer_is_of_this_practice_and_not_before_the_question() -> None:
    given().when(a.answer_expectation(**OF)).then_refused("an-expectation-is-of-this-practice")
    early = a.answer_expectation(**OF, occurred_on=day("2026-11-02"))
    given(SET).when(early).then_refused("an-end-is-not-before-its-start", "occurred_on")


# --- more time, and the clock


def test_moving_keeps_the_day_first_set() -> None:
    moved = a.expectation_moved(**OF, occurred_on=a.TODAY)
    given(SET).when(a.move_expectation(**OF)).then(moved)
    again = a.move_expectation(**OF, due_on=day("2026-12-18"))
    given(SET, moved).when(again).then_a(
        e.ExpectationMoved, before_due_on=day("2026-12-11"), first_due_on=day("2026-12-04")
    )
    given(SET).when(a.move_expectation(**OF, due_on=day("2026-12-04"))).then_nothing()
    assert outcome(SET, moved, on="2026-12-11") == Outcome.WAITING


def test_what_has_lapsed_is_neither_moved_nor_stopped_afterwards() -> None:
    over = a.expectation_set(**OF, due_on=day("2026-11-10"))
    for command in (a.move_expectation(**OF), a.stop_clock(**OF)):
        given(over).when(command).then_refused("what-has-lapsed-has-lapsed", "occurred_on")


def test_what_has_lapsed_is_not_revived_by_what_is_recorded_late_of_an_earlier_day() -> None:
    over, then = a.expectation_set(**OF, due_on=day("2026-11-10")), {"occurred_on": day("2026-11-10")}
    for command in (a.move_expectation(**OF, **then), a.stop_clock(**OF, **then)):
        given(over).when(command).then_refused("what-has-lapsed-has-lapsed", "occurred_on")
    lasts = a.expectation_set(**OF, due_on=a.TODAY)
    given(lasts).when(a.stop_clock(**OF, **then)).then_a(e.ClockStopped)
    given(lasts).when(a.move_expectation(**OF, **then)).then_a(e.ExpectationMoved, due_on=day("2026-12-11"))


def test_a_clock_that_stands_keeps_what_is_left_and_runs_on_from_the_day_after() -> None:
    stopped = a.clock_stopped(**OF)
    given(SET).when(a.stop_clock(**OF, occurred_on=day("2026-11-19"))).then(stopped)
    assert outcome(SET, stopped, on="2027-06-01") == Outcome.STOPPED
    given(SET, stopped).when(a.restart_clock(**OF)).then(a.clock_restarted(**OF))
    running = (SET, stopped, a.clock_restarted(**OF))
    assert outcome(*running, on="2026-12-06") == Outcome.WAITING
    assert outcome(*running, on="2026-12-07") == Outcome.LAPSED
    assert given(*running).practice().expectations[ASKED].first_due_on == day("2026-12-04")


def test_working_days_that_were_left_are_working_days_still() -> None:
    """Ten from 2 April 2026 end on the 20th. After Easter, on 8 April, two are over: eight from the 30th are left."""
    asked = a.expectation_set(
        **OF, due_on=day("2026-04-20"), occurred_on=day("2026-04-02"), length=10, unit=Unit.WORKING_DAYS
    )
    stop = a.stop_clock(**OF, occurred_on=day("2026-04-08"))
    then = replace(CASEWORKER, at=datetime(2026, 4, 8, 10, tzinfo=UTC))
    given(asked).when(stop, then).then_a(e.ClockStopped, remaining=8, unit=Unit.WORKING_DAYS)
    stands = a.clock_stopped(**OF, remaining=8, unit=Unit.WORKING_DAYS, occurred_on=day("2026-04-08"))
    restart = a.restart_clock(**OF, occurred_on=day("2026-04-30"))
    given(asked, stands).when(restart).then_a(e.ClockRestarted, due_on=day("2026-05-13"))


def test_an_answer_that_came_while_the_clock_stood_came_in_time() -> None:
    stopped = a.clock_stopped(**OF)
    answered = a.expectation_answered(**OF, occurred_on=day("2027-02-01"))
    assert outcome(SET, stopped, answered, on="2027-02-01", recorded="2027-02-01") == Outcome.MET


def test_a_clock_is_stopped_when_it_runs_and_restarted_when_it_stands() -> None:
    stopped = a.clock_stopped(**OF)
    given(SET, stopped).when(a.stop_clock(**OF)).then_refused("a-clock-that-stands-is-restarted-first")
    given(SET, stopped).when(a.move_expectation(**OF)).then_refused("a-clock-that-stands-is-restarted-first")
    given(SET).when(a.restart_clock(**OF)).then_refused("a-clock-that-stands-is-restarted")


@pytest.mark.parametrize(
    "command",
    [a.move_expectation(**OF), a.withdraw_expectation(**OF), a.stop_clock(**OF), a.restart_clock(**OF)],
    ids=lambda command: type(command).__name__,
)
def test_only_the_side_that_asked_changes_what_it_asked_and_only_while_it_is_open(command) -> None:
    given(by(LEAD, SET)).when(command, MANAGER).then_refused("whoever-asked-changes-what-they-asked")
    given(SET, a.expectation_answered(**OF)).when(command).then_refused("what-is-over-stays-as-it-is")


# --- corrections


def test_the_question_is_not_withdrawn_from_under_its_answer() -> None:
    ask = a.withdraw_fact(version=3)
    given(SET, a.expectation_answered(**OF)).when(ask).then_refused("what-others-rest-on-is-not-withdrawn")
    given(SET).when(ask).then_a(e.FactWithdrawn, corrects=3)


def test_a_letter_written_since_is_not_in_the_way_of_withdrawing_it() -> None:
    given(SET, a.letter_written()).when(a.withdraw_fact(version=3)).then_a(e.FactWithdrawn, corrects=3)


def test_a_restart_is_not_left_without_its_stop() -> None:
    facts = (SET, a.clock_stopped(**OF), a.clock_restarted(**OF))
    given(*facts).when(a.withdraw_fact(version=4)).then_refused("what-others-rest-on-is-not-withdrawn")
    given(*facts).when(a.withdraw_fact(version=5)).then_a(e.FactWithdrawn, corrects=5)


def test_an_answer_is_not_corrected_to_before_the_question() -> None:
    early = a.correct_fact(version=4, fields={"occurred_on": "2026-11-02"})
    given(SET, a.expectation_answered(**OF)).when(early).then_refused("an-end-is-not-before-its-start")
