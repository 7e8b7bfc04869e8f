"""Registration, details, responsibility, caseworker, closure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.commands.base import PracticeCommand
from domain.practice.kinds import ContractorKind
from domain.text import (
    Address,
    Code,
    Line,
    OrganisationCode,
    Postcode,
    PracticeCode,
    Reason,
    Sha256,
    Telephone,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPractice(PracticeCommand):
    """Begin a practice's record. `source` and `source_sha256` say which register, when it was not typed."""

    TOUCHES: ClassVar[str | None] = "details"
    code: Code
    kind: ContractorKind = ContractorKind.GENERAL_PRACTICE
    name: Line
    contract_holder: OrganisationCode
    local_commissioner: OrganisationCode | None = None
    region: OrganisationCode | None = None
    responsible_from: date | None = None
    address: Address | None = None
    postcode: Postcode | None = None
    telephone: Telephone | None = None
    opened_on: date | None = None
    list_size: int | None = None
    source: Code = "form"
    source_sha256: Sha256 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDetails(PracticeCommand):
    """Give the details as they should stand: all of them, changed or not."""

    TOUCHES: ClassVar[str | None] = "details"
    name: Line
    address: Address | None = None
    postcode: Postcode | None = None
    telephone: Telephone | None = None
    list_size: int | None = None
    source: Code = "form"
    source_sha256: Sha256 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignResponsibility(PracticeCommand):
    """Say which organisations answer for the practice from a day on."""

    TOUCHES: ClassVar[str | None] = "responsibility"
    contract_holder: OrganisationCode
    local_commissioner: OrganisationCode | None = None
    region: OrganisationCode | None = None
    from_on: date
    reason: Reason | None = None
    source: Code = "form"
    source_sha256: Sha256 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCaseworker(PracticeCommand):
    """Name the practice's caseworker by person id, or nobody."""

    TOUCHES: ClassVar[str | None] = "caseworker"
    caseworker: Code | None = None
    from_on: date | None = None
    note: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverPractice(PracticeCommand):
    """Hand the practice over to another caseworker, with a note.

    `hand_over_id` is shared by all that a manager hands over when somebody leaves; `whose` is who is its caseworker, as
    far as the sender knows.
    """

    TOUCHES: ClassVar[str | None] = "caseworker"
    caseworker: Code
    note: Reason
    from_on: date | None = None
    hand_over_id: str | None = None
    whose: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePractice(PracticeCommand):
    TOUCHES: ClassVar[str | None] = "details"
    closed_on: date
    reason: Reason | None = None
    successor: PracticeCode | None = None
    source: Code = "form"
    source_sha256: Sha256 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenPractice(PracticeCommand):
    TOUCHES: ClassVar[str | None] = "details"
    reason: Reason | None = None
    source: Code = "form"
    source_sha256: Sha256 | None = None


COMMANDS: tuple[type[PracticeCommand], ...] = (
    RegisterPractice,
    ChangeDetails,
    AssignResponsibility,
    NameCaseworker,
    HandOverPractice,
    ClosePractice,
    ReopenPractice,
)
