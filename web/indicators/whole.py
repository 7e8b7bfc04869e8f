"""One indicator of a practice whole: its chart through time, its place among all practices, its change since the year before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from domain.access.permissions import scope_of
from domain.indicators.definitions import Definition
from domain.indicators.signals import LATEST
from domain.practice.kinds import PeriodLength
from domain.practice.state import Practice
from projections import caseload_found, flagged, observations
from web.caseload.found import every_practice
from web.charts import svg
from web.charts.xmr import Mark
from web.indicators import among, shown, story, through, yearly
from web.indicators.read import Found
from web.indicators.series import Series, said, said_text
from web.indicators.units import with_unit
from web.practices.reading import Looked
from web.service import service


class Choice(NamedTuple):
    text: str
    href: str
    current: bool


def through_time(
    practice: Practice, series: Series, found: Sequence[Found], marks: Sequence[Mark]
) -> dict[str, object]:
    definition = series.definition
    seen = through.over_time(series, story.merged(practice, definition, series.periods))
    comparator = shown.comparator_of({definition.code: list(found)}, series)
    wide, narrow = through.pictures(seen, comparator, marks)
    last = series.last
    kind = "An XmR chart" if seen.limits else "A line"
    changed = _since_the_year_before(practice.code, series)
    return {
        "drawn": svg.both(
            wide,
            narrow,
            "through",
            f"{definition.name}, {said(seen.shown[0].cell.period)} to {said(last.period)}",
            f"{kind} of each period, with what was flagged, explained, said and decided below it. "
            "The table beside it has the same numbers.",
        ),
        "seen": seen,
        "latest": f"{with_unit(definition, last.value)} in {said(last.period)}",
        "counted": last.counted,
        "stands": yearly.in_words(changed) if changed else through.in_words(seen),
        "since": yearly.table(changed) if changed else None,
        "comparator": series.unit.say(comparator),
        "target": series.unit.say(definition.target),
        "limits": [series.unit.say(value) for value in seen.limits] if seen.limits else [],
        "needed": LATEST.xmr_points,
        "yearly": definition.period == PeriodLength.YEAR,
        "table": shown.periods_table(seen),
        "signals": {point.signal for point in seen.shown} - {"none"},
        "whats": {mark.what for mark in marks},
    }


def _since_the_year_before(code: str, series: Series) -> yearly.Since | None:
    """The latest year beside the one before it: an indicator of years is judged by that."""
    if series.definition.period != PeriodLength.YEAR or len(series.cells) < 2:
        return None
    before, now = (cell.period.text for cell in series.cells[-2:])
    with service.views.reading() as reading:
        last = observations.of_period(reading, series.definition.code, before)
        this = observations.of_period(reading, series.definition.code, now)
    return yearly.since(series.definition, last, this, code)


def among_all(
    looked: Looked, definition: Definition, found: Sequence[Found], period: str
) -> dict[str, object] | None:
    """The funnel of the period asked for, or of the latest that a release found something of."""
    if not found:
        return None
    code = looked.practice.code
    chosen = next((one for one in found if one.judged.period == period), found[-1])
    with service.views.reading() as reading:
        rows = observations.of_period(reading, definition.code, chosen.judged.period)
    with every_practice() as practices:
        readable = flagged.readable(practices, scope_of(looked.asked), looked.asked.on)
        told = among.among(definition, chosen, rows, code, readable)
        names = caseload_found.names(practices, [other.code for other in told.readable]) if told else {}
    if told is None:
        return None
    wide, narrow = among.pictures(
        told, looked.practice.details.name.words if looked.practice.details else code
    )
    in_period = said_text(chosen.judged.period)
    links = {other: shown.indicators_link(other, definition.code) for other in names if other != code}
    return {
        "drawn": svg.both(
            wide,
            narrow,
            "among",
            f"{definition.name} in {in_period}, among {chosen.judged.practices:,} practices",
            "A dot for each practice by its size, this one picked out, between limits that narrow as practices grow. "
            "The tables beside it have the numbers.",
        ),
        "told": told,
        "period": in_period,
        "stands": among.in_words(told),
        "limits": among.limits_table(told),
        "chance": among.chance_table(chosen.judged),
        "named": among.named_table(told, names, links, code),
        "spread": among.spread_in_words(chosen.judged),
        "periods": [
            Choice(
                said_text(one.judged.period),
                f"{shown.indicators_link(code, definition.code)}?period={one.judged.period}#among-heading",
                one is chosen,
            )
            for one in reversed(found)
        ],
    }
