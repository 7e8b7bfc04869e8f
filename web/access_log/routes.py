"""The access log, for an auditor: fifty lines a page, the newest first, and a practice's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from application import access_log
from application.access_log import Line, Wanted
from application.purposes import STATED, stated_in_words
from projections import caseload_found, people
from web.access_log.presenters import (
    KINDS,
    PAGE,
    PURPOSES_CALLED,
    Asked,
    Told,
    people_in,
    practices_in,
    told,
)
from web.practices.fields import words_or_why
from web.service import catch_up, current_asked, may, now, refuse, service

blueprint = Blueprint("access_log", __name__)

THE_SAME_READING = timedelta(minutes=15)
"""Who turns the pages of the log, or narrows it, reads it once: one line in it says so."""


class Link(NamedTuple):
    href: str
    text: str


@blueprint.app_template_global("reads_access_log")
def reads_access_log() -> bool:
    return may("ReadAccessLog")


@blueprint.get("/access-log")
def lines() -> ResponseReturnValue:
    asked = allowed()
    engine, wanted = service.casebook.stores.record_engine, asked.wanted(current_asked().recused)
    _note_reading(asked)
    found = access_log.lines(engine, wanted, PAGE + 1, before=asked.before, after=asked.after)
    more, found = len(found) > PAGE, found[-PAGE:] if asked.after is not None else found[:PAGE]
    newer = asked.before is not None if asked.after is None else more
    older = more if asked.after is None else True
    everybody = _everybody()
    return render_template(
        "access_log/lines.html",
        asked=asked,
        lines=in_words(found),
        people=sorted(everybody.items(), key=lambda one: one[1].casefold()),
        kinds=KINDS,
        purposes=PURPOSES_CALLED,
        newest=asked.before is None and asked.after is None,
        previous_page=Link(asked.address(after=found[0].id), "newer lines") if found and newer else None,
        next_page=Link(asked.address(before=found[-1].id), "older lines") if found and older else None,
    )


def allowed() -> Asked:
    """What is asked for, by somebody who may read the log."""
    if not may("ReadAccessLog"):
        refuse("ReadAccessLog")
    catch_up()
    return Asked.read(request.args)


def in_words(found: Sequence[Line], *, to_keep: bool = False) -> list[Told]:
    """`to_keep` leaves out what was typed of a purpose: it opens on the page and stands in no file."""
    with service.views.reading() as reading:
        called = people.names(reading, people_in(found))
        practices = caseload_found.names(reading, practices_in(found))
    typed = {} if to_keep else _typed(found)
    return [told(line, called, practices, typed.get(line.number or 0, "")) for line in found]


def _typed(found: Sequence[Line]) -> dict[int, str]:
    """What was typed of the purposes that these lines state: sealed beside the log, and never in it."""
    numbers = [line.number for line in found if line.what == STATED and line.number]
    stores = service.casebook.stores
    kept = stated_in_words(stores.record_engine, stores.keys, numbers) if numbers else {}
    return {number: words_or_why(words) for number, words in kept.items()}


def _everybody() -> dict[str, str]:
    """Everybody who left a line, by name."""
    found = access_log.who_is_in_it(service.casebook.stores.record_engine)
    with service.views.reading() as reading:
        return people.names(reading, found) | ({"nobody": "Nobody's account"} if "nobody" in found else {})


def _note_reading(asked: Asked) -> None:
    """Who reads the log is in it too: once for what belongs together, or it would tell of little else."""
    me, engine = current_asked(), service.casebook.stores.record_engine
    subject = f"practice-{asked.practice}" if asked.practice else None
    last = access_log.lines(engine, Wanted(person=me.person, what="read"), 1)
    if (
        last
        and last[0].name == "AccessLog"
        and last[0].subject == subject
        and last[0].at > now() - THE_SAME_READING
    ):
        return
    service.casebook.log_access(me, "read", "AccessLog", subject=subject)
