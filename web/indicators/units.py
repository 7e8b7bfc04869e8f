"""How an indicator's values are said: a share as 41.2%, a rate for each thousand patients, a ratio as it is."""

from __future__ import annotations

from domain.indicators.definitions import LOG_RATIO, Definition
from domain.practice.kinds import IndicatorModel
from web.charts.shapes import PERCENT, Unit
from web.practices.told import lower_first

_STATUS = "yes or no"
_UNITS = {"%": PERCENT, LOG_RATIO: Unit(places=3), _STATUS: Unit(places=0)}
_COUNTED = frozenset({IndicatorModel.BINOMIAL, IndicatorModel.POISSON})
"""What is worked out from two counts. Any other value stands in its unit as it was published."""


def unit_of(definition: Definition) -> Unit:
    counted = definition.model in _COUNTED
    if definition.unit == "%" and not counted:
        return Unit(after="%")
    if found := _UNITS.get(definition.unit):
        return found
    if definition.unit.startswith("per 1,000"):
        return Unit(times=1_000) if counted else Unit(places=2)
    return Unit(places=3)


def with_unit(definition: Definition, value: float | None) -> str:
    """10.1 per 1,000 patients; 75.8%; 0.278 (ratio)."""
    said = unit_of(definition).say(value)
    if not said or definition.unit == "%":
        return said
    return (
        f"{said} {definition.unit}" if definition.unit.startswith("per ") else f"{said} ({definition.unit})"
    )


def unit_in_words(definition: Definition) -> str:
    """What the numbers of a chart or a table are, in a line."""
    counted, of = lower_first(definition.numerator), lower_first(definition.denominator)
    match definition.unit:
        case "%":
            return "per cent"
        case "ratio":
            return f"a ratio: {counted}, to {of}"
        case unit if unit == LOG_RATIO:
            return f"the natural logarithm of {counted} over {of}: 0.010 is about 1% more, 0.000 no change"
        case unit if unit == _STATUS:
            return "1 for yes and 0 for no"
        case unit:
            return unit


def in_a_file(definition: Definition, value: float | None) -> float | None:
    """A value as a spreadsheet computes with it: in the unit that stands beside it."""
    return None if value is None else round(value * unit_of(definition).times, 10)


def count_in_a_file(count: float | None) -> int | float | None:
    return int(count) if count is not None and count == int(count) else count
