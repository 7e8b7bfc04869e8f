"""Days are London days, whatever the clock of the server: around midnight in summer and when clocks change."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from domain.practice import events as e
from domain.practice.dates import in_full, in_order
from domain.rules import Recorded, RuleBroken
from tests.support import factories as a
from tests.support.given import CASEWORKER, given


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        # Winter: London is UTC.
        (datetime(2026, 1, 15, 23, 59, 59, tzinfo=UTC), date(2026, 1, 15)),
        (datetime(2026, 1, 16, 0, 0, tzinfo=UTC), date(2026, 1, 16)),
        # Summer: midnight in London is 23:00 UTC the day before.
        (datetime(2026, 7, 15, 22, 59, 59, tzinfo=UTC), date(2026, 7, 15)),
        (datetime(2026, 7, 15, 23, 0, tzinfo=UTC), date(2026, 7, 16)),
        (datetime(2026, 7, 16, 0, 0, tzinfo=UTC), date(2026, 7, 16)),
        # The day clocks go forward, 29 March 2026, is 23 hours long.
        (datetime(2026, 3, 28, 23, 59, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 0, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 59, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), date(2026, 3, 30)),
        # The day they go back, 25 October 2026, is 25 hours long.
        (datetime(2026, 10, 24, 22, 59, 59, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 26, 0, 0, tzinfo=UTC), date(2026, 10, 26)),
        # Whatever the offset that the instant carries.
        (datetime(2026, 7, 16, 8, 30, tzinfo=timezone(timedelta(hours=9))), date(2026, 7, 16)),
        (datetime(2026, 7, 15, 18, 0, tzinfo=timezone(timedelta(hours=-5))), date(2026, 7, 16)),
    ],
)
def test_the_day_is_the_one_it_is_in_london(instant, day) -> None:
    assert replace(CASEWORKER, at=instant).on == day
    entry = Recorded("practice-X90001", 1, 1, instant, "p", None, "r", None, "c", None, a.flag_raised())
    assert entry.recorded_on == day


def test_what_happened_after_midnight_in_london_is_not_in_the_future_though_it_is_yesterday_in_utc() -> None:
    asked = replace(CASEWORKER, at=datetime(2026, 7, 15, 23, 30, tzinfo=UTC))
    given().when(a.raise_flag(occurred_on=date(2026, 7, 16)), asked).then_a(
        e.FlagRaised, occurred_on=date(2026, 7, 16)
    )
    given().when(a.raise_flag(occurred_on=date(2026, 7, 17)), asked).then_refused(
        "what-happened-is-not-in-the-future", "occurred_on"
    )


def test_a_day_left_out_is_today_in_london() -> None:
    asked = replace(CASEWORKER, at=datetime(2026, 7, 15, 23, 30, tzinfo=UTC))
    given().when(a.raise_flag(occurred_on=None), asked).then_a(e.FlagRaised, occurred_on=date(2026, 7, 16))


def test_an_end_may_be_the_day_of_its_start_and_either_may_be_absent() -> None:
    in_order(date(2026, 11, 3), date(2026, 11, 3), "ends_on")
    in_order(None, date(2026, 11, 3), "ends_on")
    in_order(date(2026, 11, 3), None, "ends_on")
    with pytest.raises(RuleBroken, match="3 November 2026") as broken:
        in_order(date(2026, 11, 3), date(2026, 11, 2), "ends_on")
    assert broken.value.field == "ends_on"


def test_a_day_is_written_in_full_without_a_leading_nought() -> None:
    assert in_full(date(2026, 11, 3)) == "3 November 2026"
