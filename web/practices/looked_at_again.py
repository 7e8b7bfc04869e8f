"""Every decision that was checked again, for those who may read its practice: what for, whose it is, what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from domain.access.permissions import scope_of
from domain.practice.kinds import Tier
from domain.rules import Asked
from projections import reviews
from projections.readers import reader
from projections.reviews import CHECKED, Arrived, How, ReviewRow, Wanted, Whose
from web.export import MOST, Cell, export
from web.names import organisation_names, people_names
from web.paging import beside, page_asked, reader_of_practices
from web.practices.chosen import Chosen
from web.practices.links import entry_link, practice_link
from web.practices.told import joined, lower_first
from web.service import service
from web.words import day, label

blueprint = Blueprint("looked_at_again", __name__)

ADDRESS = "/decisions-looked-at-again"
STATUS = {
    "open": "Waiting",
    "reaffirmed": "Re-affirmed",
    "revised": "Revised",
    CHECKED: "Checked, no effect",
    "overtaken": "Asked again",
    "lapsed": "Ended",
}
"""What came of it, in the order in which a page counts it."""

MEANT = {
    "overtaken": "asked again with what arrived since, which stands by itself",
    "lapsed": "nothing of what it was asked for is left",
    CHECKED: "by the rules of its day it would be recommended alike",
}
DONE = {
    How.CORRECTED: "corrected",
    How.WITHDRAWN: "withdrawn",
    How.AMENDED: "amended",
    How.LATE: "recorded late,",
}
FEW = 4
"""Entries that are told of together by their numbers; of more, the others are counted."""

COLUMNS = (
    *("Practice", "Code", "Decision", "Decided on", "Decided by", "Tier", "Because", "Asked on", "Given to"),
    *("Came of it", "Answered on", "Answered by"),
)


def because(arrived: Sequence[Arrived]) -> str:
    """Entry 12 was corrected on 3 May 2026, and entries 14 and 15 were recorded late, on 4 May 2026."""
    groups: dict[tuple[How, str], list[int]] = {}
    for one in arrived:
        found = groups.setdefault((one.how, day(one.on)), [])
        if one.version not in found:
            found.append(one.version)
    said = [f"{_entries(versions)} {DONE[how]} on {on}" for (how, on), versions in groups.items()]
    return joined(said)


def _entries(versions: list[int]) -> str:
    if len(versions) == 1:
        return f"entry {versions[0]} was"
    told = [str(one) for one in versions[:FEW]]
    more = len(versions) - FEW
    return f"entries {joined([*told, f'{more} more'] if more > 0 else told)} were"


class Line(NamedTuple):
    """One review, or checking: of which decision, what for, whose it is, and what came of it."""

    row: ReviewRow
    decision: str
    decision_href: str
    href: str
    practice_href: str
    by: str
    because: str
    asked: str
    status: str
    came: str
    answer_href: str
    answered_by: str
    given_to: str


class Read(NamedTuple):
    """What the address asks for, and what was found by it."""

    chosen: Chosen
    status: str
    team: str
    teams: dict[str, str]
    counted: list[tuple[str, str, int]]
    lines: list[Line]
    page: int
    pages: int
    total: int

    @property
    def narrowed(self) -> dict[str, str]:
        """What it was narrowed by, of what is known: nothing that somebody typed into the address."""
        asked = {
            "status": self.status,
            "team": self.team,
            "from": self.chosen.from_on.isoformat() if self.chosen.from_on else "",
            "to": self.chosen.to_on.isoformat() if self.chosen.to_on else "",
        }
        return {name: value for name, value in asked.items() if value}

    @property
    def address(self) -> str:
        return urlencode(self.narrowed)

    def of(self, status: str) -> str:
        """The same page, of what this came of."""
        return f"{ADDRESS}?{urlencode({**self.narrowed, 'status': status})}"


@blueprint.get(ADDRESS)
def every() -> ResponseReturnValue:
    found = _look(reader_of_practices(), page=page_asked(request.args))
    address = f"{ADDRESS}?{found.address}" if found.address else ADDRESS
    previous_page, next_page = beside(found.page, found.pages, address)
    return render_template(
        "practices/looked_at_again.html",
        found=found,
        lines=found.lines,
        total=found.total,
        statuses=STATUS,
        previous_page=previous_page,
        next_page=next_page,
    )


@blueprint.get(f"{ADDRESS}.csv")
def file() -> ResponseReturnValue:
    """The rows of the page, all of them, as of one moment."""
    found = _look(reader_of_practices(), page_size=MOST)

    def rows() -> Iterator[Sequence[Cell]]:
        for line in found.lines:
            one = line.row
            yield (
                *(
                    one.practice,
                    one.code,
                    one.decision_number,
                    one.decided_on,
                    line.by,
                    label(one.tier, Tier),
                ),
                *(line.because, one.asked_on, line.given_to),
                *(line.status, one.answered_on, line.answered_by),
            )

    return export("LookedAtAgain", "Decisions looked at again", COLUMNS, rows(), found.total)


def _look(asked: Asked, **which: int) -> Read:
    chosen, whose = Chosen.read(request.args), Whose(scope_of(asked), reader(asked), asked.on)
    status = next((one for one in STATUS if one == request.args.get("status")), "")
    with service.views.reading() as reading:
        teams = reviews.teams(reading, whose)
        team = next((one for one in teams if one == request.args.get("team")), "")
        wanted = Wanted(status or None, team or None, chosen.from_on, chosen.to_on)
        found = reviews.find(reading, whose, wanted, **which)
        counted = reviews.counted(reading, whose, wanted)
    people = people_names(
        {who for one in found.rows for who in (one.decided_by, one.given_to, one.answered_by) if who}
    )
    organised = organisation_names(teams, asked.on)
    return Read(
        chosen=chosen,
        status=status,
        team=team,
        teams={code: organised.get(code, code) for code in teams},
        counted=[(one, said, counted[one]) for one, said in STATUS.items() if counted.get(one)],
        lines=[_line(one, people) for one in found.rows],
        page=found.page,
        pages=found.pages,
        total=found.total,
    )


def _line(one: ReviewRow, people: Mapping[str, str]) -> Line:
    def named(person: str | None) -> str:
        return people.get(person, person) if person else ""

    given_to = named(one.given_to) or ("" if one.status == CHECKED else "any manager of the contract holder")
    practice, words = practice_link(one.code), because(one.because)
    return Line(
        row=one,
        decision=f"The decision of {day(one.decided_on)} for {lower_first(label(one.tier, Tier))}",
        decision_href=f"{practice}/decisions/{one.decision_number}",
        href=entry_link(one.code, one.version),
        practice_href=practice,
        by=named(one.decided_by),
        because=words[:1].upper() + words[1:],
        asked=f"{'Checked' if one.status == CHECKED else 'Asked'} on {day(one.asked_on)}",
        status=STATUS[one.status],
        came=_came_of(one, named(one.answered_by)),
        answer_href=entry_link(one.code, one.answer) if one.answer else "",
        answered_by=named(one.answered_by),
        given_to=given_to,
    )


def _came_of(one: ReviewRow, answered_by: str) -> str:
    if one.answered_on is not None:
        return f"{STATUS[one.status]} by {answered_by} on {day(one.answered_on)}"
    return MEANT.get(one.status, "").capitalize()
