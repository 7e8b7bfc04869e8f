"""Episodes: closed and reopened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from domain.practice.commands.base import PracticeCommand
from domain.text import NewId, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseEpisode(PracticeCommand):
    """Close the episode that is open, when nothing in it is left open."""

    TOUCHES: ClassVar[str | None] = "episode"
    closing_id: Annotated[str, NewId("closing")]
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenEpisode(PracticeCommand):
    """Undo the last closing: its episode goes on."""

    TOUCHES: ClassVar[str | None] = "episode"
    closing_id: str
    reason: Reason


COMMANDS: tuple[type[PracticeCommand], ...] = (
    CloseEpisode,
    ReopenEpisode,
)
