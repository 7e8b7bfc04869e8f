"""A person's drafts: what they typed and have not recorded, to be gone on with, read or discarded."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from application.drafts import Draft
from domain.access.permissions import may_read
from web.auth import local_path
from web.drafts import discard, drafts
from web.meetings.addresses import is_part, meeting_at, title_of
from web.notices import notify
from web.service import current_asked, service

blueprint = Blueprint("drafts", __name__, url_prefix="/drafts")

_PRACTICE = re.compile(r"/practices/([A-Za-z0-9]+)/([a-z-]+)")


class Line(NamedTuple):
    """A draft: what it is, of which practice, when it was saved, where it is gone on with, and what was typed."""

    title: str
    practice: str
    about: str
    href: str
    saved_at: datetime
    words: list[str]


@blueprint.get("")
def mine() -> ResponseReturnValue:
    found = drafts().all_of(current_asked().person)
    return render_template(
        "drafts/drafts.html", lines=[_line(one) for one in found if not is_part(one.about)]
    )


@blueprint.post("/discard")
def throw_away() -> ResponseReturnValue:
    discard(request.form.get("about", "").replace("\0", ""))
    notify("The draft is discarded", success=False)
    return redirect("/drafts", 303)


def _line(draft: Draft) -> Line:
    path = draft.about.partition("?")[0]
    title, practice, href = _title(path), "", local_path(draft.about) or ""
    if found := _PRACTICE.fullmatch(path):
        practice = _practice(found[1])
        href = href if practice else ""
    return Line(title, practice, draft.about, href, draft.saved_at, [] if meeting_at(path) else _words(draft))


def _title(path: str) -> str:
    """/practices/X90001/record-conversation is to record a conversation."""
    if meeting := meeting_at(path):
        return title_of(meeting)
    return path.rpartition("/")[2].replace("-", " ").capitalize()


def _practice(code: str) -> str:
    """What a practice is called; nothing, where it is not theirs to read any more."""
    asked = current_asked()
    practice = service.casebook.seen(code.upper(), asked)
    if not practice.registered or practice.details is None or not may_read(asked, practice):
        return ""
    return practice.details.name.words


def _words(draft: Draft) -> list[str]:
    """What was typed at length: to be read also where the form cannot be opened any more."""
    return [value for name, value in draft.typed if name != "token" and (" " in value or "\n" in value)]
