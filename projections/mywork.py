"""My work: what must I do today, and in what order?

For a caseworker, mine are the practices where they are the named caseworker, and those of whom they cover for. For a
manager or a lead, mine is what in their own organisation's practices waits for their role, and their own side's actions;
a manager also decides every review, and looks after practices that have no caseworker. What else is late in their
practices is one line of figures and the few actions that matter most.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, and_, not_, or_, select, tuple_

from domain.access.permissions import GRANTED
from domain.access.roles import SIDE_OF, Role
from domain.clocks.what import PASSES, RANK, WAITS, Clock, Due
from domain.practice.kinds import ActionKind, FlagKind, Side, Tier
from domain.rules import Asked
from projections import (
    access,
    actions,
    agreements,
    caseload,
    clocks,
    contacts,
    decisions,
    flags,
    intelligence,
    people,
    reviews,
)
from projections.caseload_row import TIERS
from projections.listing import Key, Listed, Listing
from projections.mine import Mine, mine
from projections.questions import among, asked
from projections.readers import reader, seen
from projections.reviews import Arrived
from projections.whose import standing_on

WEEK = timedelta(days=7)
MOST = 25
"""Items of a section that are shown at most: beyond that, the caseload is the better page."""

LONG_AGO = timedelta(days=91)
"""Texts that nobody answered for so long stand on their practice's page only."""

OF_A_NOTICE = frozenset(clock for clock, rank in RANK.items() if rank <= RANK[Clock.DISPUTE_WINDOW])
"""The clocks of notices, sanctions and terminations, and of what was decided for immediate safety, which a manager follows
in every practice of theirs.
"""

CLOCK_COMMANDS = {
    Clock.EXPECTATION: "AnswerExpectation",
    Clock.SAFETY_CONVERSATION: "RecordConversation",
    Clock.RESPONSE_CONVERSATION: "RecordConversation",
    Clock.NOTICE_PERIOD: "FindNoticeSatisfied",
    Clock.NOTICE_TO_SERVE: "ServeNotice",
    Clock.SANCTION_TO_LIFT: "LiftSanction",
}
"""What is recorded of a clock, where it is one thing; of a notice that has run, after it was read."""

FEW = 10
"""Items of a kind that waits, and of others' late actions, that are shown at most."""


class Limits(NamedTuple):
    """How many items are given of a section, and of a kind that waits."""

    most: int = MOST
    few: int = FEW


FIRST, ALL = Limits(), Limits(1_000_000, 1_000_000)
ON_ONE_PAGE = Limits(500, 500)
"""What a page shows that was asked for all: with more than this, a file is the better place."""

What = Literal[
    "action_due",
    "review_due",
    "contact_due",
    "visit_due",
    "clock_due",
    "action_to_agree",
    "evidence_to_accept",
    "tier_to_decide",
    "decision_to_look_at_again",
    "correction_to_authorise",
    "intelligence_to_corroborate",
    "access_to_answer",
    "emergency_to_review",
    "text_to_answer",
    "explanation_to_answer",
    "notice_to_issue",
    "challenge_to_decide",
    "application_to_decide",
    "dispute_to_follow",
]

WAITING_CLOCKS: dict[Clock, tuple[What, str]] = {
    Clock.NOTICE_TO_ISSUE: ("notice_to_issue", "IssueNotice"),
    Clock.CHALLENGE_TO_DECIDE: ("challenge_to_decide", "DecideFactualChallenge"),
    Clock.LIST_TO_DECIDE: ("application_to_decide", "ApproveListClosure"),
    Clock.BRANCH_TO_DECIDE: ("application_to_decide", "ApproveBranchClosure"),
    Clock.DISPUTE_PENDING: ("dispute_to_follow", "DetermineDispute"),
}
"""What waits with no last day: under which heading, and the command that settles it."""


class Item(NamedTuple):
    """Something to do. `command` names the command that settles it; `days` counts from today to its due date.

    `title` is what was typed (an action's issue, a reason, a summary) or empty; `version` is the entry it stands on,
    and `thing_id` the id that the command needs. `by` is who recorded it, `since` when it happened. `covered` is the
    caseworker whose work it is, where whoever looks stands in for them. A decision to look at again is of `decided_on`, is asked
    `because` of what became of these entries, and `by` is who decided, None where whoever looks did.
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
    flag: FlagKind | None = None
    clock: Clock | None = None
    decided_on: date | None = None
    because: tuple[Arrived, ...] = ()


class Expected(NamedTuple):
    """A day that the framework's rules make due of a practice: no view knows the rules, so it is worked out beside them."""

    code: str
    practice: str
    due: Due


