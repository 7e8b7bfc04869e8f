"""What a form is drawn from: the practice, who is asking and the day; and what a person may choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from domain.indicators.definitions import Definition
from domain.practice.state import Practice
from domain.rules import Asked
from web.contractors import called, said_of


class Choice(NamedTuple):
    """One answer that may be chosen. Choices of one `group` stand together under its heading."""

    value: str
    text: str
    hint: str = ""
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Everything that the drawing of one form may look at. `given` is what the address says, such as `flag_id`.

    `people`, `organisations` and `indicators` are those that may be chosen, by id or code.
    """

    asked: Asked
    practice: Practice = field(default_factory=Practice)
    telling: Any = None
    people: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, Definition] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.asked.on

    def said(self, words: str) -> str:
        """Our own words about a practice, as they are said of the contractor that this is about."""
        return said_of(words, called(self.practice.kind, self.today))

    def thing(self, things: Mapping[str, Any], name: str) -> Any:
        """The thing that the address names, or None."""
        return things.get(self.given.get(name, ""))
