"""What a closed practice's record still takes, for pages, which may not ask the rules themselves."""

from __future__ import annotations

from domain.practice.practice import TAKEN_AFTER_CLOSURE
from domain.rules import Command


def taken_after_closure(command: type[Command]) -> bool:
    """Whether this command may still be answered once the practice has closed."""
    return command in TAKEN_AFTER_CLOSURE
