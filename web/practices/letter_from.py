"""Where the letter of a notice comes from, shown to whoever issues it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from application.notice_letter import Letter, letter_of
from domain.practice.commands import IssueNotice
from domain.rules import DoesNotOpen
from web.forms.drawing import Drawing
from web.service import service


def draft_read(drawing: Drawing) -> str:
    """The digest of the draft's letter as it stands: nothing else is issued to whoever is shown this."""
    draft = _draft(drawing, drawing.today)
    return draft.digest if draft else ""


def comes_from(drawing: Drawing) -> list[tuple[str, str]]:
    """Who sends it and from where, if it is issued today."""
    return _told(_draft(drawing, drawing.today))


def comes_from_then(drawing: Drawing, command: IssueNotice) -> Mapping[str, Any]:
    """The same of the day on which it is said to be issued."""
    return {"shown_first": _told(_draft(drawing, command.occurred_on or drawing.today))}


def _told(draft: Letter | None) -> list[tuple[str, str]]:
    if draft is None:
        return []
    address = draft.address or ("No address is recorded.",)
    if draft.address_lost:
        address = ("The address does not open any more: record it again first.",)
    return [("The letter comes from", "\n".join((draft.sender, *address)))]


def _draft(drawing: Drawing, on: date) -> Letter | None:
    """None where it is no draft any more, or its words do not open: whoever issues it is refused."""
    notice_id = drawing.given.get("notice_id", "")
    found = drawing.practice.notices.get(notice_id)
    if found is None or found.issued is not None:
        return None
    whole = service.casebook.practice(drawing.practice.code)
    try:
        return letter_of(whole, whole.notices[notice_id], service.casebook.letters_names(), on)
    except DoesNotOpen:
        return None
