"""The register of notices as a page and as a file that can be given out: no person is named in it, and of what was typed it
has only the provision.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from domain.access.permissions import scope_of
from domain.practice.kinds import NoticeKind
from domain.rules import Asked
from projections import notice_register
from projections.notice_register import RegisteredNotice, Wanted
from web.export import MOST, export
from web.names import organisation_names
from web.paging import beside, page_asked, reader_of_practices
from web.practices.chosen import Chosen
from web.practices.notices_said import Stands, disputes, ground, stands
from web.service import service
from web.words import label

blueprint = Blueprint("notices", __name__)

COLUMNS = (
    *("Notice", "Sanction", "Practice", "Code", "Team", "Provision", "Ground", "Issued", "Counts as given"),
    *("Last day of its period", "Shorter because", "Stands", "Since", "Disputes"),
)


class Line(NamedTuple):
    notice: RegisteredNotice
    kind: str
    team: str
    stands: Stands
    ground: str
    disputes: list[str]


class Read(NamedTuple):
    """What the address asks for, and what was found by it."""

    chosen: Chosen
    kind: NoticeKind | None
    team: str
    lines: list[Line]
    page: int
    pages: int
    total: int
    counted: list[tuple[str, str, int]]
    teams: dict[str, str]
    whose: str
    """Whose practices it is of, where it is not of all."""

    @property
    def narrowed(self) -> dict[str, str]:
        """What it was narrowed by, of what is known: nothing that somebody typed into the address."""
        asked = {
            "kind": self.kind.value if self.kind else "",
            "team": self.team,
            "from": self.chosen.from_on.isoformat() if self.chosen.from_on else "",
            "to": self.chosen.to_on.isoformat() if self.chosen.to_on else "",
        }
        return {name: value for name, value in asked.items() if value}

    @property
    def said(self) -> dict[str, str]:
        """What it was narrowed by, for who reads the file."""
        return {"only the practices of": self.whose, **self.narrowed}

    @property
    def address(self) -> str:
        return urlencode(self.narrowed)


@blueprint.get("/notices")
def register() -> ResponseReturnValue:
    """Every notice that was issued on the practices that are theirs to read, the last first, and how many by team."""
    found = _read(reader_of_practices(), page=page_asked(request.args))
    address = f"/notices?{found.address}" if found.address else "/notices"
    previous_page, next_page = beside(found.page, found.pages, address)
    return render_template(
        "practices/notice_register.html",
        found=found,
        lines=found.lines,
        total=found.total,
        kinds=[(one, label(one)) for one in NoticeKind],
        previous_page=previous_page,
        next_page=next_page,
    )


@blueprint.get("/notices.csv")
def file() -> ResponseReturnValue:
    """The rows of the page, all of them, as they may be given out: nobody is named, nor is who asked for it."""
    found = _read(reader_of_practices(), page_size=MOST)
    rows = (
        (
            *(line.kind, label(one.sanction), one.practice, one.code, line.team, one.provision, line.ground),
            *(one.issued_on, one.given_on, one.ends_on, label(one.shorter)),
            *(line.stands.how, line.stands.since, "; ".join(line.disputes)),
        )
        for line in found.lines
        for one in (line.notice,)
    )
    return export("Notices", "Notices", COLUMNS, rows, found.total, given_out=found.said)


def _read(asked: Asked, **which: int) -> Read:
    chosen = Chosen.read(request.args)
    kind = next((one for one in NoticeKind if one.value == request.args.get("kind")), None)
    scope = scope_of(asked)
    with service.views.reading() as reading:
        teams = notice_register.teams(reading, scope, asked.on)
        team = next((one for one in teams if one == request.args.get("team")), "")
        wanted = Wanted(kind, team or None, chosen.from_on, chosen.to_on)
        found = notice_register.find(reading, scope, asked.on, wanted, **which)
        counted = notice_register.counted(reading, scope, asked.on, wanted)
    names = organisation_names([*teams, asked.organisation], asked.on)
    own = asked.organisation or ""
    region = " and its region" if scope.regions else ""
    return Read(
        chosen=chosen,
        kind=kind,
        team=team,
        lines=[_line(one, names, asked.on) for one in found.rows],
        page=found.page,
        pages=found.pages,
        total=found.total,
        counted=sorted((names.get(team, team), label(kind), number) for team, kind, number in counted),
        teams={code: names.get(code, code) for code in teams},
        whose="" if scope.everything else f"{names.get(own, own)}{region}",
    )


def _line(one: RegisteredNotice, names: Mapping[str, str], today: date) -> Line:
    told = stands(one, today), ground(one), list(disputes(one))
    return Line(one, label(one.kind), names.get(one.team, one.team), *told)
