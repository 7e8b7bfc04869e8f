"""The kinds of field a form may have: how each is read, checked and kept as it was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from marshmallow import ValidationError
from marshmallow import fields as ma
from werkzeug.datastructures import MultiDict

from domain.rules import RuleBroken
from domain.text import Words, check_words
from web.forms.days import PARTS, NotADay, as_typed, day_typed
from web.forms.drawing import Choice, Drawing
from web.forms.shapes import Shape
from web.words import hint as hint_of
from web.words import label as label_of

Posted = MultiDict[str, str]
Told = str | Callable[[Drawing], str]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question. `missing` is what to say when a needed answer was not given."""

    WIDGET: ClassVar[str] = "text"

    name: str
    label: Told
    hint: Told = ""
    missing: str = ""
    preset: Callable[[Drawing], Any] | None = None
    when: Callable[[Drawing], bool] | None = None
    required: bool | None = None

    def asked_for(self, drawing: Drawing) -> bool:
        """Whether this question is put at all."""
        return self.when is None or self.when(drawing)

    def names(self) -> tuple[str, ...]:
        """The names that a browser sends it under."""
        return (self.name,)

    def typed(self, posted: Posted) -> Any:
        """What was typed, to be shown again exactly, except that a line ends in one character."""
        return one_line_end(posted.get(self.name, ""))

    def from_value(self, value: Any) -> Any:
        """A value of a command or fact as somebody would have typed it."""
        return "" if value is None else str(getattr(value, "words", value))

    def first(self, drawing: Drawing) -> Any:
        """What stands in the field when the form is first drawn."""
        if self.name in drawing.given:
            return self.from_value(drawing.given[self.name])
        return self.from_value(self.preset(drawing) if self.preset else None)

    def checked(self, shape: Shape, drawing: Drawing) -> ma.Field:
        """How the typed answer is checked and becomes a value."""
        return TypedWords(shape.words or Words(60, lines=False), **self.need(shape))

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

    def checked(self, shape: Shape, drawing: Drawing) -> ma.Field:
        return TypedLines(shape.words or Words(200, lines=False), **self.need(shape))


@dataclass(frozen=True, kw_only=True)
class Number(Field):
    """A whole number; a comma or space between thousands is taken."""

    WIDGET: ClassVar[str] = "number"

    def checked(self, shape: Shape, drawing: Drawing) -> ma.Field:
        return TypedNumber(**self.need(shape))


@dataclass(frozen=True, kw_only=True)
class Tick(Field):
    """Yes when ticked."""

    WIDGET: ClassVar[str] = "tick"

    def from_value(self, value: Any) -> str:
        return "yes" if value in {True, "yes"} else ""

    def checked(self, shape: Shape, drawing: Drawing) -> ma.Field:
        return TypedTick(**self.need(shape))

    def answer(self, typed: Any, drawing: Drawing) -> str:
        return "Yes" if typed else "No"


@dataclass(frozen=True, kw_only=True)
class Hidden(Field):
    """What the form is about, named by its address."""

    WIDGET: ClassVar[str] = "hidden"


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

    def from_value(self, value: Any) -> dict[str, str]:
        if isinstance(value, str):
            value = date.fromisoformat(value) if value else None
        return as_typed(value)

    def checked(self, shape: Shape, drawing: Drawing) -> ma.Field:
        return TypedDay(self.called, drawing.today if self.past else None, **self.need(shape))

    def missing_text(self) -> str:
        return self.missing or f"Enter {lower_first(self.called)}"

    def answer(self, typed: Any, drawing: Drawing) -> str:
        from web.words import day

        found = day_typed(typed, self.called)
        return day(found) if found else ""

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

    def offered(self, shape: Shape, drawing: Drawing) -> list[Choice]:
        if self.choices is not None:
            return list(self.choices(drawing))
        texts = self.texts(drawing) if self.texts else {}
        return [
            Choice(one.value, texts.get(one.value) or label_of(one), hint_of(one))
            for one in shape.choices
            if not self.only or one.value in self.only
        ]

    def from_value(self, value: Any) -> Any:
        return "" if value is None else str(value)

    def first(self, drawing: Drawing) -> Any:
        return super().first(drawing)

    def checked(self, shape: Shape, drawing: Drawing) -> ma.Field:
        return TypedChoice(shape, [one.value for one in self.offered(shape, drawing)], **self.need(shape))

    def missing_text(self) -> str:
        if self.missing:
            return self.missing
        return f"Choose {lower_first(self.label)}" if isinstance(self.label, str) else "Choose one"


