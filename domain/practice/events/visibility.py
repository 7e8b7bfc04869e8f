"""Who may see an entry, and who was let in. What an entry says is not here: these say only who may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import Visibility
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class VisibilityChanged(Fact):
    """From when this is recorded, the entry at `version` may be seen otherwise than before.

    `internal` and `restricted` are to the organisation for which the entry was recorded.
    """

    NAME: ClassVar[str] = "practice.visibility-changed"
    version: int
    before: Visibility
    after: Visibility
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRequested(Fact):
    """A person of another organisation asked to read the restricted entry at `version`, and said why."""

    NAME: ClassVar[str] = "practice.access-requested"
    access_id: str
    version: int
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessGranted(Fact):
    """The person who asked may read the entry to the end of `until_on`."""

    NAME: ClassVar[str] = "practice.access-granted"
    access_id: str
    version: int
    person: str
    until_on: date
    reason: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessDeclined(Fact):
    """The organisation whose entry it is declined to let the person read it."""

    NAME: ClassVar[str] = "practice.access-declined"
    access_id: str
    version: int
    person: str
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyAccessTaken(Fact):
    """A person opened the restricted entry at `version` without waiting for leave, and may read it to the end of
    `until_on`. Both organisations see that it was done, by whom and why. A manager who did not do it reviews it
    before the end of `review_by`.
    """

    NAME: ClassVar[str] = "practice.emergency-access-taken"
    access_id: str
    version: int
    until_on: date
    review_by: date
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyAccessReviewed(Fact):
    """Another person, a manager, judged whether the emergency access was justified."""

    NAME: ClassVar[str] = "practice.emergency-access-reviewed"
    access_id: str
    version: int
    person: str
    justified: bool
    reason: Sealed
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (
    VisibilityChanged,
    AccessRequested,
    AccessGranted,
    AccessDeclined,
    EmergencyAccessTaken,
    EmergencyAccessReviewed,
)
