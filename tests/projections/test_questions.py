"""Questions put into the database's words once, on both databases."""

from datetime import date

import pytest
from sqlalchemy import Text, column, literal, select, table, union_all
from sqlalchemy.exc import OperationalError, ProgrammingError

from projections import timeline
from projections.questions import Question, among, asked
from projections.readers import Reader, told, told_by
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


ALONE, FIRST, SECOND, BOTH = ("", "Q74 Q88"), ("Q74", "Q88"), ("Q88", "Q74"), ("Q74 Q88", "")
READ_BY = {
    Reader(): ALONE,
    Reader(frozenset({"Q7", "99C"})): ALONE,
    Reader(frozenset({"Q74", "99C"})): FIRST,
    Reader(frozenset({"Q88"})): SECOND,
    Reader(frozenset({"Q74", "Q88", "99C"})): BOTH,
    Reader(sees_all=True): BOTH,
    Reader(frozenset({"Q74"}), sees_all=True): BOTH,
}


def test_of_what_is_told_to_each_otherwise_every_reader_reads_one_telling(views):
    columns = [
        [literal(words, Text).label(name) for name, words in zip(("told_to", "untold_to"), one, strict=True)]
        for one in (ALONE, FIRST, SECOND, BOTH)
    ]
    tellings = union_all(*(select(*one) for one in columns)).subquery()
    to, not_to = tellings.c.told_to, tellings.c.untold_to
    question = Question(select(to, not_to).where(told(to, not_to)))
    with views.reading() as reading:
        for reader, theirs in READ_BY.items():
            found = reading.execute(select(to, not_to).where(told_by(reader, to, not_to)))
            assert [tuple(one) for one in found] == [theirs], reader
            assert [tuple(one) for one in question.of(reading, **reader.given())] == [theirs], reader
