"""The agreed record of a conversation, and positions."""

from __future__ import annotations

from dataclasses import dataclass

from domain.practice.commands.base import PracticeCommand
from domain.text import Narrative, Reason, Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeEntry(PracticeCommand):
    """Agree to the other side's text of a conversation. `digest` is that of the text as stored: recording fills it in.

    `text_version` is the text that was read, where many are agreed to at once: another since is not agreed to.
    """

    version: int
    digest: Sha256 | None = None
    text_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeEntry(PracticeCommand):
    """Dispute the other side's text of a conversation, saying what is wrong with it."""

    version: int
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendEntry(PracticeCommand):
    """Put one's own text in place of the other side's text of a conversation."""

    version: int
    said: Narrative
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatePosition(PracticeCommand):
    """Say where one's own organisation stands on a concern: a flag or a piece of intelligence, by its id."""

    concern: str
    position: Narrative


COMMANDS: tuple[type[PracticeCommand], ...] = (
    AgreeEntry,
    DisputeEntry,
    AmendEntry,
    StatePosition,
)
