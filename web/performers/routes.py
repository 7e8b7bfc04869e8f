"""A practice's references to performers' cases: whoever may not know of them is told that there is no such page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from application import access_log
from application.access_log import Wanted
from domain.access import permissions
from domain.access.roles import Role
from domain.performers.performers import Grant, Performers, Reference, may_open, may_read
from domain.practice.state import Practice
from domain.rules import Asked
from projections import people
from web.forms.drawing import Drawing
from web.forms.form import Form
from web.forms.sending import Asking, landing, respond
from web.names import people_names
from web.performers.forms import CLOSE, END, GRANT, RECORD
from web.service import catch_up, current_asked, may, service
from web.words import moment

blueprint = Blueprint("performers", __name__, url_prefix="/practices/<code>/performers")

READINGS = 50
"""Lines of who looked, on the page."""

DONE = {
    "RecordPerformerReference": "The reference is recorded",
    "ClosePerformerReference": "The reference is closed",
    "GrantPerformerAccess": "They may read the references now",
    "EndPerformerAccess": "They may read the references no more",
}


class Read(NamedTuple):
    """That somebody looked at the page."""

    who: str
    at: str


class Found(NamedTuple):
    practice: Practice
    performers: Performers
    version: int


@blueprint.app_template_global("performers_page")
def performers_page(code: str) -> str | None:
    """Where the page is, for whoever there is one: by their role, not by what is on it; for an auditor, when let in."""
    asked = current_asked()
    if asked.role not in {Role.MANAGER, Role.ADVISER, Role.AUDITOR}:
        return None
    found = _of(code)
    return (
        url_for("performers.page", code=code) if may_open(asked, found.practice, found.performers) else None
    )


@blueprint.get("")
def page(code: str) -> ResponseReturnValue:
    found, asked = _opened(code, "ReadPerformers"), current_asked()
    reads = may_read(asked, found.practice, found.performers)
    references = sorted(found.performers.references.values(), key=_by_day, reverse=True)
    shown_grants = found.performers.grants if may("GrantPerformerAccess", found.practice) or reads else []
    readings = _readings(found.practice.code)
    return render_template(
        "performers/performers.html",
        practice=found.practice,
        references=references if reads else [],
        reads=reads,
        some_open=bool(found.performers.open),
        grants=[(one, one.holds_on(asked.on)) for one in reversed(shown_grants)],
        readings=readings,
        names=people_names(_named(references if reads else [], shown_grants)),
        may_record=may("RecordPerformerReference", found.practice),
        may_grant=may("GrantPerformerAccess", found.practice),
    )


@blueprint.route("/record", methods=["GET", "POST"])
def record(code: str) -> ResponseReturnValue:
    return _form(code, RECORD)


@blueprint.route("/close", methods=["GET", "POST"])
def close(code: str) -> ResponseReturnValue:
    return _form(code, CLOSE)


@blueprint.route("/grant", methods=["GET", "POST"])
def grant(code: str) -> ResponseReturnValue:
    return _form(code, GRANT)


@blueprint.route("/end", methods=["GET", "POST"])
def end(code: str) -> ResponseReturnValue:
    return _form(code, END)


def _of(code: str) -> Found:
    code = code.upper()
    practice = service.casebook.seen(code, current_asked())
    history = service.casebook.history(f"performer-{code}")
    return Found(practice, service.casebook.aggregate("performer", code), len(history))


def _opened(code: str, what: str) -> Found:
    """What there is for somebody who may know of it. Of anybody else's asking a line is kept, which says nothing of it."""
    found, asked = _of(code), current_asked()
    if not found.practice.registered:
        abort(404)
    allowed = (
        may_open(asked, found.practice, found.performers)
        if what == "ReadPerformers"
        else may(what, found.practice)
    )
    if not allowed:
        rule = (
            permissions.rule_against_reading(asked, found.practice)
            if asked.role in permissions.GRANTED[what]
            else "the-role-may-do-this"
        )
        service.casebook.log_access(
            asked, "refused", what, subject=f"performer-{found.practice.code}", rule=rule
        )
        abort(404)
    catch_up()
    return found


def _form(code: str, form: Form) -> ResponseReturnValue:
    found, asked = _opened(code, form.name), current_asked()
    given = {name: value for name, value in request.values.items() if name in {"reference_id", "person"}}
    if not _is_there(form, found.performers, given, asked):
        abort(404)
    back = url_for("performers.page", code=found.practice.code)

    return respond(
        Asking(
            form=form,
            drawing=Drawing(
                asked=asked,
                practice=found.practice,
                people=_auditors(asked) if form is GRANT else {},
                given={**given, "code": found.practice.code},
            ),
            about=f"performer-{found.practice.code}",
            version=found.version,
            landed=landing(DONE[form.name], back),
            context={
                "caption": _name(found.practice),
                "back": {"href": back, "text": "References to performers’ cases"},
            },
        )
    )


def _is_there(form: Form, performers: Performers, given: dict[str, str], asked: Asked) -> bool:
    """Whether what a form ends is there to be ended. A form that was sent is answered, so that no text is lost."""
    if request.method == "POST":
        return True
    if form is CLOSE:
        return any(one.fact.reference_id == given.get("reference_id") for one in performers.open)
    return form is not END or performers.let_in(given.get("person", ""), asked.on)


def _auditors(asked: Asked) -> dict[str, str]:
    with service.views.reading() as reading:
        return {one.person: one.name for one in people.with_role(reading, asked.on, Role.AUDITOR)}


def _readings(code: str) -> list[Read]:
    """Who looked at this page, the latest first: a manager's and an auditor's to see."""
    wanted = Wanted(about=f"performer-{code}", what="read")
    found = access_log.lines(service.casebook.stores.record_engine, wanted, READINGS)
    called = people_names({one.person for one in found})
    return [Read(called.get(one.person, one.person), moment(one.at)) for one in found]


def _named(references: Sequence[Reference], grants: Sequence[Grant]) -> set[str]:
    told = [one for reference in references for one in (reference.recorded, reference.closed) if one]
    told += [one for grant in grants for one in (grant.recorded, grant.ended) if one]
    return {one.person for one in told} | {grant.fact.person for grant in grants}


def _by_day(one: Reference) -> tuple[object, int]:
    return one.fact.occurred_on, one.recorded.version


def _name(practice: Practice) -> str:
    return practice.details.name.words if practice.details else practice.code
