"""A practice by two clocks: what was recorded by an instant, and of that what had happened by a day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.practice.kinds import Tier
from domain.practice.moment import Moment, at_moment, happened_by
from domain.practice.practice import replay
from tests.projections.histories import random_history
from tests.support import factories as a
from tests.support.given import recorded

START = datetime(2026, 1, 1, 10, 0, tzinfo=UTC)


def on(day):
    """A day, counted from the first."""
    return START.date() + timedelta(days=day)


def told(*facts):
    """A history of facts, each with the day on which it was recorded."""
    registered = a.practice_registered(occurred_on=on(0))
    entries = recorded(registered, *(fact for _, fact in facts))
    days = [0, *(day for day, _ in facts)]
    return [
        entry._replace(recorded_at=START + timedelta(days=day))
        for entry, day in zip(entries, days, strict=True)
    ]


def known(history, recorded_day, happened_day):
    """The practice as it was known on one day, of another."""
    moment = Moment(START + timedelta(days=recorded_day), on(happened_day))
    return replay(at_moment(history, moment))


@pytest.mark.parametrize(
    ("recorded_day", "happened_day", "levels"),
    [(10, 3, []), (10, 7, ["alert"]), (25, 3, []), (25, 7, ["alarm"])],
)
def test_a_backdated_correction_is_seen_on_its_day_once_it_was_recorded(recorded_day, happened_day, levels):
    """Raised on day 5 as an alert; on day 20 it is said that it was an alarm."""
    history = told(
        (5, a.flag_raised(level="alert", occurred_on=on(5))),
        (20, a.fact_corrected(corrects=2, fields=(a.changed("level", '"alert"', '"alarm"'),), occurred_on=on(20))),
    )  # fmt: skip
    assert [flag.level for flag in known(history, recorded_day, happened_day).flags.values()] == levels


@pytest.mark.parametrize(
    ("recorded_day", "happened_day", "tier"),
    [
        (10, 3, Tier.ASSURANCE_BASED),
        (10, 7, Tier.ASSURANCE_BASED),
        (25, 3, Tier.ASSURANCE_BASED),
        (25, 7, Tier.ROOM_FOR_IMPROVEMENT),
    ],
)
def test_a_decision_recorded_late_is_known_from_then_on_and_stands_from_its_day(
    recorded_day, happened_day, tier
):
    history = told((20, a.tier_decided(occurred_on=on(5), effective_on=on(5))))
    assert known(history, recorded_day, happened_day).tier_on(on(happened_day)) == tier


def test_a_conversation_recorded_late_is_left_out_of_what_was_known_before():
    history = told((30, a.conversation_recorded(occurred_on=on(9))))
    assert len(known(history, 29, 29).history) == 1
    assert len(known(history, 30, 9).history) == 2
    assert len(known(history, 30, 8).history) == 1


def test_what_is_about_a_thing_of_a_later_day_is_left_out_with_it():
    flag = a.flag_raised(flag_id="flag-0000aaaa", occurred_on=on(9))
    history = told((9, flag), (9, a.flag_explained(flag_id="flag-0000aaaa", occurred_on=on(3))))
    assert [one.version for one in happened_by(history, on(5))] == [1]


def test_a_day_that_is_corrected_moves_what_happened_on_it():
    history = told(
        (9, a.conversation_recorded(occurred_on=on(9))),
        (12, a.fact_corrected(corrects=2, fields=(a.changed("occurred_on", f'"{on(9)}"', f'"{on(3)}"'),), occurred_on=on(12))),
    )  # fmt: skip
    assert [one.version for one in happened_by(history, on(5))] == [1, 2, 3]
    assert [one.version for one in happened_by(history[:2], on(5))] == [1]


def test_what_is_recorded_at_one_instant_is_told_apart_by_position():
    history = told((9, a.flag_raised(occurred_on=on(9))), (9, a.intelligence_recorded(occurred_on=on(9))))
    assert [one.version for one in at_moment(history, Moment(2))] == [1, 2]
    assert at_moment(history, Moment(START + timedelta(days=9))) is history


@pytest.mark.parametrize("seed", range(4))
def test_every_moment_of_a_random_history_can_be_told(seed):
    history = [one._replace(position=one.version) for one in random_history(seed, "X90001", 70)]
    for entry in history[::5]:
        for day in (entry.recorded_on - timedelta(days=40), entry.fact.occurred_on, date(2100, 1, 1)):
            moment = Moment(entry.position, day)
            seen = at_moment(history, moment)
            assert replay(seen).tier_on(day) in Tier
            assert {one.position for one in seen} <= {
                one.position for one in history if one.position <= entry.position
            }
            assert at_moment(history[: entry.version], moment) == seen


def test_what_is_about_an_entry_of_a_later_day_by_its_number_is_left_out_with_it():
    talk = a.conversation_recorded(occurred_on=on(9))
    history = told((9, talk), (9, a.entry_agreed(version=2, text_version=2, occurred_on=on(3))))
    assert [one.version for one in happened_by(history, on(5))] == [1]
    assert [one.version for one in happened_by(history, on(9))] == [1, 2, 3]
