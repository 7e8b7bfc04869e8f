"""Funnels and the spread among practices: what holds of all of them, and what is easily got wrong."""

import csv
import gzip
from math import comb, exp, factorial, inf

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.indicators import funnel, yearly
from domain.indicators.dispersion import (
    additive,
    multiplicative,
    scaled,
    spread,
    truncate,
    winsorise,
)
from domain.indicators.outlying import limits as funnel_of
from domain.indicators.outlying import standing
from domain.indicators.places import Case, in_funnel, since
from domain.indicators.signals import Z_ALARM, Z_ALERT, Scale

NAN = float("nan")
LEVELS = (Z_ALERT, Z_ALARM)
SHARE = st.floats(0.01, 0.99)
PRACTICES = st.lists(
    st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2
)
PROPORTIONS = {
    "score": funnel.score,
    "arcsine": funnel.arcsine,
    "exact": funnel.exact_binomial,
}
RATIOS = {
    "exact": funnel.exact_poisson,
    "garwood": funnel.garwood,
    "logarithm": funnel.log_ratio,
    "root": funnel.root_ratio,
}


@pytest.mark.parametrize("limits", PROPORTIONS.values(), ids=PROPORTIONS)
@given(p0=SHARE, n=st.integers(1, 3_000))
@settings(deadline=None, max_examples=60)
def test_limits_of_a_proportion_hold_it_and_wider_limits_lie_further_out(limits, p0, n):
    (lower, upper), (low, high) = (limits([p0], [n], z) for z in LEVELS)
    assert 0 <= low[0] <= lower[0] <= upper[0] <= high[0] <= 1
    if limits is not funnel.exact_binomial:
        assert lower[0] <= p0 <= upper[0]


@pytest.mark.parametrize("limits", RATIOS.values(), ids=RATIOS)
@given(expected=st.floats(0.5, 5_000))
@settings(deadline=None, max_examples=60)
def test_limits_of_a_ratio_hold_one_and_wider_limits_lie_further_out(limits, expected):
    (lower, upper), (low, high) = (limits([expected], z) for z in LEVELS)
    assert 0 <= low[0] <= lower[0] <= 1
    assert upper[0] <= high[0]
    assert upper[0] > 1 or limits is funnel.exact_poisson


@given(p0=SHARE)
@settings(deadline=None, max_examples=30)
def test_the_more_cases_the_closer_the_limits(p0):
    cases = np.arange(1, 400)
    for limits in (funnel.score, funnel.arcsine):
        lower, upper = limits(p0, cases, Z_ALARM)
        assert (np.diff(lower) >= 0).all()
        assert (np.diff(upper) <= 0).all()
    for ratio in (funnel.garwood, funnel.log_ratio, funnel.root_ratio):
        lower, upper = ratio(cases, Z_ALARM)
        assert (np.diff(lower) >= 0).all()
        assert (np.diff(upper) <= 0).all()


def test_limits_of_a_ratio_of_counts_lie_evenly_about_it_on_the_logarithmic_scale():
    lower, upper = funnel.ratio_of_counts(0.5, [25], 2.0)
    assert (float(lower[0]), float(upper[0])) == pytest.approx((0.5 * exp(-0.2), 0.5 * exp(0.2)))


def test_score_limits_of_a_hundred_cases_at_one_half():
    lower, upper = funnel.score(0.5, 100, 1.959964)
    assert [float(lower), float(upper)] == pytest.approx([0.4020018, 0.5979982])


def binomial_below(r, n, p0):
    return sum(comb(n, k) * p0**k * (1 - p0) ** (n - k) for k in range(r + 1))


@given(st.floats(0, 1), st.integers(1, 60), st.floats(0.0005, 0.9995))
@settings(deadline=None)
def test_an_exact_binomial_limit_is_what_its_definition_says(p0, n, p):
    below = [0.0, *(binomial_below(r, n, p0) for r in range(n + 1))]
    r = next((r for r in range(n + 1) if below[r + 1] > p), n)
    assume(all(abs(one - p) > 1e-9 for one in below))
    wanted = (r - (below[r + 1] - p) / (below[r + 1] - below[r])) / n
    assert float(funnel.interpolated_binomial(p0, n, p)) == pytest.approx(wanted, abs=1e-6)


