"""Pages of meetings on many practices, and of reminders to many: prepared, recorded, and read afterwards."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from application.casebook import Busy
from application.recording import DiskFull
from domain.access.permissions import GRANTED
from domain.practice.state import Practice
from web.drafts import discard, keep
from web.forms.drawing import Drawing
from web.forms.form import Errors, Form, NotUnderstood, Typed, Wrong
from web.forms.sending import NO_ROOM, SIGNED_IN_AGAIN, tokens
from web.forms.tokens import Token, TokenRefused
from web.meetings.agenda import agenda, practices_to_choose
from web.meetings.forms import MOST, ChoosePractices, choose
from web.meetings.gathering import Meeting, find, recorded_by_me
from web.meetings.recording import record_all
from web.meetings.shown import held_meeting, lines_of_all, listed, rows_of
from web.notices import notify
from web.service import catch_up, current_asked, may, refuse, service
from web.words import plural

blueprint = Blueprint("meetings", __name__, url_prefix="/meetings")

KINDS = {"new-meeting": "meeting", "new-reminder": "reminder"}
TITLES = {"meeting": "A meeting on many practices", "reminder": "A reminder to many practices"}
INTROS = {
    "meeting": "Choose the practices to talk about. What there is to say about each is gathered from its record.",
    "reminder": "Choose the practices to remind. Each one’s record gets an entry of its own; no notice follows from it.",
}


@blueprint.get("")
def meetings() -> ResponseReturnValue:
    """Those that one prepares, and those that were held."""
    if current_asked().role not in GRANTED["ReadPractice"]:
        refuse("ReadPractice")
    catch_up()
    return render_template("meetings/meetings.html", records=may("RecordConversation"), **listed())


@blueprint.route("/<any('new-meeting', 'new-reminder'):kind>", methods=["GET", "POST"])
def begin(kind: str) -> ResponseReturnValue:
    """Choose the practices: from then on it is kept."""
    _may_record()
    catch_up()
    called = KINDS[kind]
    form = _choosing(called, TITLES[called], INTROS[called], "Go on")
    drawing = Drawing(asked=current_asked())
    if request.method == "GET":
        return _draw(form, drawing, form.first(drawing), back="/meetings")
    meeting_id = _meeting_of_token(kind, called)
    errors = _wrong_choice(form, drawing)
    if errors or request.form.get("step") == "resume":
        return _draw(form, drawing, _typed(form, drawing), errors, back="/meetings", meeting_id=meeting_id)
    keep(f"/meetings/{meeting_id}", request.form, ["practices"])
    return redirect(f"/meetings/{meeting_id}/all", 303)


@blueprint.get("/<meeting>")
def meeting(meeting: str) -> ResponseReturnValue:
    """What one prepares; or, once it is recorded, what it left on the practices that one may read."""
    found = find(meeting)
    if found is not None and may("RecordConversation"):
        return _overview(found)
    if current_asked().role not in GRANTED["ReadPractice"]:
        refuse("ReadPractice")
    catch_up()
    shown = held_meeting(meeting)
    if not shown["rows"]:
        abort(404)
    return render_template("meetings/held.html", **shown)


@blueprint.route("/<meeting>/practices", methods=["GET", "POST"])
def practices(meeting: str) -> ResponseReturnValue:
    """Choose the practices anew. What was typed of one that is taken off waits until it is put back."""
    found = _prepared(meeting)
    catch_up()
    form = _choosing(found.called, "Change the practices", INTROS[found.called], "Save")
    drawing = Drawing(asked=current_asked(), given={})
    if request.method == "GET":
        return _draw(form, drawing, {"practices": found.codes}, back=found.about)
    errors = _wrong_choice(form, drawing)
    if errors or request.form.get("step") == "resume":
        return _draw(form, drawing, _typed(form, drawing), errors, back=found.about)
    keep(found.about, request.form, ["practices"])
    return redirect(found.about, 303)


@blueprint.route("/<meeting>/all", methods=["GET", "POST"])
def of_all(meeting: str) -> ResponseReturnValue:
    """The day, who was there, and what was said of every practice."""
    found = _prepared(meeting)
    catch_up()
    form, drawing = found.form_of_all, found.drawing_of_all()
    return _answered(found, form, drawing, found.about_all, found.typed_of_all(), {})


@blueprint.route("/<meeting>/<code>", methods=["GET", "POST"])
def of_one(meeting: str, code: str) -> ResponseReturnValue:
    """One practice's part: its agenda, and what was said of it."""
    found = _prepared(meeting)
    practice = found.practices.get(code) or abort(404)
    assert practice.details is not None
    context = {
        "caption": practice.details.name.words,
        "practice_href": f"/practices/{code}",
        "agenda": agenda(practice, current_asked().on),
        "common": found.common,
        "recorded": found.recorded_on(practice),
        "following": _following(found, code),
    }
    form, drawing = found.form_of_one(), found.drawing_of_one(practice)
    return _answered(found, form, drawing, found.about_one(code), found.typed_of_one(code), context)


