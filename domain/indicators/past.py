"""Practices against their own past: an XmR chart of each, over all of them at once."""

from __future__ import annotations

import numpy as np

from domain.indicators.arrays import Flags, Numbers
from domain.indicators.cells import Cells
from domain.indicators.evidence import XMR, XMR_VERSION, as_text, from_chart
from domain.indicators.finds import ADVERSE, Finds, told_of
from domain.indicators.signals import RuleSet
from domain.indicators.spc import Rule, xmr


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
        told = told_of(
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
