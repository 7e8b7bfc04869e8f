"""Questions put into the database's words once, on both databases."""

from datetime import date

import pytest
from sqlalchemy import column, select, table
from sqlalchemy.exc import OperationalError, ProgrammingError

from projections import timeline
from projections.questions import Question, among, asked
from tests.support import factories as a
from tests.support.readers import EVERYBODY

T = timeline.TABLE.c


def test_days_and_truths_are_read_and_given_as_such(given, views):
    given(a.flag_raised(occurred_on=date(2026, 9, 1)))
    question = Question(
        select(T.version, T.occurred_on, T.withdrawn).where(T.occurred_on == asked("day", T.occurred_on))
    )
    with views.reading() as reading:
        assert question.of(reading, day=date(2026, 9, 1)) == [(3, date(2026, 9, 1), False)]
        assert question.one(reading, day=date(2026, 9, 2)) is None


def test_many_values_are_one_parameter(given, views):
    given(a.flag_raised())
    question = Question(select(T.version).where(among(T.version, "versions")).order_by(T.version))
    with views.reading() as reading:
        assert question.of(reading, versions=[1, 3, 9]) == [(1,), (3,)]
        assert question.of(reading, versions=[]) == []


def test_all_questions_of_a_reading_are_answered_from_one_moment(given, views):
    given(a.flag_raised())
    with views.reading() as reading:
        before = timeline.find(reading, a.CODE, EVERYBODY)
        with views.stores.views_engine_write.begin() as writing:
            writing.execute(timeline.TABLE.delete())
        assert timeline.find(reading, a.CODE, EVERYBODY) == before
    with views.reading() as reading:
        assert timeline.find(reading, a.CODE, EVERYBODY).acts == []


def test_what_the_database_refuses_is_told_as_sqlalchemy_tells_it(views):
    with views.reading() as reading, pytest.raises((OperationalError, ProgrammingError)):
        Question(select(column("nothing")).select_from(table("nowhere"))).of(reading)
