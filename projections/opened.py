"""Which entries each person has opened: for lists that tell what is new to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Column, Connection, Text, select

from domain.reading import Reading, from_runs, runs
from projections.questions import Question, among, asked
from projections.story import PlainStory
from projections.tables import ReadModel, Row, Sorted, made_of, view_table

TABLE = view_table("opened", "code", Column("person", Sorted), Column("versions", Text, nullable=False))


def rows(story: PlainStory) -> Iterator[Row]:
    """A row for each person: what they opened of the practice, in short."""
    reading: Reading = story.state
    for person, opened in reading.opened.items():
        plain = {"versions": runs(opened)}
        yield Row(TABLE, person, made_of(plain), lambda plain=plain: plain)  # type: ignore[misc]


MODEL = ReadModel("opened", "reading", (TABLE,), rows)

T = TABLE.c
OF_PERSON = Question(select(T.code, T.versions).where(among(T.code, "codes"), T.person == asked("person")))


def by(reading: Connection, person: str, codes: Iterable[str]) -> dict[str, frozenset[int]]:
    """What a person has opened of some practices, by code."""
    found = OF_PERSON.of(reading, codes=sorted(set(codes)), person=person)
    return {row.code: from_runs(row.versions) for row in found}
