"""Corrections and withdrawals of earlier facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import CorrectionKind
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedField:
    """A field of an earlier fact, before and after, each written as its stored JSON. Sealed: it may be words."""

    field: str
    before: Sealed
    after: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRequested(Fact):
    """Somebody asks for an earlier fact to be corrected, or withdrawn as entered in error."""

    NAME: ClassVar[str] = "practice.correction-requested"
    request_id: str
    version: int
    kind: CorrectionKind
    fields: tuple[CorrectedField, ...]
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionDeclined(Fact):
    """A manager declined a request for correction, with reasons."""

    NAME: ClassVar[str] = "practice.correction-declined"
    request_id: str
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCorrected(Fact):
    """From now on the earlier fact is read with these fields. What was recorded stays in the record."""

    NAME: ClassVar[str] = "practice.fact-corrected"
    corrects: int
    fields: tuple[CorrectedField, ...]
    reason: Sealed
    request_id: str | None
    requested_by: str | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FactWithdrawn(Fact):
    """From now on the earlier fact is read as entered in error. What was recorded stays in the record."""

    NAME: ClassVar[str] = "practice.fact-withdrawn"
    corrects: int
    reason: Sealed
    request_id: str | None
    requested_by: str | None
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (
    CorrectionRequested,
    CorrectionDeclined,
    FactCorrected,
    FactWithdrawn,
)
