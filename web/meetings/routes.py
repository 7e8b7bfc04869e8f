"""Pages of meetings on many practices, and of reminders to many: prepared, recorded, and read afterwards."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from application.outcomes import Busy
from application.recording import DiskFull
from domain.access.permissions import GRANTED
from domain.practice.state import Practice
from web.drafts import discard, keep
from web.forms.drawing import Drawing
from web.forms.form import Errors, Form, NotUnderstood, Wrong
from web.forms.sending import NO_ROOM, SIGNED_IN_AGAIN
from web.meetings.agenda import agenda
from web.meetings.drawn import TITLES, draw, prepared, token_for
from web.meetings.gathering import Meeting, find
from web.meetings.recording import record_all
from web.meetings.shown import held_meeting, lines_of_all, listed, rows_of
from web.notices import notify
from web.service import catch_up, current_asked, may, refuse
from web.words import plural

blueprint = Blueprint("meetings", __name__, url_prefix="/meetings")


@blueprint.get("")
def meetings() -> ResponseReturnValue:
    """Those that one prepares, and those that were held."""
    if current_asked().role not in GRANTED["ReadPractice"]:
        refuse("ReadPractice")
    catch_up()
    return render_template("meetings/meetings.html", records=may("RecordConversation"), **listed())


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


@blueprint.route("/<meeting>/all", methods=["GET", "POST"])
def of_all(meeting: str) -> ResponseReturnValue:
    """The day, who was there, and what was said of every practice."""
    found = prepared(meeting)
    catch_up()
    form, drawing = found.form_of_all, found.drawing_of_all()
    return _answered(found, form, drawing, found.about_all, found.typed_of_all(), {})


@blueprint.route("/<meeting>/<code>", methods=["GET", "POST"])
def of_one(meeting: str, code: str) -> ResponseReturnValue:
    """One practice's part: its agenda, and what was said of it."""
    found = prepared(meeting)
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
    found = prepared(meeting)
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
    found = prepared(meeting)
    discard(*found.kept)
    notify("What was not recorded is discarded", success=False)
    return redirect("/meetings", 303)


# --- inside -----------------------------------------------------------------------------------------------------


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
        return draw(form, drawing, shown, **context)
    keep(about, request.form, {name for one in form.asked_for(drawing) for name in one.names()})
    shown = form.typed(request.form, drawing)
    if request.form.get("step") == "resume":
        return draw(form, drawing, shown, note=SIGNED_IN_AGAIN, **context)
    try:
        form.read(request.form, drawing, {})
    except NotUnderstood as problem:
        return draw(form, drawing, shown, problem.errors, **context)
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
        token=token_for(found.id),
        gone=len(found.codes) - len(found.practices),
        recorded=sum(found.recorded_on(practice) is not None for practice in found.practices.values()),
    )
    return page, status
