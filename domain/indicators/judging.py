"""The three ways in which practices are judged, over all of them at once. Each finds whom to look at.

Whoever is found gets a signal made of what the flag will tell, by `evidence.py`, so that it can be derived again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from domain.indicators import outlying, yearly
from domain.indicators.arrays import Flags, Numbers
from domain.indicators.cells import Cells
from domain.indicators.evidence import XMR, XMR_VERSION, Parameters, Told, as_text, from_chart, signal_from
from domain.indicators.signals import RuleSet, Scale, Signal
from domain.indicators.spc import Rule, xmr
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
        told = _told(
            cells,
            row,
            looks[0],
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
        told = _told(
            cells,
            row,
            looks[0],
            comparator=None,
            method=(yearly.METHOD, yearly.METHOD_VERSION),
            parameters=(*shared, *before),
        )
        _add(finds, told, cells.periods[-2:])
    return finds


def against_the_past(
    cells: Cells, rules: RuleSet, explained: frozenset[tuple[str, str]], few: Flags
) -> Finds:
    """On an XmR chart of its last periods. A practice that merged is another one: its chart begins with the merger."""
    window = cells.values()[:, -rules.xmr_window :]
    _begin_with_mergers(window, cells, explained)
    known = ~np.isnan(window)
    rows = np.flatnonzero(known[:, -1] & (np.count_nonzero(known, axis=1) >= rules.xmr_points))
    chart = xmr(window[rows], run=rules.run, trend=rules.trend, screening=rules.screening)
    moves = chart.range[:, -1] > 0  # not where gaps or a standstill leave no limits to speak of
    way = chart.direction[:, -1] * ADVERSE[cells.definition.better] * moves
    small = few[rows]
    finds = Finds(small=int(np.count_nonzero((way > 0) & small)), favourable=int(np.count_nonzero(way < 0)))
    shared = (
        ("better", str(cells.definition.better)),
        ("run", str(rules.run)),
        ("trend", str(rules.trend)),
        ("two_of_three", "points near the limit themselves"),
        ("screening", "yes" if rules.screening else "no"),
    )
    for at in np.flatnonzero((way > 0) & ~small).tolist():
        row = int(rows[at])
        rule = Rule(int(chart.rule[at, -1])).name.lower()
        told = _told(
            cells,
            row,
            None,
            comparator=None,
            method=(XMR, XMR_VERSION),
            parameters=(*shared, ("rule", rule), ("points", as_text(window[row]))),
        )
        signal = from_chart(told, dict(told.parameters), chart, at)
        finds.signals += [(signal, cells.periods[-1:])] if signal else []
    return finds


def _begin_with_mergers(window: Numbers, cells: Cells, explained: frozenset[tuple[str, str]]) -> None:
    """What was before is of another practice. A merger in the last period leaves the chart as it is, to be explained."""
    if not explained:
        return
    row_of = {code: row for row, code in enumerate(cells.codes)}
    begins = {period: at for at, period in enumerate(cells.periods[-window.shape[1] : -1])}
    for code, period in explained:
        if code in row_of and period in begins:
            window[row_of[code], : begins[period]] = np.nan


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


def _told(
    cells: Cells,
    row: int,
    look: Look | None,
    *,
    comparator: float | None,
    method: tuple[str, str],
    parameters: Parameters,
) -> Told:
    numerator, denominator = float(cells.numerator[row, -1]), float(cells.denominator[row, -1])
    return Told(
        code=cells.codes[row],
        period=cells.periods[-1],
        numerator=None if np.isnan(numerator) else numerator,
        denominator=None if np.isnan(denominator) else denominator,
        comparator=comparator,
        phi=None if look is None else look.phi,
        tau2=None if look is None else look.tau2,
        method=method[0],
        method_version=method[1],
        parameters=parameters,
    )
