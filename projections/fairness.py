"""Whether like cases are treated alike, by whoever answers for them: decisions beside what was recommended, and how soon a
flag's data is validated. Only questions to views that are there already.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, and_, select

from domain.access.permissions import Scope
from domain.practice.kinds import Direction
from projections import caseload, decisions, flags
from projections.insight import By
from projections.whose import in_scope, standing_on

C, D, F = caseload.TABLE.c, decisions.DECISION.c, flags.TABLE.c

SOON = 28
"""Days within which a flag is validated in good time."""


class Case(NamedTuple):
    """One case of somebody's, and whether it is of the kind that is counted; `days` is how long it took, where it did."""

    who: str | None
    counted: bool
    days: int | None = None


def decided(
    reading: Connection, scope: Scope, today: date, by: By, since: date, until: date
) -> Iterator[Case]:
    """Decisions of a period that were taken while rules were in force: counted is what differs from the recommendation."""
    query = (
        select(C[by].label("who"), D.tier, D.recommended)
        .select_from(decisions.DECISION.join(caseload.TABLE, C.code == D.code))
        .where(
            standing_on(today),
            in_scope(scope),
            and_(D.recommended.is_not(None), D.decided_on >= since, D.decided_on <= until),
        )
    )
    return (Case(row.who, row.tier != row.recommended) for row in reading.execute(query))


def validated(
    reading: Connection, scope: Scope, today: date, by: By, since: date, until: date
) -> Iterator[Case]:
    """Adverse flags raised in a period, at least 28 days ago: counted is what was validated within 28 days.

    A flag that ended by itself before that was asked about by nobody, and is no case.
    """
    last = min(until, today - timedelta(days=SOON))
    query = (
        select(C[by].label("who"), F.raised_on, F.validated_on, F.ended_on)
        .select_from(flags.TABLE.join(caseload.TABLE, C.code == F.code))
        .where(
            standing_on(today),
            in_scope(scope),
            and_(
                F.direction == Direction.ADVERSE.value,
                F.status != "withdrawn",
                F.raised_on >= since,
                F.raised_on <= last,
            ),
        )
    )
    for row in reading.execute(query):
        soon = row.raised_on + timedelta(days=SOON)
        days = max(0, (row.validated_on - row.raised_on).days) if row.validated_on else None
        if days is None and row.ended_on is not None and row.ended_on <= soon:
            continue
        yield Case(row.who, days is not None and days <= SOON, days)
