"""Corrections, asked for and made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from domain.practice.commands.base import PracticeCommand
from domain.practice.kinds import CorrectionKind
from domain.text import NewId, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectFact(PracticeCommand):
    """Correct an own fact. `fields` gives each field's new value as it would stand in the fact, words as words."""

    version: int
    fields: dict[str, Any]
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawFact(PracticeCommand):
    """Withdraw an own fact as entered in error."""

    version: int
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCorrection(PracticeCommand):
    """Ask a manager to have another's fact, a decision or a contract fact corrected or withdrawn."""

    request_id: Annotated[str, NewId("request")]
    version: int
    kind: CorrectionKind
    fields: dict[str, Any]
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoriseCorrection(PracticeCommand):
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineCorrection(PracticeCommand):
    request_id: str
    reason: Reason


COMMANDS: tuple[type[PracticeCommand], ...] = (
    CorrectFact,
    WithdrawFact,
    RequestCorrection,
    AuthoriseCorrection,
    DeclineCorrection,
)
