"""My team: what each caseworker has, and what has waited longest, for whoever answers for all of them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from domain.access.roles import SIDE_OF
from domain.practice.kinds import Tier
from domain.rules import Asked
from projections import people, team
from projections.caseload_row import TIERS
from projections.team import Load, Oldest
from web.export import export
from web.names import organisation_names
from web.practices.links import entry_link, practice_link
from web.practices.told import short
from web.service import catch_up, current_asked, may, refuse, service
from web.words import day, label, plural

blueprint = Blueprint("team", __name__)

NOBODY = "No caseworker"
COLUMNS = (
    *("Caseworker", "Practices", *(label(tier) for tier in reversed(TIERS)), "Open actions", "Overdue actions"),
    *("Tier reviews overdue", "Contacts overdue", "Tiers proposed", "Oldest item", "Practice", "Code", "Due"),
)  # fmt: skip


class Waited(NamedTuple):
    """What has been late longest, in words, with where it leads."""

    title: str
    href: str
    practice: str
    practice_href: str
    late: str


class Row(NamedTuple):
    person: str
    href: str
    practices: str
    overdue_href: str
    concern: int
    room: int
    load: Load
    waited: Waited | None


@blueprint.get("/my-team")
def mine() -> ResponseReturnValue:
    asked = _allowed()
    found, called = _look(asked)
    return render_template(
        "mywork/team.html",
        organisation=organisation_names([asked.organisation], asked.on).get(asked.organisation or "", ""),
        rows=[row(one, called, asked) for one in found],
        practices=sum(one.practices for one in found),
        late=sum(one.late for one in found),
    )


@blueprint.get("/my-team.csv")
def file() -> ResponseReturnValue:
    asked = _allowed()
    found, called = _look(asked)
    return export("Team", "My team", COLUMNS, (_line(one, called) for one in found), len(found))


def _allowed() -> Asked:
    if not may("ReadTeam"):
        refuse("ReadTeam")
    catch_up()
    return current_asked()


def _look(asked: Asked) -> tuple[list[Load], dict[str, str]]:
    with service.views.reading() as reading:
        found = team.loads(reading, asked, asked.on)
        return found, people.names(reading, {one.person for one in found})


def row(one: Load, called: dict[str, str], asked: Asked) -> Row:
    side = SIDE_OF[asked.role]
    chosen = {side.value: asked.organisation or "", "caseworker": one.person or "none"}
    return Row(
        person=_name(one, called),
        href=f"/practices?{urlencode(chosen)}",
        practices=plural(one.practices, "practice"),
        overdue_href=f"/practices?{urlencode(chosen | {'overdue': 'yes'})}",
        concern=one.tiers[Tier.CAUSE_FOR_CONCERN],
        room=one.tiers[Tier.ROOM_FOR_IMPROVEMENT],
        load=one,
        waited=_waited(one.oldest, asked.on) if one.oldest else None,
    )


def _name(one: Load, called: dict[str, str]) -> str:
    return called.get(one.person, one.person) if one.person else NOBODY


def _waited(one: Oldest, today: date) -> Waited:
    link = practice_link(one.code)
    late = plural((today - one.due_on).days, "day")
    href = entry_link(one.code, one.version) if one.version else link
    return Waited(_title(one), href, one.practice, link, f"Due {day(one.due_on)}, {late} ago")


def _title(one: Oldest) -> str:
    if one.kind == "action":
        return short(one.title or "An action")
    return "The tier is due for review" if one.kind == "review" else "The next contact that was promised"


def _line(one: Load, called: dict[str, str]) -> tuple[str | int | date | None, ...]:
    oldest = one.oldest
    waited = (_title(oldest), oldest.practice, oldest.code, oldest.due_on) if oldest else ("", "", "", None)
    return (
        _name(one, called),
        one.practices,
        *(one.tiers[tier] for tier in reversed(TIERS)),
        *(one.open_actions, one.overdue, one.reviews, one.contacts, one.proposals),
        *waited,
    )
