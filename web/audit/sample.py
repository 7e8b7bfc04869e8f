"""A sample for an auditor: drawn by a seed that nobody chose, and each request for one on record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from application import access_log
from application.access_log import Line, Wanted
from application.sampling import MOST, OF, SAMPLED, Sample, Seeds, draw, note, requested
from domain.rules import RuleBroken
from projections import caseload_found, people
from web.practices.links import entry_link, practice_link
from web.practices.told import lower_first
from web.purposes.stating import of_export
from web.service import catch_up, current_asked, may, refuse, service
from web.words import day, label, moment

blueprint = Blueprint("sample", __name__)

CALLED = {
    "decisions": "Decisions on the tier",
    "practices": "Practices",
    "entries": "Entries of practices’ records",
}
assert CALLED.keys() == OF.keys()

COLUMN = {"decisions": "Decision", "practices": "Code", "entries": "Entry"}

EARLIER = 20

_SEEDS = Seeds()


class Drawn(NamedTuple):
    """An item: its number in the sample, how it is cited, what it is called, and where it is; nowhere, where the auditor takes no part."""

    number: int
    cite: str
    says: str
    name: str
    href: str


class Earlier(NamedTuple):
    """Who drew what before: so it shows who draws again and again, until a sample suits them."""

    at: str
    who: str
    what: str
    href: str


@blueprint.get("/audit/sample")
def page() -> ResponseReturnValue:
    asked = current_asked()
    if not may("ReadSample"):
        refuse("ReadSample")
    catch_up()
    given = {name: request.args.get(name, "").strip()[:20] for name in ("of", "size", "on")}
    sample, errors = None, dict[str, str]()
    if any(given.values()):
        try:
            sample = _drawn(given)
        except RuleBroken as broken:
            errors = {broken.field or "size": broken.message}
    drawn_page = render_template(
        "audit/sample.html",
        given={"of": "decisions", "size": "", "on": asked.on.isoformat()}
        | {name: value for name, value in given.items() if value},
        kinds=CALLED,
        most=MOST,
        sample=sample,
        drawn=_shown(sample, decisions=given["of"] in {"", "decisions"}) if sample else [],
        column=COLUMN[given["of"] or "decisions"] if sample else "",
        fewer=given["size"] if sample and len(sample.items) < int(given["size"]) else "",
        earlier=_earlier(),
        errors={"of": "", "size": "", "on": "", **errors},
        page_errors=[{"text": text, "href": f"#{name}"} for name, text in errors.items()],
    )
    return drawn_page, 422 if errors else 200


def _drawn(given: dict[str, str]) -> Sample:
    """The sample that is asked for. That it was is noted, with all that it was asked by."""
    asked, casebook = current_asked(), service.casebook
    wanted = requested(
        given["of"] or "decisions", given["size"], given["on"] or asked.on.isoformat(), asked.on
    )
    seed = _SEEDS.of(casebook.recorder, casebook.stores.record_id, wanted.day)
    sample = draw(casebook.recorder, wanted, seed)
    note(casebook, asked, wanted, len(sample.items), **of_export())
    return sample


def _shown(sample: Sample, *, decisions: bool) -> list[Drawn]:
    """Whoever takes no part in a practice has it in their sample as well, or two auditors had two samples."""
    recused = current_asked().recused
    with service.views.reading() as reading:
        names = caseload_found.names(reading, {item.partition("/")[0] for item in sample.items})
    found = []
    for number, item in enumerate(sample.items, start=1):
        code, _, version = item.partition("/")
        href = entry_link(code, int(version)) if version else practice_link(code)
        if code in recused:
            found.append(Drawn(number, item, item, "you take no part in this practice", ""))
            continue
        says = item
        if decisions and (told := _decision(code, int(version))):
            says, href = told
        found.append(Drawn(number, item, says, names.get(code, ""), href))
    return found


def _decision(code: str, version: int) -> tuple[str, str] | None:
    """What a decision is called, and its own page; None where the record has it as none of the decisions that stand."""
    taken = service.casebook.seen(code, current_asked()).decisions
    for number, one in enumerate(taken, start=1):
        if one.version == version:
            words = f"Decision {number}, {day(one.decided_on)}: {label(one.tier).lower()}"
            return words, url_for("decisions.decision", code=code, number=number)
    return None


def _earlier() -> list[Earlier]:
    """The latest samples that anybody had drawn, each with the address that draws it again."""
    found = access_log.lines(service.casebook.stores.record_engine, Wanted(what=SAMPLED), EARLIER)
    with service.views.reading() as reading:
        called = people.names(reading, {line.person for line in found})
    return [_told(line, called) for line in found]


def _told(line: Line, called: Mapping[str, str]) -> Earlier:
    of, day_of = line.name.removeprefix("Sample").lower(), (line.subject or "").removeprefix("sample-")
    size = line.number or 0
    asked_for = max(1, size)  # of nothing there is nothing to draw again, and a form asks for one at least
    what = f"{size:,} drawn from {lower_first(CALLED.get(of, of))}, as on {day(day_of)}"
    question = urlencode({"of": of, "size": asked_for, "on": day_of})
    return Earlier(moment(line.at), called.get(line.person, line.person), what, f"/audit/sample?{question}")
