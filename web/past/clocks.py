"""The two clocks as a person sets them: a slider of days and a field for each, on every page of the past."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit
from weakref import WeakKeyDictionary

from flask import Blueprint, abort, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from application.recording import Recorder
from domain.practice.moment import Moment
from domain.practice.visible import SEES_ALL
from domain.rules import LONDON
from web.auth import local_path
from web.names import organisation_names
from web.past.address import (
    CLOCKS,
    HAPPENED,
    RECORDED,
    THROUGH,
    TO_COME,
    WrongClock,
    at,
    end_of,
    past_or_wrong,
    read,
    recorded_by,
    written,
)
from web.past.pages import LOOKED_BACK, practice_of
from web.service import current_asked, looking_back, may, present
from web.words import day, moment

blueprint = Blueprint("clocks", __name__)

SLID = {RECORDED: "recorded-day", HAPPENED: "happened-day"}
"""What each slider is called: days since the first of the record."""

CALLED = {RECORDED: "As recorded by", HAPPENED: "As it happened on", THROUGH: "As seen by"}

FIRST = 500
"""So many facts are the record's beginning."""


class Clock(NamedTuple):
    """One of the two: what it is called, what it says in words, and where its field and slider stand."""

    name: str
    slider: str
    called: str
    means: str
    says: str
    typed: str
    day: str
    at: int


@blueprint.get("/as-it-was")
def set_clocks() -> ResponseReturnValue:
    """Go to a page as it was: a slider that was moved says the day, else what was typed counts."""
    page = local_path(request.args.get("page"))
    if page is None:
        abort(404)
    try:
        wanted = read(_asked_for())
    except WrongClock as wrong:
        return refused(wrong, page), 400
    return redirect(at(page, wanted.moment, wanted.through), 303)


def _asked_for() -> dict[str, str]:
    """What the form asks for: what was typed into a field, else where its slider was moved to. The day follows what was
    known, unless it was set too.
    """
    asked = {name: request.args.get(name, "").strip() for name in CLOCKS}
    set_now = {name for name in SLID if asked[name] != request.args.get(f"{name}-was", "").strip()}
    for name, slider in SLID.items():
        moved = request.args.get(slider) != request.args.get(f"{slider}-was")
        if moved and name not in set_now:
            asked[name] = _of_slider(name, request.args.get(slider, ""))
            set_now.add(name)
    if not asked[RECORDED].isdigit():  # a position may read as a day
        with suppress(ValueError):  # what is no day is read as what else it may be
            asked[RECORDED] = _end_of(date.fromisoformat(asked[RECORDED]))
    by = past_or_wrong(present().casebook, Moment(recorded_by(asked[RECORDED]))).recorded_by
    if set_now == {RECORDED} and by is not None:
        asked[HAPPENED] = present().casebook.day_of(by).isoformat()
    return asked


@blueprint.get("/as-it-was/begin")
def begin() -> ResponseReturnValue:
    """The page with both clocks at now: from there they are set back."""
    page = local_path(request.args.get("page"))
    if page is None:
        abort(404)
    now = Moment(present().casebook.recorder.last_position() or None, current_asked().on)
    return redirect(at(page, now), 303)


def refused(wrong: WrongClock, page: str) -> str:
    """What was typed is kept, and the page that was wanted."""
    return render_template(
        "past/wrong.html",
        wrong=wrong,
        page=page,
        called=CALLED,
        typed={name: request.args.get(name, "") for name in CLOCKS},
    )


def drawn() -> dict[str, Any]:
    """What the layout of every page says of the past: nothing, a way into it, or where it stands."""
    if g.get("person_id") is None or request.endpoint not in LOOKED_BACK or request.method != "GET":
        return {"past": None, "as_it_was": None}
    page = this_page()
    if not looking_back():
        of_people = request.blueprint == "people" and may("ReadPeople")
        return {"past": None, "as_it_was": page if of_people or may("ReadPractice") else None}
    return {"past": {**_where(), "page": page}, "as_it_was": None}


