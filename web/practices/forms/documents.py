"""The form that attaches a document."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from flask import has_request_context, request
from marshmallow import ValidationError

from domain.practice import commands as c
from domain.practice.documents import LARGEST, SUFFIXES, TAKEN
from domain.rules import Command
from domain.text import Words
from web.forms.answers import words_typed
from web.forms.drawing import Drawing
from web.forms.fields import Day, Field, Hidden, Posted, Text
from web.forms.form import Form
from web.forms.shapes import Shape
from web.practices.forms.common import ABOUT_ACTIONS, ABOUT_FLAGS, late_entry_day
from web.practices.forms.visibility import WHO_SEES

FILE_NAME = Words(200, lines=False)


class Upload(NamedTuple):
    """A file as a browser sent it."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class File(Field):
    """A file of this person's machine. No page can put it back: after a mistake it is chosen again."""

    WIDGET: ClassVar[str] = "file"

    @property
    def accepts(self) -> str:
        return ",".join(SUFFIXES)

    def typed(self, posted: Posted) -> Upload | None:  # noqa: ARG002
        sent = request.files.get(self.name)
        if not sent or not sent.filename:
            return None
        sent.seek(0)  # it is read more than once
        return Upload(own_name(sent.filename), sent.read())

    def given(self, typed: Any) -> Any:
        return typed

    def from_value(self, value: Any) -> Any:
        return value

    def first(self, drawing: Drawing) -> Any:  # noqa: ARG002
        return None

    def read(self, typed: Upload, shape: Shape, drawing: Drawing) -> Upload:  # noqa: ARG002
        if not typed.name:
            raise ValidationError("Give the file a name, and choose it again")
        words_typed(typed.name, FILE_NAME)
        return typed

    def answer(self, typed: Any, drawing: Drawing) -> str:  # noqa: ARG002
        return typed.name if typed else ""


def own_name(sent: str) -> str:
    """The file's own name: some browsers send the folders that it lies in too."""
    name = sent.replace("\\", "/").rpartition("/")[2]
    return "".join(one for one in name if unicodedata.category(one) not in {"Cc", "Cf", "Cs"}).strip()


def of_entry(drawing: Drawing) -> str:
    version = drawing.practice.entries.get(drawing.given.get("of_entry", ""))
    entry = drawing.practice.standing.get(version) if version else None
    return f"It belongs to: {drawing.telling.title(entry.fact)}" if entry else ""


def _hint(_drawing: Drawing) -> str:
    hint = f"{TAKEN}, up to {LARGEST // 1024 // 1024} MB. It must not identify patients."
    sent = has_request_context() and request.method == "POST"
    return f"Choose the file again: a page cannot keep it. {hint}" if sent else hint


def _attach(_drawing: Drawing, given: dict[str, Any]) -> Command:
    upload: Upload = given.pop("content")
    return c.AttachDocument(file_name=upload.name, content=upload.content, **given)


FORMS = (
    Form(
        command=c.AttachDocument,
        title="Attach a document",
        about=of_entry,
        intro="It is kept sealed, and given out only to people who may read it.",
        fields=(
            Hidden(name="of_entry", label="Entry", when=lambda drawing: "of_entry" in drawing.given),
            File(name="content", label="Which file?", hint=_hint, missing="Choose a file"),
            Text(
                name="title",
                label="What is it?",
                hint="A few words to find it by, such as Letter from the practice about phone access.",
                missing="Enter what it is",
            ),
            Day(
                name="occurred_on",
                label="When is it from?",
                hint="The document’s own date, or when it came.",
                called="The date",
                past=True,
                preset=late_entry_day,
                required=True,
            ),
            ABOUT_ACTIONS,
            ABOUT_FLAGS,
            WHO_SEES,
        ),
        build=_attach,
        button="Attach it",
    ),
)
