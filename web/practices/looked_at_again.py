"""Every decision that was checked again, for those who may read its practice: what for, whose it is, what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from domain.access.permissions import scope_of
from domain.practice.kinds import Tier
from domain.rules import Asked
from projections import decisions, reviews
from projections.decisions import DecisionRow
from projections.readers import reader
from projections.reviews import CHECKED, ReviewRow, Wanted, Whose
from web.export import MOST, Cell, export
from web.names import organisation_names, people_names
from web.paging import beside, page_asked, reader_of_practices
from web.practices.arrived import Group, because, grouped
from web.practices.chosen import Chosen
from web.practices.links import entry_link, practice_link
from web.practices.told import lower_first
from web.service import service
from web.words import day, label, plural

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
COLUMNS = (
    *("Practice", "Code", "Decision", "Decided on", "Decided by", "Tier", "Because", "Asked on", "Given to"),
    *("Came of it", "Answered on", "Answered by"),
)


class Line(NamedTuple):
    """One review, or checking: of which decision, what for, whose it is, and what came of it."""

    row: ReviewRow
    decision: str
    decision_href: str
    href: str
    practice_href: str
    by: str
    because: str
    groups: list[Group]
    asked: str
    status: str
    waits: str
    followed: str
    followed_href: str
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
        # A file has rows for many more practices than a page, and tells nothing of later decisions.
        codes = set() if "page_size" in which else {one.code for one in found.rows}
        decided = {code: decisions.of_practice(reading, code)[::-1] for code in codes}
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
        lines=[_line(one, people, asked.on, decided.get(one.code, [])) for one in found.rows],
        page=found.page,
        pages=found.pages,
        total=found.total,
    )


def _line(
    one: ReviewRow, people: Mapping[str, str], today: date, decided: Sequence[DecisionRow] = ()
) -> Line:
    def named(person: str | None) -> str:
        return people.get(person, person) if person else ""

    given_to = named(one.given_to) or ("" if one.status == CHECKED else "any manager of the contract holder")
    practice, words = practice_link(one.code), because(one.because)
    days = (today - one.asked_on).days if one.status == "open" else 0
    after = len(decided) > one.decision_number
    return Line(
        row=one,
        decision=f"The decision of {day(one.decided_on)} for {lower_first(label(one.tier, Tier))}",
        decision_href=f"{practice}/decisions/{one.decision_number}",
        href=entry_link(one.code, one.version),
        practice_href=practice,
        by=named(one.decided_by),
        because=words[:1].upper() + words[1:],
        groups=grouped(one.because),
        asked=f"{'Checked' if one.status == CHECKED else 'Asked'} on {day(one.asked_on)}",
        status=STATUS[one.status],
        waits=f"for {plural(days, 'day')}" if days > 0 else "",
        followed=_followed(decided[-1]) if after and one.status == "open" else "",
        followed_href=f"{practice}/decisions/{len(decided)}",
        came=_came_of(one, named(one.answered_by), _revised_by(one, decided)),
        answer_href=entry_link(one.code, one.answer) if one.answer else "",
        answered_by=named(one.answered_by),
        given_to=given_to,
    )


def _followed(last: DecisionRow) -> str:
    return f"The decision of {day(last.decided_on)} for {lower_first(label(last.tier, Tier))}"


def _revised_by(one: ReviewRow, decided: Sequence[DecisionRow]) -> DecisionRow | None:
    """The decision that revised this one: the last before the entry that says so, which is recorded with it."""
    if one.status != "revised" or one.answer is None:
        return None
    return next((of for of in reversed(decided) if of.version < one.answer), None)


def _came_of(one: ReviewRow, answered_by: str, revised_by: DecisionRow | None) -> str:
    if one.answered_on is None:
        return MEANT.get(one.status, "").capitalize()
    to = ""
    if revised_by is not None:
        tier = lower_first(label(revised_by.tier, Tier))
        to = f", to the same tier, {tier}," if revised_by.tier == one.tier else f" to {tier}"
    return f"{STATUS[one.status]}{to} by {answered_by} on {day(one.answered_on)}"
