"""XmR charts: what holds of every chart, and what is easily got wrong."""

import csv
import gzip
from itertools import pairwise
from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.indicators.change import log_change
from domain.indicators.cusum import tabular
from domain.indicators.spc import Assurance, PointType, Rule, assurance, point_types, xmr
from domain.practice.kinds import Better

NAN = float("nan")
STEADY = [10, 12, 11, 10, 12, 11, 10, 12, 11, 10, 12, 11]
POINTS = st.one_of(st.integers(-3, 3).map(float), st.just(NAN), st.floats(-100, 100))
SERIES = st.lists(POINTS, min_size=1, max_size=26)


def plainly(values, run, trend):
    """The rules as they are told, point by point and slowly: what each point is called."""
    known = [one for one in values if not isnan(one)]
    pairs = [abs(y - x) for x, y in pairwise(values) if not isnan(x - y)]
    mean = sum(known) / len(known) if known else NAN
    moving = sum(pairs) / len(pairs) if pairs else NAN
    tiny = 1e-12 * max([1e-300, *(abs(one) for one in known)])
    side = [0 if isnan(one) or abs(one - mean) <= tiny else 1 if one > mean else -1 for one in values]
    beyond = [not isnan(one) and abs(one - mean) > 2.66 * moving + tiny for one in values]
    near = [
        not isnan(one) and not out and abs(one - mean) > 2 / 3 * 2.66 * moving + tiny
        for one, out in zip(values, beyond, strict=True)
    ]
    found = [Rule.COMMON_CAUSE] * len(values)

    def call(first, length, rule, *, only=None):
        for at in range(first, first + length):
            if only is None or only[at]:
                found[at] = rule

    for first in range(len(values)):
        window = side[first : first + run]
        if len(window) == run and set(window) in ({1}, {-1}):
            call(first, run, Rule.RUN)
    for first in range(len(values) - 2):
        if sum(near[first : first + 3]) >= 2 and set(side[first : first + 3]) in ({1}, {-1}):
            call(first, 3, Rule.TWO_OF_THREE, only=near)
    for first in range(len(values) - trend + 1):
        window = values[first : first + trend]
        steps = [y - x for x, y in pairwise(window)]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            call(first, trend, Rule.TREND)
    call(0, len(values), Rule.OUTSIDE_LIMITS, only=beyond)
    return found


@given(SERIES, st.integers(3, 8), st.integers(3, 7))
@settings(deadline=None)
def test_a_chart_is_what_the_rules_plainly_say(values, run, trend):
    chart = xmr(values, run=run, trend=trend)
    assert [Rule(rule) for rule in chart.rule[0]] == plainly(values, run, trend)


@given(st.lists(st.lists(POINTS, min_size=14, max_size=14), min_size=1, max_size=9), st.booleans())
@settings(deadline=None, max_examples=40)
def test_a_series_is_the_same_alone_and_among_others(rows, screening):
    together = xmr(rows, screening=screening, fix_after=12)
    for at, row in enumerate(rows):
        alone = xmr(row, screening=screening, fix_after=12)
        for name in vars(together):
            np.testing.assert_array_equal(getattr(together, name)[at], getattr(alone, name)[0])


def test_more_series_than_are_computed_at_a_time_are_all_computed():
    rows = np.arange(5_000.0)[:, None] + np.array(STEADY)
    chart = xmr(rows)
    np.testing.assert_allclose(chart.mean[:, 0], np.arange(5_000) + 11)
    assert not chart.rule.any()


@given(st.lists(st.lists(st.integers(-9, 9), min_size=13, max_size=13), min_size=2, max_size=6))
@settings(deadline=None, max_examples=40)
def test_upside_down_a_chart_points_the_other_way(rows):
    up, down = xmr(rows), xmr(-np.array(rows))
    np.testing.assert_array_equal(up.direction, -down.direction)
    np.testing.assert_array_equal(up.rule, down.rule)


@pytest.mark.parametrize("value", [5, 0.1, 1 / 3, 1e-300, -7e12, 0])
@pytest.mark.parametrize("screening", [False, True])
def test_what_never_changes_never_signals(value, screening):
    """Sums are rounded: a tenth fourteen times over is not quite fourteen times a tenth."""
    chart = xmr([value] * 14, screening=screening)
    assert not chart.rule.any()
    assert not chart.side.any()
    assert bool(np.isnan(chart.lower).all()) is screening


