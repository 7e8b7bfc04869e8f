"""A practice's indicators: all of them in small by domain, and one whole, from flag to explanation to decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from domain.access.permissions import scope_of
from domain.indicators.definitions import Definition
from domain.practice.state import Practice
from projections import caseload, flagged, observations
from web.charts import svg
from web.charts.xmr import Mark
from web.export import Cell, export
from web.indicators import among, read, shown, story, through
from web.indicators.read import Found
from web.indicators.series import Series, said, said_text
from web.indicators.tables import given_out
from web.practices.links import entry_link
from web.practices.reading import Looked, look_up, note_reading
from web.service import catch_up, service
from web.words import label

blueprint = Blueprint("indicators", __name__, url_prefix="/practices/<code>")


class Choice(NamedTuple):
    text: str
    href: str
    current: bool


@blueprint.get("/indicators")
def every(code: str) -> ResponseReturnValue:
    """All that was published of the practice: open flags first, then each domain in small."""
    looked = look_up(code)
    practice = looked.practice
    if code != practice.code:
        return redirect(shown.indicators_link(practice.code), 301)
    catch_up()
    found = read.findings(read.every_release())
    domains = shown.by_domain(
        practice, read.series_of_practice(practice.code, service.casebook.key_set()), found
    )
    charted = {card.code for domain in domains for card in domain.cards}
    return render_template(
        "indicators/every.html",
        practice=practice,
        flags=_open_flags(looked, charted),
        domains=domains,
        file=f"{shown.indicators_link(practice.code)}.csv",
        key=svg.key,
    )


class OpenFlag(NamedTuple):
    name: str
    words: str
    raised_on: object
    href: str
    entry: str


def _open_flags(looked: Looked, charted: set[str]) -> list[OpenFlag]:
    """Open flags, alarms first. Each leads to its chart, and one that was raised without numbers to its entry."""
    code = looked.practice.code
    return [
        OpenFlag(
            flag.name,
            shown.flag_line(looked.practice, flag).words,
            flag.raised_on,
            shown.indicators_link(code, flag.indicator) if flag.indicator in charted else "",
            entry_link(code, flag.version),
        )
        for flags in shown.open_flags(looked.practice).values()
        for flag in flags
    ]


@blueprint.get("/indicators/<indicator>")
def one(code: str, indicator: str) -> ResponseReturnValue:
    """One indicator: through time, among all practices, and what came of its flags."""
    looked = look_up(code)
    practice = looked.practice
    catch_up()
    known = service.casebook.key_set()
    definition = read.definition_of(known, indicator)
    flags = story.flags_of(practice, indicator, looked.offers)
    if definition is None:
        raise NotFound
    if code != practice.code:
        return redirect(shown.indicators_link(practice.code, indicator), 301)
    series = read.one_series(practice.code, indicator, known)
    found = read.findings(read.every_release()).get(indicator, [])
    steps = story.steps(looked.teller.telling, indicator)
    note_reading(practice, looked.asked, looked.teller.telling)
    return render_template(
        "indicators/one.html",
        practice=practice,
        definition=definition,
        flags=flags,
        steps=steps,
        time=_through_time(practice, series, found, story.marks(steps)) if series else None,
        peers=_among(looked, definition, found),
        file=f"{shown.indicators_link(practice.code, indicator)}.csv",
        all_of_them=shown.indicators_link(practice.code),
        key=svg.key,
        said_text=said_text,
    )


def _through_time(
    practice: Practice, series: Series, found: Sequence[Found], marks: Sequence[Mark]
) -> dict[str, object]:
    definition = series.definition
    seen = through.over_time(series, story.merged(practice, definition, series.periods))
    comparator = shown.comparator_of({definition.code: list(found)}, series)
    wide, narrow = through.pictures(seen, comparator, marks)
    last = series.last
    kind = "An XmR chart" if seen.limits else "A line"
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
        "latest": f"{series.unit.say(last.value)} in {said(last.period)}",
        "counted": last.counted,
        "stands": through.in_words(seen),
        "comparator": series.unit.say(comparator),
        "target": series.unit.say(definition.target),
        "limits": [series.unit.say(value) for value in seen.limits] if seen.limits else [],
        "table": shown.periods_table(seen),
        "signals": {point.signal for point in seen.shown} - {"none"},
        "whats": {mark.what for mark in marks},
    }


def _among(looked: Looked, definition: Definition, found: Sequence[Found]) -> dict[str, object] | None:
    """The funnel of the period asked for, or of the latest that a release found something of."""
    if not found:
        return None
    code, asked_for = looked.practice.code, request.args.get("period", "")
    chosen = next((one for one in found if one.judged.period == asked_for), found[-1])
    with service.views.reading() as reading:
        rows = observations.of_period(reading, definition.code, chosen.judged.period)
        readable = flagged.readable(reading, scope_of(looked.asked), looked.asked.on)
        told = among.among(definition, chosen, rows, code, readable)
        names = caseload.names(reading, [other for other, _, _ in told.readable]) if told else {}
    if told is None:
        return None
    wide, narrow = among.pictures(
        told, looked.practice.details.name.words if looked.practice.details else code
    )
    period = said_text(chosen.judged.period)
    links = {other: shown.indicators_link(other, definition.code) for other in names}
    return {
        "drawn": svg.both(
            wide,
            narrow,
            "among",
            f"{definition.name} in {period}, among {chosen.judged.practices:,} practices",
            "A dot for each practice by its size, this one picked out, between limits that narrow as practices grow. "
            "The tables beside it have the numbers.",
        ),
        "told": told,
        "period": period,
        "stands": among.in_words(told),
        "limits": among.limits_table(told),
        "chance": among.chance_table(chosen.judged),
        "named": among.named_table(told, names, links),
        "periods": [
            Choice(
                said_text(one.judged.period),
                f"{shown.indicators_link(code, definition.code)}?period={one.judged.period}#among-heading",
                one is chosen,
            )
            for one in reversed(found)
        ],
    }


# --- as files -----------------------------------------------------------------------------------------------

COLUMNS = (
    *("Domain", "Indicator", "Name", "Period", "Counted", "Of", "Value", "Unit"),
    *("Beside its own past", "Release"),
)


@blueprint.get("/indicators.csv")
def every_file(code: str) -> ResponseReturnValue:
    looked = look_up(code)
    catch_up()
    return _file(
        looked, read.series_of_practice(looked.practice.code, service.casebook.key_set()), "Indicators"
    )


@blueprint.get("/indicators/<indicator>.csv")
def one_file(code: str, indicator: str) -> ResponseReturnValue:
    looked = look_up(code)
    catch_up()
    known = service.casebook.key_set()
    if read.definition_of(known, indicator) is None:
        raise NotFound
    series = read.one_series(looked.practice.code, indicator, known)
    return _file(looked, [series] if series else [], "Indicators")


def _file(looked: Looked, every_series: Sequence[Series], name: str) -> ResponseReturnValue:
    rows = list(_rows(looked.practice, every_series))
    subject = f"practice-{looked.practice.code}"
    return export(name, "Indicators of a practice", COLUMNS, rows, len(rows), subject=subject)


def _rows(practice: Practice, every_series: Iterable[Series]) -> Iterable[tuple[Cell, ...]]:
    """Every period of every indicator; how the latest ones stand beside their own past."""
    for series in every_series:
        definition = series.definition
        seen = through.over_time(series, story.merged(practice, definition, series.periods))
        why = {one.cell.period.text: one for one in seen.shown} if seen.limits else {}
        for cell in series.cells:
            if cell.value is None:
                continue
            counts = given_out(cell.numerator, cell.denominator, cell.value)
            stands = why.get(cell.period.text)
            yield (
                label(definition.domain),
                definition.code,
                definition.name,
                cell.period.text,
                *counts,
                definition.unit,
                through.STANDS[stands.signal] if stands else "",
                cell.release,
            )
