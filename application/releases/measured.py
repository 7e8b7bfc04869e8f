"""What the numbers of a row come to: counts that could be, and the value that they are of."""

from __future__ import annotations

import math
from typing import NamedTuple

from application.releases.lines import Wrong
from domain.indicators.definitions import LOG_RATIO, Definition
from domain.practice.kinds import IndicatorModel

WHOLE_WITHIN = 1e-6
NAN = math.nan


class Columns(NamedTuple):
    """What the columns of a row's numbers are called."""

    numerator: str
    denominator: str
    value: str


class Observation(NamedTuple):
    """NaN where there is no number."""

    numerator: float
    denominator: float
    value: float


def of_counts(
    definition: Definition, numerator: float, denominator: float | None, value: float | None, columns: Columns
) -> Observation:
    """A count of how many; with the value as published, for a measure that has one beside its counts."""
    if denominator is None:
        raise Wrong(columns.denominator, "there is a numerator and no denominator")
    if numerator < 0:
        raise Wrong(columns.numerator, f"{numerator:g} is negative: a count is not")
    if denominator <= 0:
        raise Wrong(columns.denominator, f"{denominator:g} is not a denominator: it is more than nought")
    if denominator < WHOLE_WITHIN:
        raise Wrong(columns.denominator, f"{denominator:g} is too small a denominator")
    numerator, denominator = as_whole(numerator), as_whole(denominator)
    if definition.model == IndicatorModel.BINOMIAL and numerator > denominator:
        raise Wrong(columns.numerator, f"{numerator:g} is more than the denominator, {denominator:g}")
    return Observation(numerator, denominator, _measured(definition, numerator, denominator, value))


def of_value(definition: Definition, value: float, columns: Columns) -> Observation:
    """A measure as it stands, or a status."""
    if definition.model in {IndicatorModel.BINOMIAL, IndicatorModel.POISSON}:
        raise Wrong(columns.value, f"{definition.code} is published with numerator and denominator")
    if definition.model == IndicatorModel.STATUS and value not in {0.0, 1.0}:
        raise Wrong(columns.value, f"{value:g} is not a status: it is 1 (yes) or 0 (no)")
    return Observation(NAN, NAN, value)


def as_whole(number: float) -> float:
    """A count within a millionth of a whole number is that number."""
    nearest = round(number)
    return float(nearest) if abs(number - nearest) < WHOLE_WITHIN else number


def _measured(definition: Definition, numerator: float, denominator: float, value: float | None) -> float:
    """What both counts come to; of a measure its value as published, where there is one."""
    if definition.model == IndicatorModel.CONTINUOUS:
        if value is not None:
            return value
        if definition.unit == LOG_RATIO:
            return math.log(numerator / denominator) if numerator > 0 else NAN
    return numerator / denominator
