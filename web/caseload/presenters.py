"""The caseload page: the figures above, a row for each practice, and the quiet ones folded."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from domain.practice.kinds import IndicatorDomain, Tier
from projections.caseload_found import Caseload
from projections.caseload_order import Sort
from projections.caseload_row import CaseloadRow
from web.band import months_before
from web.band_marks import Step
from web.band_steps import small
from web.caseload.asked import Asked
from web.caseload.quiet import review_late, visit_soon
from web.practices.presenters import flag_words
from web.practices.story import tier_marks
from web.practices.timing import due, since
from web.practices.told import Names
from web.words import day, label, plural

DOMAINS = {
    IndicatorDomain.PATIENT_SAFETY: "Safety",
    IndicatorDomain.PATIENT_EXPERIENCE: "Experience",
    IndicatorDomain.CLINICAL_QUALITY: "Clinical",
    IndicatorDomain.ORGANISATIONAL_EFFECTIVENESS: "Organisation",
}
MOST_FIRST = frozenset({"overdue", "tier", "flags"})
"""Columns that are first sorted from most to least."""


class Figure(NamedTuple):
    """A box above the table: a number, what it counts, a line beneath, and the list of what it counts."""

    label: str
    number: str
    note: str
    href: str


class Cell(NamedTuple):
    """Flags of a domain in words; nothing when there is none."""

    domain: str
    words: str


class Row(NamedTuple):
    code: str
    name: str
    place: str
    tier: Tier
    reviewed: bool
    steps: list[Step]
    area: str
    line_words: str
    flags: list[Cell]
    overdue: int
    review_late: bool
    spoke: str
    next: str
    closed_on: date | None
    recommended: Tier | None
    """What was last recommended, where that is another tier."""


class Column(NamedTuple):
    text: str
    href: str
    sorted: str
    """`ascending`, `descending`, or nothing when the table is not sorted by this."""

    numeric: bool = False


def figures(found: Caseload, asked: Asked) -> list[Figure]:
    counts = found.counts
    boxes = []
    for tier in reversed(Tier):
        number = counts.tiers[tier]
        note = f"of {plural(counts.practices, 'practice')}"
        href = asked.address(tier=tier, not_reviewed="", overdue="")
        if tier == Tier.ASSURANCE_BASED and counts.not_reviewed and asked.filters.tier in {None, tier}:
            note = f"{counts.not_reviewed:,} of them not yet reviewed"
        boxes.append(Figure(label(tier), f"{number:,}", note, href))
    late = plural(counts.overdue_practices, "practice")
    note = f"in {late}" if counts.overdue_actions else "nothing is late"
    boxes.append(Figure("Overdue actions", f"{counts.overdue_actions:,}", note, asked.address(overdue="yes")))
    return boxes


def row(one: CaseloadRow, names: Names, today: date) -> Row:
    start = months_before(today, 24)
    steps, area = small(tier_marks(one.tiers), today, start, one.closed_on)
    return Row(
        code=one.code,
        name=one.name,
        place=names.organisation_now(one.local_commissioner),
        tier=one.tier,
        reviewed=one.reviewed,
        steps=steps,
        area=area,
        line_words=line_in_words(one, today, start),
        flags=[Cell(DOMAINS[domain], flag_words(*one.domains[domain])) for domain in DOMAINS],
        overdue=one.overdue,
        review_late=review_late(one, today),
        spoke=since(one.last_contact_on, today),
        next=what_is_next(one, today),
        closed_on=one.closed_on,
        recommended=one.recommended if one.recommended != one.tier else None,
    )


def line_in_words(one: CaseloadRow, today: date, start: date) -> str:
    """The tier line for those who cannot see it: Assurance based, then room for improvement from 3 May 2026."""
    shown = [step for step in one.tiers if step.on <= today]
    words = ""
    before = None
    for at, step in enumerate(shown):
        if at + 1 < len(shown) and shown[at + 1].on <= start:
            continue
        if not words:
            words = label(step.tier)
        elif step.tier != before:
            words += f", then {label(step.tier).lower()} from {day(step.on)}"
        before = step.tier
    return words


def what_is_next(one: CaseloadRow, today: date) -> str:
    """The one thing to know before opening it: a visit this week, what waits for somebody, else the next date."""
    if one.visit_on is not None and visit_soon(one, today):
        return _coming("visit", one.visit_on, today).capitalize()
    waiting = [
        words
        for number, words in (
            (one.proposals, "tier proposed, to be decided"),
            (review_late(one, today), f"review overdue {_days_late(one, today)}"),
            (one.to_accept, f"{plural(one.to_accept, 'completed action')} to accept"),
            (one.to_agree, f"{plural(one.to_agree, 'action')} to agree"),
            (one.unverified, "intelligence to verify"),
            (one.requests, "correction to authorise"),
        )
        if number
    ]
    dated = [
        (on, words)
        for on, words in (
            (one.visit_on, "visit"),
            (one.first_due_on, "action"),
            (one.review_on, "review"),
            (one.next_contact_on, "contact"),
        )
        if on is not None and on >= today
    ]
    words = ""
    if waiting:
        words = waiting[0]
    elif dated:
        on, words = min(dated)
        words = _coming(words, on, today)
    return words[:1].upper() + words[1:]


def _coming(words: str, on: date, today: date) -> str:
    """Review due in 13 days, visit in 4 days, contact 3 February 2027."""
    days = (on - today).days
    if days > 14:
        return f"{words} {day(on)}"
    if words == "visit":
        return "visit today" if days == 0 else f"visit in {plural(days, 'day')}"
    return f"{words} {due(on, today).text.lower()}"


def columns(asked: Asked) -> list[Column]:
    """The heads of the table; those with an address sort by it, and turn it round when they already do."""
    return [
        _column(asked, "Practice", "name"),
        _column(asked, "Now", "tier"),
        Column("Two years", "", ""),
        *(Column(words, "", "") for words in DOMAINS.values()),
        _column(asked, "Overdue", "overdue", numeric=True),
        _column(asked, "Last spoke", "contact"),
        _column(asked, "Next", "due"),
    ]


def _column(asked: Asked, text: str, sort: Sort, *, numeric: bool = False) -> Column:
    if asked.sort != sort:
        descending = sort in MOST_FIRST
        return Column(text, asked.address(sort=sort, order="descending" if descending else ""), "", numeric)
    order = "" if asked.descending else "descending"
    return Column(
        text,
        asked.address(sort=sort, order=order),
        "descending" if asked.descending else "ascending",
        numeric,
    )


def _days_late(one: CaseloadRow, today: date) -> str:
    return plural((today - one.review_on).days, "day") if one.review_on else ""
