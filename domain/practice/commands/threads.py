"""Threads of both organisations on one concern."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.practice.commands.base import PracticeCommand
from domain.text import NewId, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinThreads(PracticeCommand):
    """Join what the other side says about a concern: a flag or a piece of intelligence, by its id.

    `avoided_contact` says that one's own organisation will not contact the practice separately about it.
    """

    join_id: Annotated[str, NewId("join")]
    concern: str
    avoided_contact: bool = False
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartThreads(PracticeCommand):
    """Undo a joining: each side's entries on the concern are a thread of their own again."""

    join_id: str
    reason: Reason


COMMANDS: tuple[type[PracticeCommand], ...] = (
    JoinThreads,
    PartThreads,
)
