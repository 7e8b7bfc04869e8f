"""What the regulator published and did, as it is recorded here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.practice.commands.base import PracticeCommand
from domain.practice.kinds import Rating, RegulatoryActionKind, RegulatoryEnd
from domain.text import Form, Line, NewId, Reason, Words

Location = Annotated[
    str,
    Words(
        14, lines=False, scanned=False, form=Form(r"1-[0-9]{6,12}", "a CQC location ID, such as 1-537772052")
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordInspection(PracticeCommand):
    """Say what the regulator published of an inspection; `occurred_on` is the day it was published."""

    inspection_id: Annotated[str, NewId("inspection")]
    location: Location | None = None
    inspected_on: date
    rating: Rating
    safe: Rating | None = None
    effective: Rating | None = None
    caring: Rating | None = None
    responsive: Rating | None = None
    well_led: Rating | None = None
    older_people: Rating | None = None
    long_term_conditions: Rating | None = None
    families: Rating | None = None
    working_age: Rating | None = None
    vulnerable_people: Rating | None = None
    mental_health: Rating | None = None
    report: Line | None = None
    words: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRegulatoryAction(PracticeCommand):
    """Say what the regulator did; `occurred_on` is the day of its notice."""

    regulatory_id: Annotated[str, NewId("regulatory")]
    kind: RegulatoryActionKind
    from_on: date
    requirement: Line | None = None
    words: Reason
    comply_by: date | None = None
    inspection_id: str | None = None
    reference: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRegulatoryAction(PracticeCommand):
    """Say that what the regulator did stands no more."""

    regulatory_id: str
    because: RegulatoryEnd
    words: Reason | None = None


COMMANDS: tuple[type[PracticeCommand], ...] = (
    RecordInspection,
    RecordRegulatoryAction,
    EndRegulatoryAction,
)
