"""Who the contractor is made of, where its practice area is, and reviews of its contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from domain.practice.commands.base import PracticeCommand
from domain.practice.commands.conversation import Attendee
from domain.practice.contract_kinds import ContractorForm
from domain.practice.kinds import ReviewKind
from domain.text import Code, Line, Narrative, NewId, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeContractorComposition(PracticeCommand):
    """Say who joined or left the contractor, or what it became."""

    TOUCHES: ClassVar[str | None] = "contract"
    contract_id: str
    joined: tuple[Line, ...] = ()
    left: tuple[Line, ...] = ()
    form_before: ContractorForm | None = None
    form_after: ContractorForm | None = None
    notice_given_on: date | None = None
    after_death: bool = False
    review: Reason | None = None
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePracticeBoundary(PracticeCommand):
    """Say what the practice area is from a day on."""

    TOUCHES: ClassVar[str | None] = "contract"
    contract_id: str
    area: Reason
    map_reference: Line | None = None
    consultation: Reason
    variation: Code | None = None
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldContractReview(PracticeCommand):
    """Record a review of the contract: who took part, what was looked at, and what was found."""

    review_id: Annotated[str, NewId("review")]
    kind: ReviewKind
    attendees: tuple[Attendee, ...]
    scope: Reason
    evidence_seen: Reason
    findings: Narrative
    about_flags: tuple[str, ...] = ()
    about_actions: tuple[str, ...] = ()


COMMANDS: tuple[type[PracticeCommand], ...] = (
    ChangeContractorComposition,
    ChangePracticeBoundary,
    HoldContractReview,
)
