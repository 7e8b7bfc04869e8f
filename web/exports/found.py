"""What was searched for, decided over a dispute, avoided, or is new, as files: the rows of their pages, all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from domain.access.permissions import scope_of
from projections import news, people, searching, threads
from projections.readers import reader
from projections.searching import WHATS, What
from web.export import MOST, Cell, export
from web.names import organisation_names
from web.paging import reader_of_practices
from web.practices import contacts_avoided, over_dispute
from web.practices.chosen import Chosen
from web.practices.told import Names
from web.search.presenters import CALLED, KINDS
from web.search.presenters import Asked as Sought
from web.service import catch_up, current_asked, may, refuse, service

blueprint = Blueprint("found", __name__)

AT_ONCE = 500
"""Entries whose words are read together."""

Rows = Iterator[Sequence[Cell]]


@blueprint.get("/search.csv")
def search() -> ResponseReturnValue:
    """All that was found of a kind, or of every kind, in the order of its pages."""
    if not may("Search"):
        refuse("Search")
    asked, sought = current_asked(), Sought.read(request.args)
    if not sought.words:
        abort(404)
    catch_up()
    with service.views.reading() as reading:
        counts = searching.find(reading, asked, sought.words, sought.kind).counts
    kinds = [what for what in WHATS if sought.kind in {None, what}]

    def rows() -> Rows:
        with service.views.reading() as reading:
            looking = searching.Search(reading, asked, sought.words)
            for what in kinds:
                yield from _found(looking, what)

    columns = ("Kind", "What", "Date", "Practice", "Code", "Words")
    return export("Search", "What was found", columns, rows(), sum(counts[what] for what in kinds))


def _found(looking: searching.Search, what: What) -> Rows:
    if what == "practice":
        for one in looking.practices():
            yield (
                KINDS[what],
                "Closed" if one.closed_on else "Practice",
                one.closed_on,
                one.name,
                one.code,
                "",
            )
        return
    numbers = looking.every(what)
    for at in range(0, len(numbers), AT_ONCE):
        for hit in looking.hits(numbers[at : at + AT_ONCE]):
            words = "".join(piece.text for piece in hit.passage)
            yield KINDS[what], CALLED[hit.called], hit.happened_on, hit.name, hit.code, words


@blueprint.get("/decided-over-dispute.csv")
def over_a_dispute() -> ResponseReturnValue:
    asked = reader_of_practices()
    found, names = over_dispute.look(asked, page_size=MOST)

    def rows() -> Rows:
        for one in found.rows:
            shown = over_dispute.line(one, names, asked)
            disputed = "; ".join(about.text for about in shown.disputed)
            yield one.practice, one.code, shown.tier, one.decided_on, shown.by, disputed, one.reason

    columns = ("Practice", "Code", "Tier", "Decided", "By", "Disputed", "Why it was decided all the same")
    return export("OverDispute", "Decided over dispute", columns, rows(), found.total)


@blueprint.get("/contacts-avoided.csv")
def avoided() -> ResponseReturnValue:
    asked = reader_of_practices()
    since, until = contacts_avoided.period(Chosen.read(request.args), asked.on)

    def find(page: int) -> tuple[threads.Found, Names]:
        with service.views.reading() as reading:
            found = threads.find(
                reading, scope_of(asked), reader(asked), asked.on, since=since, until=until, page=page
            )
            called = people.names(reading, {one.joined_by for one in found.rows})
        return found, Names(called, organisation_names(found.organisations, asked.on))

    first, _ = find(1)

    def rows() -> Rows:
        for page in range(1, first.pages + 1):
            found, names = find(page)
            for one in found.rows:
                shown = contacts_avoided.line(one, names, asked)
                whose = names.organisation(one.organisation)
                yield one.practice, one.code, shown.concern, one.joined_on, names.person(one.joined_by), whose

    columns = ("Practice", "Code", "About", "Joined", "By", "Organisation")
    return export("ContactsAvoided", "Contacts to practices avoided", columns, rows(), first.total)


@blueprint.get("/news.csv")
def fresh() -> ResponseReturnValue:
    """What is new from the other organisation, whole: the page shows the first of it."""
    asked = reader_of_practices()
    with service.views.reading() as reading:
        found = news.of_the_other_side(reading, asked, asked.on)
    rows = [(one.practice, one.code, one.entries, one.last_on) for one in found]
    columns = ("Practice", "Code", "New entries", "Last recorded")
    return export("News", "New from the other organisation", columns, rows, len(rows))
