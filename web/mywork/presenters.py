"""My work: each thing to do as a row with a time, a link, a line, and the button that settles it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from domain.practice.kinds import Tier
from projections.mywork import Item, Work
from web.practices.links import entry_link, practice_link, record_link
from web.practices.offers import Offer
from web.practices.telling import Names, short
from web.practices.timing import Tag, due
from web.words import day, label


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


class Section(NamedTuple):
    title: str
    rows: list[Row]
    empty: str


BUTTONS = {
    "action_due": "Record what happened",
    "review_due": "Review the tier",
    "contact_due": "Record a conversation",
    "action_to_agree": "Read and agree",
    "evidence_to_accept": "Look at the evidence",
    "tier_to_decide": "Decide",
    "correction_to_authorise": "Authorise",
    "intelligence_to_corroborate": "Verify",
}
BY_COMMAND = {
    ("action_due", "AgreeAction"): "Read and agree",
    ("action_due", "RescheduleAction"): "Move its date",
}
"""Where what can be done is another thing than usual: an action that is not agreed yet cannot be completed."""

GIVEN = {
    "CompleteAction": "action_id",
    "AgreeAction": "action_id",
    "AcceptEvidence": "action_id",
    "RescheduleAction": "action_id",
    "DecideTier": "proposal_id",
    "AuthoriseCorrection": "request_id",
    "CorroborateIntelligence": "intelligence_id",
}
"""What the form behind a button is told."""


def sections(work: Work, names: Names, today: date, may: frozenset[str]) -> list[Section]:
    return [
        Section(
            "Late, or running out today",
            _rows(work.late, names, today, may),
            "Nothing is late. Actions, reviews and promised contacts stand here when their day comes.",
        ),
        Section(
            "This week",
            _rows(work.week, names, today, may),
            "Nothing is due in the next seven days.",
        ),
        Section(
            "Waiting for you",
            _rows(work.waiting, names, today, may),
            "Nothing waits for you. What others propose, complete or ask for appears here.",
        ),
    ]


def _rows(items: Sequence[Item], names: Names, today: date, may: frozenset[str]) -> list[Row]:
    return [row(item, names, today, may) for item in items]


def row(item: Item, names: Names, today: date, may: frozenset[str]) -> Row:
    entry = entry_link(item.code, item.version)
    settles = item.command in may
    # What somebody judges is read first: the button leads to the entry, where it stands with its evidence.
    reads_first = item.what in {"evidence_to_accept", "intelligence_to_corroborate"} or not settles
    return Row(
        tag=_tag(item, today),
        title=_title(item),
        href=entry if item.what != "contact_due" else practice_link(item.code),
        practice=item.practice,
        practice_href=practice_link(item.code),
        tier=item.practice_tier,
        line=_line(item, names),
        button=BY_COMMAND.get((item.what, item.command), BUTTONS[item.what]) if settles else "Read",
        button_href=entry if reads_first else record_link(item.code, _offer(item)),
    )


def _offer(item: Item) -> Offer:
    name = GIVEN.get(item.command)
    return Offer("", item.command, {name: item.thing_id} if name and item.thing_id else {})


def _tag(item: Item, today: date) -> Tag:
    """The day it is due, where the work itself is still to be done; else since when it has waited."""
    late_anyway = item.what == "action_to_agree" and item.due_on is not None and item.due_on < today
    if item.due_on is not None and (item.what in _DATED or late_anyway):
        return due(item.due_on, today)
    if item.since is None:
        return Tag("Waiting", late=False)
    days = (today - item.since).days
    if days <= 0:
        return Tag("Since today", late=False)
    return Tag("Since yesterday" if days == 1 else f"Waiting {days} days", late=False)


_DATED = frozenset({"action_due", "review_due", "contact_due"})


def _title(item: Item) -> str:
    match item.what:
        case "review_due":
            return "Review of the tier"
        case "contact_due":
            return "Next conversation"
        case "tier_to_decide":
            return f"Tier proposed: {label(item.tier).lower()}"
        case "correction_to_authorise":
            return "Correction asked for"
        case "intelligence_to_corroborate":
            return "Soft intelligence to verify"
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
        case "correction_to_authorise":
            return f"asked for by {by}{since}: {short(item.title, 60)}"
        case "intelligence_to_corroborate":
            return f"recorded by {by}{since}"
        case "contact_due":
            return "as promised in the last conversation"
        case _:
            return f"now {label(item.practice_tier).lower()}"


def _moved(item: Item) -> str:
    if not item.moved or item.first_due_on is None:
        return ""
    times = {1: "once", 2: "twice"}.get(item.moved, f"{item.moved} times")
    return f"moved {times}, from {day(item.first_due_on)}"