@given(st.floats(0.05, 30), st.floats(0.0005, 0.9995))
@settings(deadline=None)
def test_an_exact_poisson_limit_is_what_its_definition_says(mean, p):
    below, r = [0.0], 0
    while below[-1] <= p:
        below.append(below[-1] + exp(-mean) * mean**r / factorial(r))
        r += 1
    assume(all(abs(one - p) > 1e-9 for one in below))
    wanted = (r - 1 - (below[-1] - p) / (below[-1] - below[-2])) / mean
    assert float(funnel.interpolated_poisson(mean, p)) == pytest.approx(wanted, abs=1e-6)


def test_exact_limits_where_nobody_or_everybody_is_a_case():
    for z in LEVELS:
        assert [float(end) for end in funnel.exact_binomial(0, 20, z)] == [0, 0]
        lower, upper = funnel.exact_binomial(1, 20, z)
        assert 0.95 <= lower <= upper <= 1


def test_limits_are_computed_for_all_practices_and_quantiles_at_once():
    cases, p = np.array([[5], [50], [5_000]]), np.array([0.001, 0.025, 0.975, 0.999])
    every = funnel.interpolated_binomial(0.9, cases, p)
    for row, n in enumerate((5, 50, 5_000)):
        alone = [float(funnel.interpolated_binomial(0.9, n, one)) for one in p]
        assert every[row].tolist() == alone


@given(PRACTICES)
@settings(deadline=None, max_examples=60)
def test_a_value_is_beyond_a_limit_when_its_z_is(practices):
    """On the arcsine scale, with the spread among practices allowed for: the same answer on the page and in the flag."""
    n, d = np.array(practices, dtype=float).T
    now = standing(Scale.ARCSINE, n, d, 0.1)
    for z in LEVELS:
        lower, upper = funnel.arcsine(now.every.comparator, d, z, now.spread.tau2)
        near = np.minimum(abs(n / d - lower), abs(n / d - upper)) < 1e-9
        beyond = (n / d < lower) | (n / d > upper)
        assert ((abs(now.adjusted) > z) == beyond)[~near].all()


@given(PRACTICES, st.sampled_from([Scale.ARCSINE, Scale.ROOT_RATIO]))
@settings(deadline=None, max_examples=40)
def test_a_practices_place_is_the_same_alone_and_among_all(practices, scale):
    n, d = np.array(practices, dtype=float).T
    now = standing(scale, n, d, 0.1)
    pooled, tau2 = now.every.comparator, now.spread.tau2
    assume(pooled > 0)
    ends = [funnel_of(scale, pooled, d, z, tau2) for z in LEVELS]
    for row, (numerator, denominator) in enumerate(practices):
        alone = in_funnel(scale, Case(numerator, denominator, pooled), tau2, LEVELS)
        assert alone.z == pytest.approx(float(now.adjusted[row]), abs=1e-9)
        every = [float(end[row]) for pair in ends for end in pair]
        named = (alone.lower_alert, alone.upper_alert, alone.lower_alarm, alone.upper_alarm)
        assert named == pytest.approx(every, abs=1e-9)


def test_behind_a_quarter_circle_the_reference_draws_the_sine_that_comes_back():
    ours, theirs = (
        limits(0.9224, [19, 27, 36], 3.090232)[1] for limits in (funnel.arcsine, funnel.arcsine_as_drawn)
    )
    assert ours.tolist()[:2] == [1, 1]
    assert theirs[0] == 1
    assert 0.999 < theirs[1] < 1
    assert theirs[2] == ours[2] < 1


@pytest.mark.parametrize(
    ("observed", "lower", "upper"),
    [(0, 0, 3.6888795), (1, 0.0253178, 5.5716434), (5, 1.6234864, 11.6683321), (9, 4.1153731, 17.0848034)],
)
def test_the_interval_of_a_small_count_is_exact(observed, lower, upper):
    """The Poisson intervals of the tables."""
    found = funnel.interval(observed, 1.959964)
    assert [float(end) for end in found] == [pytest.approx(lower, abs=1e-5), pytest.approx(upper, abs=1e-5)]


def test_the_interval_of_ten_and_more_is_byars():
    lower, upper = funnel.interval([10, 100], 1.959964)
    assert lower.tolist() == pytest.approx([4.7874, 81.3621], abs=1e-3)
    assert upper.tolist() == pytest.approx([18.3915, 121.6279], abs=1e-3)


@pytest.mark.parametrize(
    ("observed", "expected", "said"),
    [(0, 3.6, 0), (0, 3.7, -1), (5, 1.6, 1), (5, 1.7, 0), (100, 122, -1), (100, 81, 1)],
)
def test_a_count_is_higher_or_lower_where_its_interval_leaves_out_the_expected_one(observed, expected, said):
    assert float(funnel.compared(observed, expected, Z_ALERT)) == said


