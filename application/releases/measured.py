"""What the numbers of a row come to: counts that could be, and the value that they are of."""

from __future__ import annotations

import math
from typing import NamedTuple

from application.releases.lines import Wrong
from domain.indicators.definitions import LOG_RATIO, Definition
from domain.practice.kinds import IndicatorModel

WHOLE_WITHIN = 1e-6
NAN = math.nan
PER = (1, 100, 1_000, 10_000, 100_000)
"""Of how many a value is told."""


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
    if definition.model == IndicatorModel.STATUS:
        a_status(value, columns.value)
    return Observation(NAN, NAN, value)


def a_status(value: float, column: str) -> None:
    if value not in {0.0, 1.0}:
        raise Wrong(column, f"{value:g} is not a status: it is 1 (yes) or 0 (no)")


def not_negative(numerator: float | None, denominator: float | None, columns: Columns) -> None:
    """Whatever a row is of, and whether or not it is taken in."""
    if numerator is not None and numerator < 0:
        raise Wrong(columns.numerator, f"{numerator:g} is negative: a count is not")
    if denominator is not None and denominator < 0:
        raise Wrong(columns.denominator, f"{denominator:g} is negative: a count is not")


def could_be_published(
    definition: Definition, made: Observation, value: float | None, columns: Columns
) -> None:
    """A status of one practice is one of one, or none; a value beside its counts is what they come to, unless it is
    standardised: as a share, in per cent, or per so many.
    """
    if definition.model == IndicatorModel.STATUS:
        a_status(made.numerator, columns.numerator)
        if made.denominator != 1:
            raise Wrong(columns.denominator, f"{made.denominator:g} is not the 1 that a status is of")
    if value is None or definition.standardisation is not None or definition.model == IndicatorModel.POISSON:
        return
    ratio = made.numerator / made.denominator
    alike = any(math.isclose(value, ratio * per, rel_tol=0.02, abs_tol=0.006 * min(per, 100)) for per in PER)
    if definition.unit == LOG_RATIO:
        alike = ratio <= 0 or math.isclose(value, math.log(ratio), rel_tol=0.02, abs_tol=0.006)
    if not alike:
        raise Wrong(
            columns.value,
            f"{value:g} is not what {made.numerator:g} of {made.denominator:g} come to",
        )


def as_whole(number: float) -> float:
    """A count within a millionth of a whole number is that number."""
    if number.is_integer():
        return number
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
