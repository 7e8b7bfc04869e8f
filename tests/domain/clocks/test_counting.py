"""Days, weeks, months and working days are counted as a person counts them on a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clocks.bank_holidays import BANK_HOLIDAYS
from domain.clocks.counting import after, before, between, is_working_day, working_day_from
from domain.practice.kinds import Unit
from domain.rules import RuleBroken, london_day

D, W, M, WORKING = Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.WORKING_DAYS

BY_HAND = [
    # 28 days: four weeks later, the same day of the week.
    ("2026-10-23", 28, D, "2026-11-20", "Friday to Friday, over the end of summer time on 25 October"),
    ("2026-03-16", 28, D, "2026-04-13", "Monday to Monday, over the beginning of summer time and Easter"),
    ("2024-02-10", 28, D, "2024-03-09", "a leap year: 19 days left of February, and 9"),
    ("2023-02-10", 28, D, "2023-03-10", "no leap year: 18 days left of February, and 10"),
    ("2024-02-01", 28, D, "2024-02-29", "the 29th itself is the last day"),
    ("2026-12-24", 28, D, "2027-01-21", "7 days left of December, and 21; bank holidays count as days"),
    ("2026-11-06", 14, D, "2026-11-20", "two weeks"),
    ("2026-09-25", 8, W, "2026-11-20", "56 days: 5 in September, 31 in October, 20 in November"),
    # Months: the day of the same number, or the last of a shorter month.
    ("2026-11-30", 3, M, "2027-02-28", "February has no 30th"),
    ("2023-11-30", 3, M, "2024-02-29", "February of a leap year has a 29th"),
    ("2026-08-31", 6, M, "2027-02-28", "six months from the last of August"),
    ("2024-02-29", 12, M, "2025-02-28", "a year from a leap day"),
    ("2026-05-20", 6, M, "2026-11-20", "the same number"),
    ("2026-12-15", 1, M, "2027-01-15", "into the next year"),
    # Working days.
    ("2026-12-24", 1, WORKING, "2026-12-29", "Christmas on Friday, a weekend, Boxing Day kept on Monday"),
    ("2026-04-02", 10, WORKING, "2026-04-20", "3rd and 6th are Easter: 7-10 are four, 13-17 nine, 20 ten"),
    ("2022-05-31", 2, WORKING, "2022-06-06", "1 June is one; two days of jubilee, a weekend; Monday is two"),
    ("2022-09-16", 1, WORKING, "2022-09-20", "the Monday was the funeral of the Queen"),
    ("2023-05-05", 1, WORKING, "2023-05-09", "the Monday was the coronation"),
    ("2020-05-01", 5, WORKING, "2020-05-11", "4-7 May are four; VE day took the Friday; Monday is five"),
    ("2021-12-24", 1, WORKING, "2021-12-29", "Christmas and Boxing Day kept on Monday and Tuesday"),
    ("2024-02-28", 2, WORKING, "2024-03-01", "the leap day is worked on"),
    ("2026-11-21", 1, WORKING, "2026-11-23", "from a Saturday the first is Monday"),
    ("2026-10-23", 1, WORKING, "2026-10-26", "a weekend on which the clocks change"),
]


@pytest.mark.parametrize(
    ("from_on", "length", "unit", "ends_on", "why"), BY_HAND, ids=[row[4] for row in BY_HAND]
)
def test_a_period_ends_on_the_day_that_was_worked_out_by_hand(from_on, length, unit, ends_on, why):
    assert after(date.fromisoformat(from_on), length, unit) == date.fromisoformat(ends_on), why


@pytest.mark.parametrize(
    ("by", "length", "unit", "last_on", "why"),
    [
        ("2026-11-20", 8, W, "2026-09-25", "asked on the 26th it is a day short of eight weeks"),
        ("2026-11-20", 14, D, "2026-11-06", "two weeks before"),
        ("2027-05-31", 3, M, "2027-02-28", "February has no 31st"),
        ("2026-12-29", 1, WORKING, "2026-12-24", "over Christmas"),
        ("2022-06-06", 2, WORKING, "2022-05-31", "over the jubilee"),
    ],
)
def test_what_must_be_so_long_before_a_day_is_counted_back(by, length, unit, last_on, why):
    assert before(date.fromisoformat(by), length, unit) == date.fromisoformat(last_on), why


@pytest.mark.parametrize(
    ("from_on", "length"),
    [("2011-06-01", 1), ("2028-12-29", 1), ("2028-12-20", 10), ("2031-03-03", 10)],
)
def test_working_days_of_a_year_without_bank_holidays_are_refused_and_not_guessed(from_on, length):
    with pytest.raises(RuleBroken) as refused:
        after(date.fromisoformat(from_on), length, WORKING)
    assert refused.value.rule == "bank-holidays-of-the-year-are-known"


def test_counting_back_into_such_a_year_is_refused_too():
    with pytest.raises(RuleBroken):
        before(date(2012, 1, 3), 2, WORKING)


def test_days_weeks_and_months_need_no_bank_holidays():
    assert after(date(2031, 3, 3), 28, D) == date(2031, 3, 31)
    assert after(date(2031, 3, 3), 8, W) == date(2031, 4, 28)
    assert after(date(2031, 3, 3), 6, M) == date(2031, 9, 3)


def test_a_weekend_of_an_unknown_year_is_refused_as_well():
    with pytest.raises(RuleBroken):
        is_working_day(date(2029, 1, 6))


def test_what_is_left_of_a_period_is_counted_as_the_period_is():
    assert between(date(2026, 4, 2), date(2026, 4, 20), WORKING) == 10
    assert between(date(2026, 4, 2), date(2026, 4, 20), D) == 18
    assert between(date(2026, 4, 20), date(2026, 4, 20), WORKING) == 0


def test_the_next_working_day_of_a_working_day_is_itself():
    assert working_day_from(date(2026, 11, 20)) == date(2026, 11, 20)
    assert working_day_from(date(2026, 12, 25)) == date(2026, 12, 29)


def test_a_deadline_counts_days_in_london_over_the_change_of_clocks():
    """Half past midnight of a summer night is the day before in UTC."""
    served = london_day(datetime(2026, 10, 24, 23, 30, tzinfo=UTC))
    assert served == date(2026, 10, 25)
    assert after(served, 1, D) == date(2026, 10, 26)


def test_bank_holidays_are_on_working_days_and_each_year_has_its_eight_or_more():
    for year, days in BANK_HOLIDAYS.items():
        assert all(day.year == year and day.weekday() < 5 for day in days)
        assert len(days) in {8, 9, 10}, year
    assert {year for year, days in BANK_HOLIDAYS.items() if len(days) > 8} == {2012, 2022, 2023}


@pytest.mark.parametrize("unit", [D, W, M])
def test_a_day_counted_past_the_calendar_is_its_last_or_first(unit):
    assert after(date(9999, 12, 1), 2_000, unit) == date.max
    assert before(date(1, 1, 30), 2_000, unit) == date.min


def test_the_years_that_are_known_have_no_gap():
    assert sorted(BANK_HOLIDAYS) == list(range(min(BANK_HOLIDAYS), max(BANK_HOLIDAYS) + 1))


WITHIN = st.dates(date(2012, 6, 1), date(2028, 6, 1))


@given(WITHIN, st.integers(0, 60))
def test_working_days_are_as_many_as_a_calendar_shows(day, length):
    last = after(day, length, WORKING)
    between = (day + timedelta(days=n) for n in range(1, (last - day).days + 1))
    assert sum(is_working_day(one) for one in between) == length


@given(WITHIN, st.integers(0, 24))
def test_a_month_ends_on_the_same_number_or_on_the_last_of_its_month(day, length):
    last = after(day, length, M)
    assert (last.year - day.year) * 12 + last.month - day.month == length
    assert last.day == day.day or (last.day < day.day and (last + timedelta(days=1)).day == 1)
