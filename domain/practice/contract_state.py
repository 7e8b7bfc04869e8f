"""What the rules of the contract look at: breaches, notices, sanctions, disputes, and what others said of the practice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.practice.contract_kinds import DisputeOutcome, TerminatedBecause
from domain.practice.kinds import (
    DisputeRoute,
    NoticeKind,
    Rating,
    RegulatoryActionKind,
    SanctionKind,
    ShorterBecause,
)


class NoticeStatus(StrEnum):
    """How far a notice has come. A remedial notice is assessed when its period has ended."""

    DRAFT = "draft"
    ISSUED = "issued"
    SERVED = "served"
    SATISFIED = "satisfied"
    NOT_SATISFIED = "not_satisfied"
    WITHDRAWN = "withdrawn"


@dataclass(slots=True)
class Breach:
    """What the contractor is said to have done or left undone. `informal` is the fact by which no formal step followed."""

    breach_id: str
    contract_id: str
    breached_on: date
    identified_on: date
    remediable: bool
    version: int
    repeats: str | None = None
    informal: int | None = None
    tried: tuple[int, ...] = ()
    """The facts that record what the parties tried between themselves."""


@dataclass(slots=True)
class Notice:
    """A notice to the contractor: drafted by one person, issued by another, served, and for some kinds assessed.

    `rests_on` are the notices, by id, that entitle the holder to a sanction or a termination.

    `served_on` is the deemed date of service; the period runs from the day after it, and `ends_on` is its last day.
    """

    notice_id: str
    kind: NoticeKind
    contract_id: str
    breaches: tuple[str, ...]
    drafted_by: str
    drafted_on: date
    version: int
    period_days: int | None = None
    shorter_because: ShorterBecause | None = None
    rests_on: tuple[str, ...] = ()
    status: NoticeStatus = NoticeStatus.DRAFT
    issued_by: str | None = None
    issued_on: date | None = None
    issued: int | None = None
    sent_on: date | None = None
    served_on: date | None = None
    served: int | None = None
    ends_on: date | None = None
    receipt_on: date | None = None
    assessed_on: date | None = None
    assessed: int | None = None
    withdrawn_on: date | None = None
    withdrawn: int | None = None

    @property
    def given(self) -> bool:
        """Whether it was ever issued."""
        return self.issued is not None

    @property
    def open(self) -> bool:
        """Issued, and neither assessed nor withdrawn."""
        return self.status in {NoticeStatus.ISSUED, NoticeStatus.SERVED}


@dataclass(slots=True)
class Sanction:
    """A contract sanction: its notice says which, it is imposed when that has run, and lifted. Versions are of the facts."""

    sanction_id: str
    notice_id: str
    kind: SanctionKind
    from_on: date
    until_on: date | None
    version: int
    imposed_on: date | None = None
    imposed: int | None = None
    lifted_on: date | None = None
    lifted: int | None = None


@dataclass(slots=True)
class Suspension:
    """A suspension that touches a contract: its dates, and never whose it is."""

    suspension_id: str
    contract_id: str
    from_on: date
    until_on: date | None
    version: int
    ended_on: date | None = None
    ended: int | None = None


@dataclass(slots=True)
class Termination:
    """The end of a contract: notice given by its holder or by the contractor, or agreed. Versions are of the facts.

    Known by its notice; one that ended without a notice by the id of its contract.
    """

    termination_id: str
    contract_id: str
    by_contractor: bool
    effective_on: date
    version: int
    notice_id: str | None = None
    notice_given_on: date | None = None
    withdrawn: int | None = None
    because: TerminatedBecause | None = None
    terminated_on: date | None = None
    terminated: int | None = None


@dataclass(slots=True)
class Dispute:
    """A dispute over a notice, a sanction or another decision. While one referred in time is pending, it stays action."""

    dispute_id: str
    subject: str
    route: DisputeRoute
    referred_on: date
    in_time: bool
    version: int
    outcome: DisputeOutcome | None = None
    ended_on: date | None = None
    ended: int | None = None

    @property
    def pending(self) -> bool:
        return self.ended is None


@dataclass(slots=True)
class Declaration:
    """A year's electronic declaration: asked for by `due_on`, and submitted or not."""

    year: str
    due_on: date
    version: int
    submitted_on: date | None = None
    submitted: int | None = None
    asked_on: date | None = None
    amended_on: date | None = None
    amended: int | None = None


@dataclass(slots=True)
class Inspection:
    """What the regulator published of an inspection."""

    inspection_id: str
    inspected_on: date
    published_on: date
    rating: Rating
    version: int


@dataclass(slots=True)
class RegulatoryAction:
    """What the regulator did: it stands from `from_on` until it is recorded to have ended. `notice_on` is the day of the
    regulator's notice, and `comply_by` the day that it sets.
    """

    regulatory_id: str
    kind: RegulatoryActionKind
    from_on: date
    version: int
    ended_on: date | None = None
    ended: int | None = None
    notice_on: date | None = None
    comply_by: date | None = None
