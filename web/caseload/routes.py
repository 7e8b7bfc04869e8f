"""The caseload page, for the practices that a person may read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from domain.access.permissions import GRANTED, Scope, scope_of
from domain.practice.kinds import Tier
from domain.rules import Asked as Person
from projections import organisations, people
from projections.caseload_found import PAGE_SIZE, Caseload, Choices, Filters
from projections.caseload_order import WHY_THIS_ORDER
from web.caseload import presenters
from web.caseload.asked import Asked, compared_link
from web.caseload.found import the_caseload
from web.caseload.quiet import folded
from web.filters import Filter, Option
from web.names import living, sides_called
from web.practices.forms.common import first_upper
from web.practices.told import Names
from web.service import catch_up, current_asked, may, refuse, service, succession
from web.words import label

blueprint = Blueprint("caseload", __name__)


@blueprint.route("/practices")
def practices() -> ResponseReturnValue:
    """The practices in scope, by consequence unless asked otherwise."""
    person = current_asked()
    if person.role not in GRANTED["ReadPractice"]:
        refuse("ReadPractice")
    catch_up()
    asked, scope, today = Asked.read(request.args), scope_of(person), person.on
    with the_caseload(scope, names=asked.by_name) as looked:
        found = looked.find(
            with_predecessors(asked.filters, today),
            sort=asked.sort,
            descending=asked.descending,
            page=asked.page,
        )
        choices = _as_they_live(looked.choices, today)
    with service.views.reading() as reading:
        names = _names(reading, found, choices)
    shown, quiet = folded(found, asked, today)
    return render_template(
        "caseload/practices.html",
        heading=_heading(scope, person, names),
        asked=asked,
        today=today,
        found=found,
        figures=presenters.figures(found, asked),
        columns=presenters.columns(asked),
        rows=[presenters.row(one, names, today) for one in shown],
        quiet=quiet,
        filters=_filters(asked, choices, names),
        why=WHY_THIS_ORDER,
        compared_href=compared_link(asked.filters),
        may_register=may("RegisterPractice"),
        previous_page=_page(asked, found.page - 1, found.pages),
        next_page=_page(asked, found.page + 1, found.pages),
        page_size=PAGE_SIZE,
    )


def with_predecessors(filters: Filters, day: date) -> Filters:
    """Who asks for an organisation's practices asks for those of the ones it succeeded too."""
    chosen = {filters.contract_holder, filters.local_commissioner} - {None, ""}
    found = frozenset[str]().union(*(succession().predecessors(code, day) for code in chosen))
    return replace(filters, predecessors=found) if found else filters


def _as_they_live(choices: Choices, day: date) -> Choices:
    """An organisation that ended is asked for with the one that came after it."""
    return choices._replace(
        contract_holders=sorted({*living(choices.contract_holders, day).values()}),
        local_commissioners=sorted({*living(choices.local_commissioners, day).values()}),
    )


def _heading(scope: Scope, person: Person, names: Names) -> str:
    """Whose practices these are."""
    if scope.everything:
        return "All practices"
    return names.organisation(person.organisation) or "Practices"


def _names(reading: Connection, found: Caseload, choices: Choices) -> Names:
    person = current_asked()
    codes = {*choices.contract_holders, *choices.local_commissioners, person.organisation, person.region}
    stands = living({one.local_commissioner for one in found.rows}, person.on)
    known = organisations.named(reading, {*codes, *stands.values()}, person.on)
    return Names(
        people.names(reading, choices.caseworkers),
        {code: row.name for code, row in known.items()},
        sides=sides_called(choices.contract_holders, choices.local_commissioners, known),
        living=stands,
    )


def _filters(asked: Asked, choices: Choices, names: Names) -> list[Filter]:
    """The questions that have more than one answer."""
    chosen = asked.filters
    tiers = [Option(tier, label(tier), tier == chosen.tier) for tier in reversed(Tier)]
    holders = [
        Option(code, names.organisation(code), code == chosen.contract_holder)
        for code in choices.contract_holders
    ]
    commissioners = [
        Option(code, names.organisation(code), code == chosen.local_commissioner)
        for code in choices.local_commissioners
    ]
    caseworkers = [
        Option(person, names.person(person), person == chosen.caseworker) for person in choices.caseworkers
    ]
    caseworkers.sort(key=_by_name)
    if caseworkers:
        caseworkers.append(Option("none", "Nobody named", chosen.caseworker == ""))
    questions = [
        Filter("tier", "Tier", "Any tier", tiers),
        _whose("contract_holder", names, holders),
        _whose("local_commissioner", names, commissioners),
        Filter("caseworker", "Caseworker", "Any caseworker", caseworkers),
    ]
    return [one for one in questions if len(one.options) > 1 or any(option.chosen for option in one.options)]


def _whose(side: str, names: Names, options: list[Option]) -> Filter:
    called = names.side(side)
    return Filter(side, first_upper(called), f"Any {called}", sorted(options, key=_by_name))


def _by_name(option: Option) -> str:
    return option.text.casefold()


def _page(asked: Asked, number: int, last: int) -> dict[str, str] | None:
    if not 1 <= number <= last:
        return None
    return {"href": asked.address(page=number), "text": f"{number} of {last}"}
