"""Which practices are flagged: one indicator over all practices and periods, judged by the rules of one version.

Only adverse variation becomes a flag, and a flag is a question. Where neither way is better (context, such as how a
list grew) nothing is adverse: it is counted and shown, and never flagged. A yes or no is no variation at all.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from domain.indicators.cells import Cells
from domain.indicators.evidence import Told, UnknownMethodError, signal_from
from domain.indicators.judging import Finds, against_the_past, among_peers, year_on_year
from domain.indicators.outlying import METHOD_VERSION, METHODS, SCALES
from domain.indicators.signals import LATEST, Beyond, Judged, RuleSet, Signal
from domain.practice.events import FlagRaised
from domain.practice.kinds import IndicatorModel, PeriodLength

__all__ = ["Beyond", "Cells", "Judged", "RuleSet", "Signal", "judge", "recompute"]


class NothingFollowsError(ValueError):
    """A flag that its own numbers do not bear out."""


def judge(
    cells: Cells, rules: RuleSet = LATEST, explained: frozenset[tuple[str, str]] = frozenset()
) -> Judged:
    """The last period: every practice among its peers (outlying) and against its own past (shifting).

    `explained` are codes and periods that are explained beforehand (a merger): they count, and are never flagged.
    """
    if not cells.periods:
        return Judged(practices=0, rule_set_version=rules.version)
    known = np.count_nonzero(np.isfinite(cells.values()[:, -1]))
    judged = Judged(practices=int(known), rule_set_version=rules.version)
    scale = SCALES.get(cells.definition.model)
    found: list[Finds] = []
    if scale is not None and (peers := among_peers(cells, scale, rules)):
        standing, alert, alarm, finds = peers
        found.append(finds)
        judged = replace(
            judged,
            comparator=standing.every.comparator,
            phi=standing.spread.phi,
            tau2=standing.spread.tau2,
            beyond_alert=alert,
            beyond_alarm=alarm,
            method=METHODS[scale],
            method_version=METHOD_VERSION,
            parameters=finds.settings,
        )
    match cells.definition.period:
        case PeriodLength.YEAR if scale is not None:
            found.append(year_on_year(cells, scale, rules))
        case PeriodLength.MONTH | PeriodLength.QUARTER if cells.definition.model != IndicatorModel.STATUS:
            found.append(against_the_past(cells, rules, explained))
    return _flagged(cells, rules, explained, judged, found)


def _flagged(
    cells: Cells, rules: RuleSet, explained: frozenset[tuple[str, str]], judged: Judged, found: list[Finds]
) -> Judged:
    """Which finds become flags: not below the minimum, not an alert for the first time, not explained beforehand."""
    few = cells.below_minimum(rules, judged.comparator)
    adverse = [find for finds in found for find in finds.adverse]
    signals, beforehand, passing = [], [], 0
    for find in adverse:
        if few[find.row]:
            continue
        signal = signal_from(find.told)
        if signal is None:
            passing += 1
        elif any((signal.code, period) in explained for period in find.periods):
            beforehand.append(signal)
        else:
            signals.append(signal)
    return replace(
        judged,
        signals=tuple(sorted(signals, key=_order)),
        explained=tuple(sorted(beforehand, key=_order)),
        small=sum(bool(few[find.row]) for find in adverse),
        passing=passing,
        favourable=sum(finds.favourable for finds in found),
    )


def _order(signal: Signal) -> tuple[str, str]:
    return signal.code, signal.kind


def recompute(flag: FlagRaised, code: str = "") -> Signal:
    """The signal that follows from what stands in the fact alone. `code` is the practice's, whose stream the fact is on.

    Refused for a flag that no method computed, and for one whose own numbers give no signal.
    """
    if flag.method is None or flag.method_version is None or flag.period is None:
        raise UnknownMethodError("raised by hand: no method computed it")
    told = Told(
        code=code,
        period=flag.period,
        numerator=flag.numerator,
        denominator=flag.denominator,
        comparator=flag.comparator,
        phi=flag.phi,
        tau2=flag.tau2,
        method=flag.method,
        method_version=flag.method_version,
        parameters=flag.parameters,
    )
    signal = signal_from(told)
    if signal is None:
        raise NothingFollowsError("the numbers that stand in the flag give no signal")
    return signal
