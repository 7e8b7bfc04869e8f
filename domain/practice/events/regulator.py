"""What the regulator of care published of an inspection, and what it did about the provider's registration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import Rating, RegulatoryActionKind, RegulatoryEnd
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionReported(Fact):
    """The Care Quality Commission published its report of an inspection. `occurred_on` is the day it was published.

    `location` is the commission's own code of the place (1-537772052). `rating` is the overall one; those of the five key
    questions follow, and of the population groups that were rated until 2021, each None where the report has none.
    """

    NAME: ClassVar[str] = "practice.inspection-reported"
    inspection_id: str
    location: str | None
    inspected_on: date
    rating: Rating
    safe: Rating | None
    effective: Rating | None
    caring: Rating | None
    responsive: Rating | None
    well_led: Rating | None
    older_people: Rating | None
    long_term_conditions: Rating | None
    families: Rating | None
    working_age: Rating | None
    vulnerable_people: Rating | None
    mental_health: Rating | None
    report: Sealed | None
    words: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulatoryActionRecorded(Fact):
    """The Care Quality Commission acted: a notice, conditions, suspension, cancellation or special measures (Health and
    Social Care Act 2008). `occurred_on` is the day of its notice, and it stands from `from_on`.

    `requirement` is what was not met, as the notice names it, and `words` how. `comply_by` is the day that it sets.
    """

    NAME: ClassVar[str] = "practice.regulatory-action-recorded"
    regulatory_id: str
    kind: RegulatoryActionKind
    from_on: date
    requirement: Sealed | None
    words: Sealed
    comply_by: date | None
    inspection_id: str | None
    reference: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulatoryActionEnded(Fact):
    """What the regulator had done stands no more from `occurred_on`, and why."""

    NAME: ClassVar[str] = "practice.regulatory-action-ended"
    regulatory_id: str
    because: RegulatoryEnd
    words: Sealed | None
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (InspectionReported, RegulatoryActionRecorded, RegulatoryActionEnded)
