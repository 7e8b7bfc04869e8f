"""The contract: signed and varied, and whom it is with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import ContractorKind, ContractType
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractSigned(Fact):
    """A contract was signed (NHS (GMS Contracts) Regulations 2015, reg. 13: parties, partners, notice address).

    `occurred_on` is the day it was signed; it has effect from `starts_on`, to `ends_on` where it has an end.
    """

    NAME: ClassVar[str] = "practice.contract-signed"
    contract_id: str
    reference: Sealed
    contract_type: ContractType
    contractor_kind: ContractorKind
    parties: tuple[Sealed, ...]
    notice_address: Sealed | None
    starts_on: date
    ends_on: date | None
    services: tuple[Sealed, ...]
    practice_area: Sealed | None
    nhs_contract: bool
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractVaried(Fact):
    """A contract's terms changed in writing (2015 Regulations, Sch. 3 para. 57).

    A variation that the holder makes alone names its legal basis and the day notice of it was given.
    """

    NAME: ClassVar[str] = "practice.contract-varied"
    contract_id: str
    variation: Sealed
    clauses: Sealed | None
    wording: Sealed
    unilateral: bool
    legal_basis: Sealed | None
    notice_given_on: date | None
    signed_by_holder_on: date | None
    signed_by_contractor_on: date | None
    effective_on: date
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderNamed(Fact):
    """From `from_on` the practice's contract is with this organisation or partnership: it is the provider.

    So it is until a provider that begins on a later day; of two that begin on one day, the one recorded last.
    `provider_code` is its ODS code, None where it has none or nobody gave it. A provider may have several contracts.
    """

    NAME: ClassVar[str] = "practice.provider-named"
    provider_name: Sealed
    provider_code: str | None
    from_on: date
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (
    ContractSigned,
    ContractVaried,
    ProviderNamed,
)
