"""Soft intelligence about a practice: heard, and then corroborated or discounted by another person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Column, Connection, Date, Integer, Text, select

from domain.practice.events import IntelligenceRecorded
from domain.practice.kinds import IntelligenceSource
from projections.questions import Question, asked
from projections.readers import Reader, seen
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, Sorted, made_of, view_table, words_or_erased

TABLE = view_table(
    "intelligence",
    "code",
    Column("intelligence_id", Sorted),
    Column("version", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("immediate_safety_risk", Boolean, nullable=False),
    Column("recorded_on", Date, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("recorded_for", Text),
    Column("status", Text, nullable=False),
    Column("internal_to", Text),
    Column("restricted_to", Text),
    indexes=(("status",),),
)


class IntelligenceRow(NamedTuple):
    """Something heard. `status` is unverified, corroborated or discounted; `recorded_on` is the day it was heard."""

    code: str
    intelligence_id: str
    version: int
    source: IntelligenceSource
    summary: str
    immediate_safety_risk: bool
    recorded_on: date
    recorded_by: str
    recorded_for: str | None
    status: str


def rows(story: PracticeStory) -> Iterator[Row]:
    for heard in story.practice.intelligence.values():
        entry = story.standing[heard.version]
        plain = {
            "version": heard.version,
            "source": heard.source.value,
            "immediate_safety_risk": heard.immediate_safety_risk,
            "recorded_on": heard.recorded_on.isoformat(),
            "recorded_by": heard.recorded_by,
            "recorded_for": entry.organisation,
            "status": heard.status,
            "internal_to": story.internal_to(heard.version),
            "restricted_to": story.restricted_to(heard.version),
        }

        def values(plain: dict[str, Any] = plain, version: int = heard.version) -> dict[str, Any]:
            fact = story.standing[version].fact
            assert isinstance(fact, IntelligenceRecorded)
            return {**plain, "summary": words_or_erased(fact.summary)}

        yield Row(TABLE, heard.intelligence_id, made_of(plain, story.mark(heard.version)), values)


MODEL = ReadModel("intelligence", "practice", (TABLE,), rows)

T = TABLE.c
OF_PRACTICE = Question(
    select(TABLE)
    .where(T.code == asked("code"), seen(T.internal_to), seen(T.restricted_to))
    .order_by(T.recorded_on.desc(), T.version.desc())
)


def of_practice(reading: Connection, code: str, by: Reader) -> list[IntelligenceRow]:
    """What was heard about a practice and this reader may read, newest first."""
    return [intelligence_row(row) for row in OF_PRACTICE.of(reading, code=code, **by.given())]


def intelligence_row(row: Any) -> IntelligenceRow:
    """Intelligence from a row that has the table's columns."""
    values = {name: getattr(row, name) for name in IntelligenceRow._fields}
    return IntelligenceRow(**{**values, "source": IntelligenceSource(row.source)})
