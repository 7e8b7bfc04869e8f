"""Indicator flags."""

from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.kinds import ClearedBecause, FlagKind, Level, WithdrawnBecause
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, by, given


def test_a_flag_carries_the_indicators_name_and_domain_as_version_1() -> None:
    command = a.raise_flag(indicator="PS01", level=Level.ALARM)
    given().when(command).then(
        a.flag_raised(
            flag_id=command.flag_id,
            indicator="PS01",
            indicator_name="Antibacterial items per STAR-PU",
            domain="patient_safety",
            level=Level.ALARM,
            occurred_on=a.TODAY,
        )
    )


def test_an_indicator_has_at_most_one_open_flag_of_a_kind() -> None:
    given(a.flag_raised()).when(a.raise_flag()).then_refused("one-open-flag-per-indicator", "indicator")


def test_an_indicator_may_be_flagged_once_as_outlying_and_once_as_shifting() -> None:
    given(a.flag_raised()).when(a.raise_flag(kind=FlagKind.SHIFTING)).then_a(
        e.FlagRaised, kind=FlagKind.SHIFTING
    )


def test_an_unknown_indicator_is_not_flagged() -> None:
    given().when(a.raise_flag(indicator="XX99")).then_refused("a-flag-is-on-a-key-indicator", "indicator")


def test_a_flag_is_not_raised_in_the_future() -> None:
    given().when(a.raise_flag(occurred_on=date(2026, 11, 22))).then_refused(
        "what-happened-is-not-in-the-future", "occurred_on"
    )


@pytest.mark.parametrize("period", ["2099Q1", "2027", "December 2026", "2026/27"])
def test_a_flag_is_of_a_period_that_had_begun_by_its_day(period) -> None:
    given().when(a.raise_flag(period=period, occurred_on=date(2026, 3, 31))).then_refused(
        "a-flag-is-of-a-period-that-began", "period"
    )
    given().when(a.raise_flag(period="2026Q1", occurred_on=date(2026, 3, 31))).then_a(
        e.FlagRaised, period="2026Q1"
    )


def test_an_explained_flag_stays_open() -> None:
    flag = a.flag_raised()
    story = given(flag, a.flag_explained(flag_id=flag.flag_id))
    assert story.practice().flags[flag.flag_id].open
    story.when(a.clear_flag(flag_id=flag.flag_id)).then_a(e.FlagCleared, because=ClearedBecause.INSIDE_LIMITS)


def validated(flag):
    return a.clear_flag(flag_id=flag.flag_id, because=ClearedBecause.VALIDATED_EXPLANATION)


def test_a_flag_is_cleared_as_validated_once_another_person_accepted_its_explanation() -> None:
    flag, other = a.flag_raised(), a.flag_raised(indicator="PS01")
    told = a.flag_explained(flag_id=flag.flag_id)
    of_it = {"flag_id": flag.flag_id, "explanation_id": told.explanation_id}
    rule = "a-validated-explanation-was-accepted"

    given(flag).when(validated(flag)).then_refused(rule, "because")
    given(flag, told).when(validated(flag)).then_refused(rule, "because")
    given(flag, told, by(MANAGER, a.explanation_not_accepted(**of_it))).when(validated(flag)).then_refused(
        rule, "because"
    )
    accepted = given(flag, other, told, by(MANAGER, a.explanation_accepted(**of_it)))
    accepted.when(validated(other)).then_refused(rule, "because")
    accepted.when(validated(flag)).then_a(e.FlagCleared, because=ClearedBecause.VALIDATED_EXPLANATION)


def test_what_only_a_release_says_no_person_says() -> None:
    flag = a.flag_raised()
    rule = "a-release-ends-its-own-flags"
    given(flag).when(a.clear_flag(flag_id=flag.flag_id, because=ClearedBecause.SUPERSEDED)).then_refused(
        rule, "because"
    )
    for because in (WithdrawnBecause.DATA_RESTATED, WithdrawnBecause.DATA_WITHDRAWN):
        given(flag).when(a.withdraw_flag(flag_id=flag.flag_id, because=because)).then_refused(rule, "because")


@pytest.mark.parametrize(("asked", "proposed"), [(CASEWORKER, False), (MANAGER, False), (LEAD, True)])
def test_the_local_commissioner_proposes_explanations(asked, proposed) -> None:
    flag = a.flag_raised()
    given(flag).when(a.explain_flag(flag_id=flag.flag_id), asked).then_a(e.FlagExplained, proposed=proposed)


@pytest.mark.parametrize("ended", [a.flag_cleared, a.flag_withdrawn])
@pytest.mark.parametrize("command", [a.explain_flag, a.clear_flag, a.withdraw_flag])
def test_only_an_open_flag_is_answered(ended, command) -> None:
    flag = a.flag_raised()
    given(flag, ended(flag_id=flag.flag_id)).when(command(flag_id=flag.flag_id)).then_refused(
        "only-an-open-flag-is-answered"
    )


def test_a_reopened_flag_is_cleared_as_validated_only_by_an_explanation_that_was_accepted_since() -> None:
    flag = a.flag_raised()
    of_it = {"flag_id": flag.flag_id, "explanation_id": "explanation-00000001"}
    accepted = (a.flag_explained(**of_it), by(MANAGER, a.explanation_accepted(**of_it)))
    ended = a.flag_cleared(flag_id=flag.flag_id, because=ClearedBecause.VALIDATED_EXPLANATION)
    reopened = a.flag_reopened(flag_id=flag.flag_id)
    given(flag, *accepted, ended, reopened).when(validated(flag)).then_refused(
        "a-validated-explanation-was-accepted", "because"
    )
    again = {"flag_id": flag.flag_id, "explanation_id": "explanation-00000002"}
    accepted_anew = (a.flag_explained(**again), by(MANAGER, a.explanation_accepted(**again)))
    given(flag, *accepted, ended, reopened, *accepted_anew).when(validated(flag)).then_a(e.FlagCleared)


def test_a_cleared_flag_is_reopened_with_a_reason() -> None:
    flag = a.flag_raised()
    given(flag, a.flag_cleared(flag_id=flag.flag_id)).when(a.reopen_flag(flag_id=flag.flag_id)).then(
        a.flag_reopened(flag_id=flag.flag_id)
    )


def test_a_flag_is_not_reopened_over_a_newer_one() -> None:
    flag = a.flag_raised()
    given(flag, a.flag_cleared(flag_id=flag.flag_id), a.flag_raised()).when(
        a.reopen_flag(flag_id=flag.flag_id)
    ).then_refused("one-open-flag-per-indicator")


def test_a_flag_of_another_practice_is_unknown_here() -> None:
    given().when(a.clear_flag(flag_id="flag-elsewhere1")).then_refused(
        "a-flag-is-one-of-this-practice", "flag_id"
    )


def test_a_flag_is_not_cleared_before_it_was_raised() -> None:
    flag = a.flag_raised(occurred_on=date(2026, 9, 1))
    given(flag).when(a.clear_flag(flag_id=flag.flag_id, occurred_on=date(2026, 8, 31))).then_refused(
        "an-end-is-not-before-its-start", "occurred_on"
    )


def test_a_note_left_empty_is_absent_and_not_empty() -> None:
    given().when(a.raise_flag(note="")).then_a(e.FlagRaised, note=None)
    given().when(a.raise_flag(note="Ask about the rota.")).then_a(
        e.FlagRaised, note=Sealed("Ask about the rota.")
    )
