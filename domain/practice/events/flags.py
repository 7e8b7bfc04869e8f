"""Indicator flags: raised, explained, cleared, withdrawn, reopened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import (
    ClearedBecause,
    Direction,
    ExplanationCategory,
    FlagKind,
    IndicatorDomain,
    Level,
    Side,
    WithdrawnBecause,
)
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRaised(Fact):
    """Variation for enquiry on one indicator: it raises a question and makes no judgement.

    `source` is `by_hand` or `release`. The numbers and the method are given when a data release raised it, so
    that the flag can be recomputed from the record alone. `parameters` are name and value pairs of the method.
    """

    NAME: ClassVar[str] = "practice.flag-raised"
    flag_id: str
    indicator: str
    indicator_version: int
    indicator_name: str
    domain: IndicatorDomain
    kind: FlagKind
    direction: Direction
    level: Level
    note: Sealed | None
    source: str
    period: str | None
    numerator: float | None
    denominator: float | None
    value: float | None
    comparator: float | None
    lower_alert: float | None
    upper_alert: float | None
    lower_alarm: float | None
    upper_alarm: float | None
    z: float | None
    phi: float | None
    tau2: float | None
    method: str | None
    method_version: str | None
    parameters: tuple[tuple[str, str], ...]
    release: str | None
    rule_set_version: int | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagExplained(Fact):
    """Somebody explained the variation; the flag stays open. `given_by` is whose explanation it is.

    `proposed` is true when the recorder may only propose explanations (local commissioner).
    """

    NAME: ClassVar[str] = "practice.flag-explained"
    flag_id: str
    explanation_id: str
    category: ExplanationCategory
    words: Sealed
    given_by: Side
    proposed: bool
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationAccepted(Fact):
    """Another person than who gave it looked at an explanation, and it holds. The flag stays open until it is cleared."""

    NAME: ClassVar[str] = "practice.explanation-accepted"
    flag_id: str
    explanation_id: str
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationNotAccepted(Fact):
    """Another person than who gave it looked at an explanation, and it does not answer the question of the flag."""

    NAME: ClassVar[str] = "practice.explanation-not-accepted"
    flag_id: str
    explanation_id: str
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagCleared(Fact):
    """The question that the flag raised is answered."""

    NAME: ClassVar[str] = "practice.flag-cleared"
    flag_id: str
    because: ClearedBecause
    reason: Sealed
    release: str | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagWithdrawn(Fact):
    """The flag should not have been raised, or its data was restated or withdrawn."""

    NAME: ClassVar[str] = "practice.flag-withdrawn"
    flag_id: str
    because: WithdrawnBecause
    reason: Sealed
    release: str | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagReopened(Fact):
    """A cleared or withdrawn flag is open again."""

    NAME: ClassVar[str] = "practice.flag-reopened"
    flag_id: str
    reason: Sealed
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (
    FlagRaised,
    FlagExplained,
    ExplanationAccepted,
    ExplanationNotAccepted,
    FlagCleared,
    FlagWithdrawn,
    FlagReopened,
)
