"""What is due: late, today, or in the seven days after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from domain.clocks.what import PASSES, RANK, WAITS, Clock
from domain.practice.kinds import Side
from projections.listing import Key
from projections.mine import Mine
from projections.mywork.desk import Desk
from projections.mywork.items import Area, Item
from projections.mywork.listed import (
    AGREED_FOR,
    CLOCKS,
    CONTACTS,
    EMERGENCIES,
    OPEN_ACTIONS,
    OWN_CONTACTS,
    REVIEWS,
    VISITS,
)

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


def dated(desk: Desk, section: str, after: date, until: date) -> list[Item]:
    """What is due after a day, and no later than another."""
    return [
        *_actions_due(desk, section, after, until),
        *_reviews_due(desk, section, after, until),
        *_contacts_due(desk, section, after, until),
        *_visits_due(desk, section, after, until),
        *_emergencies_due(desk, section, after, until),
        *_clocks_due(desk, section, after, until),
        *_expected_due(desk, after, until),
    ]


def _actions_due(desk: Desk, section: str, after: date, until: date) -> Iterator[Item]:
    found = OPEN_ACTIONS.keys(desk.reading, desk.mine, desk.chased, **desk.given, after=after, until=until)
    for row, practice in desk.first(section, OPEN_ACTIONS, found, desk.limits.most):
        yield _action_due(desk, row, practice)


def _visits_due(desk: Desk, section: str, after: date, until: date) -> Iterator[Item]:
    """A visit on its day: whoever follows up its action makes it, or says what came in between."""
    found = VISITS.keys(desk.reading, desk.mine, desk.chased, **desk.given, after=after, until=until)
    for row, practice in desk.first(section, VISITS, found, desk.limits.most):
        visit = desk.action(row, practice, "visit_due", "RecordVisitStage", row.proposed_by, row.proposed_on)
        yield visit._replace(due_on=row.visit_on, days=(row.visit_on - desk.today).days)


def _clocks_due(desk: Desk, section: str, after: date, until: date) -> Iterator[Item]:
    """What is due by a rule, a notice or a question: late only where somebody has to do something about it."""

    def mine(key: Key, practice: Mine) -> bool:
        sides, clock = str(key[3]).split("|")
        passed = section == "late" and Clock(clock) in PASSES
        if desk.side.value not in sides or passed or Clock(clock) in WAITS:
            return False
        return desk.side == Side.LOCAL_COMMISSIONER or clock in OF_A_NOTICE or desk.by_nobody_else(practice)

    found = CLOCKS.keys(desk.reading, desk.mine, mine, **desk.given, after=after, until=until)
    for row, practice in desk.first(section, CLOCKS, found, desk.limits.most):
        clock = Clock(row.clock)
        yield desk.item(
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


def _expected_due(desk: Desk, after: date, until: date) -> Iterator[Item]:
    """What the framework's rules expect since a tier was moved."""
    for one in desk.expected:
        practice, due = desk.mine[one.code], one.due
        if after < due.due_on <= until:
            yield desk.item(
                one,
                practice,
                "clock_due",
                due.version,
                CLOCK_COMMANDS.get(due.clock, ""),
                thing_id=due.thing_id,
                due_on=due.due_on,
                clock=due.clock,
            )


def _action_due(desk: Desk, row: Any, practice: Mine) -> Item:
    command = _next_step(desk, row, practice)
    return desk.action(row, practice, "action_due", command, row.proposed_by, row.proposed_on)


def _next_step(desk: Desk, row: Any, practice: Mine) -> str:
    """What this person can do about an open action: agree it if it waits for them, complete it once it is agreed."""
    if row.status == "agreed":
        return "CompleteAction"
    waits_for_me = getattr(row, AGREED_FOR[desk.side].name) != practice.responsible
    return "AgreeAction" if waits_for_me and desk.granted("AgreeAction") else "RescheduleAction"


def _reviews_due(desk: Desk, section: str, after: date, until: date) -> Iterator[Item]:
    """A tier is due for review on the day its decision set: its caseworker proposes, and a manager decides."""
    command = "ProposeTier" if desk.caseworker else "DecideTier"
    if not desk.granted(command):
        return
    for row, practice in desk.due(section, REVIEWS, desk.mine, after, until):
        yield desk.item(row, practice, "review_due", row.decision_version, command, due_on=row.review_on)


def _contacts_due(desk: Desk, section: str, after: date, until: date) -> Iterator[Item]:
    """The next contact that the last conversation promised: the caseworker's."""
    if not desk.caseworker:
        return
    for listing in (CONTACTS, OWN_CONTACTS):
        for row, practice in desk.due(section, listing, desk.mine, after, until):
            due_on = row.next_contact_on
            yield desk.item(row, practice, "contact_due", row.version, "RecordConversation", due_on=due_on)


def _emergencies_due(desk: Desk, section: str, after: date, until: date) -> Iterator[Item]:
    """Emergency access that another person took, for a manager to review by its day."""
    if not desk.granted("ReviewEmergencyAccess"):
        return
    for row, practice in desk.due(section, EMERGENCIES, desk.with_closed, after, until):
        yield desk.access(row, practice, "emergency_to_review", "ReviewEmergencyAccess", due_on=row.review_by)


def area(desk: Desk) -> Area | None:
    """What others follow up of what is overdue: a caseworker's page tells of their own only."""
    if desk.caseworker:
        return None
    days: dict[str, Any] = {"after": date.min, "until": desk.today - timedelta(days=1)}
    late = OPEN_ACTIONS.keys(
        desk.reading, desk.mine, lambda *one: not desk.chased(*one), **desk.given, **days
    )
    if not late:
        return None
    first = desk.first("others", OPEN_ACTIONS, late)
    others = [_action_due(desk, row, practice) for row, practice in first]
    return Area(len(late), len({key[0] for key, _ in late}), others)
