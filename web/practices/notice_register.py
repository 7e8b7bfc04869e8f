"""The register of notices as a page and as a file that can be given out: no person is named in it, and of what was typed it
has only the provision.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from domain.access.permissions import GRANTED, scope_of
from domain.practice.kinds import NoticeKind
from domain.rules import Asked
from projections import notice_register
from projections.notice_register import RegisteredNotice, Wanted
from web.export import export
from web.names import organisation_names
from web.practices.entries import Chosen
from web.practices.notices_said import Stands, disputes, ground, stands
from web.service import catch_up, current_asked, refuse, service
from web.words import label

blueprint = Blueprint("notices", __name__)

PAGE = 50
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
    found = _read(_reader())
    pages = max(1, -(-len(found.lines) // PAGE))
    page = min(max(found.chosen.page, 1), pages)
    counted = Counter((line.team, line.kind) for line in found.lines)
    return render_template(
        "practices/notice_register.html",
        found=found,
        lines=found.lines[(page - 1) * PAGE : page * PAGE],
        kinds=[(one, label(one)) for one in NoticeKind],
        counted=sorted((*whose, number) for whose, number in counted.items()),
        previous_page=_page(found, page - 1, pages),
        next_page=_page(found, page + 1, pages),
    )


@blueprint.get("/notices.csv")
def file() -> ResponseReturnValue:
    """The rows of the page, all of them, as they may be given out: nobody is named, nor is who asked for it."""
    found = _read(_reader())
    rows = [
        (
            *(line.kind, label(one.sanction), one.practice, one.code, line.team, one.provision, line.ground),
            *(one.issued_on, one.given_on, one.ends_on, label(one.shorter)),
            *(line.stands.how, line.stands.since, "; ".join(line.disputes)),
        )
        for line in found.lines
        for one in (line.notice,)
    ]
    return export("Notices", "Notices", COLUMNS, rows, len(rows), given_out=found.said)


def _reader() -> Asked:
    asked = current_asked()
    if asked.role not in GRANTED["ReadPractice"]:
        refuse("ReadPractice")
    catch_up()
    return asked


def _read(asked: Asked) -> Read:
    chosen = Chosen.read(request.args)
    kind = next((one for one in NoticeKind if one.value == request.args.get("kind")), None)
    scope = scope_of(asked)
    with service.views.reading() as reading:
        teams = notice_register.teams(reading, scope, asked.on)
        team = next((one for one in teams if one == request.args.get("team")), "")
        wanted = Wanted(kind, team or None, chosen.from_on, chosen.to_on)
        found = notice_register.find(reading, scope, asked.on, wanted)
    names = organisation_names([*teams, asked.organisation], asked.on)
    lines = [
        Line(
            one,
            label(one.kind),
            names.get(one.team, one.team),
            stands(one, asked.on),
            ground(one),
            list(disputes(one)),
        )
        for one in found
    ]
    own = asked.organisation or ""
    region = " and its region" if scope.regions else ""
    whose = "" if scope.everything else f"{names.get(own, own)}{region}"
    return Read(chosen, kind, team, lines, {code: names.get(code, code) for code in teams}, whose)


class More(NamedTuple):
    text: str
    href: str


def _page(found: Read, number: int, pages: int) -> More | None:
    if not 1 <= number <= pages:
        return None
    asked = f"{found.address}&" if found.address else ""
    return More(f"{number} of {pages}", f"/notices?{asked}page={number}")
