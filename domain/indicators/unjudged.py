"""Why an indicator's numbers are not judged, where they are not. Plain words; nothing here computes."""

from __future__ import annotations

from domain.indicators.definitions import Definition
from domain.indicators.signals import RuleSet
from domain.practice.kinds import Better, IndicatorModel, PeriodLength

COMPARED = {IndicatorModel.BINOMIAL, IndicatorModel.POISSON}
"""Models of which chance is known: practices are compared with each other."""
CHARTED = {PeriodLength.MONTH, PeriodLength.QUARTER}
"""Lengths of which there are enough for a chart of a practice's own past."""


def why_not_judged(definition: Definition, practices: int, periods: int, rules: RuleSet) -> str | None:
    """In words; None where something is judged. `periods` is the most that any practice has a value in."""
    if definition.model == IndicatorModel.STATUS:
        return "not judged: a yes or no is no variation"
    compared = definition.model in COMPARED
    if compared and practices >= rules.peers:
        return None
    charted = definition.period in CHARTED
    if charted and periods >= rules.xmr_points:
        return None
    if charted:
        return f"not judged: {periods} of {rules.xmr_points} periods needed"
    if compared:
        return f"not judged: {practices} of {rules.peers} practices needed"
    return "not judged: a measure that comes once a year has no limits"


def flags_nothing(definition: Definition) -> str | None:
    """Where neither way is better, whatever is found is context."""
    return "flags nothing: neither way is better" if definition.better == Better.NEUTRAL else None
