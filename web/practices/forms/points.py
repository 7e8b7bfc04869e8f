"""What a practice answers, point by point: rows of an entry that it answers, and of its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, ClassVar

from marshmallow import ValidationError

from domain.practice.commands import ResponsePoint
from domain.practice.heard import POINT
from web.forms.answers import words_typed
from web.forms.drawing import Drawing
from web.forms.fields import Chosen, Posted, one_line_end
from web.forms.shapes import Shape

ROWS, SPARE = 3, 2
"""Points that the form has room for; and, where there are more already, how many it may still take."""


@dataclass(frozen=True, kw_only=True)
class Points(Chosen):
    """Typed as rows of {"about": a cite or nothing, "words": what the practice says of it}."""

    WIDGET: ClassVar[str] = "points"
    AT_LENGTH: ClassVar[bool] = True

    def names(self) -> tuple[str, ...]:
        return (f"{self.name}-about", f"{self.name}-words")

    def typed(self, posted: Posted) -> list[dict[str, str]]:
        about, words = self.names()
        rows = zip_longest(posted.getlist(about), posted.getlist(words), fillvalue="")
        return [{"about": cited, "words": one_line_end(text)} for cited, text in rows]

    def given(self, typed: Any) -> Any:
        return typed if any(_filled(row) for row in typed) else None

    def first(self, drawing: Drawing) -> list[dict[str, str]]:
        """A row for each entry that the practice was told of, and some for whatever else it says."""
        found = [
            {"about": one.get("about") or "", "words": one.get("words") or ""}
            for one in (self.preset(drawing) if self.preset else None) or ()
        ]
        rows = max(ROWS, len(found) + SPARE)
        return [*found, *({"about": "", "words": ""} for _ in range(rows - len(found)))]

    def read(self, typed: Any, shape: Shape, drawing: Drawing) -> Any:
        offered = {choice.value for choice in self.offered(shape, drawing)}
        found = []
        for number, row in enumerate(typed, start=1):
            if row["about"] and row["about"] not in offered:
                raise _wrong("Choose from the entries shown: what was sent is not among them", number)
            if row["words"].strip():
                words = words_typed(row["words"], POINT)
                found.append(ResponsePoint(words=words, about=row["about"] or None))
        return tuple(found) or None

    def error_id(self, parts: Sequence[str]) -> str:
        return f"{self.name}-words-{parts[0] if parts else 1}"


def _filled(row: dict[str, str]) -> bool:
    return bool(row["words"].strip())


def _wrong(message: str, number: int) -> ValidationError:
    return ValidationError({"message": message, "parts": [str(number)]})
