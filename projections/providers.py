"""A provider's practices together: a row for each time that a practice has one provider.

Two practices have one provider where their codes are the same; where one of them has no code, where the names are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Date, and_, case, or_, select

from domain.access.permissions import Scope
from domain.practice.kinds import Tier
from domain.practice.provider import in_turn
from domain.practice.state import Provider
from projections import caseload
from projections.caseload import NEVER, words_of_name
from projections.caseload_found import overdue_on
from projections.caseload_row import TIERS
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, Sorted, made_of, view_table, words_or_erased
from projections.whose import in_scope, standing_on

TABLE = view_table(
    "provider",
    "code",
    Column("from_on", Date),
    Column("until_on", Date, nullable=False),
    Column("provider_code", Sorted),
    Column("alike", Sorted, nullable=False),
    indexes=(("provider_code",), ("alike",)),
)


class PracticeRow(NamedTuple):
    """A practice of the provider on a day, as the caseload has it; `since` is when this provider began."""

    code: str
    name: str
    since: date
    tier: Tier
    reviewed: bool
    alarms: int
    alerts: int
    open_flags: int
    overdue: int
    last_contact_on: date | None
    closed_on: date | None


def rows(story: PracticeStory) -> Iterator[Row]:
    turns = in_turn(story.practice)
    for number, turn in enumerate(turns, start=1):
        until = turns[number].from_on if number < len(turns) else NEVER
        basis = made_of(story.mark(turn.version), until)
        yield Row(TABLE, turn.from_on.isoformat(), basis, partial(_values, turn, until))


def _values(turn: Provider, until: date) -> dict[str, Any]:
    return {
        "until_on": until.isoformat(),
        "provider_code": turn.code,
        "alike": _alike(turn),
    }


def _alike(provider: Provider) -> str:
    """A name as it is compared: small letters without accents, whatever stands between its words."""
    return " ".join(words_of_name(words_or_erased(provider.name)))


MODEL = ReadModel("providers", "practice", (TABLE,), rows)

T, C, N = TABLE.c, caseload.TABLE.c, caseload.NAME.c


def practices_of(reading: Connection, provider: Provider, scope: Scope, today: date) -> list[PracticeRow]:
    """The practices that a provider has on a day, of those that this reader may read: those that matter most first."""
    same: Any = T.alike == _alike(provider)
    if provider.code is not None:
        same = or_(T.provider_code == provider.code, and_(T.provider_code.is_(None), same))
    overdue = overdue_on(today)
    query = (
        select(
            T.code, N.name, T.from_on.label("since"), C.tier, C.reviewed, C.alarms, C.alerts, C.open_flags,
            overdue.label("overdue"), C.last_contact_on, C.closed_on,
        )
        .join_from(TABLE, caseload.TABLE, C.code == T.code)
        .join(caseload.NAME, N.code == T.code)
        .where(same, T.from_on <= today, T.until_on > today)
        .where(standing_on(today), in_scope(scope))
        .order_by(
            case((C.closed_on <= today, 1), else_=0),
            C.tier.desc(), overdue.desc(), C.alarms.desc(), C.alerts.desc(), N.name_sort, T.code,
        )
    )  # fmt: skip
    return [PracticeRow(**{**row._asdict(), "tier": TIERS[row.tier]}) for row in reading.execute(query)]
