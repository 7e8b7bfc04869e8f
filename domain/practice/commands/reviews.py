"""A decision that was asked to be looked at again. It is revised by deciding the tier anew."""

from __future__ import annotations

from dataclasses import dataclass

from domain.practice.commands.base import PracticeCommand
from domain.text import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaffirmDecision(PracticeCommand):
    """Say that a decision would be the same with what is known of its day now, and why."""

    asking_id: str
    reason: Reason


COMMANDS: tuple[type[PracticeCommand], ...] = (ReaffirmDecision,)
