"""Two practices become one: each record tells of the other, and both stay readable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import MergerModel
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class MergerApproved(Fact):
    """The contract holder let two practices merge from `effective_on`. It stands in the records of both, by one id.

    `other` is the other practice's code, and `survives` says whether this one goes on. `engagement` is how patients were
    engaged, and what they said. `services_told_on` is the day on which primary care support services were told, and
    `services_told_late` why that was less than six weeks before.
    """

    NAME: ClassVar[str] = "practice.merger-approved"
    merger_id: str
    other: str
    survives: bool
    model: MergerModel
    engagement: Sealed
    business_case: Sealed | None
    reason: Sealed
    services_told_on: date | None
    services_told_late: Sealed | None
    effective_on: date
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticesMerged(Fact):
    """From `occurred_on` two practices are one. It stands in the records of both, by the id of the merger.

    `open_actions` are, in the record of the practice that ceases, the actions that were open on that day: none is carried
    over by itself, as who agreed to it agreed to it for that practice.
    """

    NAME: ClassVar[str] = "practice.merged"
    merger_id: str
    other: str
    survives: bool
    open_actions: tuple[str, ...]
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (MergerApproved, PracticesMerged)