@given(PRACTICES, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_the_order_of_practices_is_no_part_of_the_spread(practices, chance):
    def found(some):
        every = scaled(Scale.ARCSINE, *np.array(some, dtype=float).T)
        return every.comparator, spread(every.z, every.s)

    shuffled = list(practices)
    chance.shuffle(shuffled)
    assert found(shuffled) == found(practices)


def test_practices_that_vary_by_chance_alone_have_no_spread():
    every = scaled(Scale.ARCSINE, [50, 51, 49, 50, 52, 48], [100] * 6)
    found = spread(every.z, every.s)
    assert found.tau2 == 0
    np.testing.assert_array_equal(additive(every, found.tau2), every.z)


def test_the_wider_the_spread_the_less_each_practice_is_outlying():
    every = scaled(Scale.ARCSINE, [50, 70, 30, 60, 40, 55], [100] * 6)
    found = spread(every.z, every.s)
    assert found.phi > 1
    assert (abs(additive(every, found.tau2)) < abs(every.z)).all()
    np.testing.assert_allclose(multiplicative(every.z, found.phi), every.z / np.sqrt(found.phi))
    np.testing.assert_array_equal(multiplicative(every.z, 0.5), every.z)


def test_the_outermost_tenths_are_drawn_in_to_where_they_begin():
    assert winsorise(np.arange(11.0)).tolist() == [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9]
    assert winsorise([-3, 0, NAN, 3], 0.5)[[0, 1, 3]].tolist() == [0, 0, 0]
    assert np.isnan(winsorise([NAN, NAN])).all()


def test_truncation_leaves_out_the_lowest_tenth():
    """Of twenty by rank the first two are in the lowest of ten groups; of fewer than ten nobody is."""
    assert np.isnan(truncate(np.arange(20.0)[::-1] - 12)).nonzero()[0].tolist() == [18, 19]
    assert not np.isnan(truncate(np.arange(9.0) - 4)).any()
    assert np.isnan(truncate([0, 1, 2, 3, 4, 9.5])).nonzero()[0].tolist() == [5]


@pytest.mark.parametrize("scale", list(Scale))
def test_practices_without_possible_numbers_have_no_place_and_move_nobody(scale):
    sound = [(9, 10), (8, 10), (7, 10), (6, 10)]
    odd = [(NAN, 10), (3, NAN), (-1, 10), (3, 0), (inf, 10), (3, inf)]
    few, all_ = (scaled(scale, *np.array(some, dtype=float).T) for some in (sound, sound + odd))
    assert np.isnan(all_.y[4:]).all()
    np.testing.assert_array_equal(all_.y[:4], few.y)
    assert all_.comparator == few.comparator
    assert spread(all_.z, all_.s) == spread(few.z, few.s)


def test_a_count_of_none_has_no_logarithm_and_has_a_root():
    assert np.isnan(scaled(Scale.LOG_RATIO, [0, 5], [5, 5]).y).tolist() == [True, False]
    assert scaled(Scale.ROOT_RATIO, [0, 5], [5, 5]).y.tolist() == [0, 1]


@pytest.mark.parametrize("count", [0, 300])
def test_all_or_none_of_a_practices_cases_is_a_place_like_any(count):
    found = in_funnel(Scale.ARCSINE, Case(count, 300, 0.5), 0.001, LEVELS)
    assert abs(found.z) > 3
    assert (found.value < found.lower_alarm) == (count == 0)


def test_a_ratio_of_counts_is_compared_on_the_logarithmic_scale():
    every = scaled(Scale.RATIO_OF_COUNTS, [10, 30], [20, 20])
    assert every.target == 0
    assert every.y.tolist() == pytest.approx([np.log(10.5 / 20.5), np.log(30.5 / 20.5)])
    assert every.s[0] == pytest.approx(np.sqrt(10 / 10.5**2 + 20 / 20.5**2))


def test_of_no_practice_there_is_nothing_to_say():
    nobody = scaled(Scale.ARCSINE, [], [])
    assert spread(nobody.z, nobody.s).used == 0
    assert np.isnan(nobody.comparator)


YEARS = st.lists(
    st.integers(20, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.integers(0, n), st.just(n))),
    min_size=2,
)