def test_ranges_that_are_screened_are_those_of_more_than_the_limit():
    values = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1]
    assert xmr(values, screening=True).range[0, 0] == 1
    assert xmr(values).range[0, 0] > 2


def test_a_gap_breaks_a_run():
    def runs(*later):
        return int((xmr([*STEADY, *later], fix_after=12).rule == Rule.RUN).sum())

    assert runs(13, 13, 13, 13, 13, 13, 13) == 7
    assert runs(13, 13, 13, NAN, 13, 13, 13, 13) == 0
    assert runs(13, 13, 13, 13, 13, 13, 13, NAN) == 7


def test_a_gap_has_no_moving_range_and_is_nothing_special():
    chart = xmr([1, 2, NAN, 9, 10])
    assert chart.range[0, 0] == 1
    assert (chart.side[0, 2], chart.rule[0, 2]) == (0, Rule.COMMON_CAUSE)


def test_a_gap_breaks_a_trend():
    assert xmr([1, 2, 3, 4, 5, 6, 7, NAN]).rule[0, 3] == Rule.TREND
    assert not (xmr([1, 2, 3, NAN, 4, 5, 6, 7]).rule == Rule.TREND).any()


def test_two_of_three_marks_only_points_that_are_near_the_limit_themselves():
    """Limits are 42.9 and 57.4; near begins at 55.0. The point between the two is as high as anything, and not near."""
    baseline = [50, 52, 49, 51, 48, 50, 53, 47, 51, 50, 49, 52]
    chart = xmr([*baseline, 57, 51, 57, 50], fix_after=12)
    assert chart.rule[0, 12:].tolist() == [Rule.TWO_OF_THREE, Rule.COMMON_CAUSE, Rule.TWO_OF_THREE, 0]


def test_a_baseline_longer_than_the_series_is_all_of_it():
    np.testing.assert_array_equal(xmr(STEADY, fix_after=50).upper, xmr(STEADY).upper)


@pytest.mark.parametrize("screening", [False, True])
def test_one_point_has_a_mean_and_no_limits(screening):
    chart = xmr([5.0], screening=screening)
    assert chart.mean[0, 0] == 5
    assert np.isnan(chart.upper[0, 0])
    assert not chart.rule.any()


def test_a_series_of_gaps_is_empty_and_silent():
    chart = xmr([NAN] * 13)
    assert np.isnan(chart.mean).all()
    assert not chart.rule.any()


def test_each_new_baseline_is_a_chart_of_its_own():
    values = [*STEADY, *(2 * one for one in STEADY)]
    rebase = [0] * 12 + [1] + [0] * 11
    chart, first, second = xmr(values, rebase=rebase), xmr(values[:12]), xmr(values[12:])
    for name in ("mean", "upper", "side", "rule"):
        joined = np.concatenate([getattr(first, name), getattr(second, name)], axis=1)
        np.testing.assert_array_equal(getattr(chart, name), joined)
    np.testing.assert_array_equal(xmr(values, rebase=[1] + [0] * 23).mean, xmr(values).mean)


def test_a_baseline_may_be_fixed_in_each_part():
    chart = xmr([1, 3, 9, 9, 5, 7, 1, 1], rebase=[0, 0, 0, 0, 1, 0, 0, 0], fix_after=2)
    assert chart.mean[0].tolist() == [2, 2, 2, 2, 6, 6, 6, 6]


@pytest.mark.parametrize("run", [6, 7, 8])
def test_the_length_of_a_run_is_a_parameter(run):
    values = [12, 10] * 6 + [13] * run + [10]
    assert (xmr(values, fix_after=12, run=run).rule == Rule.RUN).sum() == run
    assert not (xmr(values, fix_after=12, run=run + 1).rule == Rule.RUN).any()


@pytest.mark.parametrize("trend", [5, 6, 7])
def test_the_length_of_a_trend_is_a_parameter(trend):
    values = [50, 60, *range(50, 50 + trend)]
    assert (xmr(values, trend=trend).rule == Rule.TREND).sum() == trend
    assert not (xmr(values, trend=trend + 1).rule == Rule.TREND).any()


