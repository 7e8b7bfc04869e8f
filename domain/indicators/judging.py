"""The three ways in which practices are judged, over all of them at once. Each finds who is worth a closer look.

A find is told as the flag will tell it, and `evidence.py` says whether a signal follows from that alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from domain.indicators import outlying, yearly
from domain.indicators.arrays import Numbers
from domain.indicators.cells import Cells
from domain.indicators.dispersion import Scale, Spread
from domain.indicators.evidence import XMR, XMR_VERSION, Parameters, Told, as_text
from domain.indicators.funnel import tail
from domain.indicators.signals import Beyond, RuleSet
from domain.indicators.spc import Rule, xmr
from domain.practice.kinds import Better

ADVERSE = {Better.HIGH: -1, Better.LOW: 1, Better.NEUTRAL: 0}
"""Which way is worse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """A practice (by its row) worth a closer look. An explanation of any of the periods explains it."""

    row: int
    told: Told
    periods: tuple[str, ...]


@dataclass(kw_only=True)
class Finds:
    """Adverse ones, each; of favourable ones how many. `settings` are the parameters that all of them share."""

    settings: Parameters = ()
    adverse: list[Find] = field(default_factory=list)
    favourable: int = 0


def among_peers(
    cells: Cells, scale: Scale, rules: RuleSet
) -> tuple[outlying.Standing, Beyond, Beyond, Finds] | None:
    """In the funnel. None where so few practices have numbers that there are no peers to speak of."""
    standings = [
        outlying.standing(scale, *_column(cells, back), rules.winsorised)
        for back in range(min(rules.persistence, len(cells.periods)))
    ]
    now = standings[0]
    if now.practices < rules.peers:
        return None
    worse, z, adjusted = ADVERSE[cells.definition.better], now.z, now.adjusted
    settings = _settings(cells, scale, now.practices, rules)
    favourable = int(np.count_nonzero(adjusted * worse < -rules.z_alert))
    finds = Finds(settings=settings, favourable=favourable)
    for row in np.flatnonzero(adjusted * worse > rules.z_alert).tolist():
        before = () if abs(adjusted[row]) > rules.z_alarm else _before(cells, row, standings, rules)
        told = _told(
            cells,
            row,
            now.spread,
            comparator=now.every.comparator,
            method=(outlying.METHODS[scale], outlying.METHOD_VERSION),
            parameters=settings + before,
        )
        finds.adverse.append(Find(row=row, told=told, periods=cells.periods[-1:]))
    alert, alarm = (
        _beyond(z, adjusted, worse, level, now.practices) for level in (rules.z_alert, rules.z_alarm)
    )
    return now, alert, alarm, finds


def year_on_year(cells: Cells, scale: Scale, rules: RuleSet) -> Finds:
    """Since the year before, beside all practices' change. A merger in either year explains it."""
    changes = [
        yearly.change(scale, _column(cells, back), _column(cells, back + 1))
        for back in range(min(rules.persistence, len(cells.periods) - 1))
    ]
    spreads = [yearly.spread_of(change, rules.winsorised) for change in changes]
    if not changes or spreads[0].used < rules.peers:
        return Finds()
    worse = ADVERSE[cells.definition.better]
    adjusted = changes[0].adjusted(spreads[0].tau2)
    finds = Finds(favourable=int(np.count_nonzero(adjusted * worse < -rules.z_alert)))
    settings = _settings(cells, scale, spreads[0].used, rules)
    for row in np.flatnonzero(adjusted * worse > rules.z_alert).tolist():
        years = _years(cells, row, changes, spreads, rules, alone=abs(adjusted[row]) > rules.z_alarm)
        told = _told(
            cells,
            row,
            spreads[0],
            comparator=None,
            method=(yearly.METHOD, yearly.METHOD_VERSION),
            parameters=settings + years,
        )
        finds.adverse.append(Find(row=row, told=told, periods=cells.periods[-2:]))
    return finds


