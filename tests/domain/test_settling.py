"""What a release leads to on one practice: flags raised on it, and earlier releases' flags ended."""

from dataclasses import replace

import pytest

from domain.indicators.signals import Signal
from domain.practice import events as e
from domain.practice.commands import SettleFlags, SignalledFlag
from domain.practice.kinds import (
    ClearedBecause,
    Direction,
    FlagKind,
    IndicatorDomain,
    Level,
    WithdrawnBecause,
)
from domain.practice.settling import flag_of
from tests.support import factories as a
from tests.support.given import CASEWORKER, OPERATOR, by, given

SIGNAL = Signal(
    code=a.CODE,
    kind=FlagKind.OUTLYING,
    direction=Direction.ADVERSE,
    level=Level.ALARM,
    period="2016Q1",
    numerator=90.0,
    denominator=100.0,
    value=0.9,
    comparator=0.5,
    lower_alert=0.4,
    upper_alert=0.6,
    lower_alarm=0.35,
    upper_alarm=0.65,
    z=8.0,
    phi=1.2,
    tau2=0.001,
    method="funnel",
    method_version="1",
    parameters=(("z_alarm", "3.09"),),
)


def signalled(flag_id="flag-00000001", release="2016Q1", signal=SIGNAL):
    return SignalledFlag(
        flag_id=flag_id,
        indicator="PS02",
        indicator_version=1,
        indicator_name="Cephalosporins and quinolones",
        domain=IndicatorDomain.PATIENT_SAFETY,
        release=release,
        rule_set_version=1,
        signal=signal,
    )


def settle(*signals, release="2016Q1", indicators=("PS02",), because=None, reason=None):
    return SettleFlags(
        release=release, indicators=indicators, signals=signals, because=because, reason=reason
    )


RAISED = flag_of(signalled(), OPERATOR)


def settled(command, *facts, asked=OPERATOR):
    return given(*facts).when(command, asked)


def test_a_signal_becomes_a_flag_with_all_that_it_takes_to_compute_it_again():
    settled(settle(signalled())).then(RAISED)
    assert RAISED.source == "release"
    assert (RAISED.value, RAISED.z, RAISED.parameters) == (0.9, 8.0, (("z_alarm", "3.09"),))


def test_only_adverse_variation_is_flagged():
    favourable = signalled(signal=replace(SIGNAL, direction=Direction.FAVOURABLE))
    settled(settle(favourable)).then_refused("favourable-variation-is-not-flagged")


def test_only_the_operator_lets_flags_follow_a_release():
    settled(settle(signalled()), asked=CASEWORKER).then_refused("the-role-may-do-this")


def test_run_again_it_changes_nothing():
    settled(settle(signalled()), RAISED).then_nothing()
    settled(settle(signalled(flag_id="flag-00000002")), RAISED).then_nothing()


MOVED = {
    "comparator": 0.51,
    "lower_alert": 0.41,
    "upper_alert": 0.61,
    "lower_alarm": 0.36,
    "upper_alarm": 0.66,
    "z": 7.9,
    "phi": 1.3,
    "tau2": 0.002,
}
"""What all practices have together, after another practice's number was restated."""


def restated(signal, *facts):
    now = signalled("flag-00000002", signal=signal)
    because = WithdrawnBecause.DATA_RESTATED
    return settled(settle(now, because=because, reason="Another practice's number was wrong."), *facts)


def test_a_flag_stands_through_a_restatement_that_left_its_practices_own_numbers_alone():
    told = a.flag_explained(flag_id=RAISED.flag_id)
    restated(replace(SIGNAL, **MOVED), RAISED, told).then_nothing()
    with_points = replace(SIGNAL, parameters=(("points", "0.5 0.6"), ("pooled_1", "0.5")))
    moved = replace(with_points, **MOVED, parameters=(("points", "0.5 0.6"), ("pooled_1", "0.51")))
    restated(moved, flag_of(signalled(signal=with_points), OPERATOR)).then_nothing()


