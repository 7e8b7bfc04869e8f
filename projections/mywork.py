"""My work: what must I do today, and in what order?

For a caseworker, mine are the practices where they are the named caseworker. For a manager or a lead, mine is what in
their own organisation's practices waits for their role, and their own side's actions; a manager also looks after
practices that have no caseworker.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, false, func, or_, select

from domain.access.permissions import GRANTED
from domain.access.roles import SIDE_OF, Role
from domain.practice.kinds import ActionKind, Side, Tier
from domain.rules import Asked
from projections import actions, caseload, decisions, intelligence
from projections.caseload import TIERS, standing_on

WEEK = timedelta(days=7)
MOST = 200
"""Items a list shows at most: beyond that, the caseload is the better page."""

What = Literal[
    "action_due",
    "review_due",
    "contact_due",
    "action_to_agree",
    "evidence_to_accept",
    "tier_to_decide",
    "correction_to_authorise",
    "intelligence_to_corroborate",
]


class Item(NamedTuple):
    """Something to do. `command` names the command that settles it; `days` counts from today to its due date.

    `title` is what was typed (an action's issue, a reason, a summary) or empty; `version` is the entry it stands on,
    and `thing_id` the id that the command needs. `by` is who recorded it, `since` when it happened.
    """

    what: What
    code: str
    practice: str
    practice_tier: Tier
    title: str
    due_on: date | None
    days: int | None
    version: int
    thing_id: str
    command: str
    by: str | None = None
    since: date | None = None
    owner: Side | None = None
    kind: ActionKind | None = None
    tier: Tier | None = None
    moved: int = 0
    first_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """`late` is late or runs out today, by consequence; `week` is due in the seven days after; `waiting` waits for me.

    `practices` counts the practices that are mine. Where a list was cut short, `left_out` says how many it lacks.
    """

    late: list[Item]
    week: list[Item]
    waiting: list[Item]
    practices: int
    left_out: int

    @property
    def count(self) -> int:
        """How many things wait to be done now."""
        return len(self.late) + len(self.waiting) + self.left_out


C = caseload.TABLE.c
N = caseload.NAME.c
A = actions.TABLE.c


def find(reading: Connection, asked: Asked, today: date) -> Work:
    """What this person has to do, as of today."""
    if asked.role not in SIDE_OF:
        return Work([], [], [], 0, 0)
    mine = _mine(asked, today)
    dated = [*_actions_due(reading, asked, mine, today), *_reviews_due(reading, asked, mine, today)]
    dated += _contacts_due(reading, asked, mine, today)
    late = sorted((item for item in dated if item.days is not None and item.days <= 0), key=_by_consequence)
    week = sorted((item for item in dated if item.days is not None and item.days > 0), key=_by_day)
    listed = {item.thing_id for item in late if item.thing_id}
    waiting = sorted(
        (item for item in _waiting(reading, asked, today) if item.thing_id not in listed), key=_by_consequence
    )
    practices = reading.execute(select(func.count()).select_from(caseload.TABLE).where(mine)).scalar_one()
    left_out = sum(max(0, len(items) - MOST) for items in (late, waiting))
    return Work(late[:MOST], week[:MOST], waiting[:MOST], practices, left_out)


def _by_consequence(item: Item) -> tuple[Any, ...]:
    """Longest overdue first; within a day, the tier that matters most."""
    return (
        item.days if item.days is not None else 1,
        -TIERS.index(item.practice_tier),
        item.since or date.max,
        item.code,
    )


def _by_day(item: Item) -> tuple[Any, ...]:
    return (item.due_on, -TIERS.index(item.practice_tier), item.code, item.version)


# --- whose practices ----------------------------------------------------------------------------------------


def _own(asked: Asked, today: date) -> ColumnElement[bool]:
    """The open practices that this person's organisation is responsible for: where they may record."""
    side = SIDE_OF[asked.role]
    column = C.contract_holder if side == Side.CONTRACT_HOLDER else C.local_commissioner
    if asked.organisation is None:
        return false()
    still_open = or_(C.closed_on.is_(None), C.closed_on > today)
    return and_(standing_on(today), column == asked.organisation, still_open)


def _mine(asked: Asked, today: date) -> ColumnElement[bool]:
    own = _own(asked, today)
    return and_(own, C.caseworker == asked.person) if asked.role == Role.CASEWORKER else own


def _mine_to_chase(asked: Asked) -> ColumnElement[bool]:
    """Whose actions this person follows up: all in a caseworker's practices; else those of their own side."""
    if asked.role == Role.CASEWORKER:
        return A.action_id.is_not(None)
    own_side = A.owner == SIDE_OF[asked.role].value
    if asked.role == Role.MANAGER:
        return or_(own_side, C.caseworker == asked.person, C.caseworker.is_(None))
    return own_side


# --- what is due --------------------------------------------------------------------------------------------


def _actions_due(reading: Connection, asked: Asked, mine: ColumnElement[bool], today: date) -> Iterator[Item]:
    query = _with_practice(actions.TABLE).where(
        mine, _mine_to_chase(asked), A.status.in_(("proposed", "agreed")), A.due_on <= today + WEEK
    )
    for row in reading.execute(query):
        yield Item(
            **_shared(row, today, row.due_on),
            what="action_due",
            title=row.issue,
            version=row.version,
            thing_id=row.action_id,
            command=_next_step(asked, row),
            by=row.proposed_by,
            since=row.proposed_on,
            owner=Side(row.owner),
            kind=ActionKind(row.kind),
            moved=row.moved,
            first_due_on=row.first_due_on,
        )


def _next_step(asked: Asked, row: Any) -> str:
    """What this person can do about an open action: agree it if it waits for them, complete it once it is agreed."""
    if row.status == "agreed":
        return "CompleteAction"
    waits_for_me = SIDE_OF[asked.role].value in row.waits_for.split()
    return "AgreeAction" if waits_for_me and _granted(asked, "AgreeAction") else "RescheduleAction"


def _reviews_due(reading: Connection, asked: Asked, mine: ColumnElement[bool], today: date) -> Iterator[Item]:
    """A tier is due for review on the day its decision set: its caseworker proposes, which the manager then decides.

    Where a practice has no caseworker, the review waits for the manager.
    """
    command = "ProposeTier" if asked.role == Role.CASEWORKER else "DecideTier"
    if not _granted(asked, command):
        return
    query = _practices(C.review_on, C.decision_version).where(
        mine, or_(C.caseworker == asked.person, C.caseworker.is_(None)), C.review_on <= today + WEEK
    )
    for row in reading.execute(query):
        yield Item(
            **_shared(row, today, row.review_on),
            what="review_due",
            title="",
            version=row.decision_version,
            thing_id="",
            command=command,
        )


def _contacts_due(
    reading: Connection, asked: Asked, mine: ColumnElement[bool], today: date
) -> Iterator[Item]:
    """The next contact that the last conversation promised: the caseworker's."""
    if asked.role != Role.CASEWORKER:
        return
    query = _practices(C.next_contact_on, C.version).where(mine, C.next_contact_on <= today + WEEK)
    for row in reading.execute(query):
        yield Item(
            **_shared(row, today, row.next_contact_on),
            what="contact_due",
            title="",
            version=row.version,
            thing_id="",
            command="RecordConversation",
        )


# --- what waits for me --------------------------------------------------------------------------------------


def _waiting(reading: Connection, asked: Asked, today: date) -> Iterator[Item]:
    mine = _mine(asked, today)
    side = SIDE_OF[asked.role].value
    if _granted(asked, "AgreeAction"):
        where = and_(A.status == "proposed", A.waits_for.contains(side))
        yield from _actions_waiting(
            reading, and_(_own(asked, today), where), today, "action_to_agree", "AgreeAction"
        )
    if _granted(asked, "AcceptEvidence"):
        where = and_(A.status == "completed", A.completed_by != asked.person)
        yield from _actions_waiting(reading, and_(mine, where), today, "evidence_to_accept", "AcceptEvidence")
    yield from _proposals(reading, asked, mine, today)
    yield from _requests(reading, asked, mine, today)
    yield from _heard(reading, asked, mine, today)


def _actions_waiting(
    reading: Connection, where: ColumnElement[bool], today: date, what: What, command: str
) -> Iterator[Item]:
    for row in reading.execute(_with_practice(actions.TABLE).where(where)):
        yield Item(
            **_shared(row, today, row.due_on),
            what=what,
            title=row.issue,
            version=row.version,
            thing_id=row.action_id,
            command=command,
            by=row.completed_by or row.proposed_by,
            since=row.completed_on or row.proposed_on,
            owner=Side(row.owner),
            kind=ActionKind(row.kind),
            moved=row.moved,
            first_due_on=row.first_due_on,
        )


def _proposals(reading: Connection, asked: Asked, mine: ColumnElement[bool], today: date) -> Iterator[Item]:
    P = decisions.PROPOSAL.c  # noqa: N806
    if not _granted(asked, "DecideTier"):
        return
    query = _with_practice(decisions.PROPOSAL).where(mine, P.status == "open", P.proposed_by != asked.person)
    for row in reading.execute(query):
        yield Item(
            **_shared(row, today, None),
            what="tier_to_decide",
            title=row.rationale,
            version=row.version,
            thing_id=row.proposal_id,
            command="DecideTier",
            by=row.proposed_by,
            since=row.proposed_on,
            tier=Tier(row.tier),
        )


def _requests(reading: Connection, asked: Asked, mine: ColumnElement[bool], today: date) -> Iterator[Item]:
    R = decisions.REQUEST.c  # noqa: N806
    if not _granted(asked, "AuthoriseCorrection"):
        return
    query = _with_practice(decisions.REQUEST).where(mine, R.status == "open", R.requested_by != asked.person)
    for row in reading.execute(query):
        yield Item(
            **_shared(row, today, None),
            what="correction_to_authorise",
            title=row.reason,
            version=row.version,
            thing_id=row.request_id,
            command="AuthoriseCorrection",
            by=row.requested_by,
            since=row.requested_on,
        )


def _heard(reading: Connection, asked: Asked, mine: ColumnElement[bool], today: date) -> Iterator[Item]:
    heard = intelligence.TABLE.c
    if not _granted(asked, "CorroborateIntelligence"):
        return
    where = and_(mine, heard.status == "unverified", heard.recorded_by != asked.person)
    for row in reading.execute(_with_practice(intelligence.TABLE).where(where)):
        yield Item(
            **_shared(row, today, None),
            what="intelligence_to_corroborate",
            title=row.summary,
            version=row.version,
            thing_id=row.intelligence_id,
            command="CorroborateIntelligence",
            by=row.recorded_by,
            since=row.recorded_on,
        )


# --- inside -------------------------------------------------------------------------------------------------


def _granted(asked: Asked, command: str) -> bool:
    return asked.role in GRANTED[command]


def _practices(*columns: ColumnElement[Any]) -> Select[Any]:
    """Practices with their name and tier."""
    return select(C.code, N.name.label("practice"), C.tier.label("practice_tier"), *columns).select_from(
        caseload.TABLE.join(caseload.NAME, N.code == C.code)
    )


def _with_practice(table: Table) -> Select[Any]:
    """Rows of a table with the name and tier of their practice."""
    return select(table, N.name.label("practice"), C.tier.label("practice_tier")).select_from(
        table.join(caseload.TABLE, C.code == table.c.code).join(caseload.NAME, N.code == C.code)
    )


def _shared(row: Any, today: date, due_on: date | None) -> dict[str, Any]:
    return {
        "code": row.code,
        "practice": row.practice,
        "practice_tier": TIERS[row.practice_tier],
        "due_on": due_on,
        "days": None if due_on is None else (due_on - today).days,
    }
