"""Contacts to practices avoided: the joinings that stand and by which a side said it will not contact the practice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Date, Integer, Text, and_, func, select

from domain.access.permissions import Scope
from domain.practice import events as e
from domain.rules import Recorded
from projections import caseload
from projections.readers import Reader, seen_by
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, view_table
from projections.whose import in_scope, standing_on

PAGE_SIZE = 25

TABLE = view_table(
    "contacts_avoided",
    "code",
    Column("version", Integer, autoincrement=False),
    Column("joined_on", Date, nullable=False),
    Column("joined_by", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("concern", Text, nullable=False),
    Column("internal_to", Text),
    Column("restricted_to", Text),
    indexes=(("joined_on",),),
)


class Avoided(NamedTuple):
    """A contact that an organisation said it would not make: the joining at `version` says so."""

    code: str
    practice: str
    version: int
    joined_on: date
    joined_by: str
    organisation: str
    concern: str


class Found(NamedTuple):
    """A page of them, newest first; how many there are, and of which organisations."""

    rows: list[Avoided]
    page: int
    pages: int
    total: int
    organisations: dict[str, int]


def rows(story: PracticeStory) -> Iterator[Row]:
    """One row for each joining that avoids a contact and was not parted."""
    for entry, fact in story.facts(e.ThreadsJoined):
        if fact.avoided_contact and story.practice.joins[fact.join_id].stands:
            kept = (story.internal_to(entry.version), story.restricted_to(entry.version))
            basis = f"{story.mark(entry.version)} to {kept}"
            yield Row(TABLE, entry.version, basis, partial(_values, entry, fact, *kept))


def _values(
    entry: Recorded, fact: e.ThreadsJoined, internal_to: str | None, restricted_to: str | None
) -> dict[str, Any]:
    return {
        "joined_on": fact.occurred_on.isoformat(),
        "joined_by": entry.person,
        "organisation": fact.organisation,
        "concern": fact.concern,
        "internal_to": internal_to,
        "restricted_to": restricted_to,
    }


MODEL = ReadModel("threads", "practice", (TABLE,), rows)

T, C, N = TABLE.c, caseload.TABLE.c, caseload.NAME.c
TOGETHER = TABLE.join(caseload.TABLE, C.code == T.code).join(caseload.NAME, N.code == T.code)


def find(
    reading: Connection,
    scope: Scope,
    by: Reader,
    today: date,
    *,
    since: date,
    until: date,
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> Found:
    """The contacts avoided in a period, both days included, of the practices in scope and as this reader may know."""
    where = _where(scope, by, today, since, until)
    counted = (
        select(T.organisation, func.count().label("number"))
        .select_from(TOGETHER)
        .where(where)
        .group_by(T.organisation)
    )
    organisations = {row.organisation: row.number for row in reading.execute(counted)}
    total = sum(organisations.values())
    pages = max(1, -(-total // page_size))
    page = min(max(page, 1), pages)
    query = (
        select(TABLE, N.name.label("practice"))
        .select_from(TOGETHER)
        .where(where)
        .order_by(T.joined_on.desc(), T.code, T.version.desc())
        .limit(page_size)
        .offset((page - 1) * page_size)
    )
    found = [Avoided(*(getattr(row, name) for name in Avoided._fields)) for row in reading.execute(query)]
    return Found(found, page, pages, total, organisations)


def _where(scope: Scope, by: Reader, today: date, since: date, until: date) -> ColumnElement[bool]:
    """Practices that closed since count as well: what was avoided was avoided."""
    return and_(
        standing_on(today),
        in_scope(scope),
        seen_by(by, T.internal_to),
        seen_by(by, T.restricted_to),
        T.joined_on >= since,
        T.joined_on <= until,
    )
