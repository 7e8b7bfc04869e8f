"""What the rules of closing a list or a branch, and of merging, look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.rules import Sealed


class Asked(StrEnum):
    """What became of something that the contractor asked for."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(slots=True)
class ListClosure:
    """A closure of the practice's list to new patients, from the application on. `reopens_on` is as last extended, and
    `reopened_on` the day on which it opened earlier than that. `barred_until` is the last day on which a refused
    application is not made again. `decided` and `ended` are facts.
    """

    application_id: str
    asked_on: date
    months: int
    version: int
    status: Asked = Asked.WAITING
    decided_on: date | None = None
    decided: int | None = None
    barred_until: date | None = None
    closes_on: date | None = None
    reopens_on: date | None = None
    extended: int = 0
    reopened_on: date | None = None
    ended: int | None = None

    @property
    def opens_on(self) -> date | None:
        """The day on which the list is open again, or will be."""
        return self.reopened_on or self.reopens_on

    def closed(self, day: date) -> bool:
        """Whether the list is closed by it on a day."""
        return (
            self.closes_on is not None and self.opens_on is not None and self.closes_on <= day < self.opens_on
        )


@dataclass(slots=True)
class BranchClosure:
    """A branch that the contractor asked to close. `involved` says that how the public was involved is recorded."""

    branch_id: str
    site_name: Sealed
    asked_on: date
    version: int
    involved: bool
    status: Asked = Asked.WAITING
    decided_on: date | None = None
    decided: int | None = None
    closes_on: date | None = None


@dataclass(slots=True)
class Merger:
    """A merger with another practice, as this one's record tells it: `survives` says which of the two this is."""

    merger_id: str
    other: str
    survives: bool
    approved_on: date
    effective_on: date
    version: int
    merged_on: date | None = None
    merged: int | None = None