class Area(NamedTuple):
    """What is overdue in the organisation's practices and other people follow up: how many actions, in how many practices.

    `others` are the first of those actions, the longest overdue first, as everywhere that something is late.
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


# --- what there may be to do ------------------------------------------------------------------------------------

C = caseload.TABLE.c
A = actions.TABLE.c
X = access.TABLE.c
K = contacts.TABLE.c
G = agreements.TABLE.c
D = clocks.TABLE.c
P = decisions.PROPOSAL.c
R = decisions.REQUEST.c
V = reviews.TABLE.c
H = intelligence.TABLE.c
F = flags.TABLE.c

THEIRS = contacts.TABLE.alias("theirs")
LATER = contacts.TABLE.alias("later")


def _days(column: Column[Any]) -> ColumnElement[bool]:
    """After one day, and no later than another."""
    return and_(column > asked("after", column), column <= asked("until", column))


def _not_by_me(column: Column[Any]) -> ColumnElement[bool]:
    return column != asked("person")


def _seen(table: Any) -> ColumnElement[bool]:
    return and_(seen(table.internal_to), seen(table.restricted_to))


OPEN_ACTIONS = Listing(
    actions.TABLE,
    A.due_on,
    *(or_(A.status == "proposed", A.status == "agreed"), _days(A.due_on)),
    also=A.owner,
)
VISITS = Listing(actions.TABLE, A.visit_on, A.status == "agreed", _days(A.visit_on), also=A.owner)
"""Visits that are arranged for a day and were not held yet."""

AGREED_FOR = {
    Side.CONTRACT_HOLDER: A.agreed_by_holder_for,
    Side.LOCAL_COMMISSIONER: A.agreed_by_commissioner_for,
}
"""For which organisation of a side an action was agreed."""
TO_AGREE = {
    side: Listing(actions.TABLE, A.proposed_on, A.status == "proposed", also=agreed_for)
    for side, agreed_for in AGREED_FOR.items()
}
TO_ACCEPT = Listing(actions.TABLE, A.completed_on, A.status == "completed", _not_by_me(A.completed_by))
TO_DECIDE = Listing(decisions.PROPOSAL, P.proposed_on, P.status == "open", _not_by_me(P.proposed_by))
TO_LOOK_AT_AGAIN = Listing(
    reviews.TABLE, V.asked_on, V.status == "open", _not_by_me(V.corrector), _seen(V), also=V.given_to
)
"""Decisions that something was corrected of or became known late, for another person than who recorded that."""
TO_AUTHORISE = Listing(
    decisions.REQUEST, R.requested_on, R.status == "open", _not_by_me(R.requested_by), _seen(R)
)
TO_CORROBORATE = Listing(
    intelligence.TABLE, H.recorded_on, H.status == "unverified", _not_by_me(H.recorded_by), _seen(H)
)
TO_SAY_WHETHER_IT_HOLDS = Listing(
    flags.TABLE, F.waiting_on, F.waiting_on > date.min, F.status == "open", _not_by_me(F.waiting_by)
)
"""Flags of which an explanation waits for another person than who gave it."""
TO_ANSWER = Listing(
    agreements.TABLE, G.text_on, G.waits_for == asked("side"), G.text_on > asked("since", G.text_on)
)
TO_LET_IN = Listing(access.TABLE, X.asked_on, X.status == "asked", among(X.answered_by, "own"))
EMERGENCIES = Listing(
    access.TABLE,
    X.review_by,
    *(X.status == "emergency", _not_by_me(X.asked_by), seen(X.internal_to), _days(X.review_by)),
)
OWN_CONTACTS = Listing(
    contacts.TABLE,
    K.next_contact_on,
    *(among(K.organisation, "own"), _days(K.next_contact_on)),
    not_(
        select(LATER.c.version)
        .where(
            *(LATER.c.code == K.code, among(LATER.c.organisation, "own")),
            tuple_(LATER.c.said_on, LATER.c.version) > tuple_(K.said_on, K.version),
        )
        .exists()
    ),
)
"""Next contacts that follow from a conversation which the other organisation does not read."""

CLOCKS = Listing(clocks.TABLE, D.due_on, _days(D.due_on), also=D.whose)
"""Days that something is due on."""
WAITING = Listing(
    clocks.TABLE,
    D.due_on,
    *(or_(*(D.clock == one.value for one in sorted(WAITS))), _not_by_me(D.began_by)),
    also=D.whose,
)
"""What waits with no last day, for another person than who began it."""

STANDING = standing_on(asked("today", C.from_on))
REVIEWS = Listing(caseload.TABLE, C.review_on, STANDING, _days(C.review_on))
CONTACTS = Listing(
    caseload.TABLE,
    C.next_contact_on,
    *(STANDING, _days(C.next_contact_on)),
    not_(
        select(THEIRS.c.version).where(THEIRS.c.code == C.code, among(THEIRS.c.organisation, "own")).exists()
    ),
)


# --- one person's -------------------------------------------------------------------------------------------------


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
    return _Desk(reading, asked, today, limits, practices, expected).work()


def where_rules_expect(asked: Asked, practices: dict[str, Mine]) -> list[str]:
    """The practices in which what follows from a move of the tier falls to this person: of the contract's holder, whoever
    looks after them.
    """
    if SIDE_OF.get(asked.role) != Side.CONTRACT_HOLDER:
        return []
    return sorted(
        code
        for code, one in practices.items()
        if one.open and TIERS[one.tier] != Tier.ASSURANCE_BASED and looked_after_by(asked, one)
    )


def looked_after_by(asked: Asked, practice: Mine) -> bool:
    """Whether nobody else is the named caseworker: they are, or stand in for them, or there is none."""
    return practice.caseworker in {asked.person, None, *asked.covers}


class _Desk:
    """What one person's work is gathered from."""

    def __init__(
        self,
        reading: Connection,
        asked: Asked,
        today: date,
        limits: Limits,
        practices: dict[str, Mine],
        expected: Collection[Expected] = (),
    ) -> None:
        self.limits = limits
        self.expected = expected
        self.reading = reading
        self.asked = asked
        self.today = today
        self.side = SIDE_OF[asked.role]
        self.caseworker = asked.role == Role.CASEWORKER
        self.with_closed = practices
        self.mine = {code: one for code, one in practices.items() if one.open}
        self.given = {"person": asked.person, "today": today, **reader(asked).given()}
        self.left_out: dict[str, int] = {}

    def work(self) -> Work:
        late = sorted(self._dated("late", date.min, self.today), key=_by_consequence)
        week = sorted(self._dated("week", self.today, self.today + WEEK), key=_by_day)
        late, week = self._cut("late", late), self._cut("week", week)
        listed = {item.thing_id for item in late if item.thing_id}
        waiting = [item for item in self._waiting() if item.thing_id not in listed]
        own = sum(not self.caseworker or one.caseworker == self.asked.person for one in self.mine.values())
        return Work(late, week, waiting, own, self.left_out, self._area())

    def _dated(self, section: str, after: date, until: date) -> list[Item]:
        """What is due after a day, and no later than another."""
        return [
            *self._actions_due(section, after, until),
            *self._reviews_due(section, after, until),
            *self._contacts_due(section, after, until),
            *self._visits_due(section, after, until),
            *self._emergencies_due(section, after, until),
            *self._clocks_due(section, after, until),
            *self._expected_due(after, until),
        ]

    def _cut(self, section: str, items: list[Item]) -> list[Item]:
        self._lacks(section, len(items) - self.limits.most)
        return items[: self.limits.most]

    def _lacks(self, section: str, number: int) -> None:
        if number > 0:
            self.left_out[section] = self.left_out.get(section, 0) + number

    def _chased(self, action: Key, practice: Mine) -> bool:
        """Whose actions this person follows up: all in a caseworker's practices; else those of their own side."""
        if action[3] == self.side.value:
            return True
        return self.asked.role not in {Role.LEAD, Role.ADVISER} and self._by_nobody_else(practice)

    def _by_nobody_else(self, practice: Mine) -> bool:
        return looked_after_by(self.asked, practice)

    # --- what is due -----------------------------------------------------------------------------------------

    def _actions_due(self, section: str, after: date, until: date) -> Iterator[Item]:
        found = OPEN_ACTIONS.keys(
            self.reading, self.mine, self._chased, **self.given, after=after, until=until
        )
        for row, practice in self._first(section, OPEN_ACTIONS, found, self.limits.most):
            yield self._action_due(row, practice)

    def _visits_due(self, section: str, after: date, until: date) -> Iterator[Item]:
        """A visit on its day: whoever follows up its action makes it, or says what came in between."""
        found = VISITS.keys(self.reading, self.mine, self._chased, **self.given, after=after, until=until)
        for row, practice in self._first(section, VISITS, found, self.limits.most):
            visit = self._action(
                row, practice, "visit_due", "RecordVisitStage", row.proposed_by, row.proposed_on
            )
            yield visit._replace(due_on=row.visit_on, days=(row.visit_on - self.today).days)

    def _clocks_due(self, section: str, after: date, until: date) -> Iterator[Item]:
        """What is due by a rule, a notice or a question: late only where somebody has to do something about it."""

        def mine(key: Key, practice: Mine) -> bool:
            sides, clock = str(key[3]).split("|")
            passed = section == "late" and Clock(clock) in PASSES
            if self.side.value not in sides or passed or Clock(clock) in WAITS:
                return False
            return (
                self.side == Side.LOCAL_COMMISSIONER or clock in OF_A_NOTICE or self._by_nobody_else(practice)
            )

        found = CLOCKS.keys(self.reading, self.mine, mine, **self.given, after=after, until=until)
        for row, practice in self._first(section, CLOCKS, found, self.limits.most):
            clock = Clock(row.clock)
            yield self._item(
                row,
                practice,
                "clock_due",
                row.version,
                CLOCK_COMMANDS.get(clock, ""),
                title=row.title or "",
                thing_id=row.thing_id,
                due_on=row.due_on,
                clock=clock,
            )

    def _expected_due(self, after: date, until: date) -> Iterator[Item]:
        """What the framework's rules expect since a tier was moved."""
        for one in self.expected:
            practice, due = self.mine[one.code], one.due
            if after < due.due_on <= until:
                yield self._item(
                    one,
                    practice,
                    "clock_due",
                    due.version,
                    CLOCK_COMMANDS.get(due.clock, ""),
                    thing_id=due.thing_id,
                    due_on=due.due_on,
                    clock=due.clock,
                )

    def _area(self) -> Area | None:
        """What others follow up of what is overdue: a caseworker's page tells of their own only."""
        if self.caseworker:
            return None
        days: dict[str, Any] = {"after": date.min, "until": self.today - timedelta(days=1)}
        late = OPEN_ACTIONS.keys(
            self.reading, self.mine, lambda *one: not self._chased(*one), **self.given, **days
        )
        if not late:
            return None
        first = self._first("others", OPEN_ACTIONS, late)
        others = [self._action_due(row, practice) for row, practice in first]
        return Area(len(late), len({key[0] for key, _ in late}), others)

    def _action_due(self, row: Any, practice: Mine) -> Item:
        command = self._next_step(row, practice)
        return self._action(row, practice, "action_due", command, row.proposed_by, row.proposed_on)

    def _next_step(self, row: Any, practice: Mine) -> str:
        """What this person can do about an open action: agree it if it waits for them, complete it once it is agreed."""
        if row.status == "agreed":
            return "CompleteAction"
        waits_for_me = getattr(row, AGREED_FOR[self.side].name) != practice.responsible
        return "AgreeAction" if waits_for_me and self._granted("AgreeAction") else "RescheduleAction"

    def _reviews_due(self, section: str, after: date, until: date) -> Iterator[Item]:
        """A tier is due for review on the day its decision set: its caseworker proposes, and a manager decides."""
        command = "ProposeTier" if self.caseworker else "DecideTier"
        if not self._granted(command):
            return
        for row, practice in self._due(section, REVIEWS, self.mine, after, until):
            yield self._item(row, practice, "review_due", row.decision_version, command, due_on=row.review_on)

    def _contacts_due(self, section: str, after: date, until: date) -> Iterator[Item]:
        """The next contact that the last conversation promised: the caseworker's."""
        if not self.caseworker:
            return
        for listing in (CONTACTS, OWN_CONTACTS):
            for row, practice in self._due(section, listing, self.mine, after, until):
                due_on = row.next_contact_on
                yield self._item(
                    row, practice, "contact_due", row.version, "RecordConversation", due_on=due_on
                )

    def _emergencies_due(self, section: str, after: date, until: date) -> Iterator[Item]:
        """Emergency access that another person took, for a manager to review by its day."""
        if not self._granted("ReviewEmergencyAccess"):
            return
        for row, practice in self._due(section, EMERGENCIES, self.with_closed, after, until):
            yield self._access(
                row, practice, "emergency_to_review", "ReviewEmergencyAccess", due_on=row.review_by
            )

    # --- what waits for me -----------------------------------------------------------------------------------

    def _waiting(self) -> Iterator[Item]:
        if self._granted("DecideTier"):
            yield from self._to_decide()
            yield from self._to_look_at_again()
        if self._granted("AuthoriseCorrection"):
            yield from self._to_authorise()
        if self._granted("AgreeAction"):
            yield from self._to_agree()
        if self._granted("AcceptEvidence"):
            yield from self._to_accept()
        if self._granted("CorroborateIntelligence"):
            yield from self._to_corroborate()
        if self._granted("AcceptExplanation"):
            yield from self._to_say_whether_it_holds()
        yield from self._with_no_last_day()
        if self._granted("GrantAccess"):
            yield from self._to_let_in()
        if self._granted("AgreeEntry"):
            yield from self._to_answer()

    def _to_agree(self) -> Iterator[Item]:
        listing = TO_AGREE[self.side]
        found = listing.keys(
            self.reading, self.mine, lambda action, practice: action[3] != practice.responsible, **self.given
        )
        for row, practice in self._first("action_to_agree", listing, found):
            yield self._action(
                row, practice, "action_to_agree", "AgreeAction", row.proposed_by, row.proposed_on
            )

    def _to_accept(self) -> Iterator[Item]:
        for row, practice in self._waits("evidence_to_accept", TO_ACCEPT, self.mine):
            yield self._action(
                row, practice, "evidence_to_accept", "AcceptEvidence", row.completed_by, row.completed_on
            )

    def _to_decide(self) -> Iterator[Item]:
        for row, practice in self._waits("tier_to_decide", TO_DECIDE, self.mine):
            yield self._item(
                row,
                practice,
                "tier_to_decide",
                row.version,
                "DecideTier",
                title=row.rationale,
                thing_id=row.proposal_id,
                by=row.proposed_by,
                since=row.proposed_on,
                tier=Tier(row.tier),
            )

    def _to_look_at_again(self) -> Iterator[Item]:
        """A decision to re-affirm or revise: whose it is; and every manager's, whose it is no more."""
        given = TO_LOOK_AT_AGAIN.keys(self.reading, self.with_closed, **self.given)
        own = {None, self.asked.person, *self.asked.covers}
        others = {key[3] for key, _ in given} - own
        still = {person for person in others if self._still_decides(str(person))}
        found = [one for one in given if one[0][3] not in still]
        for row, practice in self._first("decision_to_look_at_again", TO_LOOK_AT_AGAIN, found):
            yield self._item(
                row,
                practice,
                "decision_to_look_at_again",
                row.version,
                "ReaffirmDecision",
                thing_id=row.asking_id,
                by=None if row.decided_by == self.asked.person else row.decided_by,
                since=row.asked_on,
                tier=Tier(row.tier),
                decided_on=row.decided_on,
                because=reviews.because_of(row),
            )

    def _still_decides(self, person: str) -> bool:
        found = people.one(self.reading, person, self.today)
        now = found.now if found else None
        return now is not None and now.role == Role.MANAGER and now.organisation in self.asked.own

    def _to_authorise(self) -> Iterator[Item]:
        for row, practice in self._waits("correction_to_authorise", TO_AUTHORISE, self.mine):
            yield self._item(
                row,
                practice,
                "correction_to_authorise",
                row.version,
                "AuthoriseCorrection",
                title=row.reason,
                thing_id=row.request_id,
                by=row.requested_by,
                since=row.requested_on,
            )

    def _to_corroborate(self) -> Iterator[Item]:
        for row, practice in self._waits("intelligence_to_corroborate", TO_CORROBORATE, self.mine):
            yield self._item(
                row,
                practice,
                "intelligence_to_corroborate",
                row.version,
                "CorroborateIntelligence",
                title=row.summary,
                thing_id=row.intelligence_id,
                by=row.recorded_by,
                since=row.recorded_on,
            )

    def _to_say_whether_it_holds(self) -> Iterator[Item]:
        for row, practice in self._waits("explanation_to_answer", TO_SAY_WHETHER_IT_HOLDS, self.mine):
            yield self._item(
                row,
                practice,
                "explanation_to_answer",
                row.waiting,
                "AcceptExplanation",
                title=row.name,
                thing_id=row.waiting_id,
                by=row.waiting_by,
                since=row.waiting_on,
                flag=FlagKind(row.kind),
            )

    def _with_no_last_day(self) -> Iterator[Item]:
        """What waits on a clock. Its practice's caseworker follows what they may settle, and else a manager."""

        def mine(key: Key, practice: Mine) -> bool:
            sides, clock = str(key[3]).split("|")
            _, command = WAITING_CLOCKS[Clock(clock)]
            if self.side.value not in sides or not self._granted(command):
                return False
            return Role.CASEWORKER not in GRANTED[command] or self._by_nobody_else(practice)

        found = WAITING.keys(self.reading, self.mine, mine, **self.given)
        for wanted in dict.fromkeys(what for what, _ in WAITING_CLOCKS.values()):
            of_it = [one for one in found if WAITING_CLOCKS[Clock(one[0][3].split("|")[1])][0] == wanted]
            for row, practice in self._first(wanted, WAITING, of_it):
                what, command = WAITING_CLOCKS[Clock(row.clock)]
                yield self._item(
                    row, practice, what, row.version, command,
                    thing_id=row.thing_id, by=row.began_by or None, since=row.due_on, clock=Clock(row.clock),
                )  # fmt: skip

    def _to_answer(self) -> Iterator[Item]:
        """The other organisation's texts that wait for this one's answer, the newest first."""

        def mine(_text: Key, practice: Mine) -> bool:
            return self.asked.role != Role.MANAGER or self._by_nobody_else(practice)

        asked_for = {"side": self.side.value, "since": self.today - LONG_AGO}
        found = TO_ANSWER.keys(self.reading, self.with_closed, mine, **self.given, **asked_for)
        listed = TO_ANSWER.first(self.reading, found, _newest_first, self.limits.few)
        for row, practice in self._counted("text_to_answer", listed):
            yield self._item(
                row,
                practice,
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
        for row, practice in self._waits("access_to_answer", TO_LET_IN, self.with_closed):
            yield self._access(row, practice, "access_to_answer", "GrantAccess")

    # --- inside ----------------------------------------------------------------------------------------------

    def _granted(self, command: str) -> bool:
        return self.asked.role in GRANTED[command]

    def _due(
        self, section: str, listing: Listing, practices: dict[str, Mine], after: date, until: date
    ) -> list[tuple[Any, Mine]]:
        found = listing.keys(self.reading, practices, **self.given, after=after, until=until)
        return self._first(section, listing, found, self.limits.most)

    def _waits(self, what: What, listing: Listing, practices: dict[str, Mine]) -> list[tuple[Any, Mine]]:
        return self._first(what, listing, listing.keys(self.reading, practices, **self.given))

    def _first(
        self, section: str, listing: Listing, found: list[tuple[Key, Mine]], most: int | None = None
    ) -> list[tuple[Any, Mine]]:
        """Those of the earliest days; of one day, those of the tier that matters most."""
        return self._counted(
            section, listing.first(self.reading, found, _earliest_first, most or self.limits.few)
        )

    def _counted(self, section: str, listed: Listed) -> list[tuple[Any, Mine]]:
        """What was listed. How many more there were is added up for their section."""
        self._lacks(section, listed.left_out)
        return listed.rows

    def _item(self, row: Any, practice: Mine, what: What, version: int, command: str, **more: Any) -> Item:
        due_on = more.get("due_on")
        return Item(
            what=what,
            code=row.code,
            practice=row.practice,
            practice_tier=TIERS[practice.tier],
            days=None if due_on is None else (due_on - self.today).days,
            version=version,
            command=command,
            covered=practice.caseworker if practice.caseworker in self.asked.covers else None,
            **more,
        )

    def _access(self, row: Any, practice: Mine, what: What, command: str, **more: Any) -> Item:
        return self._item(
            row,
            practice,
            what,
            row.version,
            command,
            title=row.reason,
            thing_id=row.access_id,
            by=row.asked_by,
            since=row.asked_on,
            **more,
        )

    def _action(self, row: Any, practice: Mine, what: What, command: str, by: str, since: date) -> Item:
        return self._item(
            row,
            practice,
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


def _earliest_first(key: Key, practice: Mine) -> tuple[Any, ...]:
    return key[2], -practice.tier


def _newest_first(key: Key, _practice: Mine) -> tuple[Any, ...]:
    return (-date.fromisoformat(str(key[2])).toordinal(),)


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
