"""The pages of a meeting that is prepared, drawn: they are kept as they are sent, so no form of theirs is checked first."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from web.forms.drawing import Drawing
from web.forms.form import Errors, Form, Typed
from web.forms.sending import tokens
from web.forms.tokens import Token
from web.meetings.gathering import Meeting, find
from web.service import current_asked, may, refuse, service

KINDS = {"new-meeting": "meeting", "new-reminder": "reminder"}
TITLES = {"meeting": "A meeting on many practices", "reminder": "A reminder to many practices"}


def may_record() -> None:
    if not may("RecordConversation"):
        refuse("RecordConversation")


def prepared(meeting_id: str) -> Meeting:
    may_record()
    return find(meeting_id) or abort(404)


def draw(
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
        token=token_for(meeting_id),
        back=back,
        **shown,
    )
    return page, 422 if errors else 200


def token_for(meeting_id: str = "") -> str:
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
