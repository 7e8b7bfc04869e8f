"""The page of every decision that was taken over a dispute, for those who may read its practice."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from domain.access.permissions import GRANTED, scope_of
from domain.rules import Asked
from projections import disputes, people
from projections.disputes import OverDispute
from web.names import organisation_names
from web.practices.links import entry_link, practice_link
from web.practices.reading import note_reading
from web.practices.telling import Telling
from web.practices.told import About, Names, happened_on
from web.service import catch_up, current_asked, refuse, service
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
    asked = current_asked()
    if asked.role not in GRANTED["ReadPractice"]:
        refuse("ReadPractice")
    catch_up()
    typed = request.args.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1
    with service.views.reading() as reading:
        found = disputes.find(reading, scope_of(asked), asked.on, page=page)
        called = people.names(reading, {one.decided_by for one in found.rows})
    names = Names(called, organisation_names({one.decided_for for one in found.rows}, asked.on))
    return render_template(
        "practices/over_dispute.html",
        lines=[line(one, names, asked) for one in found.rows],
        found=found,
        previous_page=_page(found, found.page - 1),
        next_page=_page(found, found.page + 1),
    )


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


class More(NamedTuple):
    text: str
    href: str


def _page(found: disputes.Found, number: int) -> More | None:
    if not 1 <= number <= found.pages:
        return None
    return More(f"{number} of {found.pages}", f"/decided-over-dispute?page={number}")
