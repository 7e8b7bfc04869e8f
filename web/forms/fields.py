"""The kinds of question a form may ask: how each is read, checked, and kept as it was typed."""
# ruff: noqa: ARG002 (each method takes what any kind of question may need)

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from werkzeug.datastructures import MultiDict

from domain.text import Words
from web.forms.answers import (
    Checked,
    any_of,
    lines_typed,
    number_typed,
    one_of,
    real_day,
    tick_typed,
    words_typed,
)
from web.forms.days import PARTS, as_typed, day_typed
from web.forms.drawing import Choice, Drawing
from web.forms.shapes import Shape
from web.words import day as in_full
from web.words import hint as hint_of
from web.words import label as label_of

Posted = MultiDict[str, str]
Told = str | Callable[[Drawing], str]

CODE = Words(60, lines=False)
"""An id or code that its command sets no limit for."""

NOTHING = "none"
"""What a browser sends for the answer that none of the answers is right."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question. `missing` is what to say when a needed answer was not given."""

    WIDGET: ClassVar[str] = "text"
    AT_LENGTH: ClassVar[bool] = False
    """Whether it takes more than a line."""

    name: str
    label: Told
    hint: Told = ""
    missing: str = ""
    preset: Callable[[Drawing], Any] | None = None
    when: Callable[[Drawing], bool] | None = None
    required: bool | None = None
    either: bool = False
    """Whether this or another question is answered: by itself it is neither needed nor optional."""
    unanswered: str = ""
    """What to say of an answer left out, when it is checked before it is sent."""

    def asked_for(self, drawing: Drawing) -> bool:
        """Whether this question is put at all."""
        return self.when is None or self.when(drawing)

    def names(self) -> tuple[str, ...]:
        """The names that a browser sends it under."""
        return (self.name,)

    def typed(self, posted: Posted) -> Any:
        """What was typed, to be shown again exactly, except that a line ends in one character."""
        return one_line_end(posted.get(self.name, ""))

    def given(self, typed: Any) -> Any:
        """What was typed, or None where nothing was."""
        return typed if typed.strip() else None

    def from_value(self, value: Any) -> Any:
        """A value of a command or fact as somebody would have typed it."""
        return "" if value is None else str(getattr(value, "words", value))

    def first(self, drawing: Drawing) -> Any:
        """What stands in the field when the form is first drawn."""
        if self.name in drawing.given:
            return self.from_value(drawing.given[self.name])
        return self.from_value(self.preset(drawing) if self.preset else None)

    def redrawn(self, typed: Any, drawing: Drawing) -> Any:
        """What stands in the field when the form is drawn with what was typed."""
        return typed

    def checked(self, shape: Shape, drawing: Drawing) -> Checked:
        """How the typed answer is checked and becomes a value, as a field of a schema."""
        return Checked(lambda typed: self.read(typed, shape, drawing), **self.need(shape))

    def read(self, typed: Any, shape: Shape, drawing: Drawing) -> Any:
        """The value of an answer that was given."""
        return words_typed(typed, shape.words or CODE)

    def need(self, shape: Shape) -> dict[str, Any]:
        required = shape.required if self.required is None else self.required
        return {
            "required": required,
            "allow_none": not required,
            "error_messages": {"required": self.missing_text(), "null": self.missing_text()},
        }

    def missing_text(self) -> str:
        if self.missing:
            return self.missing
        return f"Enter {lower_first(self.label)}" if isinstance(self.label, str) else "Enter this"

    def answer(self, typed: Any, drawing: Drawing) -> str:
        """The answer in words, to be checked before it is sent."""
        return str(typed)

    def error_id(self, parts: Sequence[str]) -> str:
        """Where an error message leads to."""
        return self.name


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """One line."""

    width: str = ""
    spelled: bool = True

    def typed(self, posted: Posted) -> str:
        return one_line_end(posted.get(self.name, "")).strip(" ")


@dataclass(frozen=True, kw_only=True)
class TextArea(Field):
    WIDGET: ClassVar[str] = "textarea"
    AT_LENGTH: ClassVar[bool] = True
    rows: int = 5


@dataclass(frozen=True, kw_only=True)
class Lines(Field):
    """Several answers, one on each line."""

    WIDGET: ClassVar[str] = "textarea"
    rows: int = 3

    def from_value(self, value: Any) -> str:
        if value is None or isinstance(value, str):
            return value or ""
        return "\n".join(str(getattr(one, "words", one)) for one in value)

    def read(self, typed: Any, shape: Shape, drawing: Drawing) -> Any:
        return lines_typed(typed, shape.words or CODE)


@dataclass(frozen=True, kw_only=True)
class Number(Field):
    """A whole number; a comma or space between thousands is taken."""

    WIDGET: ClassVar[str] = "number"

    def read(self, typed: Any, shape: Shape, drawing: Drawing) -> Any:
        return number_typed(typed)

    def answer(self, typed: Any, drawing: Drawing) -> str:
        """However its thousands were typed."""
        return f"{number_typed(typed):,}" if typed.strip() else ""


