"""Indicators judged, over all practices and periods at once; and their charts against another package's, one by one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

import numpy as np

from domain.indicators.arrays import Numbers
from domain.indicators.definitions import Definition
from domain.indicators.flagging import Cells, judge
from domain.indicators.spc import xmr
from domain.practice.kinds import Better, IndicatorDomain, IndicatorModel, PeriodLength
from tests.bench.abspc import NoPeerError, peer
from tests.bench.lines import Line, median, timed, watched
from tests.bench.places import Bench

INDICATORS, PRACTICES, PERIODS = 30, 8_000, 24
PEERS_SERIES = 300
"""So many series are charted one by one in each round; the more, the longer, and no other figure."""
ROUNDS = 5


def measure(bench: Bench) -> Iterator[Line]:
    every = [_made(number, bench.some(PRACTICES, 100)) for number in range(INDICATORS)]
    judged = [judge(cells) for cells in every]
    watches = watched(lambda: [judge(cells) for cells in every], bench.some(ROUNDS, 1))
    yield Line(
        name="judge",
        value=median([watch.seconds for watch in watches]),
        unit="s",
        goal=3,
        is_to_be="at most",
        cpu=median([watch.cpu for watch in watches]),
        rounds=tuple(watch.seconds for watch in watches),
        note=f"{INDICATORS} indicators of {len(every[0].codes)} practices in {PERIODS} periods: funnel, spread, XmR chart and rules of all; {sum(len(one.signals) for one in judged)} signals made",
    )
    yield from _charts(bench, np.concatenate([cells.values() for cells in every]))


def _charts(bench: Bench, series: Numbers) -> Iterator[Line]:
    """Limits and rules of every series, beside abspc's of some of them, by turns."""
    ours, theirs = [], []
    if bench.small:
        print("judging: a small run leaves out abspc", file=sys.stderr)
        return
    file, found = bench.folder / "series.npy", bench.folder / "special.npy"
    some = series[:: len(series) // PEERS_SERIES][:PEERS_SERIES]
    np.save(file, some)
    try:
        with peer(bench.folder, file, found) as other:
            for number in range(ROUNDS + 1):
                with timed() as watch:
                    xmr(series, run=8, trend=6)
                took = other.round()
                if number:
                    ours.append(watch.cpu / len(series))
                    theirs.append(took[1] / len(some))
            alike = float((np.load(found) == (xmr(some, run=8, trend=6).rule != 0)).mean())
    except NoPeerError as missing:
        print(f"judging: {missing}", file=sys.stderr)
        return
    ratios = [one / other for one, other in zip(theirs, ours, strict=True)]
    yield Line(
        name="xmr-ratio",
        value=median(ratios),
        unit="times abspc",
        goal=200,
        rounds=tuple(ratios),
        note=f"processor time a series of {PERIODS} points, limits and rules: ours {median(ours) * 1e6:.2f} µs among {len(series)}, abspc 1.1.0 {median(theirs) * 1e6:.0f} µs one by one; {alike:.2%} of points are called alike with its run and trend",
    )


def _made(number: int, practices: int) -> Cells:
    """Shares of cases that differ among practices as real ones do, drawn alike in every run."""
    chance = np.random.default_rng(number)
    cases = chance.integers(50, 400, (practices, PERIODS))
    shares = chance.beta(90, 10, (practices, 1))
    numerator = chance.binomial(cases, shares).astype(np.float64)
    return Cells(
        definition=_definition(number),
        periods=tuple(f"{2007 + at // 4}Q{at % 4 + 1}" for at in range(PERIODS)),
        codes=tuple(f"X{at:05d}" for at in range(practices)),
        numerator=numerator,
        denominator=cases.astype(np.float64),
        value=np.full(numerator.shape, np.nan),
    )


def _definition(number: int) -> Definition:
    return Definition(
        code=f"XX{number:02d}",
        version=1,
        name=f"Made indicator {number}",
        domain=IndicatorDomain.CLINICAL_QUALITY,
        description="",
        numerator="",
        denominator="",
        unit="%",
        better=Better.HIGH,
        model=IndicatorModel.BINOMIAL,
        standardisation=None,
        source="",
        period=PeriodLength.QUARTER,
        refresh_lag_months=None,
        minimum_denominator=None,
        target=None,
        known_explanations=(),
        part_of=None,
        valid_from=date(2007, 1, 1),
    )
