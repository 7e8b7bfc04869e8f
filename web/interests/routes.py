"""Interests: a person's own, those of a manager's staff, and for an auditor everybody's."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from application.outcomes import Outcome
from domain.access import permissions
from domain.access.commands import DeclareInterest, RecusePerson
from domain.access.roles import SIDE_OF, Role
from domain.practice.kinds import Side
from domain.rules import Asked, Command
from projections import people
from projections.people import InterestRow, PersonRow, RecusalRow
from web.forms.drawing import Drawing
from web.forms.form import Form
from web.forms.sending import Asking, respond
from web.interests.forms import DECLARE, END_INTEREST, END_RECUSAL, RECUSE
from web.names import every_organisation
from web.notices import notify_done
from web.past.theirs import known_today, theirs_today
from web.service import catch_up, current_asked, looking_back, may, now, refuse, service, today
from web.words import label

blueprint = Blueprint("interests", __name__, url_prefix="/interests")

RECORDED = {
    "DeclareInterest": "Interest declared",
    "EndInterest": "Interest ended",
    "RecusePerson": "Recorded",
    "EndRecusal": "Recorded",
}


class Whose(NamedTuple):
    """One person's interests and recusals, and what the reader may record of them."""

    person: str
    name: str
    line: str
    interests: list[InterestRow]
    recusals: list[RecusalRow]
    may: frozenset[str]


@blueprint.get("")
def mine() -> ResponseReturnValue:
    asked = current_asked()
    if not may("ReadInterests"):
        refuse("ReadInterests")
    catch_up()
    with service.views.reading() as reading:
        shown = _shown(reading, asked)
        everybody = {one.person: one.name for one in people.everyone(reading, asked.on)}
    own = next((one for one in shown if one.person == asked.person), None)
    return render_template(
        "interests/interests.html",
        own=own,
        others=[one for one in shown if one.person != asked.person],
        manages=asked.role == Role.MANAGER,
        reads_all=asked.role == Role.AUDITOR,
        people=everybody,
        organisations=every_organisation(asked.on),
        today=asked.on,
    )


@blueprint.route("/<person_id>/declare-interest", methods=["GET", "POST"])
def declare_interest(person_id: str) -> ResponseReturnValue:
    return _about(person_id, DECLARE)


@blueprint.route("/<person_id>/end-interest", methods=["GET", "POST"])
def end_interest(person_id: str) -> ResponseReturnValue:
    return _about(person_id, END_INTEREST)


@blueprint.route("/<person_id>/recuse-person", methods=["GET", "POST"])
def recuse_person(person_id: str) -> ResponseReturnValue:
    return _about(person_id, RECUSE)


@blueprint.route("/<person_id>/end-recusal", methods=["GET", "POST"])
def end_recusal(person_id: str) -> ResponseReturnValue:
    return _about(person_id, END_RECUSAL)


def _shown(reading: Connection, asked: Asked) -> list[Whose]:
    """Whose interests this person may know: themselves first, if they speak for a side."""
    if asked.role == Role.AUDITOR:
        found = people.everyone(reading, asked.on)
    elif asked.role == Role.MANAGER:
        found = people.of_organisations(reading, asked.on, asked.own)
    else:
        found = [one for one in [people.one(reading, asked.person, asked.on)] if one is not None]
    known = known_today(one.person for one in found)
    found = [one for one in found if one.person in known]
    interests = people.interests(reading, known)
    recusals = people.recusals(reading, known)
    shown = [
        Whose(
            one.person,
            one.name,
            label(one.now.role) if one.now else f"No role {'then' if looking_back() else 'today'}",
            [interest for interest in interests if interest.person == one.person],
            [recusal for recusal in recusals if recusal.person == one.person],
            _grants(asked, one.person),
        )
        for one in found
    ]
    if asked.role == Role.AUDITOR:
        return [one for one in shown if one.interests or one.recusals]
    return [*shown, *_commissioners_people(reading, asked)]


def _commissioners_people(reading: Connection, asked: Asked) -> list[Whose]:
    """For a manager: people of local commissioners who take no part in a practice of the manager's organisation."""
    if asked.role != Role.MANAGER:
        return []
    found: dict[str, list[RecusalRow]] = {}
    for recusal in people.every_recusal(reading):
        named = service.casebook.asked_as(recusal.person, now())
        if (
            SIDE_OF.get(named.role) == Side.LOCAL_COMMISSIONER
            and permissions.may(asked, "EndRecusal", service.casebook.practice(recusal.practice))
            and theirs_today(recusal.practice, "EndRecusal")
        ):
            found.setdefault(recusal.person, []).append(recusal)
    names = people.names(reading, found)
    offered = frozenset() if looking_back() else frozenset({"EndRecusal"})
    return [
        Whose(person, names[person], "Of the local commissioner", [], recusals, offered)
        for person, recusals in found.items()
    ]


def _grants(asked: Asked, person: str) -> frozenset[str]:
    offered = {form.name for form in (DECLARE, END_INTEREST, RECUSE, END_RECUSAL) if may(form.name)}
    return frozenset(offered - ({"EndRecusal"} if person == asked.person else set()))


def _about(person_id: str, form: Form) -> ResponseReturnValue:
    """A form about oneself, or about one's staff. Of anybody else there is no such page."""
    asked = current_asked()
    if not may(form.name):
        refuse(form.name, person_id)
    catch_up()
    found = _person(person_id)
    code = request.values.get("practice", "").upper()
    practice = service.casebook.practice(code) if form is END_RECUSAL and code else None
    named = service.casebook.asked_as(person_id, now())
    if not permissions.may_of(asked, form.name, named, practice):
        service.casebook.log_access(
            asked, "refused", form.name, subject=person_id, rule=permissions.not_ones_own().rule
        )
        abort(404)
    if form is END_RECUSAL and person_id == asked.person:
        refuse(form.name, person_id, "nobody-lifts-their-own-recusal")
    given = {name: value for name, value in request.values.items() if name in {"interest_id", "practice"}}
    if not _is_there(form, found.person, given):
        abort(404)
    return respond(
        Asking(
            form=form,
            drawing=Drawing(
                asked=asked,
                organisations=every_organisation(today()),
                given={**given, "person_id": found.person},
            ),
            about=found.person,
            version=found.version,
            landed=lambda command, outcome: _landed(found, command, outcome),
            context={"caption": found.name, "back": {"href": "/interests", "text": "Interests"}},
        )
    )


def _is_there(form: Form, person_id: str, given: dict[str, str]) -> bool:
    """Whether what a form ends is there to be ended. A form that was sent is answered, so that no text is lost."""
    if request.method == "POST" or form not in (END_INTEREST, END_RECUSAL):
        return True
    person = service.casebook.aggregate("person", person_id)
    if form is END_INTEREST:
        return given.get("interest_id") in person.interests
    return any(one.practice == given.get("practice") for one in person.recusals)


def _landed(found: PersonRow, command: Command, outcome: Outcome) -> ResponseReturnValue:
    done = RECORDED[type(command).__name__]
    if isinstance(command, RecusePerson) or (isinstance(command, DeclareInterest) and command.takes_no_part):
        who = "You take" if found.person == current_asked().person else f"{found.name} takes"
        notify_done(outcome, f"{done}. {who} no part in {command.practice}")
    else:
        notify_done(outcome, f"{done}: {found.name}")
    return redirect("/interests", 303)


def _person(person_id: str) -> PersonRow:
    with service.views.reading() as reading:
        found = people.one(reading, person_id, today())
    if found is None:
        abort(404)
    return found