def against_the_past(cells: Cells, rules: RuleSet, explained: frozenset[tuple[str, str]]) -> Finds:
    """On an XmR chart of its last periods. A practice that merged is another one: its chart begins with the merger."""
    window = cells.values()[:, -rules.xmr_window :].copy()
    periods = cells.periods[-rules.xmr_window :]
    row_of = {code: row for row, code in enumerate(cells.codes)} if explained else {}
    begins = {period: at for at, period in enumerate(periods[:-1])}
    for code, period in explained:
        if code in row_of and period in begins:
            window[row_of[code], : begins[period]] = np.nan
    known = ~np.isnan(window)
    rows = np.flatnonzero(known[:, -1] & (np.count_nonzero(known, axis=1) >= rules.xmr_points))
    chart = xmr(window[rows], run=rules.run, trend=rules.trend, screening=rules.screening)
    way = chart.direction[:, -1] * ADVERSE[cells.definition.better]
    finds = Finds(favourable=int(np.count_nonzero(way < 0)))
    settings = (
        ("better", str(cells.definition.better)),
        ("run", str(rules.run)),
        ("trend", str(rules.trend)),
        ("two_of_three", "points near the limit themselves"),
        ("screening", "yes" if rules.screening else "no"),
    )
    for at in np.flatnonzero(way > 0).tolist():
        rule = Rule(int(chart.rule[at, -1])).name.lower()
        told = _told(
            cells,
            int(rows[at]),
            None,
            comparator=None,
            method=(XMR, XMR_VERSION),
            parameters=(*settings, ("rule", rule), ("points", as_text(window[rows[at]]))),
        )
        finds.adverse.append(Find(row=int(rows[at]), told=told, periods=cells.periods[-1:]))
    return finds


def _column(cells: Cells, back: int) -> tuple[Numbers, Numbers]:
    return cells.numerator[:, -1 - back], cells.denominator[:, -1 - back]


def _beyond(z: Numbers, adjusted: Numbers, worse: int, level: float, practices: int) -> Beyond:
    return Beyond(
        unadjusted=int(np.count_nonzero(np.abs(z) > level)),
        adjusted=int(np.count_nonzero(np.abs(adjusted) > level)),
        adverse_unadjusted=int(np.count_nonzero(z * worse > level)),
        adverse_adjusted=int(np.count_nonzero(adjusted * worse > level)),
        by_chance=practices * tail(level) if worse else 0.0,
    )


def _settings(cells: Cells, scale: Scale, practices: int, rules: RuleSet) -> Parameters:
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


def _before(cells: Cells, row: int, standings: list[outlying.Standing], rules: RuleSet) -> Parameters:
    """The periods before, as far back as the practice and enough of its peers have numbers."""
    pairs: list[tuple[str, str]] = []
    for back, standing in enumerate(standings[1:], 1):
        if standing.practices < rules.peers or not np.isfinite(standing.z[row]):
            break
        pairs += _case(cells, row, back, standing.every.comparator)
        pairs.append((f"tau2_{back}", repr(standing.spread.tau2)))
    return tuple(pairs)


def _years(
    cells: Cells,
    row: int,
    changes: list[yearly.Change],
    spreads: list[Spread],
    rules: RuleSet,
    *,
    alone: bool,
) -> Parameters:
    """The year before; and unless the change stands alone, the changes before it, as far back as there are any."""
    pairs = [("pooled_0", repr(changes[0].now.comparator))]
    pairs += _case(cells, row, 1, changes[0].before.comparator)
    for back, (change, spread) in enumerate(zip(changes[1:], spreads[1:], strict=True), 1):
        if alone or spread.used < rules.peers or not np.isfinite(change.z[row]):
            break
        pairs.append((f"tau2_{back}", repr(spread.tau2)))
        pairs += _case(cells, row, back + 1, change.before.comparator)
    return tuple(pairs)


def _case(cells: Cells, row: int, back: int, pooled: float) -> list[tuple[str, str]]:
    return [
        (f"numerator_{back}", repr(float(cells.numerator[row, -1 - back]))),
        (f"denominator_{back}", repr(float(cells.denominator[row, -1 - back]))),
        (f"pooled_{back}", repr(pooled)),
    ]


def _told(
    cells: Cells,
    row: int,
    spread: Spread | None,
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
        phi=None if spread is None else spread.phi,
        tau2=None if spread is None else spread.tau2,
        method=method[0],
        method_version=method[1],
        parameters=parameters,
    )
