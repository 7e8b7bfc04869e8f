"""Two practices become one. Each command is answered by both of them, together or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from domain.practice.commands.base import PracticeCommand
from domain.practice.kinds import MergerModel
from domain.text import Line, NewId, PracticeCode, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class MergerCommand(PracticeCommand):
    """Something about a merger with `other`; `survives` says whether the practice that is asked goes on."""

    other: PracticeCode
    survives: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveMerger(MergerCommand):
    """Let two practices merge from a day on."""

    merger_id: Annotated[str, NewId("merger")]
    model: MergerModel
    engagement: Reason
    business_case: Line | None = None
    reason: Reason
    services_told_on: date | None = None
    services_told_late: Reason | None = None
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePractices(MergerCommand):
    """Say that an approved merger has taken effect, from `occurred_on`: the practice that ceases closes the day before."""

    TOUCHES: ClassVar[str | None] = "details"
    merger_id: str


COMMANDS: tuple[type[PracticeCommand], ...] = (ApproveMerger, MergePractices)