def _where() -> dict[str, Any]:
    past = g.past
    first, today = first_day(), g.looks.on
    recorded, happened = past.asked_for.moment
    known_on = today if recorded is None else past.recorded_at.astimezone(LONDON).date()
    says = "now" if recorded is None else moment(past.recorded_at)
    if isinstance(recorded, int):
        when = says if g.looks.role in SEES_ALL else day(past.recorded_at)
        says = f"{when}, at position {past.position:,} of the record"
    typed = "" if recorded is None else written(recorded)
    then = happened.isoformat() if happened else ""
    return {
        "clocks": [
            _clock(RECORDED, "what was known then", says, typed, known_on, first),
            _clock(HAPPENED, "of that, what had happened by the day", day(past.day), then, past.day, first),
        ],
        "through": past.through,
        "through_called": _called([past.through], past.day).get(past.through, ""),
        "screens": _screens(past.day),
        "for_ever": _for_ever(past),
        "position": past.position,
        "open": recorded == present().casebook.recorder.last_position(),
        "first": first.isoformat(),
        "before": past.day < first,
        "days": (today - first).days,
    }


def _for_ever(past: Any) -> str:
    """The address to pass on, by a position: what it holds never changes. Empty where this one has it, or where nothing was
    recorded by then.
    """
    if not past.position or isinstance(past.asked_for.moment.recorded_by, int):
        return ""
    return at(this_page(), Moment(past.position, past.day), past.through)


def _clock(name: str, means: str, says: str, typed: str, on: date, first: date) -> Clock:
    return Clock(name, SLID[name], CALLED[name], means, says, typed, day(on), max(0, (on - first).days))


def practice_of_page() -> str:
    """The code of the practice that the page is about; "" where it is about none, or about all."""
    return practice_of(request.url_rule, request.view_args)


def _screens(on: date) -> dict[str, str]:
    """Whose screens of the practice of this page can be shown: of the organisations that answered for it when the record
    ended there, by the code of then and by that of whoever stood in their place.
    """
    code = practice_of_page()
    if not code:
        return {}
    recorded_by, casebook = g.past.asked_for.moment.recorded_by, present().casebook
    known_on = casebook.day_of(recorded_by)
    responsible = casebook.seen_at(code, g.looks, Moment(recorded_by)).responsible_on(known_on)
    sides = (getattr(responsible, side, None) for side in ("contract_holder", "local_commissioner"))
    codes = {one for one in sides if one}
    succession = casebook.succession()
    return _called(sorted(codes | {succession.living(one, known_on) for one in codes}), on)


def _called(organisations: Sequence[str], on: date) -> dict[str, str]:
    names = organisation_names(organisations, on) if organisations else {}
    return {code: names.get(code, code) for code in organisations}


def this_page() -> str:
    """Its address without the clocks."""
    parts = urlsplit(request.full_path)
    asked = [one for one in parse_qsl(parts.query, keep_blank_values=True) if one[0] not in CLOCKS]
    return parts.path + (f"?{urlencode(asked)}" if asked else "")


def _of_slider(name: str, typed: str) -> str:
    if not typed.isdecimal() or len(typed) > 6:
        raise WrongClock(name, "must be a day between the first of the record and today")
    chosen = first_day() + timedelta(days=int(typed))
    return chosen.isoformat() if name == HAPPENED else _end_of(chosen)


def _end_of(chosen: date) -> str:
    """The last instant of a day; of today, the last position so far."""
    if chosen > current_asked().on:
        raise WrongClock(RECORDED, TO_COME)
    if chosen == current_asked().on:
        return str(present().casebook.recorder.last_position())
    return written(end_of(chosen))


def first_day() -> date:
    """The first day of the record, as its beginning tells it: what an installation comes with may be recorded first, and of
    a later day than what is told of earlier ones.
    """
    today = current_asked().on if "looks" not in g else g.looks.on
    beginning = _beginning(present().casebook.recorder)
    return min((one for one in beginning if one <= today), default=today)


def _beginning(recorder: Recorder) -> frozenset[date]:
    """The days of the first facts. When there are so many, they are read once in a process: they never change."""
    known = _days_at_hand.get(recorder)
    if known is None:
        facts = recorder.facts_after(0, FIRST)
        known = frozenset(one.recorded_on for one in facts)
        if len(facts) == FIRST:
            _days_at_hand[recorder] = known
    return known


_days_at_hand: WeakKeyDictionary[Recorder, frozenset[date]] = WeakKeyDictionary()
