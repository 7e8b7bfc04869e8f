"""What managers ask of many practices at once: who answers for each, its tiers through time, and what is late.

Only questions to views that are there already. The practices are those that whoever asks may read today, each with
whoever answers for it today: what a person may not read is in no number.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from domain.access.permissions import Scope
from domain.practice.kinds import Tier
from projections import caseload
from projections.caseload_row import TIERS, TierStep, stands_since, tier_line
from projections.whose import in_scope, open_on, standing_on

C, D = caseload.TABLE.c, caseload.DUE.c

By = Literal["contract_holder", "local_commissioner", "caseworker"]
"""By whom late work is counted: the columns of the caseload that say who answers for a practice."""


class Through(NamedTuple):
    """A practice through time: its tiers, each from a day on, and the day it closed."""

    code: str
    contract_holder: str | None
    local_commissioner: str | None
    tiers: tuple[TierStep, ...]
    closed_on: date | None

    def on(self, day: date) -> TierStep | None:
        """Its tier on a day; None before its record begins, and once it closed."""
        if self.closed_on is not None and self.closed_on <= day:
            return None
        found = None
        for step in self.tiers:
            if step.on > day:
                break
            found = step
        return found

    def since(self, day: date) -> date:
        """From when it stands in the tier of a day without a break. A decision that leaves the tier is no break."""
        return stands_since(self.tiers, day) or day


class Late(NamedTuple):
    """The open actions of somebody's practices that are past their due dates."""

    who: str | None
    practices: int
    actions: int
    late_practices: int
    first_due_on: date | None


class Gap(NamedTuple):
    """A practice with cause for concern, and when both organisations last spoke together about it."""

    code: str
    name: str
    contract_holder: str | None
    local_commissioner: str | None
    tier_since: date
    last_shared_on: date | None


def through(reading: Connection, scope: Scope, today: date) -> list[Through]:
    """Every practice in scope, also those that closed."""
    query = select(C.code, C.contract_holder, C.local_commissioner, C.tier_line, C.closed_on).where(
        standing_on(today), in_scope(scope)
    )
    return [
        Through(
            row.code,
            row.contract_holder,
            row.local_commissioner,
            tier_line(row.tier_line),
            row.closed_on,
        )
        for row in reading.execute(query.order_by(C.code))
    ]


def late(
    reading: Connection, scope: Scope, today: date, by: By, since: date | None, until: date
) -> list[Late]:
    """Open actions that were due in a period, both days included, and are late today: most of them first."""
    who = C[by].label("who")
    open_today = _open(scope, today)
    last = min(until, today - timedelta(days=1))
    practices = select(who, func.count().label("practices")).where(open_today).group_by(who)
    due = and_(D.due_on <= last, D.due_on >= (since or date.min))
    counted = (
        select(
            who,
            func.count().label("actions"),
            func.count(D.code.distinct()).label("late_practices"),
            func.min(D.due_on).label("first_due_on"),
        )
        .select_from(caseload.TABLE.join(caseload.DUE, D.code == C.code))
        .where(open_today, due)
        .group_by(who)
    )
    found = {row.who: row for row in reading.execute(counted)}
    rows = [
        Late(row.who, row.practices, one.actions, one.late_practices, one.first_due_on)
        if (one := found.get(row.who))
        else Late(row.who, row.practices, 0, 0, None)
        for row in reading.execute(practices)
    ]
    return sorted(rows, key=lambda one: (-one.actions, one.who or ""))


def gaps(reading: Connection, scope: Scope, today: date, since: date) -> tuple[list[Gap], int]:
    """Practices with cause for concern and no shared conversation since a day; and how many have cause for concern.

    The caseload knows of conversations that both organisations may read, so the answer is the same for both.
    """
    concern = and_(_open(scope, today), C.tier == TIERS.index(Tier.CAUSE_FOR_CONCERN))
    of = select(func.count()).select_from(caseload.TABLE).where(concern)
    query = (
        select(
            C.code,
            caseload.NAME.c.name,
            C.contract_holder,
            C.local_commissioner,
            C.tier_since,
            C.last_shared_on,
        )
        .join(caseload.NAME, caseload.NAME.c.code == C.code)
        .where(concern, or_(C.last_shared_on.is_(None), C.last_shared_on < since))
    )
    found = [Gap(*row) for row in reading.execute(query)]
    found.sort(key=lambda one: (one.last_shared_on or date.min, one.code))
    return found, reading.execute(of).scalar_one()


def _open(scope: Scope, today: date) -> ColumnElement[bool]:
    return and_(standing_on(today), in_scope(scope), open_on(today))
