"""From what was typed to a value, or what to say when it is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from marshmallow import ValidationError
from marshmallow import fields as ma

from domain.rules import RuleBroken
from domain.text import Words, check_words
from web.forms.days import NotADay, day_typed
from web.forms.drawing import Choice
from web.forms.shapes import Shape


class Checked(ma.Field[Any]):
    """A field of a schema whose value one function reads from what was typed."""

    def __init__(self, read: Callable[[Any], Any], **needs: Any) -> None:
        super().__init__(**needs)
        self.read = read

    def _deserialize(
        self,
        value: Any,
        attr: str | None,  # noqa: ARG002
        data: Mapping[str, Any] | None,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> Any:
        return self.read(value)


def words_typed(typed: str, words: Words) -> str:
    """Words under the command's own limit, checked by the command's own function."""
    try:
        check_words(typed, words, "")
    except RuleBroken as broken:
        raise ValidationError(broken.message) from None
    return typed


def lines_typed(typed: str, words: Words) -> tuple[str, ...]:
    return tuple(words_typed(line.strip(), words) for line in typed.split("\n") if line.strip())


def number_typed(typed: str) -> int:
    digits = typed.strip().replace(",", "").replace(" ", "")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 9):
        raise ValidationError("Enter a whole number, such as 8412")
    return int(digits)


def tick_typed(typed: str) -> bool:
    if typed not in {"", "yes"}:
        raise ValidationError("Tick the box or leave it")
    return typed == "yes"


def real_day(typed: Mapping[str, str], called: str, not_after: date | None) -> date | None:
    try:
        found = day_typed(typed, called)
    except NotADay as problem:
        raise ValidationError({"message": problem.message, "parts": list(problem.parts)}) from None
    if found is not None and not_after is not None and found > not_after:
        raise ValidationError(f"{called} must be today or in the past")
    return found


def one_of(typed: str, shape: Shape, offered: Sequence[Choice]) -> Any:
    if typed not in {choice.value for choice in offered}:
        raise ValidationError("Choose one of the answers shown: what was sent is not among them")
    return shape.kind(typed) if shape.choices else typed


def any_of(typed: Sequence[str], shape: Shape, offered: Sequence[Choice]) -> tuple[Any, ...]:
    return tuple(one_of(one, shape, offered) for one in dict.fromkeys(typed))
