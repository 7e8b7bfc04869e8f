"""My work: what must I do today, and in what order?

For a caseworker, mine are the practices where they are the named caseworker. For a manager or a lead, mine is what in
their own organisation's practices waits for their role, and their own side's actions; a manager also looks after
practices that have no caseworker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, and_, func, or_, select

from domain.access.permissions import GRANTED
from domain.access.roles import SIDE_OF, Role
from domain.practice.kinds import ActionKind, Side, Tier
from domain.rules import Asked
from projections import actions, caseload, decisions, intelligence
from projections.caseload import TIERS, standing_on

WEEK = timedelta(days=7)
MOST = 40
"""Items of one sort that are shown at most: beyond that, the caseload is the better page."""

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
    version: int
    command: str
    title: str = ""
    thing_id: str = ""
    due_on: date | None = None
    days: int | None = None
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


C = caseload.TABLE.c
N = caseload.NAME.c
A = actions.TABLE.c


def find(reading: Connection, asked: Asked, today: date) -> Work:
    """What this person has to do, as of today."""
    if asked.role not in SIDE_OF or asked.organisation is None:
        return Work([], [], [], 0, 0)
    return _Desk(reading, asked, today).work()


class _Desk:
    """What one person's work is gathered from."""

    def __init__(self, reading: Connection, asked: Asked, today: date) -> None:
        self.reading = reading
        self.asked = asked
        self.today = today
        self.side = SIDE_OF[asked.role]
        self.own = self._own()
        self.mine = self.own
        if asked.role == Role.CASEWORKER:
            self.mine = and_(self.own, C.caseworker == asked.person)
        self.left_out = 0

    def work(self) -> Work:
        dated = [*self._actions_due(), *self._reviews_due(), *self._contacts_due()]
        late = sorted(
            (item for item in dated if item.due_on and item.due_on <= self.today), key=_by_consequence
        )
        week = sorted((item for item in dated if item.due_on and item.due_on > self.today), key=_by_day)
        listed = {item.thing_id for item in late if item.thing_id}
        waiting = sorted(
            (item for item in self._waiting() if item.thing_id not in listed), key=_by_consequence
        )
        practices = self.reading.execute(select(func.count()).select_from(caseload.TABLE).where(self.mine))
        return Work(late, week, waiting, practices.scalar_one(), self.left_out)

    # --- whose practices -------------------------------------------------------------------------------------

    def _own(self) -> ColumnElement[bool]:
        """The open practices that this person's organisation is responsible for: where they may record."""
        column = C.contract_holder if self.side == Side.CONTRACT_HOLDER else C.local_commissioner
        still_open = or_(C.closed_on.is_(None), C.closed_on > self.today)
        return and_(standing_on(self.today), column == self.asked.organisation, still_open)

    def _looked_after(self) -> ColumnElement[bool]:
        """Practices that nobody else is the caseworker of."""
        return or_(C.caseworker == self.asked.person, C.caseworker.is_(None))

    def _chased(self) -> ColumnElement[bool]:
        """Whose actions this person follows up: all in a caseworker's practices; else those of their own side."""
        own_side = A.owner == self.side.value
        if self.asked.role == Role.LEAD:
            return own_side
        return or_(own_side, self._looked_after())

    # --- what is due -----------------------------------------------------------------------------------------

    def _actions_due(self) -> Iterator[Item]:
        query = _with_practice(actions.TABLE).where(
            self.mine, self._chased(), A.status.in_(("proposed", "agreed")), A.due_on <= self.today + WEEK
        )
        for row in self._some(query, A.due_on, C.tier.desc()):
            yield self._action(row, "action_due", self._next_step(row), row.proposed_by, row.proposed_on)

    def _next_step(self, row: Any) -> str:
        """What this person can do about an open action: agree it if it waits for them, complete it once it is agreed."""
        if row.status == "agreed":
            return "CompleteAction"
        waits_for_me = getattr(row, self._agreed_for().name) != self.asked.organisation
        return "AgreeAction" if waits_for_me and self._granted("AgreeAction") else "RescheduleAction"

    def _agreed_for(self) -> Column[Any]:
        """For which organisation of this person's side an action was agreed."""
        return A.agreed_by_holder_for if self.side == Side.CONTRACT_HOLDER else A.agreed_by_commissioner_for

    def _reviews_due(self) -> Iterator[Item]:
        """A tier is due for review on the day its decision set: its caseworker proposes, which a manager then decides.

        Where a practice has no caseworker, the review waits for the manager.
        """
        command = "ProposeTier" if self.asked.role == Role.CASEWORKER else "DecideTier"
        if not self._granted(command):
            return
        query = _practices(C.review_on, C.decision_version).where(
            self.mine, self._looked_after(), C.review_on <= self.today + WEEK
        )
        for row in self._some(query, C.review_on, C.tier.desc()):
            yield self._item(row, "review_due", row.decision_version, command, due_on=row.review_on)

    def _contacts_due(self) -> Iterator[Item]:
        """The next contact that the last conversation promised: the caseworker's."""
        if self.asked.role != Role.CASEWORKER:
            return
        query = _practices(C.next_contact_on, C.version).where(
            self.mine, C.next_contact_on <= self.today + WEEK
        )
        for row in self._some(query, C.next_contact_on, C.tier.desc()):
            yield self._item(
                row, "contact_due", row.version, "RecordConversation", due_on=row.next_contact_on
            )

    # --- what waits for me -----------------------------------------------------------------------------------

    def _waiting(self) -> Iterator[Item]:
        if self._granted("AgreeAction"):
            yield from self._to_agree()
        if self._granted("AcceptEvidence"):
            yield from self._to_accept()
        if self._granted("DecideTier"):
            yield from self._to_decide()
        if self._granted("AuthoriseCorrection"):
            yield from self._to_authorise()
        if self._granted("CorroborateIntelligence"):
            yield from self._to_corroborate()

    def _to_agree(self) -> Iterator[Item]:
        agreed_for = self._agreed_for()
        not_agreed = or_(agreed_for.is_(None), agreed_for != self.asked.organisation)
        where = and_(self.own, A.status == "proposed", not_agreed)
        for row in self._some(_with_practice(actions.TABLE).where(where), A.due_on, C.tier.desc()):
            yield self._action(row, "action_to_agree", "AgreeAction", row.proposed_by, row.proposed_on)

    def _to_accept(self) -> Iterator[Item]:
        where = and_(self.mine, A.status == "completed", A.completed_by != self.asked.person)
        for row in self._some(_with_practice(actions.TABLE).where(where), A.due_on, C.tier.desc()):
            yield self._action(
                row, "evidence_to_accept", "AcceptEvidence", row.completed_by, row.completed_on
            )

    def _to_decide(self) -> Iterator[Item]:
        P = decisions.PROPOSAL.c  # noqa: N806
        where = and_(self.mine, P.status == "open", P.proposed_by != self.asked.person)
        for row in self._some(_with_practice(decisions.PROPOSAL).where(where), C.tier.desc(), P.proposed_on):
            yield self._item(
                row,
                "tier_to_decide",
                row.version,
                "DecideTier",
                title=row.rationale,
                thing_id=row.proposal_id,
                by=row.proposed_by,
                since=row.proposed_on,
                tier=Tier(row.tier),
            )

    def _to_authorise(self) -> Iterator[Item]:
        R = decisions.REQUEST.c  # noqa: N806
        where = and_(self.mine, R.status == "open", R.requested_by != self.asked.person)
        for row in self._some(_with_practice(decisions.REQUEST).where(where), C.tier.desc(), R.requested_on):
            yield self._item(
                row,
                "correction_to_authorise",
                row.version,
                "AuthoriseCorrection",
                title=row.reason,
                thing_id=row.request_id,
                by=row.requested_by,
                since=row.requested_on,
            )

    def _to_corroborate(self) -> Iterator[Item]:
        H = intelligence.TABLE.c  # noqa: N806
        where = and_(self.mine, H.status == "unverified", H.recorded_by != self.asked.person)
        for row in self._some(_with_practice(intelligence.TABLE).where(where), C.tier.desc(), H.recorded_on):
            yield self._item(
                row,
                "intelligence_to_corroborate",
                row.version,
                "CorroborateIntelligence",
                title=row.summary,
                thing_id=row.intelligence_id,
                by=row.recorded_by,
                since=row.recorded_on,
            )

    # --- inside ----------------------------------------------------------------------------------------------

    def _granted(self, command: str) -> bool:
        return self.asked.role in GRANTED[command]

    def _some(self, query: Select[Any], *order: Any) -> Sequence[Any]:
        """The first rows of a query, as many as a list shows. How many more there were is added up."""
        counted = query.add_columns(func.count().over().label("of_all"))
        rows = self.reading.execute(counted.order_by(*order, C.code).limit(MOST)).all()
        if rows:
            self.left_out += rows[0].of_all - len(rows)
        return rows

    def _item(self, row: Any, what: What, version: int, command: str, **more: Any) -> Item:
        due_on = more.get("due_on")
        return Item(
            what=what,
            code=row.code,
            practice=row.practice,
            practice_tier=TIERS[row.practice_tier],
            days=None if due_on is None else (due_on - self.today).days,
            version=version,
            command=command,
            **more,
        )

    def _action(self, row: Any, what: What, command: str, by: str, since: date) -> Item:
        return self._item(
            row,
            what,
            row.version,
            command,
            title=row.issue,
            thing_id=row.action_id,
            due_on=row.due_on,
            by=by,
            since=since,
            owner=Side(row.owner),
            kind=ActionKind(row.kind),
            moved=row.moved,
            first_due_on=row.first_due_on,
        )


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
