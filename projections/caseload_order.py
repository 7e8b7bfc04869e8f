"""In which order the caseload stands."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, case

from projections.caseload import NAME, TABLE

C, N = TABLE.c, NAME.c

WHY_THIS_ORDER = (
    "Practices are in order of consequence: cause for concern first, then room for improvement, then assurance based. "
    "Within a tier, those with most overdue actions come first, then those whose tier is overdue for review, then most "
    "open alarms, then most open alerts, then those nobody has spoken with for longest. Practices that are alike in all "
    "this are in order of code."
)

Sort = Literal["consequence", "name", "code", "tier", "overdue", "flags", "contact", "review", "due"]
SORTS: tuple[Sort, ...] = (
    "consequence",
    "name",
    "code",
    "tier",
    "overdue",
    "flags",
    "contact",
    "review",
    "due",
)


def in_order(
    sort: Sort, overdue: ColumnElement[int], today: date, *, descending: bool
) -> list[ColumnElement[Any]]:
    spoken = case((C.last_contact_on.is_(None), 0), else_=1)
    first: dict[str, list[ColumnElement[Any]]] = {
        "name": [N.name_sort],
        "code": [],
        "tier": [C.tier],
        "overdue": [overdue],
        "flags": [C.alarms, C.alerts],
        "contact": [spoken, C.last_contact_on],
        "review": [C.review_on],
        "due": [C.first_due_on],
    }
    if sort != "consequence":
        wanted = [column.desc() if descending else column.asc() for column in first[sort]]
        if sort in {"review", "due"}:
            wanted.insert(0, first[sort][0].is_(None).asc())
        return [*wanted, C.code.desc() if descending and sort == "code" else C.code]
    return [
        C.tier.desc(),
        overdue.desc(),
        case((C.review_on < today, 0), else_=1),
        C.alarms.desc(),
        C.alerts.desc(),
        spoken,
        C.last_contact_on,
        C.code,
    ]
