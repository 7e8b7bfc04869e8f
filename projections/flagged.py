"""Open flags of many practices, and which practices somebody may read. Only questions to views that are there already."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, case, func, select

from domain.access.permissions import Scope
from domain.practice.kinds import IndicatorDomain
from projections import caseload, flags
from projections.caseload import DOMAINS, DomainFlags

C = caseload.TABLE.c

OPERATOR = "operator"
"""Who records the flags of a release: nobody's judgement raised them."""


class Flagged(NamedTuple):
    """A practice with open adverse flags, by domain."""

    code: str
    name: str
    domains: dict[IndicatorDomain, DomainFlags]


class Practices(NamedTuple):
    """One page of the practices with open adverse flags, how many they are, and of how many practices."""

    rows: list[Flagged]
    total: int
    of: int


def readable(reading: Connection, scope: Scope, today: date) -> set[str]:
    """The practices that somebody may read, by code."""
    query = select(C.code).where(caseload.standing_on(today), caseload.in_scope(scope))
    return {code for (code,) in reading.execute(query)}


def practices(reading: Connection, scope: Scope, today: date, first: int, most: int) -> Practices:
    """Those with most alarms first, then with most alerts."""
    mine = (caseload.standing_on(today), caseload.in_scope(scope), caseload.open_on(today))
    flagged = (*mine, C.alarms + C.alerts > 0)
    query = (
        select(C.code, caseload.NAME.c.name, C.by_domain)
        .join(caseload.NAME, caseload.NAME.c.code == C.code)
        .where(*flagged)
        .order_by(C.alarms.desc(), C.alerts.desc(), C.code)
        .limit(most)
        .offset(first)
    )
    rows = [
        Flagged(row.code, row.name, dict(zip(DOMAINS, _decoded(row.by_domain), strict=True)))
        for row in reading.execute(query)
    ]
    total, of = (
        reading.execute(select(func.count()).select_from(caseload.TABLE).where(*which)).scalar_one()
        for which in (flagged, mine)
    )
    return Practices(rows, total, of)


_decoded = msgspec.json.Decoder(list[DomainFlags]).decode


class Raised(NamedTuple):
    """Flags that releases raised on one indicator in one period: how many, and how many are open."""

    raised: int
    open: int


def raised(reading: Connection, scope: Scope, today: date) -> dict[tuple[str, str], Raised]:
    """By indicator and period, of the practices that somebody may read. What people raised by hand is not counted."""
    f = flags.TABLE.c
    query = (
        select(f.indicator, f.period, func.count(), func.sum(case((f.status == "open", 1), else_=0)))
        .join(caseload.TABLE, C.code == f.code)
        .where(
            f.raised_by == OPERATOR,
            f.period.is_not(None),
            caseload.standing_on(today),
            caseload.in_scope(scope),
        )
        .group_by(f.indicator, f.period)
    )
    return {(row[0], row[1]): Raised(row[2], row[3]) for row in reading.execute(query)}
