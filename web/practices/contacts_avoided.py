"""The page of contacts to practices avoided: how many in a period, by organisation, and the joinings behind them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from domain.access.permissions import scope_of
from domain.rules import Asked
from projections import people, threads
from projections.readers import reader
from projections.threads import Avoided, Found
from web.names import organisation_names
from web.paging import beside, reader_of_practices
from web.practices.chosen import Chosen
from web.practices.links import entry_link, practice_link
from web.practices.reading import note_reading
from web.practices.telling import Telling
from web.practices.tells.agreed import concern
from web.practices.told import Names
from web.service import service
from web.words import day

blueprint = Blueprint("avoided", __name__)


class Line(NamedTuple):
    """One contact avoided: at which practice, about what, by whom, and the joining that says so."""

    practice: str
    practice_href: str
    concern: str
    href: str
    by: str
    on: str


class Counted(NamedTuple):
    organisation: str
    number: int


@blueprint.route("/contacts-avoided")
def contacts_avoided() -> ResponseReturnValue:
    asked = reader_of_practices()
    chosen = Chosen.read(request.args)
    since, until = period(chosen, asked.on)
    with service.views.reading() as reading:
        found = threads.find(
            reading, scope_of(asked), reader(asked), asked.on, since=since, until=until, page=chosen.page
        )
        called = people.names(reading, {one.joined_by for one in found.rows})
    names = Names(called, organisation_names(found.organisations, asked.on))
    address = f"/contacts-avoided?from={since.isoformat()}&to={until.isoformat()}"
    previous_page, next_page = beside(found.page, found.pages, address)
    return render_template(
        "practices/contacts_avoided.html",
        found=found,
        since=since,
        until=until,
        mistakes=chosen.mistakes,
        counted=_counted(found, names),
        lines=[line(one, names, asked) for one in found.rows],
        previous_page=previous_page,
        next_page=next_page,
    )


def period(chosen: Chosen, today: date) -> tuple[date, date]:
    """As the address says; a year to today where it does not, or where what it says is no period."""
    if chosen.mistakes:
        return _a_year_to(today), today
    until = chosen.to_on or max(today, chosen.from_on or today)
    return chosen.from_on or _a_year_to(until), until


def _a_year_to(last: date) -> date:
    """The first of the twelve months that end with a day."""
    if last.year == 1:
        return date.min
    following = last + timedelta(days=1) if last < date.max else last
    leap_day = following.month == 2 and following.day == 29
    return following.replace(year=following.year - 1, **({"month": 3, "day": 1} if leap_day else {}))


def _counted(found: Found, names: Names) -> list[Counted]:
    counted = [Counted(names.organisation(code), number) for code, number in found.organisations.items()]
    return sorted(counted, key=lambda one: (-one.number, one.organisation.casefold()))


def line(one: Avoided, names: Names, asked: Asked) -> Line:
    practice = service.casebook.seen(one.code, asked)
    telling = Telling(practice, names)
    about = concern(telling, one.concern).text
    note_reading(practice, asked, telling)
    return Line(
        one.practice,
        practice_link(one.code),
        about[:1].upper() + about[1:],
        entry_link(one.code, one.version),
        f"{names.person(one.joined_by)}, {names.organisation(one.organisation)}",
        day(one.joined_on),
    )
