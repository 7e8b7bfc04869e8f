"""Which practices are linked: a row for each link, to be found from either of the two. Why is told from the facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import Column, Connection, Date, Text, and_, case, or_, select

from domain.access.permissions import Scope
from domain.links import Links
from domain.practice.kinds import Tier
from projections import caseload
from projections.caseload_row import TIERS
from projections.story import PlainStory
from projections.tables import ReadModel, Row, Sorted, made_of, view_table
from projections.whose import in_scope, standing_on

TABLE = view_table(
    "link",
    "code",
    Column("link_id", Sorted),
    Column("other", Text, nullable=False),
    Column("linked_on", Date, nullable=False),
    Column("ended_on", Date),
    indexes=(("other",),),
)


class LinkRow(NamedTuple):
    """A link as one of its practices sees it: `code` is of whom it was said, `with_code` the practice at its other end."""

    code: str
    link_id: str
    with_code: str
    name: str
    tier: Tier
    closed_on: date | None
    linked_on: date
    ended_on: date | None


def rows(story: PlainStory) -> Iterator[Row]:
    links: Links = story.state
    for link_id, link in links.by_id.items():
        ended = getattr(link.ended.fact, "occurred_on", None) if link.ended else None
        plain = {
            "other": link.fact.other,
            "linked_on": link.fact.occurred_on.isoformat(),
            "ended_on": ended.isoformat() if ended else None,
        }
        yield Row(TABLE, link_id, made_of(plain), lambda plain=plain: plain)  # type: ignore[misc]


MODEL = ReadModel("links", "link", (TABLE,), rows)

T, C, N = TABLE.c, caseload.TABLE.c, caseload.NAME.c


def of_practice(reading: Connection, code: str, scope: Scope, today: date) -> list[LinkRow]:
    """The links of a practice, of which this reader may read the other end too: those that stand first, newest first."""
    far = case((T.code == code, T.other), else_=T.code)
    query = (
        select(
            T.code, T.link_id, far.label("with_code"), N.name, C.tier, C.closed_on, T.linked_on, T.ended_on
        )
        .join_from(TABLE, caseload.TABLE, C.code == far)
        .join(caseload.NAME, N.code == far)
        .where(or_(T.code == code, T.other == code), and_(standing_on(today), in_scope(scope)))
        .order_by(T.ended_on.is_not(None), T.linked_on.desc(), N.name_sort, T.link_id)
    )
    return [
        LinkRow(
            row.code,
            row.link_id,
            row.with_code,
            row.name,
            TIERS[row.tier],
            row.closed_on,
            row.linked_on,
            row.ended_on,
        )
        for row in reading.execute(query)
    ]
