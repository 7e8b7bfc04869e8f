"""The page of every decision that was taken over a dispute, for those who may read its practice."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from domain.access.permissions import scope_of
from domain.rules import Asked
from projections import disputes, people
from projections.disputes import OverDispute
from projections.paged import Found
from web.names import organisation_names
from web.paging import beside, page_asked, reader_of_practices
from web.practices.links import entry_link, practice_link
from web.practices.reading import note_reading
from web.practices.telling import Telling
from web.practices.told import About, Names, happened_on
from web.service import service
from web.words import day, label

blueprint = Blueprint("disputes", __name__)


class Line(NamedTuple):
    """One decision: what was decided where, on what that was disputed, why, by whom and when."""

    practice: str
    practice_href: str
    tier: str
    href: str
    disputed: list[About]
    reason: str
    by: str
    on: str


@blueprint.route("/decided-over-dispute")
def decided_over_dispute() -> ResponseReturnValue:
    asked = reader_of_practices()
    found, names = look(asked, page=page_asked(request.args))
    previous_page, next_page = beside(found.page, found.pages, "/decided-over-dispute")
    return render_template(
        "practices/over_dispute.html",
        lines=[line(one, names, asked) for one in found.rows],
        total=found.total,
        previous_page=previous_page,
        next_page=next_page,
    )


def look(asked: Asked, **which: int) -> tuple[Found[OverDispute], Names]:
    """A page of them, or as many as are asked for, as of one moment."""
    with service.views.reading() as reading:
        found = disputes.find(reading, scope_of(asked), asked.on, **which)
        called = people.names(reading, {one.decided_by for one in found.rows})
    return found, Names(called, organisation_names({one.decided_for for one in found.rows}, asked.on))


def line(one: OverDispute, names: Names, asked: Asked) -> Line:
    organisation = names.organisation(one.decided_for)
    return Line(
        one.practice,
        practice_link(one.code),
        label(one.tier),
        entry_link(one.code, one.version),
        _disputed(one, names, asked),
        one.reason,
        ", ".join(filter(None, (names.person(one.decided_by), organisation))),
        day(one.decided_on),
    )


def _disputed(one: OverDispute, names: Names, asked: Asked) -> list[About]:
    """The disputed entries that this person may know of, each with its day."""
    practice = service.casebook.seen(one.code, asked)
    telling = Telling(practice, names)
    found = []
    for version in one.disputed:
        entry = practice.standing.get(version) or practice.recorded(version)
        if entry is not None:
            found.append(About(f"{telling.title(entry.fact)}, {day(happened_on(entry.fact))}", version))
    note_reading(practice, asked, telling)
    return found
