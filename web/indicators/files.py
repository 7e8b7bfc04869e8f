"""A practice's indicators as a file: every period with its counts, in the unit that stands beside them, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flask.typing import ResponseReturnValue

from domain.practice.state import Practice
from projections import observations
from web.export import Cell, export
from web.indicators import read, story, through
from web.indicators.read import Findings
from web.indicators.series import Series
from web.indicators.tables import Counts, given_out, is_a_share
from web.indicators.through import OverTime, Shown
from web.indicators.units import in_a_file
from web.practices.reading import Looked
from web.service import service
from web.words import label

COLUMNS = (
    *("Practice", "Code", "Domain", "Indicator", "Name", "Period", "Counted", "Of", "Value", "Unit"),
    *("All practices", "Own mean", "Own lower limit", "Own upper limit", "Beside its own past", "Release"),
)


def file(looked: Looked, every_series: Sequence[Series]) -> ResponseReturnValue:
    practice = looked.practice
    rows = list(_rows(practice, every_series))
    name = practice.details.name.words if practice.details else ""
    of = f"Indicators of practice {practice.code}, {name}"
    return export("Indicators", of, COLUMNS, rows, len(rows), subject=f"practice-{practice.code}")


def _rows(practice: Practice, every_series: Iterable[Series]) -> Iterator[tuple[Cell, ...]]:
    """Every period of every indicator; how the latest ones stand beside their own past."""
    found = read.findings(read.every_release())
    name = practice.details.name.words if practice.details else ""
    for series in every_series:
        definition = series.definition
        seen = through.over_time(series, story.merged(practice, definition, series.periods))
        counts = {cell.period.text: given_out(definition, cell) for cell in series.cells}
        beside = {one.cell.period.text: one for one in seen.shown} if seen.limits else {}
        limits = _limits(seen, counts)
        together = _together(series, found)
        for cell in series.cells:
            if cell.value is None:
                continue
            told, stands = counts[cell.period.text], beside.get(cell.period.text)
            yield (
                *(name, practice.code, label(definition.domain), definition.code, definition.name),
                *(cell.period.text, told.numerator, told.denominator, told.value, definition.unit),
                None if told.kept_back else together.get(cell.period.text),
                *(limits if stands else (None, None, None)),
                _stands(stands, told),
                cell.release,
            )


def _stands(stands: Shown | None, told: Counts) -> str:
    return through.STANDS[stands.signal] if stands and not told.kept_back else ""


def _limits(seen: OverTime, counts: dict[str, Counts]) -> tuple[Cell, Cell, Cell]:
    """Of its own past. They are kept back with any number that they are made of: the others would tell it."""
    if seen.limits is None or any(counts[one.cell.period.text].kept_back for one in seen.shown):
        return None, None, None
    mean, lower, upper = (in_a_file(seen.series.definition, value) for value in seen.limits)
    return mean, lower, upper


def _together(series: Series, found: Findings) -> dict[str, float | None]:
    """What all practices have together, by period. Where one practice's count alone is kept back, so is this: less the
    others it would be that practice's.
    """
    definition = series.definition
    judged = {one.judged.period: one.judged.comparator for one in found.get(definition.code, ())}
    with service.views.reading() as reading:
        few = observations.kept_back(reading, definition.code, judged, share=is_a_share(definition))
    return {
        period: in_a_file(definition, comparator)
        for period, comparator in judged.items()
        if few.get(period) != 1
    }
