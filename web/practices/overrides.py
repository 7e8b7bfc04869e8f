"""Every override on one page, for those who may read its practice: by whom, why, where, when, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from domain.access.permissions import scope_of
from domain.practice.guards import AFTERWARDS
from domain.rules import Asked
from projections import organisations, overrides, people
from projections.overrides import OverrideRow, unused_after
from projections.paged import Found
from web.export import MOST, Cell, export
from web.paging import beside, page_asked, reader_of_practices
from web.practices.links import entry_link, practice_link
from web.practices.told import Names
from web.service import service
from web.words import day

blueprint = Blueprint("overrides", __name__)

KINDS = {
    "given": "Given by the medical or quality lead",
    "safety": f"For immediate safety, and not talked about within {AFTERWARDS.days} days",
}
COLUMNS = ("Practice", "Code", "Override", "Date", "By", "Organisation", "Reason", "Stands", "Decided on it")


class Line(NamedTuple):
    """One override: of which practice, its kind and day, by whom, why, how it stands, and the decision that rests on it."""

    practice: str
    practice_href: str
    kind: str
    href: str
    on: str
    by: str
    organisation: str
    reason: str
    state: str
    in_use: bool
    stands: str
    decision: str
    decision_href: str


@blueprint.get("/overrides")
def every() -> ResponseReturnValue:
    asked = reader_of_practices()
    found, names = _look(asked, page=page_asked(request.args))
    previous_page, next_page = beside(found.page, found.pages, "/overrides")
    return render_template(
        "practices/overrides.html",
        lines=[line(one, names, asked.on) for one in found.rows],
        total=found.total,
        afterwards=AFTERWARDS.days,
        previous_page=previous_page,
        next_page=next_page,
    )


@blueprint.get("/overrides.csv")
def file() -> ResponseReturnValue:
    """The rows of the page, all of them, as of one moment."""
    asked = reader_of_practices()
    found, names = _look(asked, page_size=MOST)

    def rows() -> Iterator[Sequence[Cell]]:
        for one in found.rows:
            shown = line(one, names, asked.on)
            yield (
                *(one.practice, one.code, shown.kind, one.given_on),
                *(shown.by, shown.organisation, one.reason),
                *(f"{shown.state}: {shown.stands}", one.decided_on),
            )

    return export("Overrides", "Overrides", COLUMNS, rows(), found.total)


def _look(asked: Asked, **which: int) -> tuple[Found[OverrideRow], Names]:
    with service.views.reading() as reading:
        found = overrides.find(reading, scope_of(asked), asked.on, **which)
        called = people.names(reading, {one.given_by for one in found.rows})
        organised = organisations.named(reading, {one.given_for for one in found.rows}, asked.on)
    return found, Names(called, {code: row.name for code, row in organised.items()})


def line(one: OverrideRow, names: Names, today: date) -> Line:
    state, stands = stands_as(one, today)
    decided = one.decision_number is not None
    return Line(
        practice=one.practice,
        practice_href=practice_link(one.code),
        kind=KINDS[one.kind],
        href=entry_link(one.code, one.version),
        on=day(one.given_on),
        by=names.person(one.given_by),
        organisation=names.organisation(one.given_for),
        reason=one.reason,
        state=state,
        in_use=state in {"Holds", "In use"},
        stands=stands,
        decision=f"The decision of {day(one.decided_on)}" if decided else "",
        decision_href=f"{practice_link(one.code)}/decisions/{one.decision_number}" if decided else "",
    )


def stands_as(one: OverrideRow, today: date) -> tuple[str, str]:
    """Whether an override is still in use, in a word and in a sentence."""
    if one.decided_again_on is not None:
        return "Spent", f"the tier was decided again on {day(one.decided_again_on)}"
    if one.decision is not None:
        return "In use", "the tier rests on it until it is decided again"
    ended = unused_after(one)
    if ended is not None and ended <= today:
        return "Ran out", f"no decision rested on it by {day(one.holds_until)}"
    return "Holds", f"for one decision, until {day(one.holds_until)}"
