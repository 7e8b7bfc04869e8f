"""Open flags of many practices, and which practices somebody may read. Only questions to views that are there already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, case, func, select, true

from domain.access.permissions import Scope
from domain.practice.explained import Answer
from domain.practice.kinds import Direction, FlagKind, IndicatorDomain, Level
from projections import caseload, flags
from projections.caseload_row import DOMAINS, DomainFlags
from projections.whose import in_scope, open_on, standing_on

C, F = caseload.TABLE.c, flags.TABLE.c


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
    query = select(C.code).where(standing_on(today), in_scope(scope))
    return {code for (code,) in reading.execute(query)}


def practices(reading: Connection, scope: Scope, today: date, first: int, most: int) -> Practices:
    """Those with most alarms first, then with most alerts."""
    mine = (standing_on(today), in_scope(scope), open_on(today))
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
    """Flags of a release on one indicator in one period: how many an edition of it raised, and how many are open now."""

    raised: int
    open: int


def of_release(
    reading: Connection, scope: Scope, today: date, release: str, after: int, before: int | None = None
) -> dict[tuple[str, str], Raised]:
    """By indicator and period, of the practices that somebody may read. An edition raised what lies between its place in
    the record and that of the next one.
    """
    edition = and_(F.position > after, true() if before is None else F.position < before)
    query = (
        select(
            *(F.indicator, F.period),
            func.sum(case((edition, 1), else_=0)),
            func.sum(case((F.status == "open", 1), else_=0)),
        )
        .join(caseload.TABLE, C.code == F.code)
        .where(F.release == release, standing_on(today), in_scope(scope))
        .group_by(F.indicator, F.period)
    )
    return {(row[0], row[1]): Raised(row[2], row[3]) for row in reading.execute(query)}


# --- flags one by one -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which flags: `indicators` with those that refine them; of a release, of a domain, of a kind; open ones or all."""

    indicators: frozenset[str] = frozenset()
    release: str = ""
    domain: IndicatorDomain | None = None
    kind: FlagKind | None = None
    ended: bool = False


class Flag(NamedTuple):
    """A flag of a practice."""

    code: str
    practice: str
    version: int
    indicator: str
    name: str
    domain: IndicatorDomain
    kind: FlagKind
    direction: Direction
    level: Level
    period: str | None
    raised_on: date
    release: str | None
    status: str
    ended_on: date | None
    answer: Answer


def find(
    reading: Connection, scope: Scope, today: date, wanted: Wanted, first: int, most: int
) -> tuple[list[Flag], int, int]:
    """The flags that somebody may read: alarms first, then the latest. How many there are, on how many practices."""
    where = (standing_on(today), in_scope(scope), *_wanted(wanted))
    joined = flags.TABLE.join(caseload.TABLE, C.code == F.code)
    total, on = reading.execute(
        select(func.count(), func.count(F.code.distinct())).select_from(joined).where(*where)
    ).one()
    query = (
        select(
            *(F.code, caseload.NAME.c.name, F.version, F.indicator, F.name.label("indicator_name")),
            *(F.domain, F.kind, F.direction, F.level, F.period, F.raised_on, F.release),
            *(F.status, F.ended_on, F.answer),
        )
        .select_from(joined.join(caseload.NAME, caseload.NAME.c.code == F.code))
        .where(*where)
        .order_by(F.status != "open", F.level, F.raised_on.desc(), F.code, F.version)
        .limit(most)
        .offset(first)
    )
    return [_flag(row) for row in reading.execute(query)], total, on


def _wanted(wanted: Wanted) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.indicators:
        where.append(F.indicator.in_(sorted(wanted.indicators)))
    if wanted.release:
        where.append(F.release == wanted.release)
    if wanted.domain is not None:
        where.append(F.domain == wanted.domain.value)
    if wanted.kind is not None:
        where.append(F.kind == wanted.kind.value)
    if not wanted.ended:
        where.append(F.status == "open")
    return where


def _flag(row: Any) -> Flag:
    return Flag(
        *(row.code, row.name, row.version, row.indicator, row.indicator_name),
        *(IndicatorDomain(row.domain), FlagKind(row.kind), Direction(row.direction), Level(row.level)),
        *(row.period, row.raised_on, row.release, row.status, row.ended_on, row.answer),
    )


def open_by_indicator(reading: Connection, scope: Scope, today: date) -> dict[str, int]:
    """By indicator, how many flags are open on practices that somebody may read."""
    query = (
        select(F.indicator, func.count())
        .join(caseload.TABLE, C.code == F.code)
        .where(F.status == "open", standing_on(today), in_scope(scope))
        .group_by(F.indicator)
    )
    return {row[0]: row[1] for row in reading.execute(query)}
