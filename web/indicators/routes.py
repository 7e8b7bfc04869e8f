"""A practice's indicators: all of them in small by domain, and one whole, from flag to explanation to decision."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from web.charts import svg
from web.indicators import files, read, shown, story, whole
from web.indicators.series import said_text
from web.indicators.units import unit_in_words
from web.practices.links import entry_link
from web.practices.reading import Looked, look_up, note_reading
from web.practices.told import lower_first
from web.service import catch_up, service

blueprint = Blueprint("indicators", __name__, url_prefix="/practices/<code>")


STORY_MOST = 10
"""So many of the last steps are told at once; the earlier ones are folded."""


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
    if definition is None:
        raise NotFound
    if code != practice.code:
        return redirect(shown.indicators_link(practice.code, indicator), 301)
    series = read.one_series(practice.code, indicator, known)
    found = read.findings(read.every_release()).get(indicator, [])
    period = request.args.get("period", "")
    if period and period not in {one.judged.period for one in found}:
        raise NotFound
    steps = story.steps(looked.teller.telling, indicator)
    flags = story.flags_of(looked.teller.telling, indicator, looked.offers, series)
    note_reading(practice, looked.asked, looked.teller.telling)
    return render_template(
        "indicators/one.html",
        practice=practice,
        definition=definition,
        unit=unit_in_words(definition),
        flags=flags,
        steps=steps,
        story_most=STORY_MOST,
        time=whole.through_time(practice, series, found, story.marks(steps)) if series else None,
        peers=whole.among_all(looked, definition, found, period),
        file=f"{shown.indicators_link(practice.code, indicator)}.csv",
        all_of_them=shown.indicators_link(practice.code),
        key=svg.key,
        said_text=said_text,
        lower_first=lower_first,
    )


# --- as files -----------------------------------------------------------------------------------------------


@blueprint.get("/indicators.csv")
def every_file(code: str) -> ResponseReturnValue:
    looked = look_up(code)
    catch_up()
    return files.file(looked, read.series_of_practice(looked.practice.code, service.casebook.key_set()))


@blueprint.get("/indicators/<indicator>.csv")
def one_file(code: str, indicator: str) -> ResponseReturnValue:
    looked = look_up(code)
    catch_up()
    known = service.casebook.key_set()
    if read.definition_of(known, indicator) is None:
        raise NotFound
    series = read.one_series(looked.practice.code, indicator, known)
    return files.file(looked, [series] if series else [])
