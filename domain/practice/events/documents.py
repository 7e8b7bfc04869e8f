"""Documents that belong to a practice's record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import DocumentKind, Visibility
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAttached(Fact):
    """A document was attached. Its bytes are not in the record: they lie sealed in the store of documents.

    `kept_as` is the SHA-256 of the sealed bytes, and the name that they lie under; it tells nothing of what is in them.
    `opens_with` is the key that opens them (AES-256, in hexadecimal), and `sha256` the digest of the document itself,
    which is sealed because a short document could be guessed from it. `size` is the document's, in bytes.
    `of_entry` is the conversation it belongs to. `occurred_on` is the document's own day, or when it came.
    """

    NAME: ClassVar[str] = "practice.document-attached"
    document_id: str
    title: Sealed
    file_name: Sealed
    kind: DocumentKind
    size: int
    sha256: Sealed
    kept_as: str
    opens_with: Sealed
    about_flags: tuple[str, ...]
    about_actions: tuple[str, ...]
    of_entry: str | None
    visibility: Visibility
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (DocumentAttached,)
