"""What judging finds, and how a find is told: as the flag will tell it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from domain.indicators.cells import Cells
from domain.indicators.evidence import Parameters, Told
from domain.indicators.signals import Signal
from domain.practice.kinds import Better

ADVERSE = {Better.HIGH: -1, Better.LOW: 1, Better.NEUTRAL: 0}
"""Which way is worse."""


@dataclass(kw_only=True)
class Finds:
    """What one way of judging found. Each signal stands with the periods that an explanation of it may be about."""

    signals: list[tuple[Signal, tuple[str, ...]]] = field(default_factory=list)
    small: int = 0
    passing: int = 0
    favourable: int = 0


def told_of(
    cells: Cells,
    row: int,
    spread: tuple[float, float] | None,
    *,
    comparator: float | None,
    method: tuple[str, str],
    parameters: Parameters,
) -> Told:
    """`spread` is phi and tau2, where practices are compared."""
    numerator, denominator = float(cells.numerator[row, -1]), float(cells.denominator[row, -1])
    return Told(
        code=cells.codes[row],
        period=cells.periods[-1],
        numerator=None if np.isnan(numerator) else numerator,
        denominator=None if np.isnan(denominator) else denominator,
        comparator=comparator,
        phi=None if spread is None else spread[0],
        tau2=None if spread is None else spread[1],
        method=method[0],
        method_version=method[1],
        parameters=parameters,
    )
