"""What every command of a practice is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.rules import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeCommand(Command):
    """Something asked for about one practice. TOUCHES names what it answers for the whole practice, so that two
    people's answers to the same thing are told apart from two people adding things.
    """

    TOUCHES: ClassVar[str | None] = None
    occurred_on: date | None = None
