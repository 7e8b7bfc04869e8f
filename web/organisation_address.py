"""The form for the address that the letters of one's own organisation come from."""

from __future__ import annotations

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue

from application.outcomes import Outcome
from domain.access.commands import AddressOrganisation
from domain.rules import Command, DoesNotOpen
from web.forms.drawing import Drawing
from web.forms.fields import Day, TextArea
from web.forms.form import Form
from web.forms.sending import Asking, respond
from web.notices import notify_done
from web.service import current_asked, may, refuse, service
from web.words import day

blueprint = Blueprint("organisation_address", __name__)


def address_now(drawing: Drawing) -> str | None:
    organisation = service.casebook.aggregate("organisation", drawing.asked.organisation or "")
    found = organisation.addressed_on(drawing.today)
    try:
        return found.address.words if found else None
    except DoesNotOpen:
        return None


def lost(drawing: Drawing) -> str:
    """Says so where the words of the address do not open, so that nobody thinks that none was recorded."""
    organisation = service.casebook.aggregate("organisation", drawing.asked.organisation or "")
    found = organisation.addressed_on(drawing.today)
    if found is None or address_now(drawing) is not None:
        return ""
    return (
        f"The address from {day(found.from_on)} on does not open any more: it was erased, or altered outside Casebook. "
        "Until another is recorded no notice can be issued."
    )


FORM = Form(
    command=AddressOrganisation,
    title="Where your organisation is",
    about=lost,
    intro="Letters of notices that are issued from then on come from this address. Those issued before keep theirs.",
    fields=(
        TextArea(
            name="address",
            label="Address",
            hint="Without the organisation’s name, which stands above it. End with the postcode.",
            missing="Enter the address",
            preset=address_now,
        ),
        Day(
            name="from_on",
            label="From when?",
            called="The first day",
            preset=lambda drawing: drawing.today,
            required=True,
        ),
    ),
    fixed=lambda drawing: {"code": drawing.asked.organisation},
    button="Record the address",
)


@blueprint.route("/organisation-address", methods=["GET", "POST"])
def address() -> ResponseReturnValue:
    if not may("AddressOrganisation"):
        refuse("AddressOrganisation")
    code = current_asked().organisation or abort(404)
    history = service.casebook.history(f"organisation-{code}")
    return respond(
        Asking(
            form=FORM,
            drawing=Drawing(asked=current_asked()),
            about=f"organisation-{code}",
            version=history[-1].version if history else 0,
            landed=_landed,
            context={"back": {"href": "/", "text": "My work"}},
        )
    )


def _landed(_command: Command, outcome: Outcome) -> ResponseReturnValue:
    notify_done(outcome, "The address of your organisation is recorded")
    return redirect("/organisation-address", 303)
