"""Closing a list to new patients, and closing a branch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from domain.practice.commands.base import PracticeCommand
from domain.text import Form, Line, NewId, Reason, Words

SiteCode = Annotated[
    str,
    Words(
        9,
        lines=False,
        scanned=False,
        form=Form(r"[A-Z][A-Z0-9]{4,8}", "the ODS code of a site, such as A81001001"),
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyForListClosure(PracticeCommand):
    """Record the contractor's application to close its list; `occurred_on` is the day it was received."""

    TOUCHES: ClassVar[str | None] = "list"
    application_id: Annotated[str, NewId("application")]
    options: Reason
    patients: Reason
    neighbours: Reason
    months: int
    support: Reason | None = None
    plans: Reason
    changed_circumstances: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveListClosure(PracticeCommand):
    """Let the list close, by a closure notice."""

    application_id: str
    closes_on: date
    reopens_on: date
    reference: Line | None = None
    reason: Reason
    committee_told_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseListClosure(PracticeCommand):
    application_id: str
    reason: Reason
    committee_told_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendListClosure(PracticeCommand):
    """Let the list stay closed longer; `asked_on` is the day on which the contractor applied for it."""

    application_id: str
    asked_on: date
    reopens_on: date
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenList(PracticeCommand):
    """Say that the list opened before its closure was over, as both agreed."""

    application_id: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyForBranchClosure(PracticeCommand):
    """Record the contractor's application to close a branch; `occurred_on` is the day it was received."""

    branch_id: Annotated[str, NewId("branch")]
    site_name: Line
    site_code: SiteCode | None = None
    reason: Reason
    public_involvement: Reason | None = None
    closes_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveBranchClosure(PracticeCommand):
    branch_id: str
    public_involvement: Reason | None = None
    reason: Reason
    closes_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseBranchClosure(PracticeCommand):
    branch_id: str
    reason: Reason


COMMANDS: tuple[type[PracticeCommand], ...] = (
    ApplyForListClosure,
    ApproveListClosure,
    RefuseListClosure,
    ExtendListClosure,
    ReopenList,
    ApplyForBranchClosure,
    ApproveBranchClosure,
    RefuseBranchClosure,
)
