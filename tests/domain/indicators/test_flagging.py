"""Who is flagged, and who is not: one indicator over practices and periods, by the rules of version 1."""

from dataclasses import asdict, replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.indicators.definitions import Definition
from domain.indicators.evidence import UnknownMethodError
from domain.indicators.flagging import Cells, NothingFollowsError, judge, recompute
from domain.indicators.signals import LATEST, RULE_SETS, RuleSet
from domain.practice.kinds import (
    Better,
    Direction,
    FlagKind,
    IndicatorDomain,
    IndicatorModel,
    Level,
    PeriodLength,
)
from tests.support import factories as a

NAN = float("nan")
SOUND = ((270, 300), (276, 300), (272, 300), (268, 300), (274, 300), (271, 300)) * 5
"""Thirty practices that vary by chance about 90 %."""


def an_indicator(**fields):
    named = {
        "code": "PS06",
        "version": 1,
        "name": "Childhood immunisations complete by age",
        "domain": IndicatorDomain.PATIENT_SAFETY,
        "description": "",
        "numerator": "immunised",
        "denominator": "eligible",
        "unit": "%",
        "better": Better.HIGH,
        "model": IndicatorModel.BINOMIAL,
        "standardisation": None,
        "source": "",
        "period": PeriodLength.YEAR,
        "refresh_lag_months": None,
        "minimum_denominator": None,
        "target": None,
        "known_explanations": (),
        "part_of": None,
        "valid_from": date(2013, 4, 1),
    }
    return Definition(**named | fields)


def cells(*practices, indicator=None, values=False):
    """Practices by periods: each a pair of numerator and denominator, or a value; None where there is none."""
    grid = np.array(
        [[(NAN, NAN) if one is None else (one, NAN) if values else one for one in row] for row in practices],
        dtype=float,
    )
    nothing = np.full(grid.shape[:2], NAN)
    return Cells(
        definition=indicator or an_indicator(),
        periods=tuple(f"20{11 + at}/{12 + at}" for at in range(grid.shape[1])),
        codes=tuple(f"X9{at:04d}" for at in range(len(practices))),
        numerator=nothing if values else grid[:, :, 0],
        denominator=nothing if values else grid[:, :, 1],
        value=grid[:, :, 0] if values else nothing,
    )


def among_sound(*periods, **other):
    """A practice among thirty that stay as they are: the last of them."""
    return cells(*([case] * len(periods) for case in SOUND), list(periods), **other)


def flags_of(judged):
    return [(signal.code, signal.kind, signal.level) for signal in judged.signals]


ODD = "X90030"
ALARM = (FlagKind.OUTLYING, Level.ALARM)
ALERT = (FlagKind.OUTLYING, Level.ALERT)


def test_a_value_beyond_the_alarm_limit_is_flagged_at_once():
    assert flags_of(judge(among_sound((200, 300)))) == [(ODD, *ALARM)]


def test_a_value_beyond_the_alert_limit_is_flagged_the_second_time():
    assert flags_of(judge(among_sound((258, 300)))) == []
    assert judge(among_sound((258, 300))).passing == 1
    assert flags_of(judge(among_sound((258, 300), (257, 300)))) == [(ODD, *ALERT)]
    assert flags_of(judge(among_sound((271, 300), (257, 300)))) == []


def test_an_alert_that_follows_the_other_extreme_has_not_lasted():
    once = an_indicator(period=PeriodLength.EVENT)
    assert flags_of(judge(among_sound((290, 300), (257, 300), indicator=once))) == []


def test_an_alert_after_a_gap_has_not_lasted():
    assert flags_of(judge(among_sound((257, 300), None, (257, 300)))) == []


def test_an_alert_that_only_a_few_had_numbers_to_bear_out_has_not_lasted():
    few = [[None if at > 5 else case, case] for at, case in enumerate(SOUND)]
    once = an_indicator(period=PeriodLength.EVENT)
    assert flags_of(judge(cells(*few, [(150, 300), (257, 300)], indicator=once))) == []