@dataclass(frozen=True, kw_only=True)
class Tick(Field):
    """Yes when ticked."""

    WIDGET: ClassVar[str] = "tick"

    def from_value(self, value: Any) -> str:
        return "yes" if value in {True, "yes"} else ""

    def given(self, typed: Any) -> Any:
        return typed

    def read(self, typed: Any, shape: Shape, drawing: Drawing) -> Any:
        return tick_typed(typed)

    def answer(self, typed: Any, drawing: Drawing) -> str:
        return "Yes" if typed else "No"


@dataclass(frozen=True, kw_only=True)
class Hidden(Field):
    """What the form is about, named by its address."""

    WIDGET: ClassVar[str] = "hidden"


@dataclass(frozen=True, kw_only=True)
class Read(Hidden):
    """What is shown with the form, by its digest: whoever is shown it anew has read that."""

    def redrawn(self, typed: Any, drawing: Drawing) -> Any:
        return self.from_value(self.preset(drawing) if self.preset else None)


@dataclass(frozen=True, kw_only=True)
class Day(Field):
    """A date in three boxes. `called` begins its messages: `The due date`. `past` refuses a day that has not come."""

    WIDGET: ClassVar[str] = "day"
    called: str = "The date"
    past: bool = False

    def names(self) -> tuple[str, ...]:
        return tuple(f"{self.name}-{part}" for part in PARTS)

    def typed(self, posted: Posted) -> dict[str, str]:
        return {part: posted.get(f"{self.name}-{part}", "") for part in PARTS}

    def given(self, typed: Any) -> Any:
        return typed if any(text.strip() for text in typed.values()) else None

    def from_value(self, value: Any) -> dict[str, str]:
        if isinstance(value, str):
            value = day_written(value)
        return as_typed(value)

    def read(self, typed: Any, shape: Shape, drawing: Drawing) -> Any:
        return real_day(typed, self.called, drawing.today if self.past else None)

    def missing_text(self) -> str:
        return self.missing or f"Enter {lower_first(self.called)}"

    def answer(self, typed: Any, drawing: Drawing) -> str:
        found = day_typed(typed, self.called)
        return in_full(found) if found else ""

    def error_id(self, parts: Sequence[str]) -> str:
        return f"{self.name}-{parts[0] if parts else 'day'}"


@dataclass(frozen=True, kw_only=True)
class Chosen(Field):
    """One of several answers: the command's own values, or what `choices` gives."""

    WIDGET: ClassVar[str] = "radios"
    choices: Callable[[Drawing], Sequence[Choice]] | None = None
    only: tuple[str, ...] = ()
    texts: Callable[[Drawing], dict[str, str]] | None = None
    inline: bool = False
    hinted: bool = False
    """Whether an answer needs its hint beside it, when it is checked before it is sent."""
    nothing: str = ""
    """What the first choice is called where none may be right: it stands chosen, and takes back another."""

    def given(self, typed: Any) -> Any:
        return None if self.nothing and typed == NOTHING else super().given(typed)

    def offered(self, shape: Shape, drawing: Drawing) -> list[Choice]:
        none = [Choice(NOTHING, self.nothing)] if self.nothing else []
        return [*none, *self._answers(shape, drawing)]

    def _answers(self, shape: Shape, drawing: Drawing) -> list[Choice]:
        if self.choices is not None:
            return list(self.choices(drawing))
        texts = self.texts(drawing) if self.texts else {}
        return [
            Choice(one.value, texts.get(one.value) or drawing.said(label_of(one)), drawing.said(hint_of(one)))
            for one in shape.choices
            if not self.only or one.value in self.only
        ]

    def from_value(self, value: Any) -> Any:
        nothing = NOTHING if self.nothing else ""
        return nothing if value is None else str(value)

    def read(self, typed: Any, shape: Shape, drawing: Drawing) -> Any:
        return one_of(typed, shape, self.offered(shape, drawing))

    def missing_text(self) -> str:
        if self.missing:
            return self.missing
        return f"Choose {lower_first(self.label)}" if isinstance(self.label, str) else "Choose one"


@dataclass(frozen=True, kw_only=True)
class Select(Chosen):
    """One of many answers. `none` is what an answer left out is called."""

    WIDGET: ClassVar[str] = "select"
    none: str = "None"


@dataclass(frozen=True, kw_only=True)
class Ticks(Chosen):
    """Any of several answers."""

    WIDGET: ClassVar[str] = "ticks"

    def typed(self, posted: Posted) -> list[str]:
        return posted.getlist(self.name)

    def given(self, typed: Any) -> Any:
        return typed or None

    def from_value(self, value: Any) -> list[str]:
        if value is None:
            return []
        return [value] if isinstance(value, str) else [str(one) for one in value]

    def read(self, typed: Any, shape: Shape, drawing: Drawing) -> Any:
        return any_of(typed, shape, self.offered(shape, drawing))


def one_line_end(text: str) -> str:
    """Browsers end each line of a text box with two characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def day_written(text: str) -> date | None:
    """The day that an address or a fact writes as 2026-11-03; an address may write anything."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
