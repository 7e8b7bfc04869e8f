"""Two to six practices' timelines side by side: a picture each on one axis of time, and what they show, month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection
from werkzeug.exceptions import NotFound

from domain.access.permissions import scope_of
from domain.rules import Asked
from projections import caseload_found
from projections import practice as standing_view
from projections.caseload_found import Filters
from projections.readers import reader
from web.band import draw, months_before
from web.band_marks import NARROW, WIDE, Band, Story
from web.labels import SIDE_LABELS
from web.paging import reader_of_practices
from web.practices.links import practice_link
from web.practices.picture import described
from web.practices.reading import Looked, look_up
from web.practices.story import Listed, marks_listed, story_of
from web.purposes.stating import purpose_noted
from web.service import service
from web.words import MONTHS

blueprint = Blueprint("beside", __name__)

FEWEST, MOST = 2, 6
MOST_KEPT = 30
"""Practices that an address may name: those beyond the six wait to be unticked."""

OFFERED = 20

NARROW_MONTHS = 6
"""What the picture of a narrow screen has, whatever that of a wide one begins with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One practice: its story, drawn on the axis of all, and the marks of it."""

    code: str
    name: str
    href: str
    story: Story
    marks: list[Listed]
    wide: Band
    narrow: Band
    description: str

    @property
    def left_out(self) -> int:
        return sum(self.wide.left_out.values())


class Month(NamedTuple):
    """A month, and what each practice's picture shows of it, the newest first."""

    name: str
    cells: list[list[Listed]]


class Choice(NamedTuple):
    code: str
    name: str
    ticked: bool


class Offered(NamedTuple):
    """Practices to choose from, those chosen first, and how many more there are."""

    choices: list[Choice]
    left_out: int


@blueprint.get("/timelines")
def page() -> ResponseReturnValue:
    asked = reader_of_practices()
    codes = list(dict.fromkeys(code.strip().upper() for code in request.args.getlist("practice")))[:MOST_KEPT]
    words = request.args.get("words", "").strip()[:100]
    all_of_it = request.args.get("span") == "all"
    chosen = [look_up(code) for code in codes if code]
    mistakes = _mistakes(len(chosen), asked_for="show" in request.args)
    with service.views.reading() as reading:
        names = caseload_found.names(reading, codes)
        offered = _offered(reading, asked, names, words)
        drawn = FEWEST <= len(chosen) <= MOST
        lanes = _lanes(reading, chosen, asked, all_of_it=all_of_it) if drawn else []
    for lane in lanes:
        subject = f"practice-{lane.code}"
        service.casebook.log_access(asked, "read", "Timelines", subject=subject, **purpose_noted())
    return render_template(
        "timelines/beside.html",
        lanes=lanes,
        months=_months(lanes),
        today=asked.on,
        narrow_from=months_before(asked.on, NARROW_MONTHS),
        offered=offered,
        words=words,
        chosen=len(chosen),
        mistakes=mistakes,
        page_errors=bool(mistakes),
        all_of_it=all_of_it,
        other_span=_address(codes, "" if all_of_it else "all"),
        sides={side: chosen[0].names.side(side) if chosen else SIDE_LABELS[side] for side in SIDE_LABELS},
    )


def _mistakes(chosen: int, *, asked_for: bool) -> Mapping[str, str]:
    if chosen > MOST:
        return {"practice-1": f"Choose {MOST} practices or fewer: {chosen} are ticked"}
    if asked_for and chosen < FEWEST:
        return {
            "practice-1": f"Choose at least {FEWEST} practices: {chosen or 'none'} {'is' if chosen else 'are'} ticked"
        }
    return {}


def _address(codes: Sequence[str], span: str) -> str:
    given = [*(("practice", code) for code in codes), *([("span", span)] if span else [])]
    return f"/timelines?{urlencode(given)}"


def _offered(reading: Connection, asked: Asked, chosen: Mapping[str, str], words: str) -> Offered:
    """Those chosen, ticked; then those that the words find, or else those where there is most to see."""
    found = caseload_found.find(
        reading,
        scope_of(asked),
        asked.on,
        Filters(words=words, closed=bool(words)),
        page_size=OFFERED + len(chosen),
    )
    others = [row for row in found.rows if row.code not in chosen][:OFFERED]
    choices = [Choice(code, name, ticked=True) for code, name in chosen.items()]
    choices.sort(key=lambda one: one.name.casefold())
    more = found.total - len(others) - sum(row.code in chosen for row in found.rows)
    return Offered([*choices, *(Choice(row.code, row.name, ticked=False) for row in others)], max(0, more))


# --- pictures -----------------------------------------------------------------------------------------------


class _Told(NamedTuple):
    looked: Looked
    standing: standing_view.Standing
    story: Story
    marks: list[Listed]


def _lanes(reading: Connection, chosen: Sequence[Looked], asked: Asked, *, all_of_it: bool) -> list[Lane]:
    told = []
    for looked in chosen:
        standing = standing_view.standing(reading, looked.practice.code, reader(asked), asked.on)
        if standing is None:
            raise NotFound
        story = story_of(standing, looked.names, looked.practice)
        told.append(_Told(looked, standing, story, marks_listed(standing, looked.names, looked.practice)))
    start = months_before(asked.on, 24)
    if all_of_it:
        start = min(
            [start, *(one.story.begins_on for one in told), *(m.on for one in told for m in one.marks)]
        )
    return [_lane(one, asked.on, start) for one in told]


def _lane(told: _Told, today: date, start: date) -> Lane:
    code = told.looked.practice.code
    shown = [one for one in told.marks if start <= one.on <= today]
    return Lane(
        code=code,
        name=told.standing.details.name,
        href=practice_link(code),
        story=told.story,
        marks=shown,
        wide=draw(told.story, today, start, WIDE),
        narrow=draw(told.story, today, months_before(today, NARROW_MONTHS), NARROW),
        description=described(told.standing, shown, start, today),
    )


def _months(lanes: Sequence[Lane]) -> list[Month]:
    """Every month in which one of them has a mark, the newest first."""
    found: dict[tuple[int, int], list[list[Listed]]] = {}
    for at, lane in enumerate(lanes):
        for mark in lane.marks:
            month = found.setdefault((mark.on.year, mark.on.month), [[] for _ in lanes])
            month[at].append(mark)
    return [
        Month(f"{MONTHS[month - 1]} {year}", cells)
        for (year, month), cells in sorted(found.items(), reverse=True)
    ]
