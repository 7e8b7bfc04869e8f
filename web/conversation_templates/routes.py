"""Pages of templates: read by whoever records conversations, written by managers and leads."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from application.outcomes import Outcome
from domain.access import permissions
from domain.access.commands import EndTemplate, WriteTemplate
from domain.rules import Command
from web.conversation_templates import DEFAULTS, own_in_use
from web.forms.drawing import Drawing
from web.forms.fields import Day, Hidden, Text, TextArea
from web.forms.form import Form
from web.forms.sending import Asking, respond
from web.notices import notify_done
from web.service import current_asked, may, refuse, service

blueprint = Blueprint("conversation_templates", __name__, url_prefix="/conversation-templates")

WRITE = Form(
    command=WriteTemplate,
    title="Write a template",
    intro="It is offered to everybody of your organisation who records a conversation. They fill it in.",
    fields=(
        Text(
            name="name",
            label="What is it for?",
            hint="A few words to choose it by.",
            missing="Enter what it is for",
        ),
        TextArea(
            name="text",
            label="Its headings",
            hint="A heading on each line, with room beneath it. Nothing about a practice, and nobody’s name.",
            missing="Enter its headings",
            rows=10,
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
    button="Write the template",
)

END = Form(
    command=EndTemplate,
    title="Offer a template no longer",
    intro="What was written with it stays as it is.",
    about=lambda drawing: drawing.given.get("name", ""),
    fields=(
        Hidden(name="template_id", label="Template"),
        Hidden(name="code", label="Organisation"),
        TextArea(name="reason", label="Why?", rows=3),
    ),
    button="Offer it no longer",
)


@blueprint.get("")
def listed() -> ResponseReturnValue:
    # Of the past nothing may be recorded, and the templates of then are read by whoever may record today.
    if not permissions.may(current_asked(), "RecordConversation"):
        refuse("RecordConversation")
    return render_template(
        "conversation_templates/templates.html",
        own=own_in_use(),
        defaults=DEFAULTS,
        writes=may("WriteTemplate") and current_asked().organisation,
    )


@blueprint.route("/write-template", methods=["GET", "POST"])
def write_template() -> ResponseReturnValue:
    if not may("WriteTemplate"):
        refuse("WriteTemplate")
    code = current_asked().organisation or abort(404)
    return respond(_asking(WRITE, code, Drawing(asked=current_asked())))


@blueprint.route("/end-template", methods=["GET", "POST"])
def end_template() -> ResponseReturnValue:
    if not may("EndTemplate"):
        refuse("EndTemplate")
    wanted = request.values.get("template_id", "")
    found = next((one for one in own_in_use() if one.template_id == wanted), None)
    if found is None and request.method == "GET":
        abort(404)
    code = found.code if found else current_asked().organisation or abort(404)
    given = {"template_id": wanted, "code": code, "name": found.name if found else ""}
    return respond(_asking(END, code, Drawing(asked=current_asked(), given=given)))


def _asking(form: Form, code: str, drawing: Drawing) -> Asking:
    history = service.casebook.history(f"organisation-{code}")
    return Asking(
        form=form,
        drawing=drawing,
        about=f"organisation-{code}",
        version=history[-1].version if history else 0,
        landed=_landed,
        context={"back": {"href": "/conversation-templates", "text": "Templates"}},
    )


def _landed(command: Command, outcome: Outcome) -> ResponseReturnValue:
    ended = "The template is offered no longer"
    notify_done(outcome, f"Template written: {command.name}" if isinstance(command, WriteTemplate) else ended)
    return redirect("/conversation-templates", 303)