@blueprint.post("/<meeting>/record")
def record(meeting: str) -> ResponseReturnValue:
    """Record every practice's part. Sent again, it records what is missing, and nothing twice."""
    found = _prepared(meeting)
    try:
        of_all = found.said_of_all()
    except NotUnderstood:
        notify("Say when it was and who was there first: nothing was recorded", success=False)
        return redirect(found.about_all, 303)
    try:
        refused, recorded, left = record_all(found, of_all)
    except Busy as busy:
        return _overview(found, {"": Wrong(f"{busy}. What is recorded already is not recorded twice")}, 503)
    except DiskFull:
        return _overview(found, {"": Wrong(NO_ROOM)}, 507)
    if refused:
        again = find(meeting)
        assert again is not None
        return _overview(again, refused, 422)
    if not recorded:
        notify("Nothing was typed yet, so nothing was recorded", success=False)
    else:
        more = f". Nothing is typed yet of {plural(left, 'practice')}" if left else ""
        notify(f"Recorded on {plural(recorded, 'practice')}{more}")
    return redirect(found.about, 303)


@blueprint.post("/<meeting>/discard")
def throw_away(meeting: str) -> ResponseReturnValue:
    """Forget what is not recorded. What is recorded stays."""
    found = _prepared(meeting)
    discard(*found.kept)
    notify("What was not recorded is discarded", success=False)
    return redirect("/meetings", 303)


# --- inside -----------------------------------------------------------------------------------------------------


def _may_record() -> None:
    if not may("RecordConversation"):
        refuse("RecordConversation")


def _prepared(meeting_id: str) -> Meeting:
    _may_record()
    return find(meeting_id) or abort(404)


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


def _answered(
    found: Meeting,
    form: Form,
    drawing: Drawing,
    about: str,
    typed: MultiDict[str, str] | None,
    context: dict[str, Any],
) -> ResponseReturnValue:
    """Draw a page of a meeting, or keep what was sent: first of all, whatever is wrong with it."""
    context = {"back": found.about, **context}
    if request.method == "GET":
        shown = form.first(drawing) if typed is None else form.typed(typed, drawing)
        return _draw(form, drawing, shown, **context)
    keep(about, request.form, {name for one in form.asked_for(drawing) for name in one.names()})
    shown = _typed(form, drawing)
    if request.form.get("step") == "resume":
        return _draw(form, drawing, shown, note=SIGNED_IN_AGAIN, **context)
    try:
        form.read(request.form, drawing, {})
    except NotUnderstood as problem:
        return _draw(form, drawing, shown, problem.errors, **context)
    following = context.get("following")
    if following is not None and request.form.get("step") == "next":
        return redirect(found.about_one(following.code), 303)
    return redirect(found.about, 303)


def _following(found: Meeting, code: str) -> Practice | None:
    """The practice after this one on the agenda."""
    codes = list(found.practices)
    after = codes[codes.index(code) + 1 :]
    return found.practices[after[0]] if after else None


def _overview(found: Meeting, errors: Errors | None = None, status: int = 200) -> ResponseReturnValue:
    errors = errors or {}
    page = render_template(
        "meetings/meeting.html",
        meeting=found,
        rows=rows_of(found, errors),
        page_errors=[
            {"text": wrong.message, "href": f"#practice-{code}" if code else "#record"}
            for code, wrong in errors.items()
        ],
        title=TITLES[found.called],
        of_all=lines_of_all(found),
        token=_token(found.id),
        gone=len(found.codes) - len(found.practices),
        recorded=sum(found.recorded_on(practice) is not None for practice in found.practices.values()),
    )
    return page, status


def _typed(form: Form, drawing: Drawing) -> Typed:
    return form.typed(request.form, drawing)


def _draw(
    form: Form,
    drawing: Drawing,
    typed: Typed,
    errors: Errors | None = None,
    *,
    back: str,
    meeting_id: str = "",
    **context: Any,
) -> ResponseReturnValue:
    errors = errors or {}
    shown = {
        "caption": "",
        "agenda": (),
        "common": "",
        "recorded": None,
        "following": None,
        "note": "",
        **context,
    }
    page = render_template(
        "meetings/form.html",
        form=form,
        title=form.title,
        intro=form.intro,
        questions=form.drawn(drawing, typed, errors),
        page_errors=form.summary(drawing, errors),
        token=_token(meeting_id),
        back=back,
        **shown,
    )
    return page, 422 if errors else 200


def _token(meeting_id: str = "") -> str:
    """Says whose form it is, so that one that is sent after a session ended goes back to nobody else."""
    called = KINDS.get((request.view_args or {}).get("kind", ""), "")
    ids = service.casebook.ids
    if called and not meeting_id:
        meeting_id = ids(called)
    return tokens().write(
        Token(
            person=current_asked().person,
            about=request.path,
            command="Meeting",
            version=0,
            command_id=ids("command"),
            ids={"meeting": meeting_id},
        )
    )


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
