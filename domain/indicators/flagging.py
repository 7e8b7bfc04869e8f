"""Which practices are flagged: one indicator over all practices and periods, judged by the rules of one version.

Only adverse variation becomes a flag, and a flag is a question. Where neither way is better (context, such as how a
list grew) nothing is adverse: it is counted and shown, and never flagged. A yes or no is no variation at all.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from domain.indicators.cells import Cells
from domain.indicators.evidence import Told, UnknownMethodError, signal_from
from domain.indicators.finds import ADVERSE, Finds
from domain.indicators.funnel import tail
from domain.indicators.judging import column, in_funnel, settings, year_on_year
from domain.indicators.outlying import METHOD_VERSION, METHODS, SCALES, Standing, standing
from domain.indicators.past import against_the_past
from domain.indicators.signals import LATEST, Beyond, Judged, RuleSet, Scale, Signal
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
    standings = _standings(cells, scale, rules)
    if standings and scale is not None:
        judged = _compared(cells, scale, rules, standings[0], judged)
    few = cells.below_minimum(rules, judged.comparator)
    found = [in_funnel(cells, scale, rules, standings, few)] if standings and scale is not None else []
    match cells.definition.period:
        case PeriodLength.YEAR if scale is not None:
            found.append(year_on_year(cells, scale, rules, few))
        case PeriodLength.MONTH | PeriodLength.QUARTER if cells.definition.model != IndicatorModel.STATUS:
            found.append(against_the_past(cells, rules, explained, few))
    return _flagged(judged, explained, found)


def _standings(cells: Cells, scale: Scale | None, rules: RuleSet) -> list[Standing]:
    """The last period and those before it; none where so few practices have numbers that there are no peers."""
    if scale is None:
        return []
    backs = range(min(rules.persistence, len(cells.periods)))
    standings = [standing(scale, *column(cells, back), rules.winsorised) for back in backs]
    return standings if standings[0].practices >= rules.peers else []


def _compared(cells: Cells, scale: Scale, rules: RuleSet, now: Standing, judged: Judged) -> Judged:
    worse = ADVERSE[cells.definition.better]
    return replace(
        judged,
        comparator=now.every.comparator,
        phi=now.spread.phi,
        tau2=now.spread.tau2,
        beyond_alert=_beyond(now, worse, rules.z_alert),
        beyond_alarm=_beyond(now, worse, rules.z_alarm),
        method=METHODS[scale],
        method_version=METHOD_VERSION,
        parameters=settings(cells, scale, now.practices, rules),
    )


def _beyond(now: Standing, worse: int, level: float) -> Beyond:
    z, adjusted = now.z, now.adjusted
    return Beyond(
        unadjusted=int(np.count_nonzero(np.abs(z) > level)),
        adjusted=int(np.count_nonzero(np.abs(adjusted) > level)),
        adverse_unadjusted=int(np.count_nonzero(z * worse > level)),
        adverse_adjusted=int(np.count_nonzero(adjusted * worse > level)),
        by_chance=now.practices * tail(level) if worse else 0.0,
    )


def _flagged(judged: Judged, explained: frozenset[tuple[str, str]], found: list[Finds]) -> Judged:
    signals: list[Signal] = []
    beforehand: list[Signal] = []
    for finds in found:
        for signal, periods in finds.signals:
            told = any((signal.code, period) in explained for period in periods)
            (beforehand if told else signals).append(signal)
    return replace(
        judged,
        signals=tuple(sorted(signals, key=_order)),
        explained=tuple(sorted(beforehand, key=_order)),
        small=sum(finds.small for finds in found),
        passing=sum(finds.passing for finds in found),
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