@given(SERIES, st.sampled_from([Better.HIGH, Better.LOW]))
@settings(deadline=None, max_examples=40)
def test_what_is_an_improvement_where_more_is_better_is_a_concern_where_less_is(values, better):
    other = Better.LOW if better is Better.HIGH else Better.HIGH
    swapped = {
        PointType.IMPROVEMENT: PointType.CONCERN,
        PointType.CONCERN: PointType.IMPROVEMENT,
        PointType.COMMON_CAUSE: PointType.COMMON_CAUSE,
    }
    chart = xmr(values)
    (here,), (there,) = point_types(chart, better), point_types(chart, other)
    assert [swapped[one] for one in here] == there


def test_where_neither_way_is_better_points_are_high_or_low():
    (types,) = point_types(xmr([*STEADY, 30, 11, -9], fix_after=12), Better.NEUTRAL)
    assert types[-3:] == [PointType.NEUTRAL_HIGH, PointType.COMMON_CAUSE, PointType.NEUTRAL_LOW]


@pytest.mark.parametrize(
    ("target", "better", "said"),
    [
        (4, Better.HIGH, Assurance.CONSISTENT_PASS),
        (5, Better.HIGH, Assurance.INCONSISTENT),
        (7, Better.HIGH, Assurance.INCONSISTENT),
        (8, Better.HIGH, Assurance.CONSISTENT_FAIL),
        (4, Better.LOW, Assurance.CONSISTENT_FAIL),
        (8, Better.LOW, Assurance.CONSISTENT_PASS),
        (8, Better.NEUTRAL, None),
        (None, Better.HIGH, None),
    ],
)
def test_assurance_is_whether_the_target_lies_beyond_the_limits(target, better, said):
    assert assurance(5, 7, target, better) == said


def test_without_limits_nothing_is_assured():
    assert assurance(NAN, NAN, 5, Better.HIGH) is None


def test_z_is_in_standard_deviations_by_the_moving_range():
    chart = xmr([10, 12, 10, 12, 10, 12])
    assert chart.z[0, 1] == pytest.approx(1 / (2 / 1.128))
    assert xmr([5, 5, 5]).z.tolist() == [[0, 0, 0]]


def test_log_change_is_of_neighbours_alone():
    changes = log_change([[100, 110, NAN, 121, 0, 5]])
    assert changes[0, 1] == pytest.approx(0.0953102)
    assert np.isnan(changes[0, [0, 2, 3, 4, 5]]).all()


def test_a_gap_leaves_a_cusum_as_it_was():
    sums = tabular([[12, NAN, 12, 8]], target=10, k=0.5, h=2)
    assert sums.high.tolist() == [[1.5, 1.5, 3.0, 0.5]]
    assert sums.first_signal == [2]
    assert tabular([[10, 10]], target=10, k=0.5, h=2).first_signal == [None]


@pytest.mark.parametrize(("change", "share"), [(True, 0.066), (False, 0.760)])
def test_of_real_list_sizes_the_change_is_what_tells_something(data, change, share):
    """Latest point, all points as baseline, of practices with at least 1,000 patients in all twelve quarters."""
    with gzip.open(data / "list_sizes_2013q2_2016q1.csv.gz", "rt") as lines:
        rows = list(csv.reader(lines))[1:]
    sizes = np.array([[float(cell or NAN) for cell in row[3:]] for row in rows])
    sizes = sizes[(np.nan_to_num(sizes) >= 1_000).all(axis=1)]
    assert len(sizes) == 7_568
    latest = xmr(log_change(sizes)[:, 1:] if change else sizes).rule[:, -1]
    assert round(float((latest != 0).mean()), 3) == share


def test_one_step_that_is_screened_away_leaves_no_limits_rather_than_limits_of_no_width():
    chart = xmr([5.0] * 19 + [6.0], screening=True)
    assert np.isnan(chart.lower).all()
    assert not chart.outside.any()
    assert np.isfinite(xmr([5.0] * 19 + [6.0]).lower).all()


@pytest.mark.parametrize("strange", [float("inf"), -float("inf"), 1e308, -1e308])
@pytest.mark.parametrize("screening", [True, False])
def test_what_is_no_count_is_a_gap(strange, screening):
    with_it = xmr([*STEADY, strange, *STEADY], screening=screening)
    with_gap = xmr([*STEADY, NAN, *STEADY], screening=screening)
    np.testing.assert_array_equal(with_it.upper, with_gap.upper)
    np.testing.assert_array_equal(with_it.rule, with_gap.rule)
