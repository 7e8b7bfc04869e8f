"""The register of notices: every notice that was issued, by which team, of which kind, and how it stands. It holds no words.

It names no person and says nothing that anybody typed: what is asked for under freedom of information can be given out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Date, Integer, Text, and_, func, select

from domain.access.permissions import Scope
from domain.practice.contract_state import Notice, NoticeStatus
from domain.practice.entitled import disputes_of
from domain.practice.kinds import NoticeKind, ShorterBecause
from domain.practice.state import Practice
from projections import caseload
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, iso, made_of, view_table

TABLE = view_table(
    "notice",
    "code",
    Column("version", Integer, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("given_on", Date),
    Column("ends_on", Date),
    Column("shorter", Text),
    Column("stands", Text, nullable=False),
    Column("since", Date, nullable=False),
    Column("disputes", Integer, nullable=False),
    indexes=(("issued_on", "code"),),
)


class RegisteredNotice(NamedTuple):
    """A notice issued by entry `version`. `team` held the contract on that day; `since` is since when it stands so."""

    code: str
    practice: str
    version: int
    kind: NoticeKind
    team: str
    issued_on: date
    given_on: date | None
    ends_on: date | None
    shorter: ShorterBecause | None
    stands: NoticeStatus
    since: date
    disputes: int


def rows(story: PracticeStory) -> Iterator[Row]:
    """One row for each notice that was issued, withdrawn since or not; none for a draft."""
    practice = story.practice
    for one in practice.notices.values():
        if one.issued is not None and one.issued_on is not None:
            values = _values(practice, one, one.issued_on)
            yield Row(TABLE, one.issued, made_of(values), lambda values=values: values)  # type: ignore[misc]


def _values(practice: Practice, one: Notice, issued_on: date) -> dict[str, Any]:
    held = practice.responsible_on(issued_on) or next(iter(practice.responsibilities), None)
    since = {NoticeStatus.ISSUED: issued_on, NoticeStatus.SERVED: one.served_on}.get(
        one.status, one.withdrawn_on if one.status == NoticeStatus.WITHDRAWN else one.assessed_on
    )
    return {
        "kind": one.kind.value,
        "team": held.contract_holder if held else "",
        "issued_on": iso(issued_on),
        "given_on": iso(one.served_on) if one.served_on else None,
        "ends_on": iso(one.ends_on) if one.ends_on else None,
        "shorter": one.shorter_because.value if one.shorter_because else None,
        "stands": one.status.value,
        "since": iso(since or issued_on),
        "disputes": len(disputes_of(practice, one)),
    }


MODEL = ReadModel("notice_register", "practice", (TABLE,), rows)

T, C, N = TABLE.c, caseload.TABLE.c, caseload.NAME.c


class Wanted(NamedTuple):
    """Which notices: of a kind, of a team, issued from and to a day, both included. None is any."""

    kind: NoticeKind | None = None
    team: str | None = None
    since: date | None = None
    until: date | None = None


def find(reading: Connection, scope: Scope, today: date, wanted: Wanted) -> list[RegisteredNotice]:
    """The notices of the practices in scope, the last issued first."""
    where = [caseload.standing_on(today), caseload.in_scope(scope)]
    if wanted.kind:
        where.append(T.kind == wanted.kind.value)
    if wanted.team:
        where.append(T.team == wanted.team)
    if wanted.since:
        where.append(T.issued_on >= wanted.since)
    if wanted.until:
        where.append(T.issued_on <= wanted.until)
    query = (
        select(TABLE, N.name.label("practice"))
        .select_from(_TOGETHER)
        .where(and_(*where))
        .order_by(T.issued_on.desc(), T.code, T.version.desc())
    )
    return [_row(row) for row in reading.execute(query)]


_TOGETHER = TABLE.join(caseload.TABLE, C.code == T.code).join(caseload.NAME, N.code == T.code)


def teams(reading: Connection, scope: Scope, today: date) -> list[str]:
    """The teams that issued any of the notices in scope."""
    query = (
        select(T.team)
        .select_from(_TOGETHER)
        .where(caseload.standing_on(today), caseload.in_scope(scope), func.length(T.team) > 0)
        .distinct()
        .order_by(T.team)
    )
    return [row.team for row in reading.execute(query)]


def _row(row: Any) -> RegisteredNotice:
    values = {name: getattr(row, name) for name in RegisteredNotice._fields}
    shorter = ShorterBecause(row.shorter) if row.shorter else None
    kinds = {"kind": NoticeKind(row.kind), "stands": NoticeStatus(row.stands), "shorter": shorter}
    return RegisteredNotice(**{**values, **kinds})
