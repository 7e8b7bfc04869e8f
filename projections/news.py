"""What is new from the other side: entries of a person's practices that others recorded and they have not opened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, and_, select

from domain.access.roles import SIDE_OF, Role
from domain.rules import Asked
from projections import caseload, opened, timeline
from projections.caseload import answered_for
from projections.readers import reader, seen_by

RECENT = timedelta(days=30)
"""How long an entry is news. The practice's own page tells of all that was not opened, however old."""

MOST = 10
"""Practices that are listed at most."""

C = caseload.TABLE.c
T = timeline.TABLE.c
N = caseload.NAME.c


class New(NamedTuple):
    """A practice with entries that are new to somebody: how many, the first of them, and when the last was recorded."""

    code: str
    practice: str
    entries: int
    first: int
    last_on: date


def of_the_other_side(reading: Connection, asked: Asked, today: date) -> list[New]:
    """The practices with news from the other organisation, the latest first: a caseworker's own, else all of theirs."""
    if asked.role not in SIDE_OF or not asked.own:
        return []
    mine = [answered_for(asked, today)]
    if asked.role == Role.CASEWORKER:
        mine.append(C.caseworker == asked.person)
    theirs = and_(T.organisation.is_not(None), T.organisation.not_in(sorted(asked.own)))
    query = (
        select(T.code, N.name, T.act, T.version, T.recorded_on)
        .join_from(timeline.TABLE, caseload.TABLE, C.code == T.code)
        .join(caseload.NAME, N.code == T.code)
        .where(T.recorded_on > today - RECENT, T.version == T.act, theirs, *mine)
        .where(seen_by(reader(asked), T.internal_to), seen_by(reader(asked), T.restricted_to))
        .order_by(T.recorded_on.desc(), T.code, T.version)
    )
    rows = reading.execute(query).all()
    known = opened.by(reading, asked.person, [row.code for row in rows])
    found: dict[str, New] = {}
    for row in rows:
        if row.version in known.get(row.code, frozenset()):
            continue
        before = found.get(row.code)
        found[row.code] = New(
            row.code,
            row.name,
            (before.entries if before else 0) + 1,
            min(row.version, before.first) if before else row.version,
            max(row.recorded_on, before.last_on) if before else row.recorded_on,
        )
    return list(found.values())
