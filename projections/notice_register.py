"""The register of notices: every notice that was issued, by which team, of which kind, under what, and how it stands.

It names no person, and says nothing that anybody typed but the provision, as the notice cites it: what is asked for under
freedom of information can be given out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Date, Integer, Text

from domain.access.permissions import Scope
from domain.practice.contract_kinds import DisputeOutcome, Entitlement
from domain.practice.contract_state import Dispute, Notice, NoticeStatus
from domain.practice.entitled import disputes_of
from domain.practice.kinds import NoticeKind, SanctionKind, ShorterBecause
from domain.practice.sanctions import sanction_by
from domain.practice.state import Practice
from projections.paged import Found, Listed
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, iso, made_of, view_table, words_or_erased

PAGE_SIZE = 50

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
    # What came of a sanction's or a termination's notice, and when; the last day of a sanction, where it has one.
    Column("after", Text),
    Column("after_on", Date),
    Column("until_on", Date),
    Column("sanction", Text),
    Column("entitlement", Text),
    Column("provision", Text, nullable=False),
    Column("disputed", Text, nullable=False),
    indexes=(("issued_on", "code"),),
)


class After(StrEnum):
    """What came of a notice that says what will be done."""

    IMPOSED = "imposed"
    LIFTED = "lifted"
    ENDED = "ended"


class Disputed(NamedTuple):
    """A dispute over a notice: pending since a day, or over since one, with its outcome unless it was withdrawn."""

    on: date
    pending: bool
    outcome: DisputeOutcome | None


class RegisteredNotice(NamedTuple):
    """A notice issued by entry `version`. `team` held the contract on that day; `since` is since when it stands so.

    `provision` is under what it was given, as it cites it, and `entitlement` by what the contract could be ended. Since
    `after_on` its sanction is imposed or lifted, or the contract has ended by it.
    """

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
    after: After | None
    after_on: date | None
    until_on: date | None
    sanction: SanctionKind | None
    entitlement: Entitlement | None
    provision: str
    disputed: tuple[Disputed, ...]


def rows(story: PracticeStory) -> Iterator[Row]:
    """One row for each notice that was issued, withdrawn since or not; none for a draft."""
    practice = story.practice
    for one in practice.notices.values():
        if one.issued is not None and one.issued_on is not None:
            values = _values(practice, one, one.issued_on)
            basis = made_of(values, story.mark(one.version))
            yield Row(TABLE, one.issued, basis, partial(_with_words, practice, one, values))


def _with_words(practice: Practice, one: Notice, values: dict[str, Any]) -> dict[str, Any]:
    draft: Any = practice.standing[one.version].fact
    return {**values, "provision": words_or_erased(draft.provision)}


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
        "disputed": " ".join(_told(dispute) for dispute in disputes_of(practice, one)),
        **_came_of(practice, one),
    }


def _told(dispute: Dispute) -> str:
    """One word for a dispute: how it stands, and since when."""
    if dispute.ended_on is None:
        return f"pending:{iso(dispute.referred_on)}"
    return f"{dispute.outcome.value if dispute.outcome else 'withdrawn'}:{iso(dispute.ended_on)}"


def _came_of(practice: Practice, one: Notice) -> dict[str, str | None]:
    sanction = sanction_by(practice, one)
    ended = next(
        (found.terminated_on for found in practice.terminations.values() if found.notice_id == one.notice_id),
        None,
    )
    after, on = None, None
    if sanction is not None and sanction.imposed_on is not None:
        lifted = sanction.lifted_on
        after, on = (After.LIFTED, lifted) if lifted else (After.IMPOSED, sanction.imposed_on)
    elif ended is not None:
        after, on = After.ENDED, ended
    draft: Any = practice.standing[one.version].fact
    entitlement: Entitlement | None = getattr(draft, "entitlement", None)
    return {
        "after": after.value if after else None,
        "after_on": iso(on) if on else None,
        "until_on": iso(sanction.until_on) if sanction and sanction.until_on else None,
        "sanction": sanction.kind.value if sanction else None,
        "entitlement": entitlement.value if entitlement else None,
    }


MODEL = ReadModel("notice_register", "practice", (TABLE,), rows)

T = TABLE.c


class Wanted(NamedTuple):
    """Which notices: of a kind, of a team, issued from and to a day, both included. None is any."""

    kind: NoticeKind | None = None
    team: str | None = None
    since: date | None = None
    until: date | None = None

    def where(self) -> Iterator[ColumnElement[bool]]:
        """The same, as conditions of a query."""
        if self.kind:
            yield T.kind == self.kind.value
        if self.team:
            yield T.team == self.team
        if self.since:
            yield T.issued_on >= self.since
        if self.until:
            yield T.issued_on <= self.until


def find(
    reading: Connection,
    scope: Scope,
    today: date,
    wanted: Wanted,
    *,
    page: int = 1,
    page_size: int | None = None,
) -> Found[RegisteredNotice]:
    """The notices of the practices in scope, the last issued first."""
    return LISTED.find(reading, scope, today, *wanted.where(), page=page, page_size=page_size)


def counted(
    reading: Connection, scope: Scope, today: date, wanted: Wanted
) -> list[tuple[str, NoticeKind, int]]:
    """How many there are of each team and kind."""
    found = LISTED.counted(reading, scope, today, *wanted.where(), by=(T.team, T.kind))
    return [(team, NoticeKind(kind), number) for team, kind, number in found]


def teams(reading: Connection, scope: Scope, today: date) -> list[str]:
    """The teams that issued any of the notices in scope."""
    return [team for team, _ in LISTED.counted(reading, scope, today, T.team != "", by=(T.team,))]


def _row(row: Any) -> RegisteredNotice:
    values = {name: getattr(row, name) for name in RegisteredNotice._fields}
    kinds = {
        "kind": NoticeKind(row.kind),
        "stands": NoticeStatus(row.stands),
        "shorter": ShorterBecause(row.shorter) if row.shorter else None,
        "after": After(row.after) if row.after else None,
        "sanction": SanctionKind(row.sanction) if row.sanction else None,
        "entitlement": Entitlement(row.entitlement) if row.entitlement else None,
        "disputed": tuple(_disputed(one) for one in row.disputed.split()),
    }
    return RegisteredNotice(**{**values, **kinds})


def _disputed(told: str) -> Disputed:
    how, _, on = told.partition(":")
    outcome = DisputeOutcome(how) if how not in {"pending", "withdrawn"} else None
    return Disputed(date.fromisoformat(on), how == "pending", outcome)


LISTED = Listed(TABLE, (T.issued_on.desc(), T.code, T.version.desc()), _row, page_size=PAGE_SIZE)
