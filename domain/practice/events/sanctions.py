"""What follows a sanction's or a termination's notice, what the contractor does of itself, and disputes over any of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.contract_kinds import ContractorForm, DisputeOutcome, TerminatedBecause
from domain.practice.kinds import DisputeRoute, ShorterBecause
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionImposed(Fact):
    """A sanction took effect, its notice having run. `despite` is the ground on which it did not wait for a dispute."""

    NAME: ClassVar[str] = "practice.sanction-imposed"
    sanction_id: str
    notice_id: str
    despite: ShorterBecause | None
    despite_words: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionLifted(Fact):
    """A sanction came to its end, before its last day or on it."""

    NAME: ClassVar[str] = "practice.sanction-lifted"
    sanction_id: str
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractorSuspended(Fact):
    """A suspension of a performer touches the contract (2015 GMS Regulations, Sch. 3 para. 65): dates and cover only.

    Who, and why, is no part of a practice's record. `occurred_on` is its first day, `until_on` its expected last.
    """

    NAME: ClassVar[str] = "practice.contractor-suspended"
    suspension_id: str
    contract_id: str
    cover: Sealed
    until_on: date | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionEnded(Fact):
    """The suspension that touched the contract ended."""

    NAME: ClassVar[str] = "practice.suspension-ended"
    suspension_id: str
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractorNoticeGiven(Fact):
    """The contractor gave notice to end the contract (2015 GMS Regulations, Sch. 3 para. 62; para. 63: `late_payment`).

    `occurred_on` is the day on which it was given, `effective_on` the day on which the contract is to end.
    """

    NAME: ClassVar[str] = "practice.contractor-notice-given"
    termination_id: str
    contract_id: str
    contractor_form: ContractorForm
    late_payment: bool
    reason: Sealed | None
    effective_on: date
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractorNoticeWithdrawn(Fact):
    """The contractor took its notice back, and the contract goes on."""

    NAME: ClassVar[str] = "practice.contractor-notice-withdrawn"
    termination_id: str
    reason: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractTerminated(Fact):
    """A contract came to its end on `occurred_on`: by whose notice, by agreement, by death, or on its last day.

    `termination_id` is what a notice began, and `notice_id` the holder's, where it ended by one. `patients` is what was done for patients; `despite` the
    ground on which it did not wait for a dispute.
    """

    NAME: ClassVar[str] = "practice.contract-terminated"
    termination_id: str | None
    contract_id: str
    because: TerminatedBecause
    notice_id: str | None
    reason: Sealed | None
    patients: Sealed
    despite: ShorterBecause | None
    despite_words: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeReferred(Fact):
    """The contractor disputes a notice, or another decision of the holder's (2015 GMS Regulations, regs 82 to 84).

    `subject` is the notice by its id, or another decision by its cite. Referred in time, it stays a sanction and a
    termination (Sch. 3 paras 73, 74; as recalled): whether it was in time follows from the day of service and the rule of
    that day. `reference` is the adjudicator's own.
    """

    NAME: ClassVar[str] = "practice.dispute-referred"
    dispute_id: str
    subject: str
    route: DisputeRoute
    reference: Sealed | None
    words: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeDetermined(Fact):
    """A dispute was determined, and for whom. What was determined for the contractor is not done."""

    NAME: ClassVar[str] = "practice.dispute-determined"
    dispute_id: str
    outcome: DisputeOutcome
    words: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeWithdrawn(Fact):
    """The contractor took its dispute back."""

    NAME: ClassVar[str] = "practice.dispute-withdrawn"
    dispute_id: str
    reason: Sealed | None
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (
    SanctionImposed,
    SanctionLifted,
    ContractorSuspended,
    SuspensionEnded,
    ContractorNoticeGiven,
    ContractorNoticeWithdrawn,
    ContractTerminated,
    DisputeReferred,
    DisputeDetermined,
    DisputeWithdrawn,
)
