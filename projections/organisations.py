"""Organisations: what each was called, of what kind it was and what it belonged to, on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Date, Integer, Text, select

from domain.access.organisations import Organisation
from projections.questions import Question, among, asked
from projections.story import PlainStory
from projections.tables import ReadModel, Row, made_of, view_table

TABLE = view_table(
    "organisation",
    "code",
    Column("number", Integer, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("part_of", Text),
    Column("from_on", Date, nullable=False),
)


class OrganisationRow(NamedTuple):
    """An organisation on a day. Where no name is known, its code is its name, and its kind and label are empty.

    `kind` is the source's word (area_team, ccg, region); `label` is what pages call such an organisation.
    """

    code: str
    name: str
    kind: str = ""
    label: str = ""
    part_of: str | None = None
    from_on: date | None = None


def rows(story: PlainStory) -> Iterator[Row]:
    organisation: Organisation = story.state
    for number, named in enumerate(organisation.names):
        plain = {
            "name": named.name,
            "kind": named.kind,
            "label": named.label,
            "part_of": named.part_of,
            "from_on": named.from_on.isoformat(),
        }
        yield Row(TABLE, number, made_of(plain), lambda plain=plain: plain)  # type: ignore[misc]


MODEL = ReadModel("organisations", "organisation", (TABLE,), rows)

T = TABLE.c
EVERYTHING = select(TABLE).where(T.from_on <= asked("day", T.from_on)).order_by(T.from_on, T.number)
NAMED = Question(EVERYTHING.where(among(T.code, "codes")))
ALL_NAMED = Question(EVERYTHING)


def named(reading: Connection, codes: Iterable[str | None], day: date) -> dict[str, OrganisationRow]:
    """What these organisations were called on a day."""
    wanted = {code for code in codes if code}
    found = {code: OrganisationRow(code, code) for code in wanted}
    return found | _latest(NAMED.of(reading, codes=wanted, day=day))


def everything(reading: Connection, day: date) -> dict[str, OrganisationRow]:
    """Every organisation that had a name on a day, by code."""
    return _latest(ALL_NAMED.of(reading, day=day))


def _latest(found: Iterable[Any]) -> dict[str, OrganisationRow]:
    """Of rows in the order in which they came into use, the last of each organisation."""
    return {row.code: _row(row) for row in found}


def _row(row: Any) -> OrganisationRow:
    return OrganisationRow(row.code, row.name, row.kind, row.label, row.part_of, row.from_on)
