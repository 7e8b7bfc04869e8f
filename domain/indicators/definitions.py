"""What an indicator is: one version of its definition, from the day that it is valid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.practice.kinds import Better, ExplanationCategory, IndicatorDomain, IndicatorModel, PeriodLength

LOG_RATIO = "log ratio"
"""The unit of a change: the natural logarithm of a number over the one before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One version of an indicator. A version never changes: what is said anew is another version.

    `part_of` is the indicator of the key set that a finer one refines: one age and item of the immunisations, say.
    `valid_to` is the first day on which this version holds no more.
    """

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
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