@dataclass(frozen=True, kw_only=True)
class Select(Chosen):
    """One of many answers."""

    WIDGET: ClassVar[str] = "select"


@dataclass(frozen=True, kw_only=True)
class Ticks(Chosen):
    """Any of several answers."""

    WIDGET: ClassVar[str] = "ticks"

    def typed(self, posted: Posted) -> list[str]:
        return posted.getlist(self.name)

    def from_value(self, value: Any) -> list[str]:
        if value is None:
            return []
        return [value] if isinstance(value, str) else [str(one) for one in value]

    def checked(self, shape: Shape, drawing: Drawing) -> ma.Field:
        return TypedChoices(shape, [one.value for one in self.offered(shape, drawing)], **self.need(shape))


# --- from what is typed to a value --------------------------------------------------------------------------


class TypedWords(ma.Field[Any]):
    """Words under the same limit as the command's, checked by the same function."""

    def __init__(self, words: Words, **needs: Any) -> None:
        super().__init__(**needs)
        self.words = words

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        return super().deserialize(value if value and value.strip() else None, attr, data, **kwargs)

    def _deserialize(self, value: str, attr: str | None, _data: Any, **_kwargs: Any) -> Any:
        return checked_words(value, self.words)


class TypedLines(TypedWords):
    def _deserialize(self, value: str, attr: str | None, _data: Any, **_kwargs: Any) -> Any:
        return tuple(checked_words(line.strip(), self.words) for line in value.split("\n") if line.strip())

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        found = super().deserialize(value, attr, data, **kwargs)
        return () if found is None else found


class TypedNumber(ma.Field[Any]):
    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        return super().deserialize(value.strip() or None, attr, data, **kwargs)

    def _deserialize(self, value: str, attr: str | None, _data: Any, **_kwargs: Any) -> int:
        digits = value.replace(",", "").replace(" ", "")
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= 9):
            raise ValidationError("Enter a whole number, such as 8412")
        return int(digits)


class TypedTick(ma.Field[Any]):
    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        if value not in {"", "yes"}:
            raise ValidationError("Tick the box or leave it")
        return value == "yes"


class TypedDay(ma.Field[Any]):
    def __init__(self, called: str, not_after: date | None, **needs: Any) -> None:
        super().__init__(**needs)
        self.called = called
        self.not_after = not_after

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        try:
            found = day_typed(value, self.called)
        except NotADay as problem:
            raise ValidationError({"message": problem.message, "parts": list(problem.parts)}) from None
        if found is not None and self.not_after is not None and found > self.not_after:
            raise ValidationError(f"{self.called} must be today or in the past")
        return super().deserialize(found, attr, data, **kwargs)

    def _deserialize(self, value: date, attr: str | None, _data: Any, **_kwargs: Any) -> date:
        return value


class TypedChoice(ma.Field[Any]):
    def __init__(self, shape: Shape, offered: list[str], **needs: Any) -> None:
        super().__init__(**needs)
        self.shape = shape
        self.offered = offered

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        return super().deserialize(value or None, attr, data, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, _data: Any, **_kwargs: Any) -> Any:
        return self._one(value)

    def _one(self, value: str) -> Any:
        if value not in self.offered:
            raise ValidationError("Choose one of the answers shown: what was sent is not among them")
        return self.shape.kind(value) if self.shape.choices else value


class TypedChoices(TypedChoice):
    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        return super().deserialize(value or None, attr, data, **kwargs) or ()

    def _deserialize(self, value: Any, attr: str | None, _data: Any, **_kwargs: Any) -> Any:
        return tuple(self._one(one) for one in dict.fromkeys(value))


def checked_words(text: str, words: Words) -> str:
    try:
        check_words(text, words, "")
    except RuleBroken as broken:
        raise ValidationError(broken.message) from None
    return text


def one_line_end(text: str) -> str:
    """Browsers end each line of a text box with two characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