@pytest.mark.parametrize(
    "other",
    [
        {"numerator": 91.0, "value": 0.91},
        {"denominator": 99.0, "value": 90 / 99},
        {"value": 0.905},
        {"level": Level.ALERT},
        {"method_version": "2"},
        {"parameters": (("points", "0.5 0.7"),)},
        {"parameters": (("numerator_1", "80.0"),)},
    ],
)
def test_a_flag_is_withdrawn_and_raised_anew_where_its_practices_own_numbers_or_level_are_others(other):
    withdrawn, raised = restated(replace(SIGNAL, **MOVED, **other), RAISED).facts
    assert (withdrawn.flag_id, withdrawn.because) == (RAISED.flag_id, WithdrawnBecause.DATA_RESTATED)
    assert raised.flag_id == "flag-00000002"


def test_what_somebody_answered_is_not_raised_again_because_another_practices_number_was_restated():
    answered = a.flag_cleared(flag_id=RAISED.flag_id, because=ClearedBecause.RESOLVED)
    restated(replace(SIGNAL, **MOVED), RAISED, answered).then_nothing()


def test_a_flag_is_raised_anew_from_newer_numbers_and_the_old_one_is_cleared():
    newer = signalled("flag-00000002", "2016Q2", replace(SIGNAL, period="2016Q2"))

    cleared, raised = settled(settle(newer, release="2016Q2"), RAISED).facts
    assert (cleared.flag_id, cleared.because, cleared.release) == (
        RAISED.flag_id,
        ClearedBecause.SUPERSEDED,
        "2016Q2",
    )
    assert (raised.flag_id, raised.release) == ("flag-00000002", "2016Q2")


def test_a_flag_is_cleared_where_newer_numbers_show_no_variation():
    [cleared] = settled(settle(release="2016Q2"), RAISED).facts
    assert isinstance(cleared, e.FlagCleared)
    assert cleared.because == ClearedBecause.INSIDE_LIMITS


def test_a_release_that_was_withdrawn_or_restated_withdraws_its_own_flags_and_says_why():
    for because in (WithdrawnBecause.DATA_WITHDRAWN, WithdrawnBecause.DATA_RESTATED):
        [withdrawn] = settled(settle(because=because, reason="A wrong column."), RAISED).facts
        assert isinstance(withdrawn, e.FlagWithdrawn)
        assert (withdrawn.because, withdrawn.release) == (because, "2016Q1")
        assert "A wrong column." in withdrawn.reason.words


def test_flags_on_other_indicators_are_left_alone():
    settled(settle(indicators=("PS04",)), RAISED).then_nothing()


def test_a_flag_that_somebody_raised_stays_and_no_second_one_is_raised():
    by_hand = a.flag_raised(indicator="PS02", kind=FlagKind.OUTLYING)
    settled(settle(signalled()), by_hand).then_nothing()
    settled(settle(because=WithdrawnBecause.DATA_WITHDRAWN, reason="Wrong."), by_hand).then_nothing()


def test_what_somebody_answered_is_not_raised_a_second_time_from_the_same_numbers():
    answered = a.flag_cleared(flag_id=RAISED.flag_id, because=ClearedBecause.VALIDATED_EXPLANATION)
    settled(settle(signalled("flag-00000002")), RAISED, answered).then_nothing()


def test_a_closed_practice_takes_no_flag_and_its_own_are_ended():
    closed = a.practice_closed()
    settled(settle(signalled("flag-00000002")), RAISED, closed).then_refused(
        "a-closed-practice-takes-no-new-work"
    )
    withdrawn = settle(because=WithdrawnBecause.DATA_WITHDRAWN, reason="Wrong.")
    [ended] = settled(withdrawn, RAISED, closed).facts
    assert isinstance(ended, e.FlagWithdrawn)


@pytest.mark.parametrize(
    "fields",
    [
        {"level": "alert"},
        {"direction": "favourable"},
        {"z": 0.0},
        {"numerator": 1.0},
        {"value": 0.5},
        {"period": "2016Q2"},
        {"occurred_on": "2026-11-01"},
    ],
)
def test_what_a_release_derived_is_not_corrected_and_a_flag_entered_in_error_is_withdrawn(fields):
    story = given(by(OPERATOR, RAISED))
    ask = a.request_correction(version=3, fields=fields, request_id="request-00000001")
    story.when(ask, CASEWORKER).then_refused("what-a-release-derived-is-not-corrected")
    gone = a.request_correction(version=3, kind="withdraw", fields={}, request_id="request-00000001")
    story.when(gone, CASEWORKER).then_a(e.CorrectionRequested)
    own = given(a.flag_raised()).when(a.correct_fact(version=3, fields={"level": "alarm"}))
    assert own.broken is None
