"""What is new from the other side: entries of a person's practices that others recorded and they have not opened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, and_, select

from domain.access.roles import SIDE_OF
from domain.rules import Asked
from projections import caseload_found, opened, timeline
from projections.mine import Mine, mine
from projections.questions import Question, among, asked
from projections.readers import reader, seen

RECENT = timedelta(days=30)
"""How long an entry is news. The practice's own page tells of all that was not opened, however old."""

MOST = 10
"""Practices that are listed at most."""

T = timeline.TABLE.c

RECORDED = Question(
    select(T.code, T.version, T.recorded_on)
    .where(
        and_(T.recorded_on > asked("since", T.recorded_on), T.version == T.act),
        and_(T.organisation.is_not(None), ~among(T.organisation, "own")),
        and_(seen(T.internal_to), seen(T.restricted_to)),
    )
    .order_by(T.recorded_on.desc(), T.code, T.version)
)


class New(NamedTuple):
    """A practice with entries that are new to somebody: how many, the first of them, and when the last was recorded."""

    code: str
    practice: str
    entries: int
    first: int
    last_on: date


def of_the_other_side(
    reading: Connection, by: Asked, today: date, practices: dict[str, Mine] | None = None
) -> list[New]:
    """The practices with news from the other organisation, the latest first: a caseworker's own, else all of theirs."""
    if by.role not in SIDE_OF or not by.own:
        return []
    if practices is None:
        practices = mine(reading, by, today)
    recorded = RECORDED.plain(reading, since=today - RECENT, **reader(by).given())
    rows = [row for row in recorded if row[0] in practices]
    known = opened.by(reading, by.person, {code for code, *_ in rows})
    found: dict[str, list[int]] = {}
    last_on: dict[str, date] = {}
    for code, version, recorded_on in rows:
        if version not in known.get(code, ()):
            found.setdefault(code, []).append(version)
            last_on.setdefault(code, recorded_on)  # the latest comes first
    names = caseload_found.names(reading, found)
    return [
        New(code, names[code], len(versions), min(versions), last_on[code])
        for code, versions in found.items()
    ]
