"""How long one chart takes, from its numbers to its SVG: through time, and a funnel of 8,000 practices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from tests.bench.lines import Line, median, watched
from tests.bench.places import Bench
from web.charts import funnel, small, svg, xmr
from web.charts.shapes import PERCENT, WIDE

GOAL = 5.0
BEGINS = date(2020, 1, 1)


def measure(bench: Bench) -> Iterator[Line]:
    practices = bench.some(8_000, 500)
    yield _taken("chart", partial(_through, _periods(24)), 200)
    yield _taken("chart-funnel", partial(_funnel, _spread(practices)), 50)
    yield _taken("chart-small", partial(_small, [0.3 + at % 5 / 50 for at in range(24)]), 200)


def _taken(name: str, draw: Callable[[], str], rounds: int) -> Line:
    watches = watched(draw, rounds)
    return Line(
        name=name,
        value=median([watch.seconds for watch in watches]) * 1_000,
        unit="ms",
        goal=GOAL,
        is_to_be="at most",
        cpu=median([watch.cpu for watch in watches]) * 1_000,
        note=f"{len(draw()):,} characters of SVG",
    )


def _periods(count: int) -> xmr.Through:
    days = [BEGINS + timedelta(days=91 * at) for at in range(count + 1)]
    points = [
        xmr.Point(f"2020 Q{at}", days[at], days[at + 1], 0.3 + at % 5 / 50, "none" if at % 6 else "concern")
        for at in range(count)
    ]
    marks = [xmr.Mark(day, "explained", "Explained") for day in days[::3]]
    marks += [xmr.Mark(day, "decided", "Decided") for day in days[::5]]
    return xmr.Through(
        points=points, unit=PERCENT, limits=xmr.Limits(0.34, 0.25, 0.43), target=0.4, marks=marks
    )


def _through(told: xmr.Through) -> str:
    return svg.svg(xmr.draw(told, WIDE), "chart", "Through time", "Each period, with limits")


def _spread(practices: int) -> funnel.Funnel:
    """Sizes and values as practices have them: most in the middle, some far out."""
    of = [1_000 + (at * 7_919 % 9_000) + (at * 104_729 % 9_000) for at in range(practices)]
    values = [0.8 + (at * 31 % 101 + at * 17 % 97) / 1_500 for at in range(practices)]
    edges = [funnel.Limits(one, 0.7, 0.75, 0.9, 0.95) for one in range(500, 20_000, 600)]
    return funnel.Funnel(
        peers=funnel.Peers(of, values),
        mine=funnel.Dot(8_412, 0.71),
        mine_called="This practice",
        comparator=0.85,
        limits=edges,
        adjusted=edges,
        unit=PERCENT,
        of_what="Patients",
    )


def _funnel(told: funnel.Funnel) -> str:
    return svg.svg(funnel.draw(told, WIDE), "chart", "Among others", "Each practice, with limits")


def _small(values: list[float]) -> str:
    drawn = small.draw(small.Small(values=values, limits=xmr.Limits(0.34, 0.25, 0.43), last="concern"))
    return svg.thumb(drawn, "chart", "Through time", "Each period")
