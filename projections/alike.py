"""Which practices might have evidence like another's, and another tier: a few of very many, by little of each.

It only chooses whom to look at: how alike they are is worked out from their facts (domain/framework/likeness.py).
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from heapq import nsmallest
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, func, select

from domain.access.permissions import Scope
from domain.practice.kinds import Tier
from projections import caseload, intelligence, notice_register
from projections.caseload_row import TIERS
from projections.whose import in_scope, open_on, standing_on

C, H, N = caseload.TABLE.c, intelligence.TABLE.c, notice_register.TABLE.c
OPEN = ("issued", "served")


class Little(NamedTuple):
    """Open adverse flags by domain, as alarms and alerts; corroborated intelligence that all see; open notices."""

    flags: tuple[int, ...]
    heard: int
    notices: int


def few(
    reading: Connection, scope: Scope, today: date, code: str, tier: Tier, like: Little, most: int
) -> list[str]:
    """The practices in scope that are open, at another tier, and nearest by the little that is looked at."""
    rows = reading.execute(
        select(C.code, C.by_domain).where(
            standing_on(today),
            open_on(today),
            in_scope(scope),
            C.tier != TIERS.index(tier),
            C.code != code,
        )
    ).all()
    heard, notices = _heard(reading), _notices(reading)

    def far(row: tuple[str, str]) -> tuple[int, str]:
        flags = [count for pair in msgspec.json.decode(row[1]) for count in pair]
        points = sum(abs(one - other) for one, other in zip(flags, like.flags, strict=True))
        points += abs(heard[row[0]] - like.heard) + abs(notices[row[0]] - like.notices)
        return points, row[0]

    return [row[0] for row in nsmallest(most, ((code, flags) for code, flags in rows), key=far)]


def _heard(reading: Connection) -> Counter[str]:
    seen_by_all = (H.status == "corroborated", H.internal_to.is_(None), H.restricted_to.is_(None))
    found = reading.execute(select(H.code, func.count()).where(*seen_by_all).group_by(H.code))
    return Counter(dict(found.all()))


def _notices(reading: Connection) -> Counter[str]:
    found = reading.execute(select(N.code, func.count()).where(N.stands.in_(OPEN)).group_by(N.code))
    return Counter(dict(found.all()))
