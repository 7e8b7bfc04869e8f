"""Which practices a meeting or a reminder is about: chosen to begin one, and chosen anew."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from web.drafts import keep
from web.forms.drawing import Drawing
from web.forms.form import Errors, Form, NotUnderstood, Wrong
from web.forms.sending import tokens
from web.forms.tokens import TokenRefused
from web.meetings.addresses import address_of
from web.meetings.agenda import practices_to_choose
from web.meetings.drawn import KINDS, TITLES, draw, may_record, prepared
from web.meetings.forms import MOST, ChoosePractices, choose
from web.meetings.gathering import recorded_by_me
from web.service import catch_up, current_asked, service

blueprint = Blueprint("choosing", __name__, url_prefix="/meetings")

INTROS = {
    "meeting": "Choose the practices to talk about. What there is to say about each is gathered from its record.",
    "reminder": "Choose the practices to remind. Each one’s record gets an entry of its own; no notice follows from it.",
}


@blueprint.route("/<any('new-meeting', 'new-reminder'):kind>", methods=["GET", "POST"])
def begin(kind: str) -> ResponseReturnValue:
    """Choose the practices: from then on it is kept."""
    may_record()
    catch_up()
    called = KINDS[kind]
    form = _choosing(called, TITLES[called], INTROS[called], "Go on")
    drawing = Drawing(asked=current_asked())
    if request.method == "GET":
        return draw(form, drawing, form.first(drawing), back="/meetings")
    meeting_id = _meeting_of_token(kind, called)
    errors = _wrong_choice(form, drawing)
    if errors or request.form.get("step") == "resume":
        return draw(
            form, drawing, form.typed(request.form, drawing), errors, back="/meetings", meeting_id=meeting_id
        )
    keep(address_of(meeting_id), request.form, ["practices"])
    return redirect(f"{address_of(meeting_id)}/all", 303)


@blueprint.route("/<meeting>/practices", methods=["GET", "POST"])
def practices(meeting: str) -> ResponseReturnValue:
    """Choose the practices anew. What was typed of one that is taken off waits until it is put back."""
    found = prepared(meeting)
    catch_up()
    form = _choosing(found.called, "Change the practices", INTROS[found.called], "Save")
    drawing = Drawing(asked=current_asked(), given={})
    if request.method == "GET":
        return draw(form, drawing, {"practices": found.codes}, back=found.about)
    errors = _wrong_choice(form, drawing)
    if errors or request.form.get("step") == "resume":
        return draw(form, drawing, form.typed(request.form, drawing), errors, back=found.about)
    keep(found.about, request.form, ["practices"])
    return redirect(found.about, 303)


def _choosing(called: str, title: str, intro: str, button: str) -> Form:
    return choose(title, intro, practices_to_choose(current_asked(), called == "reminder"), button)


def _wrong_choice(form: Form, drawing: Drawing) -> Errors:
    try:
        chosen = form.read(request.form, drawing, {})
    except NotUnderstood as problem:
        return problem.errors
    assert isinstance(chosen, ChoosePractices)
    if len(chosen.practices) > MOST:
        return {"practices": Wrong(f"Choose {MOST} practices or fewer")}
    if not all(recorded_by_me(service.casebook.seen(code, current_asked())) for code in chosen.practices):
        return {"practices": Wrong("Choose practices that you may record about")}
    return {}


def _meeting_of_token(kind: str, called: str) -> str:
    """The id that was minted when the form was drawn: sent twice, it begins one meeting."""
    try:
        token = tokens().read(
            request.form.get("token", ""),
            person=current_asked().person,
            about=f"/meetings/{kind}",
            command="Meeting",
        )
    except TokenRefused:
        return service.casebook.ids(called)
    return token.ids["meeting"]
