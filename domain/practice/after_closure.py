"""What a closed practice still takes: what happened by then, and is told late."""

from __future__ import annotations

from domain.practice.commands import PracticeCommand
from domain.practice.dates import in_full
from domain.practice.state import Practice
from domain.rules import RuleBroken


def late_entries_only(practice: Practice, command: PracticeCommand) -> None:
    """After the practice closed, what happened by then is taken; nothing new is."""
    assert practice.closed_on is not None
    if command.occurred_on is None or command.occurred_on > practice.closed_on:
        raise RuleBroken(
            "a-closed-practice-takes-late-entries-only",
            f"This practice closed on {in_full(practice.closed_on)}: enter a day up to then",
            "occurred_on",
        )
