"""Attached documents, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from domain.practice.kinds import DocumentKind
from web.practices.told import About, Told, listed
from web.words import label

if TYPE_CHECKING:
    from web.practices.telling import Telling


def document_attached(t: Telling, fact: e.DocumentAttached) -> Told:
    version = t.practice.documents.get(fact.document_id)
    entry = t.practice.entries.get(fact.of_entry or "")
    belongs = (About(f"it belongs to {t.entry(entry).text}", entry),) if entry else ()
    return Told(
        title=fact.title.words,
        group="documents",
        how=f"{label(fact.kind, DocumentKind)}, {size_in_words(fact.size)}",
        rows=listed(("File", fact.file_name)),
        about=(*belongs, *t.about(fact)),
        tag="Document",
        document=About(f"{fact.title.words} ({label(fact.kind, DocumentKind)})", version)
        if version
        else None,
    )


def size_in_words(size: int) -> str:
    """As people say it: 340 KB, 1.2 MB."""
    if size < 1024:
        return f"{size} bytes"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"
