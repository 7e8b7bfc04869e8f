"""Periods are written in one way, and stand in order as text."""

from datetime import date

import pytest

from domain.periods import begun, period_of, run_of, run_until
from domain.practice.kinds import PeriodLength


@pytest.mark.parametrize(
    ("text", "written", "length", "starts_on", "ends_on"),
    [
        ("2016Q1", "2016Q1", PeriodLength.QUARTER, date(2016, 1, 1), date(2016, 3, 31)),
        ("2016 q4", "2016Q4", PeriodLength.QUARTER, date(2016, 10, 1), date(2016, 12, 31)),
        ("2021/22", "2021/22", PeriodLength.YEAR, date(2021, 4, 1), date(2022, 3, 31)),
        ("2021-22", "2021/22", PeriodLength.YEAR, date(2021, 4, 1), date(2022, 3, 31)),
        ("2021/2022", "2021/22", PeriodLength.YEAR, date(2021, 4, 1), date(2022, 3, 31)),
        ("1999/00", "1999/00", PeriodLength.YEAR, date(1999, 4, 1), date(2000, 3, 31)),
        ("2021", "2021", PeriodLength.YEAR, date(2021, 1, 1), date(2021, 12, 31)),
        ("2016-02", "2016-02", PeriodLength.MONTH, date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-12", "2016-12", PeriodLength.MONTH, date(2016, 12, 1), date(2016, 12, 31)),
        ("2016-02-29", "2016-02-29", PeriodLength.EVENT, date(2016, 2, 29), date(2016, 2, 29)),
    ],
)
def test_a_period_is_written_in_one_way_and_has_its_days(text, written, length, starts_on, ends_on):
    found = period_of(text)

    assert found is not None
    assert (found.text, found.length, found.starts_on, found.ends_on) == (written, length, starts_on, ends_on)


@pytest.mark.parametrize(
    "text", ["", "16Q1", "2016Q5", "2021/23", "2021/21", "2016-13", "2016-02-30", "0000"]
)
def test_what_is_no_period_is_none(text):
    assert period_of(text) is None


@pytest.mark.parametrize(
    ("some", "run"),
    [
        (["2015Q4", "2016Q2"], ["2015Q4", "2016Q1", "2016Q2"]),
        (["2015-11", "2016-01"], ["2015-11", "2015-12", "2016-01"]),
        (["2019/20", "2021/22"], ["2019/20", "2020/21", "2021/22"]),
        (["2019", "2021"], ["2019", "2020", "2021"]),
        (["2016-01-05", "2016-01-01"], ["2016-01-01", "2016-01-05"]),
        ([], []),
    ],
)
def test_a_run_of_periods_has_no_gaps(some, run):
    assert run_of(some) == run


@pytest.mark.parametrize(
    ("some", "last", "run"),
    [
        (["2015Q1", "2016Q2"], "2016Q1", ["2015Q3", "2015Q4", "2016Q1"]),
        (["2016-01"], "2016-02", ["2016-01", "2016-02"]),
        (["2015-01", "2017-01"], "2016-01", ["2015-11", "2015-12", "2016-01"]),
        (["1021/22", "2021/22"], "2021/22", ["2019/20", "2020/21", "2021/22"]),
        (["1999/00", "2000/01"], "2001/02", ["1999/00", "2000/01", "2001/02"]),
        (["0001", "2021"], "2021", ["2019", "2020", "2021"]),
        ([], "2021", ["2021"]),
        (["2016-01-05", "2016-01-01", "2015-01-01", "2014-01-01"], "2016-01-01", None),
    ],
)
def test_a_run_up_to_a_period_has_no_gaps_and_is_counted_back_from_it(some, last, run):
    assert run_until(some, last, 3) == (run or ["2014-01-01", "2015-01-01", "2016-01-01"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026Q4", True), ("2027Q1", False), ("2099Q1", False), ("2026 Q4", True), ("2026", True), ("2027", False),
        ("2026/27", True), ("2027/28", False), ("2026-11", True), ("2026-12", False), ("2026-11-21", True),
        ("2026-11-22", False), ("November 2026", True), ("December 2026", False), ("March 2099", False),
        ("2025-26 Q3", True), ("2098-99 Q3", False), ("last winter", True),
    ],
)  # fmt: skip
def test_a_period_has_begun_by_a_day_or_is_still_to_come(text, expected):
    assert begun(text, date(2026, 11, 21)) is expected
