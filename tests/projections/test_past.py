"""Views of the past are the live ones of that moment, on both databases; and instants lead to positions, for ever the same."""

import json
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import attrgetter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from application.casebook import Casebook
from application.past import CasebookThen, position_at, somebody_of
from application.past_record import Looking, RecorderThen
from application.seen import seen_at
from domain.practice.moment import Moment
from domain.practice.practice import replay
from domain.rules import operator
from projections import caseload_was
from projections.all import READ_MODELS
from projections.past import ViewsThen
from tests.projections.conftest import dump
from tests.projections.histories import random_history, seen_otherwise
from tests.support import factories as a
from web.commands.printing import plain
from web.commands.showing import standing

OF_A_MOMENT = [model for model in READ_MODELS if model is not caseload_was.MODEL]
"""All views but the one that tells of every moment."""


def views_at(stores, casebook, position, codes):
    asked = operator(casebook.clock())
    looking = Looking(Moment(position), asked, asked)
    then = RecorderThen(stores.recorder, stores.record_id, position, looking)
    return ViewsThen(CasebookThen(casebook, then, casebook.clock(), asked), codes)


@pytest.mark.parametrize("codes", [[a.CODE], None], ids=["one", "every"])
def test_the_views_of_a_moment_are_what_the_live_ones_were(record, views, stores, codes):
    history, was = seen_otherwise(11, a.CODE, 40), {}
    for _, act in groupby(history, attrgetter("command_id")):
        record(list(act))
        views.catch_up()
        was[stores.recorder.last_position()] = dump(views, OF_A_MOMENT)
    casebook = Casebook(stores, clock=lambda: history[-1].recorded_at, ids=a.new_id)
    for position in list(was)[::5]:
        assert dump(views_at(stores, casebook, position, codes), OF_A_MOMENT) == was[position]
    assert len({str(was[position]) for position in list(was)[::5]}) > 5


def in_json(told):
    return json.dumps(plain(told), ensure_ascii=False)


def shown(casebook, code, position, day):
    """What `casebook show --json` tells of a moment: to whoever sees all, and of the other organisation's screen."""
    asked = operator(casebook.clock())
    through = somebody_of(a.COMMISSIONER, casebook.practice(code), asked, casebook.succession())
    moment, told = Moment(position, day), []
    for eyes in (asked, through):
        practice = replay(seen_at(casebook.history(f"practice-{code}"), moment, asked, eyes))
        told.append(in_json(standing(practice, day)) if practice.registered else "")
    return told


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(seed=some.integers(1000, 9999))
def test_what_was_shown_after_each_command_is_shown_of_that_moment_ever_after(record, stores, seed):
    code, was = f"X9{seed}", {}
    casebook = Casebook(stores, clock=lambda: datetime(2027, 1, 1, tzinfo=UTC), ids=a.new_id)
    if casebook.history(f"practice-{code}"):
        return
    for _, act in groupby(seen_otherwise(seed, code, 40), attrgetter("command_id")):
        last = record(list(act))[-1]
        was[last.position, last.recorded_on] = shown(casebook, code, last.position, last.recorded_on)
    assert len({str(told) for told in was.values()}) > 5
    for moment, told in was.items():
        assert shown(casebook, code, *moment) == told


def test_an_instant_is_the_last_position_recorded_by_then_though_two_crossed(record, stores):
    first, second, third, *_ = random_history(4, a.CODE, 6)
    at = first.recorded_at
    later = at + timedelta(seconds=2)
    record([first])
    # Decided after the next one, and recorded before it.
    record([second._replace(recorded_at=later)])
    record([third._replace(recorded_at=at + timedelta(seconds=1))])
    reading = stores.recorder
    assert position_at(reading, at - timedelta(seconds=1)) == 0
    assert position_at(reading, at) == 1
    assert position_at(reading, at + timedelta(seconds=1)) == 3
    assert position_at(reading, later) == 3
    assert position_at(reading, None) == reading.last_position()
    record([third._replace(version=4, recorded_at=at + timedelta(days=9), command_id=a.new_id("command"))])
    assert position_at(reading, later) == 3
