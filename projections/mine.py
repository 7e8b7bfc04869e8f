"""Whose practices: those that somebody's organisation is responsible for, as of a day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, Integer, or_, select

from domain.access.roles import SIDE_OF, Role
from domain.practice.kinds import Side
from domain.rules import Asked
from projections import caseload
from projections.questions import Question, among, asked
from projections.whose import open_on, responsible_on, standing_on

C = caseload.TABLE.c

SIDES = (Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER)


class Mine(NamedTuple):
    """A practice of somebody's organisation. `responsible` is that organisation, or one that it came after; `other` is
    responsible on the other side.
    """

    code: str
    tier: int
    caseworker: str | None
    responsible: str
    open: bool
    other: str | None


def _answered_for(side: Side) -> Question:
    """The practices that some organisations are responsible for on one side. Its columns are all in one index."""
    responsible = responsible_on(side)
    today = asked("today", C.closed_on)
    still_open = open_on(today).label("open")
    other = responsible_on(next(one for one in SIDES if one != side)).label("other")
    columns = (C.code, C.tier, C.caseworker, responsible.label("responsible"), still_open, other)
    whose = or_(asked("everybody", Integer) == 1, among(C.caseworker, "caseworkers"))
    return Question(select(*columns).where(standing_on(today), among(responsible, "own"), whose))


ANSWERED_FOR = {side: _answered_for(side) for side in SIDES}


def mine(reading: Connection, by: Asked, today: date) -> dict[str, Mine]:
    """By code, the practices that somebody's organisation is responsible for, closed or not: a caseworker's are those
    where they, or somebody whom they cover for, are named.
    """
    found = ANSWERED_FOR[SIDE_OF[by.role]].plain(
        reading,
        today=today,
        own=sorted(by.own),
        everybody=int(by.role != Role.CASEWORKER),
        caseworkers=sorted({by.person, *by.covers}),
    )
    practices = {row[0]: Mine._make(row) for row in found}
    for code in by.recused:
        practices.pop(code, None)
    return practices
