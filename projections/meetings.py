"""Meetings on several practices, and reminders to several: which entries share the id of one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Date, Integer, Text, and_, func, select

from domain.access.permissions import Scope
from domain.practice.events import ConversationRecorded
from domain.rules import Recorded
from projections import caseload
from projections.readers import Reader, seen_by
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, view_table
from projections.whose import in_scope, standing_on

MOST = 50
"""Meetings and reminders that are listed."""

TABLE = view_table(
    "meeting_entry",
    "code",
    Column("version", Integer, autoincrement=False),
    Column("meeting", Text, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("internal_to", Text),
    Column("restricted_to", Text),
    indexes=(("meeting",), ("held_on", "meeting")),
)


class Part(NamedTuple):
    """What a meeting or a reminder left on one practice: the entry at `version`."""

    code: str
    practice: str
    version: int
    held_on: date
    recorded_by: str
    organisation: str


class Held(NamedTuple):
    """A meeting or a reminder, with how many of its practices this reader may read."""

    meeting: str
    held_on: date
    practices: int
    recorded_by: str
    organisation: str


def rows(story: PracticeStory) -> Iterator[Row]:
    """One row for each entry that is of a meeting or a reminder."""
    for entry, fact in story.facts(ConversationRecorded):
        if fact.meeting:
            kept = (story.internal_to(entry.version), story.restricted_to(entry.version))
            basis = f"{story.mark(entry.version)} to {kept}"
            yield Row(TABLE, entry.version, basis, partial(_values, entry, fact, *kept))


def _values(
    entry: Recorded, fact: ConversationRecorded, internal_to: str | None, restricted_to: str | None
) -> dict[str, Any]:
    return {
        "meeting": fact.meeting,
        "held_on": fact.occurred_on.isoformat(),
        "recorded_by": entry.person,
        "organisation": entry.organisation,
        "internal_to": internal_to,
        "restricted_to": restricted_to,
    }


MODEL = ReadModel("meetings", "practice", (TABLE,), rows)

T, C, N = TABLE.c, caseload.TABLE.c, caseload.NAME.c
TOGETHER = TABLE.join(caseload.TABLE, C.code == T.code).join(caseload.NAME, N.code == T.code)


def parts(reading: Connection, scope: Scope, by: Reader, today: date, meeting: str) -> list[Part]:
    """What one meeting left on the practices in scope, as this reader may know it, by the practices' names."""
    query = (
        select(TABLE, N.name.label("practice"))
        .select_from(TOGETHER)
        .where(_where(scope, by, today), T.meeting == meeting)
        .order_by(N.name_sort, T.code)
    )
    return [Part(*(getattr(row, name) for name in Part._fields)) for row in reading.execute(query)]


def held(reading: Connection, scope: Scope, by: Reader, today: date) -> list[Held]:
    """The latest meetings and reminders of the practices in scope, as this reader may know them."""
    last = func.max(T.held_on)
    query = (
        select(
            T.meeting,
            last.label("held_on"),
            func.count().label("practices"),
            func.min(T.recorded_by).label("recorded_by"),
            func.min(T.organisation).label("organisation"),
        )
        .select_from(TOGETHER)
        .where(_where(scope, by, today))
        .group_by(T.meeting)
        .order_by(last.desc(), T.meeting)
        .limit(MOST)
    )
    return [Held(*(getattr(row, name) for name in Held._fields)) for row in reading.execute(query)]


def _where(scope: Scope, by: Reader, today: date) -> ColumnElement[bool]:
    """Practices that closed since count as well: what was said was said."""
    return and_(
        standing_on(today),
        in_scope(scope),
        seen_by(by, T.internal_to),
        seen_by(by, T.restricted_to),
    )
