"""Who looks after which practices: what a manager hands over when somebody leaves. It has no rows of its own."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from domain.rules import Asked
from projections import caseload
from projections.caseload import answered_for, open_on

C = caseload.TABLE.c


def by_caseworker(reading: Connection, asked: Asked, today: date) -> dict[str, list[str]]:
    """The open practices that somebody's organisation answers for, by their named caseworker, in order of code."""
    query = select(C.caseworker, C.code).where(
        answered_for(asked, today), open_on(today), C.caseworker.is_not(None)
    )
    found: dict[str, list[str]] = {}
    for caseworker, code in reading.execute(query.order_by(C.code)):
        found.setdefault(caseworker, []).append(code)
    return found
