"""A thing to do as a row of my work: a time, a link, a line, and the button that settles it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from domain.practice.kinds import Tier
from projections.mywork.items import Item
from web.practices.arrived import because
from web.practices.due import title as due_title
from web.practices.flags import called
from web.practices.links import entry_link, practice_link, record_link
from web.practices.offers import Offer
from web.practices.timing import Tag, due, waiting
from web.practices.told import Names, short
from web.words import day, label, plural


class Row(NamedTuple):
    tag: Tag
    title: str
    href: str
    practice: str
    practice_href: str
    tier: Tier
    line: str
    button: str
    button_href: str


BUTTONS = {
    "action_due": "Record what happened",
    "review_due": "Review the tier",
    "contact_due": "Record a conversation",
    "visit_due": "Record the visit",
    "clock_due": "Record what came",
    "action_to_agree": "Read and agree",
    "evidence_to_accept": "Look at the evidence",
    "tier_to_decide": "Decide",
    "decision_to_look_at_again": "Look again",
    "correction_to_authorise": "Authorise",
    "intelligence_to_corroborate": "Verify",
    "access_to_answer": "Read and answer",
    "emergency_to_review": "Review",
    "text_to_answer": "Read and answer",
    "explanation_to_answer": "Read and answer",
    "notice_to_issue": "Read and issue",
    "challenge_to_decide": "Read and decide",
    "application_to_decide": "Read and decide",
    "dispute_to_follow": "Read",
}
BY_COMMAND = {
    ("action_due", "AgreeAction"): "Read and agree",
    ("action_due", "RescheduleAction"): "Move its date",
    ("clock_due", "RecordConversation"): "Record a conversation",
    ("clock_due", "FindNoticeSatisfied"): "Assess",
    ("clock_due", "ServeNotice"): "Record its service",
    ("clock_due", "LiftSanction"): "Lift it",
}
"""Where what can be done is another thing than usual: an action that is not agreed yet cannot be completed."""

GIVEN = {
    "CompleteAction": "action_id",
    "AgreeAction": "action_id",
    "AcceptEvidence": "action_id",
    "RescheduleAction": "action_id",
    "DecideTier": "proposal_id",
    "ReaffirmDecision": "asking_id",
    "AuthoriseCorrection": "request_id",
    "CorroborateIntelligence": "intelligence_id",
    "AnswerExpectation": "expectation_id",
    "GrantAccess": "access_id",
    "ReviewEmergencyAccess": "access_id",
    "ServeNotice": "notice_id",
    "LiftSanction": "sanction_id",
}
"""What the form behind a button is told."""


def row(item: Item, names: Names, today: date, may: frozenset[str]) -> Row:
    entry = entry_link(item.code, item.version)
    settles = item.command in may
    # What somebody judges is read first: the button leads to the entry, where it stands with its evidence.
    reads_first = item.what in _READ_FIRST or item.command == "FindNoticeSatisfied" or not settles
    return Row(
        tag=_tag(item, today),
        title=_title(item),
        href=entry if item.what != "contact_due" else practice_link(item.code),
        practice=item.practice,
        practice_href=practice_link(item.code),
        tier=item.practice_tier,
        line=_covering(item, names) + _line(item, names),
        button=BY_COMMAND.get((item.what, item.command), BUTTONS[item.what]) if settles else "Read",
        button_href=entry if reads_first else record_link(item.code, _offer(item)),
    )


def _offer(item: Item) -> Offer:
    name = GIVEN.get(item.command)
    return Offer("", item.command, {name: item.thing_id} if name and item.thing_id else {})


def _tag(item: Item, today: date) -> Tag:
    """The day it is due, where the work itself is still to be done; else since when it has waited."""
    late_anyway = item.what == "action_to_agree" and item.due_on is not None and item.due_on < today
    if item.what == "visit_due" and item.due_on is not None:
        return _on_its_day(item.due_on, today)
    if item.due_on is not None and (item.what in _DATED or late_anyway):
        return due(item.due_on, today)
    if item.since is None:
        return Tag("Waiting", late=False)
    return waiting(item.since, today)


def _on_its_day(on: date, today: date) -> Tag:
    """A visit is not due by a day: it is on it. One whose day has passed waits to be told of."""
    days = (on - today).days
    if days > 0:
        return Tag(f"In {plural(days, 'day')}", late=False)
    return Tag("Today" if days == 0 else f"{plural(-days, 'day')} ago", late=True)


_DATED = frozenset({"clock_due", "action_due", "review_due", "contact_due", "emergency_to_review"})
_READ_FIRST = frozenset(
    {
        "decision_to_look_at_again",
        "evidence_to_accept",
        "intelligence_to_corroborate",
        "access_to_answer",
        "text_to_answer",
        "explanation_to_answer",
        "visit_due",
        "notice_to_issue",
        "challenge_to_decide",
        "application_to_decide",
        "dispute_to_follow",
    }
)


def _title(item: Item) -> str:
    match item.what:
        case "review_due":
            return "Review of the tier"
        case "contact_due":
            return "Next conversation"
        case "visit_due":
            return f"Visit: {short(item.title, 70)}"
        case _ if item.clock is not None:
            late = (item.days or 0) < 0
            return due_title(item.clock, item.title or None, late=late, thing_id=item.thing_id)
        case "tier_to_decide":
            return f"Tier proposed: {label(item.tier).lower()}"
        case "decision_to_look_at_again":
            return f"Decision of {day(item.decided_on)} for {label(item.tier).lower()}"
        case "correction_to_authorise":
            return "Correction asked for"
        case "intelligence_to_corroborate":
            return "Soft intelligence to verify"
        case "access_to_answer":
            return "Asked to read a restricted entry"
        case "emergency_to_review":
            return "Emergency access to review"
        case "explanation_to_answer":
            return f"Explanation: {called(item.title, item.flag)}" if item.flag else item.title
        case "evidence_to_accept":
            return f"Evidence: {short(item.title, 70)}"
        case _:
            return short(item.title, 80)


def _line(item: Item, names: Names) -> str:
    """One line that helps to begin."""
    by = names.person(item.by)
    since = f" on {day(item.since)}" if item.since else ""
    match item.what:
        case "action_due":
            parts = [f"owner {names.side(item.owner)}" if item.owner else "", _moved(item)]
            if item.command != "CompleteAction":
                parts.insert(0, "not agreed yet")
            return ", ".join(filter(None, parts))
        case "action_to_agree":
            return f"proposed by {by}{since}"
        case "evidence_to_accept":
            return f"completed by {by}{since}"
        case "tier_to_decide":
            return f"proposed by {by}{since}"
        case "decision_to_look_at_again":
            after = because(item.because)
            return f"{after[:1].upper()}{after[1:]} after {by or 'you'} decided on {day(item.decided_on)}"
        case "correction_to_authorise" | "access_to_answer":
            return f"asked for by {by}{since}: {short(item.title, 60)}"
        case "emergency_to_review":
            return f"taken by {by}{since}: {short(item.title, 60)}"
        case "text_to_answer":
            return f"{'amended' if item.amended else 'recorded'} by {by}{since}"
        case "intelligence_to_corroborate":
            return f"recorded by {by}{since}"
        case "explanation_to_answer":
            return f"given by {by}{since}: accept it or not"
        case "contact_due":
            return "as promised in the last conversation"
        case "clock_due":
            return f"by {day(item.due_on)}"
        case "notice_to_issue":
            return f"drafted by {by}{since}: another person issues it"
        case "challenge_to_decide":
            return f"recorded by {by}{since}"
        case "application_to_decide" | "dispute_to_follow":
            return f"received on {day(item.since)}" if item.since else ""
        case "visit_due":
            return f"arranged for {day(item.due_on)}" if item.due_on else ""
        case _:
            yours = "yours to decide, " if item.command == "DecideTier" else ""
            return f"{yours}now {label(item.practice_tier).lower()}"


def _covering(item: Item, names: Names) -> str:
    return f"covering for {names.person(item.covered)}: " if item.covered else ""


def _moved(item: Item) -> str:
    if not item.moved or item.first_due_on is None:
        return ""
    times = {1: "once", 2: "twice"}.get(item.moved, f"{item.moved} times")
    return f"moved {times}, from {day(item.first_due_on)}"
