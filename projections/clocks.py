"""Days that something is due about a practice, whatever today is: what my work and the command line choose from.

What is due on one day, and why, is told by `domain/clocks/due.py` from the practice's own facts. Reviews of the tier are
not here: the caseload has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Column, Connection, Date, Integer, Text, or_, select

from domain.access.permissions import Scope
from domain.clocks.due import clocks
from domain.clocks.what import Due
from domain.practice.kinds import Side, Tier
from domain.practice.visible import SIDES
from projections import caseload, reviews
from projections.caseload_row import TIERS
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, Sorted, iso, made_of, view_table, words_or_erased
from projections.whose import in_scope, open_on, standing_on

TABLE = view_table(
    "clock",
    "code",
    Column("clock_id", Sorted),
    Column("version", Integer, nullable=False),
    Column("clock", Text, nullable=False),
    Column("thing_id", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    # Nobody is late for what passes by itself.
    Column("passes", Integer, nullable=False),
    # The sides that follow it up, or whose answer it is, and which clock it is: what my work chooses by.
    Column("whose", Text, nullable=False),
    # Who may not settle it, as they began it; empty where anybody may.
    Column("began_by", Text, nullable=False),
    Column("title", Text),
    indexes=(("due_on", "code"),),
)


def rows(story: PracticeStory) -> Iterator[Row]:
    """One row for each clock that runs; a practice that closed has none."""
    if story.practice.closed_on is not None:
        return
    for one in clocks(story.practice):
        plain = _plain(one)
        basis = made_of(plain, story.mark(one.version))
        yield Row(TABLE, f"{one.clock}:{one.thing_id}", basis, partial(_values, plain, one))


def _plain(one: Due) -> dict[str, Any]:
    sides = {one.asked_by or Side.CONTRACT_HOLDER, one.of} & SIDES
    return {
        "version": one.version,
        "clock": one.clock.value,
        "thing_id": one.thing_id,
        "due_on": iso(one.due_on),
        "passes": int(one.passes),
        "whose": f"{' '.join(sorted(sides))}|{one.clock}",
        "began_by": one.began_by or "",
    }


def _values(plain: dict[str, Any], one: Due) -> dict[str, Any]:
    return {**plain, "title": words_or_erased(one.words) if one.words else None}


MODEL = ReadModel("clocks", "practice", (TABLE,), rows, edition=4)

T, C = TABLE.c, caseload.TABLE.c


def practices_with_something_due(reading: Connection, scope: Scope, today: date, until: date) -> list[str]:
    """The codes of the practices in scope about which something is late, or due by a day, reviews among it."""
    clock = select(T.code).where(T.due_on <= until, or_(T.due_on >= today, T.passes == 0))
    found = (
        select(C.code)
        .where(
            open_on(today),
            standing_on(today),
            in_scope(scope),
            or_(C.code.in_(clock), C.review_on <= until),
        )
        .order_by(C.code)
    )
    return [row.code for row in reading.execute(found)]


def practices_above_assurance_based(reading: Connection, scope: Scope, today: date) -> list[str]:
    """Of whom the rules of the framework, which no view knows, may expect something since the tier was moved."""
    found = select(C.code).where(
        open_on(today),
        standing_on(today),
        in_scope(scope),
        C.tier != TIERS.index(Tier.ASSURANCE_BASED),
    )
    return [row.code for row in reading.execute(found)]


def practices_to_look_at_again(reading: Connection, scope: Scope, today: date) -> list[str]:
    """On which a decision waits to be looked at again: it has no day by which, and so stands in no row of clocks."""
    found = (
        select(C.code)
        .distinct()
        .join_from(caseload.TABLE, reviews.TABLE, C.code == reviews.TABLE.c.code)
        .where(reviews.TABLE.c.status == "open", standing_on(today), in_scope(scope))
    )
    return [row.code for row in reading.execute(found)]
