"""Which practices are flagged: one indicator over all practices and periods, judged by the rules of one version."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.indicators.definitions import Definition
from domain.indicators.signals import LATEST, Judged, RuleSet, Signal
from domain.practice.events import FlagRaised

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Cells:
    """Numbers of one indicator: a row for each practice, a column for each period, NaN where there is none.

    Periods stand in order without gaps, and the last is judged. Where numerator and denominator are given, the value
    is computed from them; of a continuous indicator the value is taken as it is.
    """

    definition: Definition
    periods: tuple[str, ...]
    codes: tuple[str, ...]
    numerator: Numbers
    denominator: Numbers
    value: Numbers


def judge(
    cells: Cells, rules: RuleSet = LATEST, explained: frozenset[tuple[str, str]] = frozenset()
) -> Judged:
    """The last period: every practice among its peers (outlying) and against its own past (shifting).

    `explained` are codes and periods that are explained beforehand (a merger): they count, and are never flagged.
    """
    raise NotImplementedError


def recompute(flag: FlagRaised) -> Signal:
    """The same signal, from what stands in the fact alone."""
    raise NotImplementedError
