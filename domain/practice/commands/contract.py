"""The contract: signed, varied, and whom it is with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from domain.practice.commands.base import PracticeCommand
from domain.practice.kinds import ContractType
from domain.text import Address, Code, Line, Narrative, NewId, OrganisationCode, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class SignContract(PracticeCommand):
    TOUCHES: ClassVar[str | None] = "contract"
    contract_id: Annotated[str, NewId("contract")]
    reference: Code
    contract_type: ContractType
    parties: tuple[Line, ...]
    notice_address: Address | None = None
    starts_on: date
    ends_on: date | None = None
    services: tuple[Line, ...] = ()
    practice_area: Reason | None = None
    nhs_contract: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class VaryContract(PracticeCommand):
    TOUCHES: ClassVar[str | None] = "contract"
    contract_id: str
    variation: Code
    clauses: Line | None = None
    wording: Narrative
    unilateral: bool = False
    legal_basis: Reason | None = None
    notice_given_on: date | None = None
    signed_by_holder_on: date | None = None
    signed_by_contractor_on: date | None = None
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NameProvider(PracticeCommand):
    """Say which organisation or partnership the practice's contract is with from a day on, and its code if it has one."""

    TOUCHES: ClassVar[str | None] = "provider"
    provider_name: Line
    provider_code: OrganisationCode | None = None
    from_on: date


COMMANDS: tuple[type[PracticeCommand], ...] = (
    SignContract,
    VaryContract,
    NameProvider,
)
