"""What a page asks of Casebook: who is asking, what day it is, may they, and record this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn

from flask import abort, current_app, g
from werkzeug.local import LocalProxy

from application.casebook import Casebook
from application.outcomes import Outcome
from application.settings import LISTENS_AT, Settings
from domain.access import permissions
from domain.access.succession import Succession
from domain.practice.state import Practice
from domain.rules import Asked, Command


@dataclass(frozen=True)
class Service:
    """What `create_app` was given. `demonstration` is the day that a demonstration lives on, None for all others."""

    casebook: Casebook
    views: Any
    settings: Settings
    demonstration: date | None = None


def present() -> Service:
    """As of today, also for a page of the past."""
    found: Service = current_app.extensions["casebook"]
    return found


def _service() -> Service:
    """Of a page of the past, what it asks is answered as of then."""
    found: Service | None = g.get("service_then")
    return found or present()


service: Service = LocalProxy(_service)  # type: ignore[assignment]


def looking_back() -> bool:
    """Whether this request is for a page of the past, where there is nothing to do."""
    return "service_then" in g


def address(path: str) -> str:
    """A page's whole address, to be given to somebody: as the installation was told or as the server knows where it
    listens, and never as a request says, which anybody can make say anything.
    """
    return (service.settings.base_url or current_app.config.get("LISTENS_AT") or LISTENS_AT) + path


def now() -> datetime:
    """The instant of this request: the same in all of it. A demonstration lives in its own time."""
    if "now" not in g:
        g.now = service.casebook.clock()
    found: datetime = g.now
    return found


def today() -> date:
    """The day it is in London, for this store."""
    return current_asked().on


def current_asked() -> Asked:
    """Who is asking, in which role and for which organisation, by the facts of today."""
    if "asked" not in g:
        person = g.get("person_id")
        if person is None:
            abort(401)
        g.asked = service.casebook.asked_as(person, now())
    found: Asked = g.asked
    return found


def succession() -> Succession:
    """Which organisation came after which: read once a request."""
    if "succession" not in g:
        g.succession = service.casebook.succession()
    found: Succession = g.succession
    return found


def may(command_name: str, practice: Practice | None = None) -> bool:
    """Whether the person may send this command about this practice: what decides if its button is shown."""
    if looking_back() and not permissions.only_reads(command_name):
        return False
    return permissions.may(current_asked(), command_name, practice)


def refuse(what: str, subject: str | None = None, rule: str = "the-role-may-do-this") -> NoReturn:
    """Refuse with 403, and note in the access log who was refused what, and why."""
    service.casebook.log_access(current_asked(), "refused", what, subject=subject, rule=rule)
    g.refusal_logged = True
    g.refused = what
    abort(403)


def catch_up() -> None:
    """Let the views take in what was recorded, once a request."""
    if not g.get("caught_up"):
        service.views.catch_up()
        g.caught_up = True


def send(code: str, command: Command, *, command_id: str, expected_version: int | None = None) -> Outcome:
    """Have a command decided and recorded as the person who is signed in."""
    outcome = service.casebook.handle(
        code, command, current_asked(), command_id=command_id, expected_version=expected_version
    )
    g.caught_up = False
    return outcome
