"""What every command of a practice is, and the text types that several share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from domain.rules import Command
from domain.text import Words

Address = Annotated[str, Words(500)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeCommand(Command):
    """Something asked for about one practice. TOUCHES names what it answers for the whole practice, so that two
    people's answers to the same thing are told apart from two people adding things.
    """

    TOUCHES: ClassVar[str | None] = None
    occurred_on: date | None = None
