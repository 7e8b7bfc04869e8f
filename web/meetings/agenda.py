"""The agenda: what is open, overdue or due for review at a practice, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from domain.access.permissions import scope_of
from domain.access.roles import SIDE_OF
from domain.practice.kinds import Side
from domain.practice.state import Practice
from domain.practice.visits import arranged_for
from domain.rules import Asked
from projections import actions, caseload_found
from projections.caseload_found import Filters
from projections.caseload_row import CaseloadRow
from web.forms.drawing import Choice
from web.practices.flags import flag_called
from web.practices.told import short
from web.service import service
from web.words import day, label, plural

SOON = timedelta(days=28)
"""A review that is due so soon is on the agenda: the next meeting may be too late for it."""

EVERY = 2_000
"""Practices that are listed to choose among: more than any organisation answers for."""


class Point(NamedTuple):
    """One line of a practice's agenda. `late` stands out."""

    what: str
    text: str
    late: bool = False


def agenda(practice: Practice, today: date) -> list[Point]:
    """What there is to talk about: overdue actions, visits, open flags, the review of the tier, what else is agreed."""
    return [
        *_late(practice, today),
        *_visits(practice),
        *_flags(practice),
        *_review(practice, today),
        *_due(practice, today),
    ]


def _late(practice: Practice, today: date) -> Iterator[Point]:
    for action in sorted(practice.actions.values(), key=lambda one: one.due_on):
        if action.open and action.due_on < today:
            days = plural((today - action.due_on).days, "day")
            yield Point("Overdue action", f"{short(action.issue.words)}, overdue {days}", late=True)


def _visits(practice: Practice) -> Iterator[Point]:
    for action in practice.actions.values():
        if on := arranged_for(action):
            yield Point("Visit", f"{short(action.issue.words)}, arranged for {day(on)}")


def _flags(practice: Practice) -> Iterator[Point]:
    for flag in practice.flags.values():
        if flag.open:
            yield Point(
                "Open flag", f"{flag_called(flag)}: {label(flag.level).lower()}, raised {day(flag.raised_on)}"
            )


def _review(practice: Practice, today: date) -> Iterator[Point]:
    decision = practice.decision_on(today)
    if decision is not None and decision.review_on is not None and decision.review_on <= today + SOON:
        tier = label(decision.tier).lower()
        late = decision.review_on < today
        yield Point("Review overdue" if late else "Review", f"{tier}, due {day(decision.review_on)}", late)


def _due(practice: Practice, today: date) -> Iterator[Point]:
    for action in sorted(practice.actions.values(), key=lambda one: one.due_on):
        if action.open and today <= action.due_on <= today + SOON:
            yield Point("Action", f"{short(action.issue.words)}, due {day(action.due_on)}")


def practices_to_choose(asked: Asked, reminder: bool) -> list[Choice]:
    """The open practices of one's own organisation, those first that there is most to say about."""
    if asked.organisation is None or asked.role not in SIDE_OF:
        return []
    holder = SIDE_OF[asked.role] == Side.CONTRACT_HOLDER
    own = {"contract_holder" if holder else "local_commissioner": asked.organisation}
    filters = Filters(**own, predecessors=asked.predecessors)  # type: ignore[arg-type]
    with service.views.reading() as reading:
        rows = caseload_found.find(reading, scope_of(asked), asked.on, filters, page_size=EVERY).rows
        owed = actions.overdue_of_practices(reading, asked.on) if reminder else {}
    found = [(row, _owed(owed.get(row.code, 0)) if reminder else _words(row, asked.on)) for row in rows]
    on_agenda = "With an overdue action of its own" if reminder else "On the agenda"
    return [
        *(Choice(row.code, row.name, words, on_agenda) for row, words in found if words),
        *(Choice(row.code, row.name, group="Others") for row, words in found if not words),
    ]


def _owed(overdue: int) -> str:
    return plural(overdue, "action overdue", "actions overdue") if overdue else ""


def _words(row: CaseloadRow, today: date) -> str:
    """2 actions overdue, 1 open flag, tier review due on 3 December 2026."""
    said = [_owed(row.overdue)] if row.overdue else []
    if row.visit_on is not None:
        said.append(f"visit arranged for {day(row.visit_on)}")
    if row.open_flags:
        said.append(plural(row.open_flags, "open flag"))
    if row.review_on is not None and row.review_on <= today + SOON:
        late = row.review_on < today
        said.append(f"tier review {'overdue since' if late else 'due on'} {day(row.review_on)}")
    return ", ".join(said)
