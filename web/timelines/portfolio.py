"""The timeline of all practices of an organisation: every act, newest first, filtered, and from any week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from domain.access.permissions import Scope, scope_of
from domain.rules import Asked as Person
from projections import caseload_found, organisations, people, portfolio
from projections.portfolio import Among, Portfolio
from projections.readers import Reader, reader
from web.export import Cell, export, too_long
from web.filters import Option
from web.names import living
from web.paging import More, reader_of_practices
from web.practices.reading import to_be_read
from web.practices.told import GROUPS
from web.service import service, succession
from web.timelines import acts, weeks
from web.timelines.asking import Asked, week_called
from web.words import day

blueprint = Blueprint("timeline", __name__)

AT_ONCE = 100
"""Acts of a file that are told together."""

MOST = 5_000
"""Acts of a file: each is told from its practice's record."""

COLUMNS = (
    *("Practice", "Code", "Date", "What", "How", "Words", "Also in the same go", "Recorded", "By"),
    *("Organisation", "Withdrawn"),
)


class Chip(NamedTuple):
    """A choice, and the address without it."""

    text: str
    href: str


class Looking(NamedTuple):
    """Who looks, at which practices, for what."""

    asked: Asked
    person: Person
    by: Reader
    scope: Scope
    among: Among


@blueprint.get("/timeline")
def page() -> ResponseReturnValue:
    asked, person = Asked.read(request.args), reader_of_practices()
    with service.views.reading() as reading:
        looking = _look(reading, asked, person)
        found = _found(reading, looking)
        lines = acts.told(reading, person, looking.by, found.places)
        newest = found.places[0].on if found.places else min(asked.begins_before.on, person.on)
        span = weeks.span(asked.week or newest, person.on)
        counts, who = _counted(reading, looking, span)
        choices = _choices(reading, looking)
        recorders = people.names(reading, {*who, *(line.person for line in lines)})
        alone = caseload_found.names(reading, [asked.practice]) if asked.practice else {}
    by_week = acts.by_week(lines)
    counted = weeks.counted(span, counts, asked, frozenset(week.first for week in by_week))
    return render_template(
        "timelines/portfolio.html",
        heading=alone.get(asked.practice) or _heading(looking, choices),
        asked=asked,
        weeks=by_week,
        counted=counted,
        described=f"From the {counted[0].words} to the {counted[-1].words}. The table after it has every week.",
        drawn=[weeks.drawn(counted, width) for width in (weeks.WIDE, weeks.NARROW)] if counts else None,
        earlier=asked.address(week=week_called(span.first - portfolio.WEEK)),
        organisations=choices,
        kinds=[Option(kind, words, kind == asked.chosen.kind) for kind, words in GROUPS.items()],
        people=_people(asked, recorders),
        chips=_chips(asked, choices, recorders),
        previous_page=_newer(asked, found),
        next_page=More("older acts", asked.older_than(found.places[-1])) if found.older else None,
        newest=asked.address(week=""),
        page_errors=bool(asked.mistakes),
    )


@blueprint.get("/timeline.csv")
def file() -> ResponseReturnValue:
    """The acts of the page and all older ones that pass its filters."""
    asked, person = Asked.read(request.args), reader_of_practices()
    with service.views.reading() as reading:
        looking = _look(reading, asked, person)
        start = asked.begins_before
        given = (looking.among, looking.by, asked.filters(), person.on)
        places = portfolio.older(reading, *given, start, page_size=MOST).places
        more = portfolio.older(reading, *given, places[-1], page_size=1).places if places else []
    if more:
        return too_long(MOST), 422

    def rows() -> Iterator[Sequence[Cell]]:
        with service.views.reading() as reading:
            for at in range(0, len(places), AT_ONCE):
                for line in acts.told(reading, person, looking.by, places[at : at + AT_ONCE]):
                    yield _row(line)

    return export("Timeline", "Timeline", COLUMNS, rows(), len(places))


def _row(line: acts.Line) -> Sequence[Cell]:
    return (
        *(line.practice, line.place.code, line.on, line.title, line.how, line.words, "; ".join(line.also)),
        *(line.recorded_on, line.by, line.organisation, line.withdrawn),
    )


def _look(reading: Connection, asked: Asked, person: Person) -> Looking:
    scope = scope_of(person)
    if asked.practice:
        alone = Among(codes=frozenset({to_be_read(asked.practice).code}))
        return Looking(asked, person, reader(person), scope, alone)
    whose = {asked.of, *succession().predecessors(asked.of, person.on)} if asked.of else set[str]()
    among = portfolio.among_practices(reading, scope, person.on, whose)
    return Looking(asked, person, reader(person), scope, among)


def _found(reading: Connection, looking: Looking) -> Portfolio:
    asked, today = looking.asked, looking.person.on
    given = (reading, looking.among, looking.by, asked.filters(), today)
    if asked.after is not None:
        return portfolio.newer(*given, asked.after)
    return portfolio.older(*given, asked.begins_before)


def _newer(asked: Asked, found: Portfolio) -> More | None:
    if not found.newer or not found.places:
        return None
    return More("newer acts", asked.newer_than(found.places[0]))


def _counted(
    reading: Connection, looking: Looking, span: weeks.Span
) -> tuple[dict[date, int] | None, set[str]]:
    """How many acts each week has and who recorded them, where the practices are not too many to count over."""
    if looking.among.plan != "some":
        return None, set()
    given = (reading, looking.among, looking.by, looking.asked.filters(), *span.days)
    return portfolio.weeks(*given), portfolio.people(*given)


def _choices(reading: Connection, looking: Looking) -> list[Option]:
    """Whose practices may be asked for: every organisation that answers for one in scope."""
    person, chosen = looking.person, looking.asked.of
    found = caseload_found.choices(reading, looking.scope, person.on)
    codes = {*living([*found.contract_holders, *found.local_commissioners], person.on).values()}
    named = organisations.named(reading, codes, person.on)
    options = [Option(code, row.name, code == chosen) for code, row in named.items()]
    return sorted(options, key=lambda one: one.text.casefold())


def _heading(looking: Looking, choices: Sequence[Option]) -> str:
    chosen = next((one.text for one in choices if one.chosen), None)
    if chosen or looking.asked.of:
        return chosen or "No practices"
    if looking.scope.everything:
        return "All practices"
    own = looking.person.organisation
    return next((one.text for one in choices if one.value == own), "Practices")


def _people(asked: Asked, recorders: dict[str, str]) -> list[Option]:
    options = [Option(person, name, person == asked.person) for person, name in recorders.items() if person]
    return sorted(options, key=lambda one: one.text.casefold())


def _chips(asked: Asked, choices: Sequence[Option], recorders: dict[str, str]) -> list[Chip]:
    """What is chosen, each with a link that takes it away."""
    chosen, chips = asked.chosen, list[Chip]()
    if chosen.kind:
        chips.append(Chip(GROUPS[chosen.kind], asked.address(kind="")))
    if asked.person:
        # Nobody is named by their id alone: only who recorded something that is shown here.
        who = recorders.get(asked.person, "somebody")
        chips.append(Chip(f"Recorded by {who}", asked.address(person="")))
    if chosen.organisation:
        names = {one.value: one.text for one in choices}
        name = names.get(chosen.organisation, chosen.organisation)
        chips.append(Chip(f"Recorded for {name}", asked.address(organisation="")))
    if chosen.from_on:
        chips.append(Chip(f"From {day(chosen.from_on)}", asked.address(**{"from": ""})))
    if chosen.to_on:
        chips.append(Chip(f"To {day(chosen.to_on)}", asked.address(to="")))
    return chips
