"""Documents: a file that belongs to the practice's record, taken only where its bytes are what its name says.

The bytes are no part of the fact. They lie sealed in a store beside the record, under the digest of what lies there;
the fact holds that digest and, sealed, the key that opens them. What is destroyed with that key is destroyed for good.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

from domain.practice.after_closure import late_entries_only
from domain.practice.commands import AttachDocument
from domain.practice.dates import day_of
from domain.practice.events import DocumentAttached
from domain.practice.kinds import DocumentKind
from domain.practice.state import Practice
from domain.practice.visible import no_more_open_than
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless
from domain.text import holds_nhs_number

LARGEST = 10 * 1024 * 1024
"""Bytes of one document: more than any letter or report, and little enough to be read whole."""

SUFFIXES = {
    ".pdf": DocumentKind.PDF,
    ".docx": DocumentKind.WORD,
    ".xlsx": DocumentKind.EXCEL,
    ".odt": DocumentKind.OPEN_TEXT,
    ".jpg": DocumentKind.JPEG,
    ".jpeg": DocumentKind.JPEG,
    ".png": DocumentKind.PNG,
    ".txt": DocumentKind.TEXT,
}
"""The closed list of what may be attached, by how its name ends. The first of a kind is what it is given out as."""

MEDIA_TYPES = {
    DocumentKind.PDF: "application/pdf",
    DocumentKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    DocumentKind.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DocumentKind.OPEN_TEXT: "application/vnd.oasis.opendocument.text",
    DocumentKind.JPEG: "image/jpeg",
    DocumentKind.PNG: "image/png",
    DocumentKind.TEXT: "text/plain",
}

TAKEN = "PDF, Word (.docx), Excel (.xlsx), OpenDocument text (.odt), JPEG, PNG or plain text (.txt)"

NEVER_SHOWN = frozenset({"opens_with"})
"""Fields of a fact that no page, list or command gives out: with it and a copy of the store anybody reads a document."""

_BEGINS = {
    DocumentKind.PDF: (b"%PDF-",),
    DocumentKind.JPEG: (b"\xff\xd8\xff",),
    DocumentKind.PNG: (b"\x89PNG\r\n\x1a\n",),
}
_OFFICE = {DocumentKind.WORD: "word/document.xml", DocumentKind.EXCEL: "xl/workbook.xml"}
_OPEN_TEXT = MEDIA_TYPES[DocumentKind.OPEN_TEXT].encode()
_PROGRAMS = ("basic/", "scripts/")
"""Folders in which OpenDocument keeps its macros."""
_MOST_PARTS = 5_000
"""Parts of an office document: one with more was made to be slow to read."""


def attach_document(practice: Practice, command: AttachDocument, asked: Asked) -> list[Fact]:
    """A document is of a kind that is taken, of a day that has come, and is about this practice's record."""
    kind = kind_of(command.file_name, command.content)
    day = day_of(command, asked)
    _is_about_this_practice(practice, command)
    if command.of_entry:
        entry = practice.entries[command.of_entry]
        no_more_open_than(practice.closed, command.visibility, (entry,))
    assert command.kept is not None
    return [
        DocumentAttached(
            document_id=command.document_id,
            title=Sealed(command.title),
            file_name=Sealed(command.file_name),
            kind=kind,
            size=len(command.content),
            sha256=Sealed(command.kept.sha256),
            kept_as=command.kept.kept_as,
            opens_with=Sealed(command.kept.key),
            about_flags=command.about_flags,
            about_actions=command.about_actions,
            of_entry=command.of_entry or None,
            visibility=command.visibility,
            occurred_on=day,
        )
    ]


def kind_of(file_name: str, content: bytes) -> DocumentKind:
    """What kind of document this is, by its name and its bytes alike; refused where they do not agree."""
    kind = SUFFIXES.get(suffix(file_name))
    if kind is None:
        raise RuleBroken("a-document-is-of-a-kind-that-is-taken", f"Choose a file that is {TAKEN}", "content")
    refuse_unless(bool(content), "a-document-holds-something", "The file is empty: choose another", "content")
    refuse_unless(
        len(content) <= LARGEST,
        "a-document-keeps-to-its-size",
        f"The file is larger than {LARGEST // 1024 // 1024} MB: choose a smaller one",
        "content",
    )
    refuse_unless(
        _is(kind, content),
        "a-document-is-what-its-name-says",
        f"What is in the file is not what its name says. Choose a file that is {TAKEN}",
        "content",
    )
    if kind == DocumentKind.TEXT and holds_nhs_number(content.decode()):
        raise RuleBroken(
            "no-patient-is-identified",
            "This has a valid NHS number in it. Take it out: no patient is named here",
            "content",
        )
    return kind


def suffix(file_name: str) -> str:
    """How a file's name ends, in small letters."""
    return "".join(file_name.strip().lower().rpartition(".")[1:])


def suffix_for(kind: DocumentKind) -> str:
    """How the name of a document of this kind ends when it is given out."""
    return next(ending for ending, one in SUFFIXES.items() if one == kind)


def _is(kind: DocumentKind, content: bytes) -> bool:
    if kind in _BEGINS:
        return content.startswith(_BEGINS[kind])
    return _is_text(content) if kind == DocumentKind.TEXT else _is_office(kind, content)


def _is_text(content: bytes) -> bool:
    """Words in UTF-8, with nothing in them that is not to be read."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    return all(character >= " " or character in "\n\r\t" for character in text)


def _is_office(kind: DocumentKind, content: bytes) -> bool:
    """A document of its kind, without a program in it. Only the list of its parts is read, and one small part."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            names = parts.namelist()
            if len(names) > _MOST_PARTS or any("vbaproject" in name.lower() for name in names):
                return False
            if kind != DocumentKind.OPEN_TEXT:
                return "[Content_Types].xml" in names and _OFFICE[kind] in names
            if any(name.lower().startswith(_PROGRAMS) for name in names):
                return False
            stored = parts.getinfo("mimetype")
            return stored.file_size == len(_OPEN_TEXT) and parts.read(stored) == _OPEN_TEXT
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError):
        return False


def _is_about_this_practice(practice: Practice, command: AttachDocument) -> None:
    for field, wanted, known in (
        ("about_flags", command.about_flags, practice.flags),
        ("about_actions", command.about_actions, practice.actions),
        ("of_entry", (command.of_entry,) if command.of_entry else (), practice.entries),
    ):
        if not all(thing in known for thing in wanted):
            raise RuleBroken(
                "what-it-is-about-is-of-this-practice", "Choose from this practice's record", field
            )


def taken_after_closure(practice: Practice, command: AttachDocument) -> None:
    """After closure a document of an earlier day is taken, or one that belongs to an entry."""
    if not command.of_entry:
        late_entries_only(practice, command)


def document_attached(practice: Practice, fact: DocumentAttached, entry: Recorded) -> None:
    practice.documents[fact.document_id] = entry.version
