"""What stands about a practice's contract today, in a line each: the regulator, the declaration, list, branches, mergers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from domain.access import permissions
from domain.practice.changes_state import Asked, Merger
from domain.practice.kinds import RegulatoryActionKind
from domain.practice.state import Practice
from domain.rules import Asked as Reader
from web.practices.fields import words_or_why
from web.practices.told import lower_first
from web.service import service
from web.words import day, label, plural


class Line(NamedTuple):
    """`version` is the entry that it is told by. `late` says that something ought to have come by now."""

    text: str
    version: int
    late: bool = False
    other: str = ""
    """The code of another practice, to lead to."""


def lines(practice: Practice, today: date) -> list[Line]:
    return [
        *_regulator(practice),
        *_declaration(practice, today),
        *_list(practice, today),
        *_branches(practice, today),
        *(_merger(one) for one in practice.mergers.values()),
    ]


def _regulator(practice: Practice) -> Iterator[Line]:
    """The latest inspection, and what stands of what the regulator did."""
    if practice.inspections:
        last = max(practice.inspections.values(), key=lambda one: (one.inspected_on, one.version))
        yield Line(f"CQC: {label(last.rating)}, inspected {day(last.inspected_on)}", last.version)
    for action in practice.regulatory_actions.values():
        if action.ended_on is None:
            by = f", to be met by {day(action.comply_by)}" if action.comply_by else ""
            kind = lower_first(label(action.kind, RegulatoryActionKind))
            yield Line(f"CQC: {kind} from {day(action.from_on)}{by}", action.version)


def _declaration(practice: Practice, today: date) -> Iterator[Line]:
    if not practice.declarations:
        return
    last = max(practice.declarations.values(), key=lambda one: one.year)
    called = f"Declaration {last.year}"
    if last.submitted_on and last.submitted:
        yield Line(f"{called}: submitted {day(last.submitted_on)}", last.submitted)
    elif last.due_on < today:
        late = plural((today - last.due_on).days, "day")
        yield Line(f"{called}: overdue {late}, due {day(last.due_on)}", last.version, late=True)
    else:
        yield Line(f"{called}: due {day(last.due_on)}", last.version)


def _list(practice: Practice, today: date) -> Iterator[Line]:
    for one in practice.list_closures.values():
        if one.status == Asked.WAITING:
            yield Line(
                f"Closure of the list asked for on {day(one.asked_on)}: waits for a decision", one.version
            )
        elif one.closes_on and one.opens_on and one.decided and today < one.opens_on:
            since = "closed" if one.closed(today) else f"closes on {day(one.closes_on)}"
            yield Line(f"List to new patients: {since}, open again from {day(one.opens_on)}", one.decided)


def _branches(practice: Practice, today: date) -> Iterator[Line]:
    for one in practice.branch_closures.values():
        name = words_or_why(one.site_name)
        if one.status == Asked.WAITING:
            yield Line(f"{name}: closure asked for on {day(one.asked_on)}, waits for a decision", one.version)
        elif one.closes_on and one.decided and one.status == Asked.APPROVED:
            when = "closes on" if one.closes_on >= today else "closed on"
            yield Line(f"{name}: {when} {day(one.closes_on)}", one.decided)


def _merger(one: Merger) -> Line:
    if one.merged_on and one.merged:
        return Line(f"Merged with {one.other} on {day(one.merged_on)}", one.merged, other=one.other)
    goes_on = "this practice goes on" if one.survives else "this practice ceases"
    return Line(
        f"Merges with {one.other} from {day(one.effective_on)}: {goes_on}", one.version, other=one.other
    )


def may_open(code: str, asked: Reader) -> bool:
    """Whether this person may read the record of the practice that this one merged with."""
    return permissions.may_read(asked, service.casebook.seen(code, asked))


def marks(practice: Practice) -> Iterator[tuple[date, str, int]]:
    """What the story band marks of it: the day, what it is in words, and its entry."""
    for inspection in practice.inspections.values():
        yield inspection.published_on, f"CQC inspection: {label(inspection.rating)}", inspection.version
    for action in practice.regulatory_actions.values():
        yield action.from_on, f"CQC: {lower_first(label(action.kind, RegulatoryActionKind))}", action.version
    for closure in practice.list_closures.values():
        if closure.closes_on and closure.decided:
            yield closure.closes_on, "List closed to new patients", closure.decided
    for branch in practice.branch_closures.values():
        if branch.status == Asked.APPROVED and branch.closes_on and branch.decided:
            yield branch.closes_on, f"{words_or_why(branch.site_name)} closes", branch.decided
    for merger in practice.mergers.values():
        if merger.merged_on and merger.merged:
            yield merger.merged_on, f"Merged with {merger.other}", merger.merged
