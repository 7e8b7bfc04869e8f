"""My work: what must I do today, and in what order?

For a caseworker, mine are the practices where they are the named caseworker, and those of whom they cover for. For a
manager or a lead, mine is what in their own organisation's practices waits for their role, and their own side's actions;
a manager also decides every review, and looks after practices that have no caseworker. What else is late in their
practices is one line of figures and the few actions that matter most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    distinct,
    func,
    not_,
    or_,
    select,
    true,
    tuple_,
)

from domain.access.permissions import GRANTED
from domain.access.roles import SIDE_OF, Role
from domain.practice.kinds import ActionKind, Side, Tier
from domain.rules import Asked
from projections import access, actions, agreements, caseload, contacts, decisions, intelligence
from projections.caseload import TIERS, answered_for, responsible_on, standing_on
from projections.readers import reader, seen_by
from projections.tables import key_column

WEEK = timedelta(days=7)
MOST = 25
"""Items of a section that are shown at most: beyond that, the caseload is the better page."""

LONG_AGO = timedelta(days=91)
"""Texts that nobody answered for so long stand on their practice's page only."""

FEW = 10
"""Items of a kind that waits, and of others' late actions, that are shown at most."""


class Limits(NamedTuple):
    """How many items are given of a section, and of a kind that waits."""

    most: int = MOST
    few: int = FEW


FIRST, ALL = Limits(), Limits(1_000_000, 1_000_000)

What = Literal[
    "action_due",
    "review_due",
    "contact_due",
    "action_to_agree",
    "evidence_to_accept",
    "tier_to_decide",
    "correction_to_authorise",
    "intelligence_to_corroborate",
    "access_to_answer",
    "emergency_to_review",
    "text_to_answer",
]


