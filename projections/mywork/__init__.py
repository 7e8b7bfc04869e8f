"""My work: what must I do today, and in what order?

For a caseworker, mine are the practices where they are the named caseworker, and those of whom they cover for. For a
manager or a lead, mine is what in their own organisation's practices waits for their role, and their own side's actions;
a manager also decides every review, and looks after practices that have no caseworker. What else is late in their
practices is one line of figures and the few actions that matter most.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from domain.access.roles import SIDE_OF
from domain.practice.kinds import Side, Tier
from domain.rules import Asked
from projections.caseload_row import TIERS
from projections.mine import Mine, mine
from projections.mywork.desk import Desk, looked_after_by
from projections.mywork.due import OF_A_NOTICE, area, dated
from projections.mywork.items import FIRST, Expected, Item, Limits, Work
from projections.mywork.waiting import waiting

WEEK = timedelta(days=7)


def find(
    reading: Connection,
    asked: Asked,
    today: date,
    limits: Limits = FIRST,
    practices: dict[str, Mine] | None = None,
    expected: Collection[Expected] = (),
) -> Work:
    """What this person has to do, as of today. `practices` are theirs, where they were asked for already; `expected` is what
    the framework's rules make due in those of `where_rules_expect`.
    """
    if asked.role not in SIDE_OF or asked.organisation is None:
        return Work([], [], [], 0, {})
    if practices is None:
        practices = mine(reading, asked, today)
    return _work(Desk(reading, asked, today, limits, practices, expected))


def where_rules_expect(asked: Asked, practices: dict[str, Mine]) -> list[str]:
    """The practices in which what follows from a move of the tier falls to this person: of the contract's holder, whoever
    looks after them. What matters most is first.
    """
    if SIDE_OF.get(asked.role) != Side.CONTRACT_HOLDER:
        return []
    found = [
        (-one.tier, code)
        for code, one in practices.items()
        if one.open and TIERS[one.tier] != Tier.ASSURANCE_BASED and looked_after_by(asked, one)
    ]
    return [code for _, code in sorted(found)]


def _work(desk: Desk) -> Work:
    late = sorted(dated(desk, "late", date.min, desk.today), key=_by_consequence)
    week = sorted(dated(desk, "week", desk.today, desk.today + WEEK), key=_by_day)
    late, week = desk.cut("late", late), desk.cut("week", week)
    listed = {item.thing_id for item in late if item.thing_id}
    waits = [item for item in waiting(desk) if item.thing_id not in listed]
    own = sum(not desk.caseworker or one.caseworker == desk.asked.person for one in desk.mine.values())
    return Work(late, week, waits, own, desk.left_out, area(desk))


def _by_consequence(item: Item) -> tuple[Any, ...]:
    """What the contract hangs on first; then the longest overdue, and within a day the tier that matters most."""
    return (
        0 if item.clock in OF_A_NOTICE else 1,
        item.days if item.days is not None else 1,
        -TIERS.index(item.practice_tier),
        item.since or date.max,
        item.code,
    )


def _by_day(item: Item) -> tuple[Any, ...]:
    return (item.due_on, -TIERS.index(item.practice_tier), item.code, item.version)