def test_favourable_variation_is_counted_and_not_flagged():
    judged = judge(among_sound((300, 300), (300, 300)))
    assert judged.signals == ()
    assert judged.favourable == 1
    assert (judged.beyond_alarm.adjusted, judged.beyond_alarm.adverse_adjusted) == (1, 0)


@pytest.mark.parametrize(("better", "flagged"), [(Better.HIGH, 0), (Better.LOW, 1), (Better.NEUTRAL, 0)])
def test_which_way_is_worse_is_the_indicators(better, flagged):
    judged = judge(among_sound((300, 300), (300, 300), indicator=an_indicator(better=better)))
    assert len(judged.signals) == flagged
    assert judged.beyond_alarm.adjusted == 1


def test_where_neither_way_is_better_nothing_is_adverse_or_favourable():
    judged = judge(among_sound((200, 300), indicator=an_indicator(better=Better.NEUTRAL)))
    assert judged.beyond_alert.adjusted == 1
    assert (judged.beyond_alert.adverse_adjusted, judged.favourable) == (0, 0)
    assert judged.beyond_alert.by_chance == 0


@pytest.mark.parametrize(("least", "flagged"), [(None, 0), (9, 1), (10, 0)])
def test_a_practice_below_the_minimum_counts_among_its_peers_and_is_not_flagged(least, flagged):
    judged = judge(among_sound((1, 9), indicator=an_indicator(minimum_denominator=least)))
    assert judged.practices == 31
    assert len(judged.signals) == flagged
    assert judged.small == 1 - flagged


def test_a_practice_that_merged_is_explained_and_not_flagged():
    periods = among_sound((200, 300)).periods
    judged = judge(among_sound((200, 300)), explained=frozenset({(ODD, periods[-1])}))
    assert judged.signals == ()
    assert [signal.code for signal in judged.explained] == [ODD]
    assert judged.beyond_alarm.adverse_adjusted == 1


def test_an_explanation_of_another_practice_explains_nothing():
    assert flags_of(judge(among_sound((200, 300)), explained=frozenset({("X90001", "2011/12")})))


def test_so_few_practices_are_not_compared():
    judged = judge(cells(*([case] for case in SOUND[:8]), [(200, 300)]))
    assert (judged.practices, judged.comparator, judged.signals) == (9, None, ())


def test_a_practice_without_numbers_is_not_counted():
    assert judge(among_sound(None)).practices == 30


@pytest.mark.parametrize("impossible", [(-1, 300), (301, 300), (5, 0), (float("inf"), 300), (NAN, 300)])
def test_numbers_that_cannot_be_are_not_judged(impossible):
    assert judge(among_sound(impossible)) == judge(among_sound(None))


def test_chance_alone_gives_one_adverse_alert_in_forty():
    judged = judge(among_sound((271, 300)))
    assert judged.beyond_alert.by_chance == pytest.approx(31 / 40)
    assert judged.beyond_alarm.by_chance == pytest.approx(31 / 1000)


def test_a_fall_since_last_year_is_shifting_where_practices_stayed_as_they_were():
    """97 % and then 88 %: inside the funnel in both years."""
    judged = judge(among_sound((285, 300), (258, 300)))
    assert flags_of(judged) == [(ODD, FlagKind.SHIFTING, Level.ALARM)]
    (signal,) = judged.signals
    assert signal.method == "year_on_year"
    assert signal.value < signal.lower_alarm < signal.comparator


def test_a_fall_that_all_practices_share_is_nobodys():
    fell = [(case, (case[0] - 40, case[1])) for case in (*SOUND, (271, 300))]
    assert judge(cells(*fell)).signals == ()


@pytest.mark.parametrize("merged", [0, 1])
def test_a_merger_in_either_year_explains_a_change(merged):
    story = among_sound((285, 300), (258, 300))
    judged = judge(story, explained=frozenset({(ODD, story.periods[merged])}))
    assert judged.signals == ()
    assert [signal.kind for signal in judged.explained] == [FlagKind.SHIFTING]


COUNTS = an_indicator(model=IndicatorModel.POISSON, better=Better.LOW)


