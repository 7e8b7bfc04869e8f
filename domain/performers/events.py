"""Facts about references to concerns about performers, in the stream `performer-CODE` of each practice.

No name, no allegation and no outcome: a case is held elsewhere, under a number, and nothing else is said of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformerReferenceRecorded(Fact):
    """A case about a performer at the practice is held elsewhere, under this number. `about` is what was said in one
    sentence before version 2, and is said no more.
    """

    NAME: ClassVar[str] = "performer.reference-recorded"
    VERSION: ClassVar[int] = 2
    code: str
    reference_id: str
    reference: Sealed
    about: Sealed | None = None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformerReferenceRecorded1(Fact):
    """The same as it was recorded with a sentence that anybody could write a name into."""

    NAME: ClassVar[str] = "performer.reference-recorded"
    code: str
    reference_id: str
    reference: Sealed
    about: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformerReferenceClosed(Fact):
    """The reference is of no more use here: its case ended, or it was recorded in error. The reason says which."""

    NAME: ClassVar[str] = "performer.reference-closed"
    code: str
    reference_id: str
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformerAccessGranted(Fact):
    """The person, an auditor, may read the practice's references to performers until the end of `until_on`."""

    NAME: ClassVar[str] = "performer.access-granted"
    code: str
    person: str
    until_on: date
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformerAccessEnded(Fact):
    """The person may read the practice's references to performers no more, from when this was recorded."""

    NAME: ClassVar[str] = "performer.access-ended"
    code: str
    person: str
    reason: Sealed
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (
    PerformerReferenceRecorded,
    PerformerReferenceClosed,
    PerformerAccessGranted,
    PerformerAccessEnded,
)

PAST: tuple[type[Fact], ...] = (PerformerReferenceRecorded1,)
"""Read for ever, and recorded no more. `application/upcasts.py` brings each to the present."""
