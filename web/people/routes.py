"""People, for an administrator: the list, one person, and what may be recorded of them. An auditor reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, redirect, render_template
from flask.typing import ResponseReturnValue

from application.accounts import add_account, make_link
from application.outcomes import Outcome
from domain.access.commands import AddPerson, MakeSignInLink
from domain.access.permissions import may_know_interests
from domain.rules import LONDON, Command, RuleBroken
from projections import looked_after, people
from projections.people import PersonRow
from web.forms.drawing import Drawing
from web.forms.form import Form
from web.forms.sending import Asking, respond
from web.interests.routes import Whose
from web.names import every_organisation
from web.notices import notify_done
from web.people.forms import ADD_PERSON, END_ROLE, GRANT_ROLE, MAKE_LINK
from web.practices.told import joined
from web.service import address, catch_up, current_asked, may, now, refuse, send, service, today
from web.words import day as in_full
from web.words import plural

blueprint = Blueprint("people", __name__, url_prefix="/people")

LINK_LASTS = timedelta(days=7)
RECORDED = {"GrantRole": "Role given", "EndRole": "Role ended"}


@blueprint.get("/")
def everyone() -> ResponseReturnValue:
    _administrator("ReadPeople")
    with service.views.reading() as reading:
        found = people.everyone(reading, today())
    return render_template(
        "people/everyone.html",
        people=found,
        organisations=every_organisation(today()),
        may_add=may("AddPerson"),
    )


@blueprint.get("/<person_id>")
def person(person_id: str) -> ResponseReturnValue:
    _administrator("ReadPeople")
    found = _person(person_id)
    named = service.casebook.asked_as(found.person, now())
    knows = may_know_interests(current_asked(), named)
    with service.views.reading() as reading:
        whose = Whose(
            found.person,
            found.name,
            "",
            people.interests(reading, [found.person]) if knows else [],
            people.recusals(reading, [found.person]) if knows else [],
            frozenset(),
        )
        called = {one.person: one.name for one in people.everyone(reading, today())}
    return render_template(
        "people/person.html",
        person=found,
        whose=whose,
        knows_interests=knows,
        people=called,
        organisations=every_organisation(today()),
        is_oneself=person_id == current_asked().person,
        may_change=may("GrantRole"),
        today=today(),
    )


@blueprint.route("/add-person", methods=["GET", "POST"])
def add_person() -> ResponseReturnValue:
    _administrator("AddPerson")
    return respond(_asking(ADD_PERSON, "person-new", 0, _added, "/people/"))


@blueprint.route("/<person_id>/grant-role", methods=["GET", "POST"])
def grant_role(person_id: str) -> ResponseReturnValue:
    return _about(person_id, GRANT_ROLE)


@blueprint.route("/<person_id>/end-role", methods=["GET", "POST"])
def end_role(person_id: str) -> ResponseReturnValue:
    return _about(person_id, replace(END_ROLE, about=lambda _drawing: left_behind(person_id)))


def left_behind(person_id: str) -> str:
    """What somebody who leaves still has: practices, and cover that they give or are given. Nobody takes it over by itself."""
    day = today()
    with service.views.reading() as reading:
        practices = looked_after.number_of(reading, person_id, day)
        covers = [one for one in people.covers(reading) if not one.over_on(day)]
        named = people.names(reading, {who for one in covers for who in (one.person, one.absent)})
    left = [f"are still the caseworker of {plural(practices, 'practice')}"] if practices else []
    left += [
        f"cover for {named[one.absent]} until {in_full(one.to_on)}"
        for one in covers
        if one.person == person_id
    ]
    left += [
        f"are covered by {named[one.person]} until {in_full(one.to_on)}"
        for one in covers
        if one.absent == person_id
    ]
    return f"They {joined(left)}. Have their manager settle it under Cover and hand-over." if left else ""


@blueprint.route("/<person_id>/make-sign-in-link", methods=["GET", "POST"])
def make_sign_in_link(person_id: str) -> ResponseReturnValue:
    lapses_on = (now().astimezone(LONDON) + LINK_LASTS).date()
    return _about(person_id, replace(MAKE_LINK, fixed=lambda _drawing: {"lapses_on": lapses_on}))


def _about(person_id: str, form: Form) -> ResponseReturnValue:
    _administrator(form.name)
    found = _person(person_id)

    def landed(command: Command, outcome: Outcome) -> ResponseReturnValue:
        if isinstance(command, MakeSignInLink):
            return _show_link(found.person, found.name)
        notify_done(outcome, f"{RECORDED[form.name]}: {found.name}")
        return redirect(f"/people/{found.person}", 303)

    asking = _asking(form, found.person, found.version, landed, f"/people/{found.person}")
    given = {"person_id": found.person}
    return respond(
        replace(
            asking,
            drawing=replace(asking.drawing, given=given),
            context={**asking.context, "caption": found.name},
        )
    )


def _asking(form: Form, about: str, version: int, landed: Any, back: str) -> Asking:
    return Asking(
        form=form,
        drawing=Drawing(asked=current_asked(), organisations=every_organisation(today())),
        about=about,
        version=version,
        code=_person_of,
        landed=landed,
        context={"back": {"href": back, "text": "Back"}},
    )


def _person_of(command: Any) -> str:
    account = service.casebook.stores.account(command.email) if isinstance(command, AddPerson) else None
    if account is not None and account.person_id != command.person_id:
        raise RuleBroken(
            "an-email-address-is-one-persons", "Somebody already signs in with this address", "email"
        )
    return str(command.person_id)


def _added(command: Command, _outcome: Outcome) -> ResponseReturnValue:
    assert isinstance(command, AddPerson)
    stores = service.casebook.stores
    if stores.account(command.email) is None:
        add_account(stores, email=command.email.strip().lower(), person_id=command.person_id)
    lapses_on = (now().astimezone(LONDON) + LINK_LASTS).date()
    link = MakeSignInLink(person_id=command.person_id, lapses_on=lapses_on)
    send(command.person_id, link, command_id=service.casebook.ids("command"))
    return _show_link(command.person_id, command.name)


def _show_link(person_id: str, name: str) -> ResponseReturnValue:
    """The link is shown once, on this page, and nowhere else: only what it opens is stored."""
    token = make_link(service.casebook.stores, person_id, at=now(), lasts=LINK_LASTS)
    return render_template(
        "people/link.html",
        address=address(f"/first-password/{token}"),
        name=name,
        person_id=person_id,
        told=service.settings.base_url is not None,
    )


def _administrator(what: str) -> None:
    if not may(what):
        refuse(what)
    catch_up()


def _person(person_id: str) -> PersonRow:
    with service.views.reading() as reading:
        found = people.one(reading, person_id, today())
    if found is None:
        abort(404)
    return found