def test_a_count_is_compared_with_what_all_practices_count():
    """Thirty practices count 0.1 for each expected one; chance carries this one's to 0.2 hardly ever."""
    sound = [[(30 + at % 3, 300)] for at in range(30)]
    judged = judge(cells(*sound, [(60, 300)], indicator=COUNTS))
    assert judged.comparator == pytest.approx(0.1065, abs=1e-3)
    assert flags_of(judged) == [(ODD, *ALARM)]
    (signal,) = judged.signals
    assert signal.value == 0.2
    assert signal.upper_alarm < 0.2


def test_a_count_of_which_few_are_expected_is_not_flagged():
    sound = [[(30 + at % 3, 300)] for at in range(30)]
    judged = judge(cells(*sound, [(9, 30)], indicator=COUNTS))
    assert (judged.signals, judged.small) == ((), 1)


RATE = an_indicator(model=IndicatorModel.CONTINUOUS, better=Better.LOW, period=PeriodLength.QUARTER)
STEADY = [10, 12, 11, 10, 12, 11, 10, 12, 11, 10, 12, 11]


def quarters(*rows, indicator=RATE, **other):
    return judge(cells(*rows, indicator=indicator, values=True), **other)


def test_a_measure_is_compared_with_its_own_past_alone():
    judged = quarters([*STEADY, 30])
    assert flags_of(judged) == [("X90000", FlagKind.SHIFTING, Level.ALARM)]
    assert (judged.practices, judged.comparator, judged.phi) == (1, None, None)


def test_a_run_is_an_alert():
    judged = quarters([*STEADY, 13, 13, 13, 13, 13, 13, 13])
    assert flags_of(judged) == [("X90000", FlagKind.SHIFTING, Level.ALERT)]
    assert dict(judged.signals[0].parameters)["rule"] == "run"


def test_a_shift_for_the_better_is_counted_and_not_flagged():
    judged = quarters([*STEADY, 1])
    assert (judged.signals, judged.favourable) == ((), 1)


def test_fewer_than_twelve_points_are_too_few_for_a_chart():
    assert quarters([*STEADY[:10], 30]).signals == ()
    assert len(quarters([*STEADY[:11], 30]).signals) == 1


def test_gaps_are_no_points():
    assert quarters([*STEADY[:5], None, *STEADY[5:10], 30]).signals == ()


def test_where_gaps_leave_nothing_that_moved_nothing_is_told():
    """Alike in pairs, and each pair elsewhere: no neighbours differ, and limits would lie on the mean."""
    assert quarters([5, 5, None, 9, 9, None] * 4 + [12, 12]).signals == ()
    assert quarters([5, None] * 12 + [9]).signals == ()


def test_a_last_period_without_a_value_is_not_judged():
    assert quarters([*STEADY, 30, None]).practices == 0
    assert quarters([*STEADY, 30, None]).signals == ()


def test_only_the_last_twenty_four_points_are_a_baseline():
    judged = quarters([500] * 10 + STEADY + STEADY[:11] + [30])
    points = dict(judged.signals[0].parameters)["points"].split()
    assert (len(points), points[0]) == (24, "10.0")


def test_a_merger_begins_a_new_chart():
    """Doubled at the merger, and steady since: after twelve quarters as another practice there is nothing to ask."""
    doubled = STEADY + [2 * one for one in STEADY]
    assert len(quarters(doubled).signals) == 1
    merged = cells(doubled, indicator=RATE, values=True).periods[12]
    assert quarters(doubled, explained=frozenset({("X90000", merged)})).signals == ()


@pytest.mark.parametrize("period", [PeriodLength.QUARTER, PeriodLength.YEAR, PeriodLength.EVENT])
def test_a_yes_or_no_is_never_flagged(period):
    status = an_indicator(model=IndicatorModel.STATUS, period=period)
    judged = quarters([1] * 23 + [0], indicator=status)
    assert (judged.signals, judged.practices) == ((), 1)


def test_nothing_at_all_is_judged_without_a_word():
    nothing = np.empty((0, 0))
    empty = Cells(
        definition=an_indicator(), periods=(), codes=(), numerator=nothing, denominator=nothing, value=nothing
    )
    assert judge(empty).practices == 0


