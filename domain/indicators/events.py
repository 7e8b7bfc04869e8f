"""Facts about indicators, in the stream `indicator-CODE` of each: what one is, version by version, and when it ends.

A definition is published reference text about no person and no practice, and a flag is recomputed from it decades on, so
it is stored in plain. Why it was changed is somebody's own words, and sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import Better, ExplanationCategory, IndicatorDomain, IndicatorModel, PeriodLength
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorDefined(Fact):
    """From `valid_from` the indicator is this, until its next version is valid or it is retired.

    Versions count from 1 without a gap, and none ever changes. `minimum_denominator` and `target` are in the units of
    the denominator and of the value. `part_of` is the indicator of the key set that a finer one refines.
    """

    NAME: ClassVar[str] = "indicator.defined"
    code: str
    version: int
    name: str
    domain: IndicatorDomain
    description: str
    numerator: str
    denominator: str
    unit: str
    better: Better
    model: IndicatorModel
    standardisation: str | None
    source: str
    period: PeriodLength
    refresh_lag_months: int | None
    minimum_denominator: float | None
    target: float | None
    known_explanations: tuple[ExplanationCategory, ...]
    part_of: str | None
    valid_from: date
    reason: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRetired(Fact):
    """From `retired_on` the indicator is of the key set no more. What was flagged on it stays."""

    NAME: ClassVar[str] = "indicator.retired"
    code: str
    retired_on: date
    reason: Sealed
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (IndicatorDefined, IndicatorRetired)
