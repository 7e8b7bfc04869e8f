"""Giving out a document to whoever may read its entry: as a file to keep, and never as a page.

The address names a practice and one of its entries. Where the bytes lie is in the fact, and no part of the address.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

from flask import Blueprint, Response, current_app, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from application.documents import DocumentLost
from application.sealing import KeyMissing, SealBroken
from domain.access.roles import Role
from domain.practice.documents import MEDIA_TYPES, suffix_for
from domain.practice.events import DocumentAttached
from domain.practice.kinds import DocumentKind
from domain.rules import Recorded
from web.practices.opening import new_to, note_opened
from web.practices.reading import Looked, look_up, note_reading
from web.purposes.stating import of_export
from web.service import service

blueprint = Blueprint("documents", __name__)

_KEPT = frozenset(" -_,()'&+")


@blueprint.get("/practices/<code>/documents/<int:version>")
def document(code: str, version: int) -> ResponseReturnValue:
    """The document of an entry. That it was taken out is noted before it leaves."""
    looked = look_up(code)
    entry = _entry(looked, version)
    if entry is None or not isinstance(entry.fact, DocumentAttached):
        raise NotFound
    fact, practice = entry.fact, looked.practice
    subject = f"practice-{practice.code}/{version}"
    try:
        content = service.casebook.documents.opened(entry.stream, fact)
        name = file_name(fact.title.words, fact.kind)
    except (DocumentLost, SealBroken, KeyMissing) as problem:
        current_app.logger.warning("the document of %s does not open: %s", subject, type(problem).__name__)
        return _lost(), 500
    looked.teller.telling.tell(fact, version)
    note_reading(practice, looked.asked, looked.teller.telling)
    service.casebook.log_access(looked.asked, "exported", "Document", subject=subject, **of_export())
    note_opened(practice, looked.asked, [version], new_to(practice, looked.asked))
    return _given_out(content, fact.kind, name)


def _entry(looked: Looked, version: int) -> Recorded | None:
    """What was withdrawn is given to an auditor only: it may be the wrong practice's."""
    if looked.asked.role == Role.AUDITOR:
        return looked.practice.recorded(version)
    return looked.practice.standing.get(version)


def _given_out(content: bytes, kind: DocumentKind, name: str) -> Response:
    """As an attachment of its stored kind, whatever a browser would make of its bytes."""
    charset = "; charset=utf-8" if kind == DocumentKind.TEXT else ""
    response = Response(content, content_type=f"{MEDIA_TYPES[kind]}{charset}")
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def file_name(title: str, kind: DocumentKind) -> str:
    """What it is called when it is kept: its title in letters, digits and a few signs, and its kind's own ending."""
    kept = "".join(one if one.isalnum() or one in _KEPT else " " for one in title)
    stem = " ".join(kept.split())[:100].strip()
    return f"{stem or 'Document'}{suffix_for(kind)}"


def _lost() -> str:
    return render_template(
        "errors/error.html",
        heading="The document does not open",
        advice="What is stored was altered or is gone. Tell an administrator: casebook doctor says more.",
    )
