"""Each list as a file: who may read the page may have the file, and it has the page's rows, filters and order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from application import access_log
from domain.access.permissions import GRANTED, scope_of
from domain.practice.visible import SEES_ALL
from projections import caseload_found, organisations, people
from projections.caseload_found import Caseload, Filters
from projections.caseload_row import CaseloadRow
from projections.mywork.items import ALL
from web.access_log.routes import allowed, in_words
from web.audit.routes import words_looked_for
from web.caseload import presenters
from web.caseload.asked import Asked
from web.caseload.found import the_caseload
from web.caseload.presenters import DOMAINS
from web.caseload.routes import with_predecessors
from web.export import MOST, Cell, export
from web.mywork.presenters import sections, whose
from web.mywork.routes import granted, look
from web.names import every_organisation, living
from web.practices.told import Names
from web.service import catch_up, current_asked, looking_back, may, refuse, service
from web.words import label

blueprint = Blueprint("exports", __name__)

AT_ONCE = 1_000
"""Practices that are read together."""

Rows = Iterator[Sequence[Cell]]

PRACTICES = (
    *(
        "Practice",
        "Code",
        "Commissioner",
        "Tier",
        "Reviewed",
        "Tier since",
        "Last recommended",
        *DOMAINS.values(),
        "Overdue actions",
    ),
    *("Last spoke", "Next", "Caseworker", "Closed"),
)


@blueprint.get("/practices.csv")
def practices() -> ResponseReturnValue:
    person = current_asked()
    if person.role not in GRANTED["ReadPractice"]:
        refuse("ReadPractice")
    catch_up()
    asked = Asked.read(request.args)
    filters = with_predecessors(asked.filters, person.on)
    sort = {"sort": asked.sort, "descending": asked.descending}

    def found(page: int) -> Caseload:
        with the_caseload(scope_of(person), names=asked.by_name) as looked:
            return looked.find(filters, page=page, page_size=AT_ONCE, **sort)

    first = found(1)

    def rows() -> Rows:
        with service.views.reading() as reading:
            for page in range(1, first.pages + 1):
                yield from _practices(reading, found(page).rows)

    return export("Practices", "Practices", PRACTICES, rows(), first.total)


def _practices(reading: Connection, found: list[CaseloadRow]) -> Rows:
    today = current_asked().on
    stands = living({one.local_commissioner for one in found}, today)
    organised = organisations.named(reading, stands.values(), today)
    called = people.names(reading, {one.caseworker for one in found})
    names = Names(called, {code: row.name for code, row in organised.items()}, living=stands)
    for one in found:
        shown = presenters.row(one, names, today)
        flags = [cell.words for cell in shown.flags]
        now = (label(one.tier), one.reviewed, one.tier_since, one.recommended and label(one.recommended))
        then = (one.last_contact_on, shown.next, called.get(one.caseworker or "", ""), one.closed_on)
        yield (one.name, one.code, shown.place, *now, *flags, one.overdue, *then)


@blueprint.get("/my-work.csv")
def work() -> ResponseReturnValue:
    """What a person has to do, whole: the page shows the first of each kind."""
    asked = current_asked()
    if asked.role not in GRANTED["ReadPractice"]:
        refuse("ReadPractice")
    catch_up()
    with service.views.reading() as reading:
        found, names = look(reading, asked, ALL)
    rows = [
        (section.title, group.title, row.tag.text, row.title, row.practice, row.practice_href.rpartition("/")[2],
         label(row.tier), row.line)
        for section in sections(found, names, asked.on, granted(asked.role), whose(asked))
        for group in section.groups
        for row in group.rows
    ]  # fmt: skip
    columns = ("Section", "Kind", "When", "What", "Practice", "Code", "Tier", "More")
    return export("MyWork", "My work", columns, rows, len(rows))


@blueprint.get("/records.csv")
def records() -> ResponseReturnValue:
    asked = current_asked()
    if asked.role not in GRANTED["ReadRecord"]:
        refuse("ReadRecord")
    catch_up()
    filters = Filters(words=words_looked_for(), closed=True)
    counted = asked.role in SEES_ALL

    def found(reading: Connection, page: int) -> Caseload:
        return caseload_found.find(
            reading, scope_of(asked), asked.on, filters, sort="name", page=page, page_size=AT_ONCE
        )

    with service.views.reading() as reading:
        first = found(reading, 1)

    def rows() -> Rows:
        with service.views.reading() as reading:
            for page in range(1, first.pages + 1):
                for one in found(reading, page).rows:
                    yield (one.name, one.code, one.closed_on, *((one.facts,) if counted else ()))

    columns = ("Practice", "Code", "Closed", *(("Facts",) if counted else ()))
    return export("Records", "Records", columns, rows(), first.total)


@blueprint.get("/people.csv")
def everyone() -> ResponseReturnValue:
    if not may("ReadPeople"):
        refuse("ReadPeople")
    catch_up()
    today = current_asked().on
    organised = every_organisation(today)
    with service.views.reading() as reading:
        found = people.everyone(reading, today)
    rows = [
        (
            one.name,
            one.email,
            label(one.now.role),
            organised.get(one.now.organisation or "", one.now.organisation),
        )
        if one.now
        else (one.name, one.email, "None", "")
        for one in found
    ]
    return export(
        "People",
        "People",
        ("Name", "E-mail address", "Role then" if looking_back() else "Role today", "Organisation"),
        rows,
        len(rows),
    )


@blueprint.get("/access-log.csv")
def log() -> ResponseReturnValue:
    """The lines that were there when it was asked for: this line is none of them."""
    asked = allowed()
    engine, wanted = service.casebook.stores.record_engine, asked.wanted(current_asked().recused)
    number = access_log.count(engine, wanted, MOST)
    newest = access_log.lines(engine, wanted, 1)

    def rows() -> Rows:
        before, left = (newest[0].id + 1 if newest else 0), number
        while left > 0 and (found := access_log.lines(engine, wanted, min(AT_ONCE, left), before=before)):
            for line in in_words(found, to_keep=True):
                yield line.at, line.who, line.role, line.what, line.about, line.more
            before, left = found[-1].id, left - len(found)

    about = f"practice-{asked.practice}" if asked.practice else None
    return export(
        "AccessLog",
        "Access log",
        ("When", "Who", "Role", "What", "About", "More"),
        rows(),
        number,
        subject=about,
    )
