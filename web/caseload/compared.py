"""The caseload compared between two days, as a page and as a file."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from domain.access.permissions import GRANTED, scope_of
from domain.rules import Asked
from projections import organisations, people
from projections.caseload_found import Choices, Filters
from projections.caseload_then import known_to
from projections.compared import Compared, between
from web.band import months_before
from web.caseload.compared_said import KINDS, boxes, lines, tiers
from web.caseload.wanted import KNOWN, NOBODY, Wanted
from web.export import export
from web.names import living, organisation_names, sides_called
from web.past.clocks import first_day
from web.practices.forms.common import first_upper
from web.purposes.noted import days_noted
from web.purposes.stating import note_moment
from web.service import catch_up, current_asked, refuse, service, succession
from web.words import label

blueprint = Blueprint("caseload_compared", __name__)

PAGE = 50
COLUMNS = (
    "Practice",
    "Code",
    "What changed",
    "Tier before",
    "Tier after",
    "Flags before",
    "Flags after",
    "How",
)


class Filter(NamedTuple):
    """A question that has more than one answer."""

    name: str
    label: str
    anything: str
    chosen: str
    options: dict[str, str]


@blueprint.get("/practices/compared")
def page() -> ResponseReturnValue:
    """What became of the caseload between two days: which practices came and went, and which stand otherwise."""
    asked = _reader()
    wanted = Wanted.read(request.args, asked.on)
    found, choices = _found(asked, wanted)
    chosen = found.of(wanted.kind) if wanted.kind else found.changes
    pages = max(1, -(-len(chosen) // PAGE))
    number = min(wanted.page, pages)
    shown = chosen[(number - 1) * PAGE : number * PAGE]
    status = 400 if wanted.mistakes else 200
    note_moment(days_noted(wanted.first, wanted.last))
    return render_template(
        "caseload/compared.html",
        wanted=wanted,
        today=asked.on,
        found=found,
        known=KNOWN,
        kinds=KINDS,
        tiers=tiers(found),
        boxes=boxes(found, wanted),
        lines=lines(shown, wanted, asked.on),
        total=len(chosen),
        filters=_filters(choices, wanted, asked.on),
        whose=_whose(asked),
        shortcuts=_shortcuts(wanted, asked.on),
        begins=_begins_later(wanted),
        previous_page=_page(wanted, number - 1, pages),
        next_page=_page(wanted, number + 1, pages),
    ), status


@blueprint.get("/practices/compared.csv")
def file() -> ResponseReturnValue:
    """The rows of the page, all of them."""
    asked = _reader()
    wanted = Wanted.read(request.args, asked.on)
    if wanted.mistakes:
        return page()
    found, _ = _found(asked, wanted)
    told = lines(found.of(wanted.kind) if wanted.kind else found.changes, wanted, asked.on)
    note_moment(days_noted(wanted.first, wanted.last))
    rows = [
        (
            *(
                one.name,
                one.code,
                one.what,
                label(one.before) if one.before else "",
                label(one.after) if one.after else "",
            ),
            *(one.flags_before, one.flags_after, one.how),
        )
        for one in told
    ]
    return export("CaseloadCompared", "Caseload compared", COLUMNS, rows, len(rows))


def _reader() -> Asked:
    asked = current_asked()
    if asked.role not in GRANTED["ReadPractice"]:
        refuse("ReadPractice")
    catch_up()
    return asked


def _found(asked: Asked, wanted: Wanted) -> tuple[Compared, Choices]:
    chosen = {wanted.contract_holder, wanted.local_commissioner} - {""}
    filters = Filters(
        contract_holder=wanted.contract_holder or None,
        local_commissioner=wanted.local_commissioner or None,
        caseworker=wanted.whose,
        predecessors=frozenset().union(*(succession().predecessors(code, asked.on) for code in chosen)),
    )
    days = [(wanted.moment(day, asked.on), day) for day in (wanted.first, wanted.last)]
    with service.views.reading() as reading:
        known = known_to(reading, asked, asked.on)
        return between(reading, service.casebook.recorder, scope_of(asked), days, filters, known)


def _filters(choices: Choices, wanted: Wanted, today: date) -> list[Filter]:
    with service.views.reading() as reading:
        codes = {*choices.contract_holders, *choices.local_commissioners}
        known = organisations.named(reading, {*codes, *living(codes, today).values()}, today)
    called = sides_called(choices.contract_holders, choices.local_commissioners, known)
    questions = []
    for name, there in (
        ("contract_holder", choices.contract_holders),
        ("local_commissioner", choices.local_commissioners),
    ):
        options = {
            code: known[code].name if code in known else code for code in living(there, today).values()
        }
        words = called.get(name, name.replace("_", " "))
        if len(options) > 1:
            by_name = dict(sorted(options.items(), key=lambda one: one[1].casefold()))
            questions.append(Filter(name, first_upper(words), f"Any {words}", getattr(wanted, name), by_name))
    return [*questions, *_caseworkers(choices, wanted)]


def _caseworkers(choices: Choices, wanted: Wanted) -> list[Filter]:
    if not choices.caseworkers:
        return []
    with service.views.reading() as reading:
        called = people.names(reading, choices.caseworkers)
    named = {person: called.get(person, person) for person in choices.caseworkers}
    by_name = dict(sorted(named.items(), key=lambda one: one[1].casefold())) | {NOBODY: "Nobody named"}
    return [Filter("caseworker", "Caseworker", "Any caseworker", wanted.caseworker, by_name)]


def _shortcuts(wanted: Wanted, today: date) -> list[tuple[str, str]]:
    """Days that are often compared, each to today."""
    return [
        (words, wanted.address(**{"from": months_before(today, months).isoformat(), "to": today.isoformat()}))
        for words, months in (("The last quarter", 3), ("The last year", 12))
    ]


def _begins_later(wanted: Wanted) -> date | None:
    """The day on which the record begins, where the first day is before it: nothing was known of any practice then."""
    begins = first_day()
    return begins if wanted.known == "then" and wanted.first < begins else None


def _whose(asked: Asked) -> str:
    if scope_of(asked).everything:
        return "All practices"
    return organisation_names([asked.organisation], asked.on).get(asked.organisation or "", "Practices")


def _page(wanted: Wanted, number: int, last: int) -> dict[str, str] | None:
    if not 1 <= number <= last:
        return None
    return {"href": wanted.address(page=number), "text": f"{number} of {last}"}