def test_a_rule_set_is_kept_for_ever():
    """What version 1 says never changes: flags cite it. Other thresholds are version 2."""
    assert asdict(RULE_SETS[1]) == {
        "version": 1,
        "z_alert": 1.959963984540054,
        "z_alarm": 3.090232306167813,
        "winsorised": 0.1,
        "persistence": 2,
        "xmr_points": 12,
        "xmr_window": 24,
        "run": 7,
        "trend": 7,
        "screening": False,
        "minimum_cases": 10,
        "minimum_expected": 5,
        "peers": 10,
    }
    assert LATEST is RULE_SETS[max(RULE_SETS)]


def raised(signal):
    """The fact that the signal becomes."""
    told = asdict(signal)
    del told["code"]
    return a.flag_raised(source="release", release="2021-22", rule_set_version=1, **told)


PAIRS = st.integers(20, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
YEARS = st.lists(st.tuples(PAIRS, PAIRS, PAIRS), min_size=10, max_size=40)
MODELS = st.sampled_from([IndicatorModel.BINOMIAL, IndicatorModel.POISSON])
WORSE = st.sampled_from([Better.HIGH, Better.LOW])


@given(YEARS, MODELS, WORSE)
@settings(deadline=None, max_examples=25)
def test_every_signal_is_derived_again_from_its_fact(years, model, better):
    judged = judge(cells(*years, indicator=an_indicator(model=model, better=better)))
    for signal in judged.signals:
        assert recompute(raised(signal), signal.code) == signal


@given(st.lists(st.floats(-50, 50), min_size=12, max_size=24), WORSE)
@settings(deadline=None, max_examples=25)
def test_every_signal_of_a_chart_is_derived_again_from_its_fact(points, better):
    for signal in quarters(points, indicator=replace(RATE, better=better)).signals:
        assert recompute(raised(signal), signal.code) == signal


@given(YEARS, MODELS, WORSE, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=25)
def test_the_order_of_practices_never_matters(years, model, better, chance):
    story = cells(*years, indicator=an_indicator(model=model, better=better))
    order = list(range(len(years)))
    chance.shuffle(order)
    shuffled = replace(
        story,
        codes=tuple(story.codes[at] for at in order),
        **{name: getattr(story, name)[order] for name in ("numerator", "denominator", "value")},
    )
    assert judge(shuffled) == judge(story)


@given(YEARS, MODELS, WORSE)
@settings(deadline=None, max_examples=25)
def test_what_is_flagged_is_adverse_and_beyond_its_limits(years, model, better):
    judged = judge(cells(*years, indicator=an_indicator(model=model, better=better)))
    assert len(judged.signals) + judged.passing + judged.small >= judged.beyond_alert.adverse_adjusted
    assert judged.beyond_alarm.adverse_adjusted <= judged.beyond_alert.adverse_adjusted
    for signal in judged.signals:
        assert signal.direction is Direction.ADVERSE
        lower, upper = (
            (signal.lower_alarm, signal.upper_alarm)
            if signal.level is Level.ALARM
            else (signal.lower_alert, signal.upper_alert)
        )
        assert signal.value < lower if better is Better.HIGH else signal.value > upper


def test_a_flag_whose_numbers_were_altered_gives_another_signal_or_none():
    (signal,) = judge(among_sound((200, 300))).signals
    assert recompute(replace(raised(signal), numerator=210.0)).value == 0.7
    with pytest.raises(NothingFollowsError):
        recompute(replace(raised(signal), numerator=270.0))


def test_a_flag_raised_by_hand_is_not_recomputed():
    with pytest.raises(UnknownMethodError):
        recompute(a.flag_raised())


def test_a_method_of_another_version_is_another_method():
    (signal,) = judge(among_sound((200, 300))).signals
    with pytest.raises(UnknownMethodError):
        recompute(replace(raised(signal), method_version="2"))


def test_other_rules_flag_otherwise():
    lenient = RuleSet(version=99, persistence=1)
    judged = judge(among_sound((258, 300)), lenient)
    assert (flags_of(judged), judged.rule_set_version) == ([(ODD, *ALERT)], 99)
