"""Who sees an entry, and who is let in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.practice.commands.base import PracticeCommand
from domain.practice.kinds import Visibility
from domain.text import NewId, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeVisibility(PracticeCommand):
    """Say who sees an entry of one's own organisation: both, this organisation alone, or the other only that it is there."""

    version: int
    visibility: Visibility
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAccess(PracticeCommand):
    """Ask to read a restricted entry of the other organisation."""

    access_id: Annotated[str, NewId("access")]
    version: int
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantAccess(PracticeCommand):
    """Let the person who asked read the entry, to the end of a day."""

    access_id: str
    until_on: date
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineAccess(PracticeCommand):
    """Decline to let the person who asked read the entry."""

    access_id: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeEmergencyAccess(PracticeCommand):
    """Read a restricted entry at once. The other organisation sees it, and a manager reviews it."""

    access_id: Annotated[str, NewId("access")]
    version: int
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEmergencyAccess(PracticeCommand):
    """Say whether another person's emergency access was justified."""

    access_id: str
    justified: bool
    reason: Reason


COMMANDS: tuple[type[PracticeCommand], ...] = (
    ChangeVisibility,
    RequestAccess,
    GrantAccess,
    DeclineAccess,
    TakeEmergencyAccess,
    ReviewEmergencyAccess,
)
