"""What is judged: one indicator's numbers over practices and periods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from domain.indicators.arrays import Flags, Numbers
from domain.indicators.definitions import Definition
from domain.indicators.signals import RuleSet
from domain.practice.kinds import IndicatorModel


@dataclass(frozen=True, kw_only=True)
class Cells:
    """Numbers of one indicator: a row for each practice, a column for each period, NaN where there is none.

    Periods stand in order without gaps, and the last is judged. A share of cases, and a count beside what is expected,
    is computed from numerator and denominator; a continuous measure is `value` as it stands.
    """

    definition: Definition
    periods: tuple[str, ...]
    codes: tuple[str, ...]
    numerator: Numbers
    denominator: Numbers
    value: Numbers

    def values(self) -> Numbers:
        """What is measured, by the indicator's model; NaN where the numbers cannot be."""
        if self.definition.model not in {IndicatorModel.BINOMIAL, IndicatorModel.POISSON}:
            return np.where(np.isfinite(self.value), self.value, np.nan)
        possible = np.isfinite(self.numerator) & (self.numerator >= 0)
        possible &= np.isfinite(self.denominator) & (self.denominator > 0)
        if self.definition.model is IndicatorModel.BINOMIAL:
            possible &= self.numerator <= self.denominator
        values = np.full(possible.shape, np.nan)
        np.divide(self.numerator, self.denominator, out=values, where=possible)
        return values

    def below_minimum(self, rules: RuleSet, comparator: float | None) -> Flags:
        """Practices with too few cases in the last period to be flagged: by the definition, or else by the rules."""
        denominator = self.denominator[:, -1]
        least = self.definition.minimum_denominator
        if least is None and self.definition.model is IndicatorModel.BINOMIAL:
            least = rules.minimum_cases
        if least is None and self.definition.model is IndicatorModel.POISSON and comparator is not None:
            denominator, least = denominator * comparator, rules.minimum_expected
        return np.asarray(denominator < (-np.inf if least is None else least))
