"""A team's load: for each caseworker of an organisation's practices, how much they have, and what has waited longest.

It has no rows of its own. It counts what the caseload holds, which is made of what both organisations see.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Select, and_, case, func, literal, select, union_all

from domain.practice.kinds import Tier
from domain.rules import Asked
from projections import actions, caseload
from projections.caseload_row import TIERS
from projections.whose import answered_for, open_on

Kind = Literal["action", "review", "contact"]

C = caseload.TABLE.c
N = caseload.NAME.c
D = caseload.DUE.c
A = actions.TABLE.c

_KINDS: tuple[Kind, ...] = ("action", "review", "contact")


class Oldest(NamedTuple):
    """What has been late longest of somebody's: `version` is the entry that began it, where it is one."""

    kind: Kind
    code: str
    practice: str
    due_on: date
    version: int | None = None
    title: str | None = None


class Load(NamedTuple):
    """What one caseworker has; `person` is None for practices without one."""

    person: str | None
    practices: int
    tiers: dict[Tier, int]
    open_actions: int
    overdue: int
    reviews: int
    contacts: int
    proposals: int
    oldest: Oldest | None

    @property
    def late(self) -> int:
        return self.overdue + self.reviews + self.contacts


def loads(reading: Connection, asked: Asked, today: date) -> list[Load]:
    """The caseworkers of the open practices that somebody's organisation answers for, the most late first."""
    theirs = and_(answered_for(asked, today), open_on(today))
    overdue = {row.caseworker: row.late for row in reading.execute(_overdue(theirs, today))}
    oldest = _oldest(reading, theirs, today)
    found = [
        Load(
            row.caseworker,
            row.practices,
            {tier: getattr(row, f"tier_{rank}") for rank, tier in enumerate(TIERS)},
            row.open_actions,
            overdue.get(row.caseworker, 0),
            row.reviews,
            row.contacts,
            row.proposals,
            oldest.get(row.caseworker),
        )
        for row in reading.execute(_counts(theirs, today))
    ]
    return sorted(found, key=lambda one: (one.person is None, -one.late, -one.practices, one.person or ""))


def _counts(theirs: Any, today: date) -> Select[Any]:
    def number(true: Any) -> Any:
        return func.sum(case((true, 1), else_=0))

    ranks = [number(C.tier == rank).label(f"tier_{rank}") for rank in range(len(TIERS))]
    return (
        select(
            C.caseworker,
            func.count().label("practices"),
            *ranks,
            func.sum(C.open_actions).label("open_actions"),
            number(C.review_on < today).label("reviews"),
            number(C.next_contact_on < today).label("contacts"),
            func.sum(C.proposals).label("proposals"),
        )
        .where(theirs)
        .group_by(C.caseworker)
    )


def _overdue(theirs: Any, today: date) -> Select[Any]:
    late = select(C.caseworker, func.count().label("late")).join_from(
        caseload.TABLE, caseload.DUE, D.code == C.code
    )
    return late.where(theirs, C.first_due_on < today, D.due_on < today).group_by(C.caseworker)


def _oldest(reading: Connection, theirs: Any, today: date) -> dict[str | None, Oldest]:
    """For each caseworker the earliest day that has passed; on one day actions first, then by code."""
    days = (C.first_due_on, C.review_on, C.next_contact_on)
    late = union_all(
        *(
            select(
                C.caseworker,
                C.code,
                C.decision_version,
                literal(rank).label("rank"),
                day.label("day"),
            ).where(theirs, day < today)
            for rank, day in enumerate(days)
        )
    ).subquery()
    place = func.row_number().over(
        partition_by=late.c.caseworker, order_by=(late.c.day, late.c.rank, late.c.code)
    )
    placed = select(late, place.label("place")).subquery()
    first = (
        select(placed, N.name)
        .join_from(placed, caseload.NAME, N.code == placed.c.code)
        .where(placed.c.place == 1)
    )
    rows = reading.execute(first).all()
    named = _actions(reading, [(row.code, row.day) for row in rows if row.rank == 0])
    found: dict[str | None, Oldest] = {}
    for row in rows:
        oldest = Oldest(_KINDS[row.rank], row.code, row.name, row.day)
        if oldest.kind == "action" and (action := named.get((row.code, row.day))):
            oldest = oldest._replace(version=action.version, title=action.issue)
        if oldest.kind == "review":
            oldest = oldest._replace(version=row.decision_version)
        found[row.caseworker] = oldest
    return found


def _actions(reading: Connection, wanted: list[tuple[str, date]]) -> dict[tuple[str, date], Any]:
    """The first action of each practice that was due on a day and is open still."""
    if not wanted:
        return {}
    query = (
        select(A.code, A.due_on, A.version, A.issue)
        .where(A.code.in_({code for code, _ in wanted}), A.status.in_(("proposed", "agreed")))
        .order_by(A.version.desc())
    )
    return {(row.code, row.due_on): row for row in reading.execute(query)}
