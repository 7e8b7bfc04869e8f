"""An entry or decision that is there today, and was not to be seen at the moment of the past that a page is set to."""

from __future__ import annotations

from flask import g, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from domain.practice.state import Practice
from domain.practice.visible import Withheld
from web.practices.links import entry_link, practice_link
from web.service import looking_back, present


def no_entry_by_then(code: str, version: int) -> ResponseReturnValue:
    """Told only to whoever may see the entry today; for all others, and today, there is no such page."""
    return _told(code, version, entry_link(code, version), "")


def no_decision_by_then(practice: Practice, number: int) -> ResponseReturnValue:
    """The same of a decision, with the latest by then."""
    today, code = _today(practice.code), practice.code
    if today is None or not 0 < number <= len(today.decisions):
        raise NotFound
    address = f"{practice_link(code)}/decisions/"
    latest = f"{address}{len(practice.decisions)}" if practice.decisions else ""
    return _told(code, today.decisions[number - 1].version, f"{address}{number}", latest)


def _told(code: str, version: int, address: str, latest: str) -> ResponseReturnValue:
    today = _today(code)
    entry = today.recorded(version) if today else None
    if entry is None or isinstance(entry.fact, Withheld):
        raise NotFound
    later = entry.position > g.past.position
    heading = "Not yet recorded by then" if later else "Not to be seen as of then"
    page = render_template(
        "past/not_yet.html",
        heading=heading,
        later=later,
        today_is_at=address,
        latest=latest,
        practice=practice_link(code),
    )
    return page, 404


def _today(code: str) -> Practice | None:
    return present().casebook.seen(code.upper(), g.looks) if looking_back() else None
