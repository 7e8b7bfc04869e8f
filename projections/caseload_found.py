"""The caseload that was asked for: which practices, in which order, and the counts above them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, case, func, select

from domain.access.permissions import Scope
from domain.practice.kinds import Tier
from projections.caseload import DUE, NAME, TABLE, words_of_name
from projections.caseload_order import Sort, in_order
from projections.caseload_row import TIERS, CaseloadRow, row_of
from projections.questions import Question, among, asked
from projections.whose import in_scope, on_a_day, open_on

C = TABLE.c
N = NAME.c

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to leave out. `caseworker` is a person's id, or "" for practices with none; `words` match name or code.

    `predecessors` are those of the organisation that is asked for: what they answer for, it does.
    """

    tier: Tier | None = None
    contract_holder: str | None = None
    local_commissioner: str | None = None
    predecessors: frozenset[str] = frozenset()
    caseworker: str | None = None
    words: str = ""
    overdue: bool = False
    not_reviewed: bool = False
    differs: bool = False
    closed: bool = False


class Counts(NamedTuple):
    """Of the practices in scope that pass every filter but the tier's: how many stand in each tier, and what is late."""

    practices: int
    tiers: dict[Tier, int]
    not_reviewed: int
    overdue_actions: int
    overdue_practices: int


class Caseload(NamedTuple):
    rows: list[CaseloadRow]
    counts: Counts
    page: int
    pages: int
    total: int


class Chosen(NamedTuple):
    """A page of the caseload before its rows are read: code, stretch and overdue actions of each practice on it."""

    picked: list[tuple[str, date, int]]
    counts: Counts
    page: int
    pages: int
    total: int


class Choices(NamedTuple):
    """What the practices in scope can be filtered by: codes of organisations, ids of people."""

    contract_holders: list[str]
    local_commissioners: list[str]
    caseworkers: list[str]


def find(
    reading: Connection,
    scope: Scope,
    today: date,
    filters: Filters = Filters(),
    *,
    sort: Sort = "consequence",
    descending: bool = False,
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> Caseload:
    """One page of the practices in scope that pass the filters, and the counts above it."""
    chosen = choose(
        reading, scope, today, filters, sort=sort, descending=descending, page=page, page_size=page_size
    )
    rows = _rows_of(reading, chosen.picked)
    return Caseload(rows, chosen.counts, chosen.page, chosen.pages, chosen.total)


def choose(
    reading: Connection,
    scope: Scope,
    today: date,
    filters: Filters = Filters(),
    *,
    sort: Sort = "consequence",
    descending: bool = False,
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> Chosen:
    """Which practices are on a page, and the counts above it."""
    where = _where(scope, today, filters)
    overdue = overdue_on(today)
    counts = _counts(reading, where, overdue, filters)
    total = counts.practices if filters.tier is None else counts.tiers[filters.tier]
    pages = max(1, -(-total // page_size))
    page = min(max(page, 1), pages)
    if filters.tier is not None:
        where = [*where, C.tier == TIERS.index(filters.tier)]
    order = in_order(sort, overdue, today, descending=descending)
    chosen = (
        select(C.code, C.from_on, overdue.label("overdue"))
        .select_from(TABLE.join(NAME, N.code == C.code) if sort == "name" else TABLE)
        .where(*where)
        .order_by(*order)
        .limit(page_size)
        .offset((page - 1) * page_size)
    )
    return Chosen([tuple(one) for one in reading.execute(chosen)], counts, page, pages, total)


def one(reading: Connection, code: str, today: date) -> CaseloadRow | None:
    """One practice's row; None when no such practice is registered."""
    row = ONE.one(reading, code=code, today=today)
    return None if row is None else row_of(row, row.overdue)


def names(reading: Connection, codes: Iterable[str]) -> dict[str, str]:
    """What these practices are called. One that is not registered is left out."""
    return {row.code: row.name for row in NAMES.of(reading, codes=sorted(codes))}


def choices(reading: Connection, scope: Scope, today: date) -> Choices:
    """What the practices in scope can be filtered by."""
    query = select(C.contract_holder, C.local_commissioner, C.caseworker).distinct()
    found = reading.execute(query.where(*on_a_day(today), in_scope(scope))).all()
    return Choices(*(sorted({row[at] for row in found if row[at] is not None}) for at in range(3)))


def _where(scope: Scope, today: date, filters: Filters) -> list[ColumnElement[bool]]:
    where = [*on_a_day(today), in_scope(scope)]
    if not filters.closed:
        where.append(open_on(today))
    if filters.contract_holder:
        where.append(C.contract_holder.in_(sorted({filters.contract_holder} | filters.predecessors)))
    if filters.local_commissioner:
        where.append(C.local_commissioner.in_(sorted({filters.local_commissioner} | filters.predecessors)))
    if filters.caseworker is not None:
        where.append(C.caseworker == filters.caseworker if filters.caseworker else C.caseworker.is_(None))
    if words := words_of_name(filters.words)[:8]:
        named = select(N.code).where(*(N.search.contains(f" {word}", autoescape=True) for word in words))
        where.append(C.code.in_(named))
    if filters.overdue:
        where.append(C.first_due_on < today)
    if filters.not_reviewed:
        where.append(C.reviewed.is_(False))
    if filters.differs:
        where.append(C.recommended != C.tier)
    return where


def overdue_on(today: Any) -> ColumnElement[int]:
    """How many of a practice's actions are overdue: counted only where the first that is due is."""
    late = (
        select(func.count())
        .select_from(DUE)
        .where(DUE.c.code == C.code, DUE.c.due_on < today)
        .correlate(TABLE)
        .scalar_subquery()
    )
    return case((C.first_due_on < today, late), else_=0)


def _counts(
    reading: Connection, where: Sequence[ColumnElement[bool]], overdue: ColumnElement[int], filters: Filters
) -> Counts:
    each = select(C.tier, C.reviewed, overdue.label("overdue")).where(*where).subquery()
    query = select(
        each.c.tier,
        func.count(),
        func.sum(case((each.c.reviewed, 0), else_=1)),
        func.sum(each.c.overdue),
        func.sum(case((each.c.overdue > 0, 1), else_=0)),
    ).group_by(each.c.tier)
    tiers = dict.fromkeys(TIERS, 0)
    totals = [0, 0, 0]
    for rank, practices, *rest in reading.execute(query):
        tiers[TIERS[rank]] = practices
        if filters.tier in {None, TIERS[rank]}:
            totals = [total + more for total, more in zip(totals, rest, strict=True)]
    return Counts(sum(tiers.values()), tiers, *totals)


def _rows_of(reading: Connection, picked: Sequence[tuple[str, date, int]]) -> list[CaseloadRow]:
    """The rows that were chosen, in their order."""
    if not picked:
        return []
    by_key = {
        (row.code, row.from_on): row for row in STRETCHES.of(reading, codes=[code for code, *_ in picked])
    }
    return [row_of(by_key[code, from_on], overdue) for code, from_on, overdue in picked]


def _questions() -> tuple[Question, Question]:
    """One practice's row on a day, and every stretch of some practices."""
    named, today = select(TABLE, N.name).join(NAME, N.code == C.code), asked("today", C.from_on)
    one = named.add_columns(overdue_on(today).label("overdue")).where(
        C.code == asked("code"), *on_a_day(today)
    )
    return Question(one), Question(named.where(among(C.code, "codes")))


ONE, STRETCHES = _questions()

NAMES = Question(select(N.code, N.name).where(among(N.code, "codes")))
