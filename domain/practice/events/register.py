"""Registration, details, responsibility, the named caseworker, closure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import ContractorKind
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field that changed, as it was and as it is."""

    field: str
    before: Sealed | None
    after: Sealed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeRegistered(Fact):
    """Casebook began to keep this practice's record. `source` is `form` or the register it came from.

    `opened_on` and `address` are as the register gives them (ODS epraccur columns 11 and 5-10).
    """

    NAME: ClassVar[str] = "practice.registered"
    code: str
    kind: ContractorKind
    name: Sealed
    address: Sealed | None
    postcode: str | None
    telephone: Sealed | None
    opened_on: date | None
    list_size: int | None
    source: str
    source_sha256: str | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsChanged(Fact):
    """What the practice is called, or how it is reached, changed; each change with what it was before."""

    NAME: ClassVar[str] = "practice.details-changed"
    name: Sealed
    address: Sealed | None
    postcode: str | None
    telephone: Sealed | None
    list_size: int | None
    changes: tuple[Change, ...]
    source: str
    source_sha256: str | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityAssigned(Fact):
    """From `from_on`, these organisations answer for the practice, until another fact says otherwise.

    `contract_holder` holds the contract; `local_commissioner` knows the practice; `region` stands above the
    holder. Each is an ODS code. Before, for the reader, are the codes they replace.
    """

    NAME: ClassVar[str] = "practice.responsibility-assigned"
    contract_holder: str
    local_commissioner: str | None
    region: str | None
    from_on: date
    before_contract_holder: str | None
    before_local_commissioner: str | None
    before_region: str | None
    reason: Sealed | None
    source: str
    source_sha256: str | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseworkerNamed(Fact):
    """From `from_on` this person is the practice's named caseworker; None when nobody is named."""

    NAME: ClassVar[str] = "practice.caseworker-named"
    caseworker: str | None
    before: str | None
    from_on: date
    note: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeClosed(Fact):
    """The practice closed at the end of `closed_on`. Its record stays readable and takes late entries."""

    NAME: ClassVar[str] = "practice.closed"
    closed_on: date
    reason: Sealed | None
    successor: str | None
    source: str
    source_sha256: str | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeReopened(Fact):
    """The practice is open again from `occurred_on`."""

    NAME: ClassVar[str] = "practice.reopened"
    reason: Sealed | None
    source: str
    source_sha256: str | None
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (
    PracticeRegistered,
    DetailsChanged,
    ResponsibilityAssigned,
    CaseworkerNamed,
    PracticeClosed,
    PracticeReopened,
)
