"""Practices among their peers and beside all practices' change, over all of them at once: whom to look at.

Whoever is found gets a signal made of what the flag will tell, by `evidence.py`, so that it can be derived again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from domain.indicators import outlying, yearly
from domain.indicators.arrays import Flags, Numbers
from domain.indicators.cells import Cells
from domain.indicators.evidence import Parameters, Told, signal_from
from domain.indicators.finds import ADVERSE, Finds, told_of
from domain.indicators.signals import RuleSet, Scale


@dataclass(frozen=True, kw_only=True)
class Look:
    """All practices in one period: how far each lies, and by what spread. Of too few practices it says nothing."""

    adjusted: Numbers
    phi: float
    tau2: float
    practices: int


def in_funnel(
    cells: Cells, scale: Scale, rules: RuleSet, standings: Sequence[outlying.Standing], few: Flags
) -> Finds:
    """Among its peers, in the last period. `standings` are of that one and those before it."""
    looks = [
        Look(adjusted=one.adjusted, phi=one.spread.phi, tau2=one.spread.tau2, practices=one.practices)
        for one in standings
    ]
    finds, rows = _worth_a_look(cells, looks, rules, few)
    shared = settings(cells, scale, looks[0].practices, rules)
    for row, back in rows:
        before = [
            pair
            for past in range(1, back + 1)
            for pair in (*_case(cells, row, past, standings[past].every.comparator), _spread(looks, past))
        ]
        told = told_of(
            cells,
            row,
            (looks[0].phi, looks[0].tau2),
            comparator=standings[0].every.comparator,
            method=(outlying.METHODS[scale], outlying.METHOD_VERSION),
            parameters=(*shared, *before),
        )
        _add(finds, told, cells.periods[-1:])
    return finds


def year_on_year(cells: Cells, scale: Scale, rules: RuleSet, few: Flags) -> Finds:
    """Since the year before, beside all practices' change. A merger in either year explains it."""
    changes = [
        yearly.change(scale, column(cells, back), column(cells, back + 1))
        for back in range(min(rules.persistence, len(cells.periods) - 1))
    ]
    looks = [
        Look(adjusted=one.adjusted(of.tau2), phi=of.phi, tau2=of.tau2, practices=of.used)
        for one in changes
        for of in [yearly.spread_of(one, rules.winsorised)]
    ]
    if not looks or looks[0].practices < rules.peers:
        return Finds()
    finds, rows = _worth_a_look(cells, looks, rules, few)
    shared = settings(cells, scale, looks[0].practices, rules)
    for row, back in rows:
        before = [("pooled_0", repr(changes[0].now.comparator))]
        for past in range(back + 1):
            before += _case(cells, row, past + 1, changes[past].before.comparator)
            before += [_spread(looks, past)] if past else []
        told = told_of(
            cells,
            row,
            (looks[0].phi, looks[0].tau2),
            comparator=None,
            method=(yearly.METHOD, yearly.METHOD_VERSION),
            parameters=(*shared, *before),
        )
        _add(finds, told, cells.periods[-2:])
    return finds


def _worth_a_look(
    cells: Cells, looks: Sequence[Look], rules: RuleSet, few: Flags
) -> tuple[Finds, Iterator[tuple[int, int]]]:
    """Adverse ones beyond the alarm limit, and those beyond the alert limit for as long as they must be.

    Each row comes with how many periods before it bear it out.
    """
    worse = looks[0].adjusted * ADVERSE[cells.definition.better]
    alert, alarm = worse > rules.z_alert, worse > rules.z_alarm
    lasted = np.full(alert.shape, len(looks) >= rules.persistence)
    for look in looks[1:]:
        lasted &= look.adjusted * ADVERSE[cells.definition.better] > rules.z_alert
        lasted &= look.practices >= rules.peers
    finds = Finds(
        small=int(np.count_nonzero(alert & few)),
        passing=int(np.count_nonzero(alert & ~alarm & ~lasted & ~few)),
        favourable=int(np.count_nonzero(worse < -rules.z_alert)),
    )
    rows = np.flatnonzero((alarm | (alert & lasted)) & ~few).tolist()
    return finds, ((row, 0 if alarm[row] else rules.persistence - 1) for row in rows)


def _add(finds: Finds, told: Told, periods: tuple[str, ...]) -> None:
    """A value that lies on the limit to the last digit may be beyond it here and not there: then it is not."""
    signal = signal_from(told)
    if signal is None:
        finds.passing += 1
    else:
        finds.signals.append((signal, periods))


def column(cells: Cells, back: int) -> tuple[Numbers, Numbers]:
    return cells.numerator[:, -1 - back], cells.denominator[:, -1 - back]


def settings(cells: Cells, scale: Scale, practices: int, rules: RuleSet) -> Parameters:
    return (
        ("scale", str(scale)),
        ("better", str(cells.definition.better)),
        ("spread", "added"),
        ("winsorised", repr(rules.winsorised)),
        ("practices", str(practices)),
        ("persistence", str(rules.persistence)),
        ("z_alert", repr(rules.z_alert)),
        ("z_alarm", repr(rules.z_alarm)),
    )


def _case(cells: Cells, row: int, back: int, pooled: float) -> list[tuple[str, str]]:
    return [
        (f"numerator_{back}", repr(float(cells.numerator[row, -1 - back]))),
        (f"denominator_{back}", repr(float(cells.denominator[row, -1 - back]))),
        (f"pooled_{back}", repr(pooled)),
    ]


def _spread(looks: Sequence[Look], back: int) -> tuple[str, str]:
    return f"tau2_{back}", repr(looks[back].tau2)