class Item(NamedTuple):
    """Something to do. `command` names the command that settles it; `days` counts from today to its due date.

    `title` is what was typed (an action's issue, a reason, a summary) or empty; `version` is the entry it stands on,
    and `thing_id` the id that the command needs. `by` is who recorded it, `since` when it happened. `covered` is the
    caseworker whose work it is, where whoever looks stands in for them.
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
    amended: bool = False
    covered: str | None = None


class Area(NamedTuple):
    """What is overdue in all the organisation's practices, as the caseload counts it, whoever follows it up.

    `others` are the weightiest of those actions that other people follow up: by tier, the oldest first.
    """

    actions: int
    practices: int
    others: list[Item]


@dataclass(frozen=True, slots=True)
class Work:
    """`late` is late or runs out today, by consequence; `week` is due in the seven days after; `waiting` waits for me.

    `waiting` is by kind, and in each kind what waits longest comes first. `practices` counts the practices that are
    mine. Where a list was cut short, `left_out` says how many it lacks: of `late`, of `week`, or of a kind that waits.
    `area` is a manager's or a lead's, where anything is overdue in it.
    """

    late: list[Item]
    week: list[Item]
    waiting: list[Item]
    practices: int
    left_out: dict[str, int]
    area: Area | None = None


C = caseload.TABLE.c
N = caseload.NAME.c
A = actions.TABLE.c
X = access.TABLE.c
K = contacts.TABLE.c
G = agreements.TABLE.c


def find(reading: Connection, asked: Asked, today: date, limits: Limits = FIRST) -> Work:
    """What this person has to do, as of today."""
    if asked.role not in SIDE_OF or asked.organisation is None:
        return Work([], [], [], 0, {})
    return _Desk(reading, asked, today, limits).work()


class _Desk:
    """What one person's work is gathered from."""

    def __init__(self, reading: Connection, asked: Asked, today: date, limits: Limits) -> None:
        self.limits = limits
        self.reading = reading
        self.asked = asked
        self.today = today
        self.by = reader(asked)
        self.side = SIDE_OF[asked.role]
        self.own = self._own()
        self.mine = self.own
        if asked.role == Role.CASEWORKER:
            self.mine = and_(self.own, C.caseworker.in_(sorted({asked.person, *asked.covers})))
        self.left_out: dict[str, int] = {}

    def work(self) -> Work:
        late = sorted(self._dated("late", date.min, self.today), key=_by_consequence)
        week = sorted(self._dated("week", self.today, self.today + WEEK), key=_by_day)
        late, week = self._cut("late", late), self._cut("week", week)
        listed = {item.thing_id for item in late if item.thing_id}
        waiting = [item for item in self._waiting() if item.thing_id not in listed]
        theirs = C.caseworker == self.asked.person if self.asked.role == Role.CASEWORKER else true()
        practices = self.reading.execute(
            select(func.count()).select_from(caseload.TABLE).where(self.own, theirs)
        )
        return Work(late, week, waiting, practices.scalar_one(), self.left_out, self._area())

    def _dated(self, section: str, after: date, until: date) -> list[Item]:
        """What is due after a day, and no later than another."""
        return [
            *self._actions_due(section, after, until),
            *self._reviews_due(section, after, until),
            *self._contacts_due(section, after, until),
            *self._emergencies_due(section, after, until),
        ]

    def _cut(self, section: str, items: list[Item]) -> list[Item]:
        self._lacks(section, len(items) - self.limits.most)
        return items[: self.limits.most]

    def _lacks(self, section: str, number: int) -> None:
        if number > 0:
            self.left_out[section] = self.left_out.get(section, 0) + number

    # --- whose practices -------------------------------------------------------------------------------------

    def _own(self) -> ColumnElement[bool]:
        """The open practices that this person's organisation is responsible for: where they may record."""
        still_open = or_(C.closed_on.is_(None), C.closed_on > self.today)
        return and_(self._answered_for(), still_open)

    def _answered_for(self) -> ColumnElement[bool]:
        """The practices that this person's organisation is responsible for, closed or not."""
        return answered_for(self.asked, self.today)

    def _responsible(self) -> Column[Any]:
        """The organisation that is responsible on this person's side."""
        return responsible_on(self.side)

    def _looked_after(self) -> ColumnElement[bool]:
        """Practices that nobody else is the caseworker of."""
        theirs = sorted({self.asked.person, *self.asked.covers})
        return or_(C.caseworker.in_(theirs), C.caseworker.is_(None))

    def _chased(self) -> ColumnElement[bool]:
        """Whose actions this person follows up: all in a caseworker's practices; else those of their own side."""
        own_side = A.owner == self.side.value
        if self.asked.role in {Role.LEAD, Role.ADVISER}:
            return own_side
        return or_(own_side, self._looked_after())

    # --- what is due -----------------------------------------------------------------------------------------

    def _actions_due(self, section: str, after: date, until: date) -> Iterator[Item]:
        open_now = A.status.in_(("proposed", "agreed"))
        where = and_(self.mine, self._chased(), open_now, A.due_on > after, A.due_on <= until)
        for row in self._some(section, actions.TABLE, where, A.due_on, C.tier.desc(), most=self.limits.most):
            yield self._action(row, "action_due", self._next_step(row), row.proposed_by, row.proposed_on)

    def _area(self) -> Area | None:
        """What is overdue in the organisation's practices: a caseworker's page tells of their own only."""
        if self.asked.role == Role.CASEWORKER:
            return None
        D = caseload.DUE.c  # noqa: N806
        counted = select(func.count(), func.count(distinct(C.code))).join_from(
            caseload.TABLE, caseload.DUE, D.code == C.code
        )
        late = counted.where(self.own, C.first_due_on < self.today, D.due_on < self.today)
        number, practices = self.reading.execute(late).one()
        if not number:
            return None
        open_late = and_(A.status.in_(("proposed", "agreed")), A.due_on < self.today)
        where = and_(self.own, open_late, not_(self._chased()))
        found = self._some("", actions.TABLE, where, C.tier.desc(), A.due_on)
        self.left_out.pop("", None)
        others = [
            self._action(row, "action_due", self._next_step(row), row.proposed_by, row.proposed_on)
            for row in found
        ]
        return Area(number, practices, others)

    def _next_step(self, row: Any) -> str:
        """What this person can do about an open action: agree it if it waits for them, complete it once it is agreed."""
        if row.status == "agreed":
            return "CompleteAction"
        waits_for_me = getattr(row, self._agreed_for().name) != row.responsible
        return "AgreeAction" if waits_for_me and self._granted("AgreeAction") else "RescheduleAction"

    def _agreed_for(self) -> Column[Any]:
        """For which organisation of this person's side an action was agreed."""
        return A.agreed_by_holder_for if self.side == Side.CONTRACT_HOLDER else A.agreed_by_commissioner_for

    def _reviews_due(self, section: str, after: date, until: date) -> Iterator[Item]:
        """A tier is due for review on the day its decision set: its caseworker proposes, and a manager decides."""
        command = "ProposeTier" if self.asked.role == Role.CASEWORKER else "DecideTier"
        if self._granted(command):
            for row in self._practices(section, C.review_on, after, until):
                yield self._item(row, "review_due", row.decision_version, command, due_on=row.review_on)

    def _contacts_due(self, section: str, after: date, until: date) -> Iterator[Item]:
        """The next contact that the last conversation promised: the caseworker's."""
        if self.asked.role != Role.CASEWORKER:
            return
        theirs = select(K.version).where(K.code == C.code, K.organisation.in_(sorted(self.asked.own)))
        found = [
            *self._practices(section, C.next_contact_on, after, until, not_(theirs.exists())),
            *self._own_contacts(section, after, until),
        ]
        for row in found:
            yield self._item(
                row, "contact_due", row.version, "RecordConversation", due_on=row.next_contact_on
            )

    def _own_contacts(self, section: str, after: date, until: date) -> Sequence[Any]:
        """Those that follow from a conversation which the other organisation does not read."""
        own, later = sorted(self.asked.own), contacts.TABLE.alias("later")
        since = tuple_(later.c.said_on, later.c.version) > tuple_(K.said_on, K.version)
        overtaken = select(later.c.version).where(
            later.c.code == K.code, later.c.organisation.in_(own), since
        )
        where = and_(
            *(self.mine, K.organisation.in_(own), K.next_contact_on > after, K.next_contact_on <= until),
            not_(overtaken.exists()),
        )
        return self._some(
            section, contacts.TABLE, where, K.next_contact_on, C.tier.desc(), most=self.limits.most
        )

    def _emergencies_due(self, section: str, after: date, until: date) -> Iterator[Item]:
        """Emergency access that another person took, for a manager to review by its day."""
        if not self._granted("ReviewEmergencyAccess"):
            return
        taken = and_(
            X.status == "emergency", X.asked_by != self.asked.person, seen_by(self.by, X.internal_to)
        )
        where = and_(self._answered_for(), taken, X.review_by > after, X.review_by <= until)
        for row in self._some(
            section, access.TABLE, where, X.review_by, C.tier.desc(), most=self.limits.most
        ):
            yield self._access(row, "emergency_to_review", "ReviewEmergencyAccess", due_on=row.review_by)

    # --- what waits for me -----------------------------------------------------------------------------------

    def _waiting(self) -> Iterator[Item]:
        if self._granted("DecideTier"):
            yield from self._to_decide()
        if self._granted("AuthoriseCorrection"):
            yield from self._to_authorise()
        if self._granted("AgreeAction"):
            yield from self._to_agree()
        if self._granted("AcceptEvidence"):
            yield from self._to_accept()
        if self._granted("CorroborateIntelligence"):
            yield from self._to_corroborate()
        if self._granted("GrantAccess"):
            yield from self._to_let_in()
        if self._granted("AgreeEntry"):
            yield from self._to_answer()

    def _to_agree(self) -> Iterator[Item]:
        agreed_for = self._agreed_for()
        not_agreed = or_(agreed_for.is_(None), agreed_for != self._responsible())
        where = and_(self.own, A.status == "proposed", not_agreed)
        for row in self._some("action_to_agree", actions.TABLE, where, A.proposed_on, C.tier.desc()):
            yield self._action(row, "action_to_agree", "AgreeAction", row.proposed_by, row.proposed_on)

    def _to_accept(self) -> Iterator[Item]:
        where = and_(self.mine, A.status == "completed", A.completed_by != self.asked.person)
        for row in self._some("evidence_to_accept", actions.TABLE, where, A.completed_on, C.tier.desc()):
            yield self._action(
                row, "evidence_to_accept", "AcceptEvidence", row.completed_by, row.completed_on
            )

    def _to_decide(self) -> Iterator[Item]:
        P = decisions.PROPOSAL.c  # noqa: N806
        where = and_(self.mine, P.status == "open", P.proposed_by != self.asked.person)
        for row in self._some("tier_to_decide", decisions.PROPOSAL, where, P.proposed_on, C.tier.desc()):
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
        open_now = and_(R.status == "open", R.requested_by != self.asked.person)
        where = and_(self.mine, open_now, seen_by(self.by, R.internal_to), seen_by(self.by, R.restricted_to))
        for row in self._some(
            "correction_to_authorise", decisions.REQUEST, where, R.requested_on, C.tier.desc()
        ):
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
        unverified = and_(H.status == "unverified", H.recorded_by != self.asked.person)
        where = and_(
            self.mine, unverified, seen_by(self.by, H.internal_to), seen_by(self.by, H.restricted_to)
        )
        for row in self._some(
            "intelligence_to_corroborate", intelligence.TABLE, where, H.recorded_on, C.tier.desc()
        ):
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

    def _to_answer(self) -> Iterator[Item]:
        """The other organisation's texts that wait for this one's answer, the newest first."""
        theirs = self._answered_for()
        if self.asked.role == Role.CASEWORKER:
            theirs = and_(theirs, C.caseworker == self.asked.person)
        elif self.asked.role == Role.MANAGER:
            theirs = and_(theirs, self._looked_after())
        recent = and_(G.waits_for == self.side.value, G.text_on > self.today - LONG_AGO)
        for row in self._some("text_to_answer", agreements.TABLE, and_(theirs, recent), G.text_on.desc()):
            yield self._item(
                row,
                "text_to_answer",
                row.version,
                "AgreeEntry",
                title=row.title,
                thing_id=f"text-{row.code}-{row.version}",
                by=row.text_by,
                since=row.text_on,
                amended=row.state == "amended",
            )

    def _to_let_in(self) -> Iterator[Item]:
        asked = and_(X.status == "asked", X.answered_by.in_(sorted(self.asked.own)))
        where = and_(self._answered_for(), asked)
        for row in self._some("access_to_answer", access.TABLE, where, X.asked_on, C.tier.desc()):
            yield self._access(row, "access_to_answer", "GrantAccess")

    # --- inside ----------------------------------------------------------------------------------------------

    def _granted(self, command: str) -> bool:
        return self.asked.role in GRANTED[command]

    def _some(
        self, section: str, table: Table, where: ColumnElement[bool], *order: Any, most: int | None = None
    ) -> Sequence[Any]:
        """The first rows of a table, with their practice. They are chosen first, and then their words are read."""
        key = table.c[str(key_column(table))]
        of_all = func.count().over().label("of_all")
        in_order = (*order, table.c.code, key)
        chosen = (
            select(table.c.code, key.label("key"), of_all)
            .join_from(table, caseload.TABLE, C.code == table.c.code)
            .where(where)
            .order_by(*in_order)
            .limit(most or self.limits.few)
            .subquery()
        )
        query = (
            select(
                *(table, N.name.label("practice"), C.tier.label("practice_tier"), C.caseworker),
                *(self._responsible().label("responsible"), chosen.c.of_all),
            )
            .select_from(chosen)
            .join(table, and_(table.c.code == chosen.c.code, key == chosen.c.key))
            .join(caseload.TABLE, and_(C.code == chosen.c.code, standing_on(self.today)))
            .join(caseload.NAME, N.code == C.code)
            .order_by(*in_order)
        )
        return self._counted(section, query)

    def _practices(
        self, section: str, due_on: Column[Any], after: date, until: date, *where: ColumnElement[bool]
    ) -> Sequence[Any]:
        """The first of my practices whose date falls in these days."""
        chosen = (
            select(C.code, C.from_on, func.count().over().label("of_all"))
            .where(self.mine, due_on > after, due_on <= until, *where)
            .order_by(due_on, C.tier.desc(), C.code)
            .limit(self.limits.most)
            .subquery()
        )
        query = (
            select(
                *(C.code, C.version, C.decision_version, C.review_on, C.next_contact_on, C.caseworker),
                *(N.name.label("practice"), C.tier.label("practice_tier"), chosen.c.of_all),
            )
            .select_from(chosen)
            .join(caseload.TABLE, and_(C.code == chosen.c.code, C.from_on == chosen.c.from_on))
            .join(caseload.NAME, N.code == C.code)
            .order_by(due_on, C.tier.desc(), C.code)
        )
        return self._counted(section, query)

    def _counted(self, section: str, query: Select[Any]) -> Sequence[Any]:
        """The rows of a query. How many more there were is added up for their section."""
        rows = self.reading.execute(query).all()
        if rows:
            self._lacks(section, rows[0].of_all - len(rows))
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
            covered=row.caseworker if row.caseworker in self.asked.covers else None,
            **more,
        )

    def _access(self, row: Any, what: What, command: str, **more: Any) -> Item:
        return self._item(
            row,
            what,
            row.version,
            command,
            title=row.reason,
            thing_id=row.access_id,
            by=row.asked_by,
            since=row.asked_on,
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
