"""Sanctions imposed and lifted, suspensions, the end of a contract, and disputes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from domain.practice.commands.base import PracticeCommand
from domain.practice.contract_kinds import ContractorForm, DisputeOutcome, TerminatedBecause
from domain.practice.kinds import DisputeRoute, ShorterBecause
from domain.text import Code, NewId, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ImposeSanction(PracticeCommand):
    """Impose a sanction whose notice has run. Over a pending dispute it needs a ground, `despite`, and why."""

    sanction_id: str
    despite: ShorterBecause | None = None
    despite_words: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftSanction(PracticeCommand):
    """End a sanction."""

    sanction_id: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendContractor(PracticeCommand):
    """Record that a suspension touches the contract: its dates, and who covers. Never who, and never why."""

    suspension_id: Annotated[str, NewId("suspension")]
    contract_id: str
    cover: Reason
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSuspension(PracticeCommand):
    """Record that the suspension ended."""

    suspension_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordContractorNotice(PracticeCommand):
    """Record the contractor's own notice to end the contract: given on `occurred_on`."""

    termination_id: Annotated[str, NewId("termination")]
    contract_id: str
    contractor_form: ContractorForm
    late_payment: bool = False
    reason: Reason | None = None
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawContractorNotice(PracticeCommand):
    """Record that the contractor took its notice back."""

    termination_id: str
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminateContract(PracticeCommand):
    """Record the end of a contract, on `occurred_on`: by a notice that has run, by agreement, death, or on its last day."""

    TOUCHES: ClassVar[str | None] = "contract"
    contract_id: str
    because: TerminatedBecause
    reason: Reason | None = None
    patients: Reason
    despite: ShorterBecause | None = None
    despite_words: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferDispute(PracticeCommand):
    """Record that the contractor disputes a notice, by its id, or another decision, by its cite."""

    dispute_id: Annotated[str, NewId("dispute")]
    subject: str
    route: DisputeRoute
    reference: Code | None = None
    words: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class DetermineDispute(PracticeCommand):
    """Record how a dispute was determined."""

    dispute_id: str
    outcome: DisputeOutcome
    words: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawDispute(PracticeCommand):
    """Record that the contractor took its dispute back."""

    dispute_id: str
    reason: Reason | None = None


COMMANDS: tuple[type[PracticeCommand], ...] = (
    ImposeSanction,
    LiftSanction,
    SuspendContractor,
    EndSuspension,
    RecordContractorNotice,
    WithdrawContractorNotice,
    TerminateContract,
    ReferDispute,
    DetermineDispute,
    WithdrawDispute,
)
