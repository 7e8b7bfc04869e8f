"""Who looks after which practices: what a manager hands over when somebody leaves. It has no rows of its own."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select

from domain.rules import Asked
from projections import caseload
from projections.whose import answered_for, open_on, standing_on

C = caseload.TABLE.c


def number_of(reading: Connection, person: str, today: date) -> int:
    """How many open practices have this person as their named caseworker: a number, whoever asks."""
    query = select(func.count()).where(standing_on(today), open_on(today), C.caseworker == person)
    return reading.scalar(query) or 0


def by_caseworker(reading: Connection, asked: Asked, today: date) -> dict[str, list[str]]:
    """The open practices that somebody's organisation answers for, by their named caseworker, in order of code."""
    query = select(C.caseworker, C.code).where(
        answered_for(asked, today), open_on(today), C.caseworker.is_not(None)
    )
    found: dict[str, list[str]] = {}
    for caseworker, code in reading.execute(query.order_by(C.code)):
        found.setdefault(caseworker, []).append(code)
    return found
