"""What a command says about each of its fields: is it needed, how long, which values. Nothing here is written twice."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from domain.rules import Command
from domain.text import Words, new_ids


@dataclass(frozen=True)
class Shape:
    """One field of a command. `kind` is the type of a value, or of each value where there may be `many`."""

    name: str
    kind: type
    required: bool
    many: bool
    words: Words | None
    default: Any

    @property
    def choices(self) -> tuple[StrEnum, ...]:
        return tuple(self.kind) if issubclass(self.kind, StrEnum) else ()


def shapes(command: type[Command]) -> dict[str, Shape]:
    """The fields of a command that a person may fill in, by name. Ids of new things are minted, not filled in."""
    asked: Any = command
    return _shapes(asked)


@cache
def _shapes(command: Any) -> dict[str, Shape]:
    hints = get_type_hints(command, include_extras=True)
    minted = new_ids(command)
    found = {}
    for field in fields(command):
        if field.name not in minted:
            kind, many, words = _meaning(hints[field.name])
            default = None if field.default is MISSING else field.default
            found[field.name] = Shape(field.name, kind, field.default is MISSING, many, words, default)
    return found


def _meaning(hint: Any) -> tuple[type, bool, Words | None]:
    if get_origin(hint) in {Union, UnionType}:
        hint = next(part for part in get_args(hint) if part is not type(None))
    many = get_origin(hint) is tuple
    if many:
        hint = get_args(hint)[0]
    words = None
    if get_origin(hint) is Annotated:
        words = next((mark for mark in hint.__metadata__ if isinstance(mark, Words)), None)
        hint = get_args(hint)[0]
    return get_origin(hint) or hint, many, words
