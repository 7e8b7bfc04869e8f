"""The statistics give the numbers that their published sources give: NHSRplotthedots, FunnelPlotR, NIST.

`reference_cases.json` holds each case's input, expected numbers, tolerance and where they are from.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from domain.indicators import cusum, funnel, patterns, spc
from domain.indicators.dispersion import additive, scaled, spread, truncate, winsorise
from domain.indicators.signals import Scale
from domain.practice.kinds import Better

CASES = json.loads(Path(__file__).with_name("reference_cases.json").read_text())["cases"]
BETTER = {1: Better.HIGH, -1: Better.LOW, 0: Better.NEUTRAL, "increase": Better.HIGH, "decrease": Better.LOW}
SCALES = {
    ("SR", "SHMI"): Scale.LOG_RATIO,
    ("SR", "CQC"): Scale.ROOT_RATIO,
    ("PR", ""): Scale.ARCSINE,
    ("RC", ""): Scale.RATIO_OF_COUNTS,
}
LEVELS = {"95": (0.025, 1.959964), "998": (0.001, 3.090232)}


def of(*families):
    found = [case for case in CASES if case["family"] in families]
    assert found, f"no case of {families}"
    return pytest.mark.parametrize("case", found, ids=[case["id"] for case in found])


def close(case, got, expected):
    wanted = np.asarray([np.nan if one is None else one for one in np.atleast_1d(expected)], dtype=float)
    np.testing.assert_allclose(np.atleast_1d(got), wanted, rtol=0, atol=case["tolerance"])


def named(rule, way):
    """As the reference names it."""
    side = "Above" if way > 0 else "Below"
    return {
        spc.Rule.COMMON_CAUSE: "Common Cause",
        spc.Rule.OUTSIDE_LIMITS: "Above UCL" if way > 0 else "Below LCL",
        spc.Rule.TREND: f"7 Point Trend ({'In' if way > 0 else 'De'}creasing)",
        spc.Rule.TWO_OF_THREE: f"2 in 3 {side} CL",
        spc.Rule.RUN: f"7 Points {side} CL",
    }[spc.Rule(rule)]


@of("xmr")
def test_an_xmr_chart_is_that_of_the_reference(case):
    given, expected = case["input"], case["expected"]
    chart = spc.xmr(
        given["values"],
        fix_after=given["fix_after_n_points"],
        rebase=given["rebase"],
        screening=given["screen_outliers"],
    )
    close(case, chart.mean[0], expected["mean"])
    close(case, chart.lower[0], expected["lpl"])
    close(case, chart.upper[0], expected["upl"])
    assert chart.outside[0].tolist() == expected["outside_limits"]
    assert chart.side[0].tolist() == expected["relative_to_mean"]
    assert chart.near[0].tolist() == expected["close_to_limits"]
    causes = [named(*both) for both in zip(chart.rule[0], chart.direction[0], strict=True)]
    assert causes == expected["special_cause_type"]
    better = BETTER[given["improvement_direction"]]
    assert spc.point_types(chart, better)[0] == expected["point_type"]


@of("xmr_rule_unit")
def test_a_rule_of_an_xmr_chart_is_that_of_the_reference(case):
    def one(points, kind):
        return np.array(points, dtype=kind)[:, None]

    given, name = case["input"], case["id"]
    if "two_in_three" in name:
        got = patterns.two_of_three(one(given["close"], bool), one(given["rtm"], np.int8)).astype(int)
    elif "trend" in name:
        rising = patterns.rising(one(given["input"], float))
        got = patterns.trends(rising, 7) * rising.astype(int)
    else:
        got = patterns.one_side(one(given["input"], np.int8), 7).astype(int)
    close(case, got[:, 0], case["expected"])


@of("assurance_icon")
def test_assurance_is_that_of_the_reference(case):
    given = case["input"]
    limits = zip(given["lpl"], given["upl"], strict=True)
    better = BETTER[given["direction"]]
    assert [spc.assurance(*pair, given["target"], better) for pair in limits] == case["expected"]


@of("funnel_overdispersion")
def test_the_spread_among_practices_is_that_of_the_reference(case):
    given, expected = case["input"], case["expected"]
    scale = SCALES[given["data_type"], given["sr_method"]]
    every = scaled(scale, given["numerator"], given["denominator"])
    shmi = scale is Scale.LOG_RATIO
    found = spread(every.z, every.s, given["trim_by"], truncated=shmi)
    close(case, every.comparator, expected["target"])
    close(case, every.target, expected["target_transformed"])
    close(case, every.y, expected["Y"])
    close(case, every.s, expected["s"])
    close(case, every.z, expected["z_unadjusted"])
    trimmed = (truncate if shmi else winsorise)(every.z, given["trim_by"])
    close(case, trimmed, expected["z_winsorised_or_truncated"])
    assert found.used == expected["n_used"]
    close(case, found.phi, expected["phi"])
    close(case, found.tau2, expected["tau2"])
    close(case, additive(every, found.tau2), expected["z_overdispersed"])


@of("funnel_overdispersion")
@pytest.mark.parametrize("adjusted", ["od", ""])
@pytest.mark.parametrize("level", LEVELS)
def test_the_limits_of_a_funnel_are_those_of_the_reference(case, adjusted, level):
    expected, z = case["expected"], LEVELS[level][1]
    if "limits" not in expected:
        assert case["input"]["sr_method"] == "CQC", "the reference leaves these on the scale of square roots"
        return
    cases = [row["number_seq"] for row in expected["limits"]]
    tau2 = expected["tau2"] if adjusted else 0.0
    if case["input"]["data_type"] == "PR":
        lower, upper = funnel.arcsine_as_drawn(expected["target"], cases, z, tau2)
    else:
        lower, upper = funnel.log_ratio(cases, z, tau2) if adjusted else funnel.garwood(cases, z)
    close(case, lower, [row[f"{adjusted}ll{level}"] for row in expected["limits"]])
    close(case, upper, [row[f"{adjusted}ul{level}"] for row in expected["limits"]])


@of("funnel_poisson_exact")
def test_exact_limits_of_a_count_are_those_of_the_reference(case):
    given, expected = case["input"], case["expected"]
    if isinstance(given, list):
        for one, limits in zip(given, expected, strict=True):
            close(case, funnel.interpolated_poisson(one["expected"], one["p"]), limits)
        return
    for level, (_, z) in LEVELS.items():
        lower, upper = funnel.garwood(given["expected_events"], z)
        close(case, lower, expected[f"ll{level}"])
        close(case, upper, expected[f"ul{level}"])


@of("cusum")
def test_a_cusum_is_that_of_the_reference(case):
    given, expected = case["input"], case["expected"]
    sums = cusum.tabular(given["values"], given["target"], given["k"], given["h"])
    close(case, sums.high[0], expected["s_hi"])
    close(case, sums.low[0], expected["s_lo"])
    first = sums.first_signal[0]
    assert first == expected["first_signal_index_1based"] - 1
    assert sums.signals_high[0, first] == (expected["signal_side"] == "high")


def test_every_case_is_of_a_family_that_is_tried():
    tried = {
        "xmr",
        "xmr_rule_unit",
        "assurance_icon",
        "funnel_overdispersion",
        "funnel_poisson_exact",
        "cusum",
    }
    assert {case["family"] for case in CASES} == tried