@given(YEARS, st.sampled_from([Scale.ARCSINE, Scale.ROOT_RATIO]))
@settings(deadline=None, max_examples=40)
def test_a_practices_change_is_the_same_alone_and_among_all(years, scale):
    now, before, n = np.array(years, dtype=float).T
    assume(0 < now.sum() < n.sum() and 0 < before.sum() < n.sum())
    every = yearly.change(scale, (now, n), (before, n))
    for row, (this, last, cases) in enumerate(years):
        pooled = every.now.comparator, every.before.comparator
        alone = since(scale, Case(this, cases, pooled[0]), Case(last, cases, pooled[1]), 0.01, LEVELS)
        assert alone.z == pytest.approx(float(every.adjusted(0.01)[row]), abs=1e-9)
        assert (
            alone.lower_alarm
            <= alone.lower_alert
            <= alone.comparator
            <= alone.upper_alert
            <= alone.upper_alarm
        )


def test_a_practice_that_moved_as_all_did_has_not_moved():
    every = yearly.change(Scale.ARCSINE, ([80, 80, 80], [100] * 3), ([90, 90, 90], [100] * 3))
    assert every.z.tolist() == pytest.approx([0, 0, 0], abs=1e-12)


def test_a_year_on_year_z_by_hand():
    """From 90 to 80 of 100 while all practices together stayed at one half."""
    found = since(Scale.ARCSINE, Case(80, 100, 0.5), Case(90, 100, 0.5), 0.0, LEVELS)
    assert found.z == pytest.approx((np.arcsin(np.sqrt(0.8)) - np.arcsin(np.sqrt(0.9))) / np.sqrt(2 / 400))
    assert found.comparator == pytest.approx(0.9)


def test_real_immunisations_are_spread_as_the_published_method_says(data):
    """Second measles dose by age 5, 2021/22: each practice once, though six stand twice in the file."""
    with gzip.open(data / "childhood_immunisations_west_sussex_2019_22.csv.gz", "rt") as lines:
        rows = [
            row
            for row in csv.DictReader(lines)
            if (row["year"], row["age"], row["item"]) == ("2021/22", "5 years", "MMR2") and row["denominator"]
        ]
    once = {
        row["ods_code"]: (round(float(row["numerator"])), round(float(row["denominator"]))) for row in rows
    }
    numerators, denominators = np.array(list(once.values()), dtype=float).T
    now = standing(Scale.ARCSINE, numerators, denominators, 0.1)
    assert now.practices == 79
    assert (round(now.spread.phi, 4), round(now.spread.tau2, 6)) == (1.6862, 0.001434)
    for z, beyond, adverse in ((Z_ALERT, (20, 7), (7, 4)), (Z_ALARM, (6, 5), (4, 4))):
        assert ((abs(now.z) > z).sum(), (abs(now.adjusted) > z).sum()) == beyond
        assert ((now.z < -z).sum(), (now.adjusted < -z).sum()) == adverse


@pytest.mark.parametrize("all_of_them", [0.0, 1.0])
def test_where_everybody_has_all_or_none_nobody_lies_beyond_the_exact_limits(all_of_them):
    lower, upper = funnel.exact_binomial(all_of_them, np.array([1.0, 10.0, 1e6]), Z_ALERT)
    assert (lower == all_of_them).all()
    assert (upper == all_of_them).all()


@pytest.mark.parametrize(
    "limits", [funnel.exact_poisson, funnel.garwood, funnel.root_ratio, funnel.log_ratio]
)
def test_where_nothing_is_expected_there_is_no_limit_and_no_warning(limits):
    for side in limits(np.array([0.0, 4.0]), Z_ALERT):
        assert np.isnan(side[0])
        assert np.isfinite(side[1])


def test_limits_of_next_to_nothing_are_as_wide_as_can_be():
    lower, upper = funnel.log_ratio(1e-9, Z_ALARM)
    assert lower == 0
    assert upper == inf
    assert funnel.byar(0, Z_ALERT)[0] == 0


@pytest.mark.parametrize("p0", [0.02, 0.269, 0.5, 0.837, 0.99])
@pytest.mark.parametrize("z", [1.96, 3.09])
def test_beyond_a_limit_in_whole_cases_lies_just_what_chance_gives_more_seldom_than_the_tail(p0, z):
    sizes = np.arange(1, 41)
    lower, upper = funnel.whole_binomial(p0, sizes, z)
    for n, low, high in zip(sizes.tolist(), lower.tolist(), upper.tolist(), strict=True):
        chances = [comb(n, k) * p0**k * (1 - p0) ** (n - k) for k in range(n + 1)]
        for k in range(n + 1):
            or_more, or_fewer = sum(chances[k:]), sum(chances[: k + 1])
            assert (k / n > high) == (or_more < funnel.tail(z)), (n, k)
            assert (k / n < low) == (or_fewer < funnel.tail(z)), (n, k)
