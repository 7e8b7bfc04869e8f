"""The practice copy: all of its record that the practice may see, to be printed and handed over; proved by its digest."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from application.practice_copy import as_of
from domain.practice import events as e
from domain.practice.cites import cite
from domain.practice.state import Practice
from web.practices.copied import digest, reasons_not_told, sections
from web.practices.links import entry_link, practice_link
from web.practices.reading import look_up
from web.words import day

blueprint = Blueprint("practice_copy", __name__)


@blueprint.get("/practices/<code>/practice-copy")
def copy(code: str) -> ResponseReturnValue:
    """As it is now, or as it was up to an entry: the same for whoever prints it."""
    looked = look_up(code)
    practice = looked.practice
    if code != practice.code:
        return redirect(f"{practice_link(practice.code)}/practice-copy", 301)
    version = _version(practice)
    shown = as_of(practice, version)
    if shown.details is None:
        raise NotFound
    made = sections(shown, looked.names)
    found = digest(made)
    given = [
        entry
        for entry in practice.standing.values()
        if isinstance(entry.fact, e.PracticeTold) and entry.fact.copy_to == version
    ]
    tell = f"{practice_link(practice.code)}/tell-practice"
    may_tell = looked.offers.may("TellPractice") and not looked.offers.closed
    return render_template(
        "practices/practice_copy.html",
        name=shown.details.name.words,
        code=practice.code,
        sections=made,
        digest=found,
        version=version,
        last=practice.version,
        today=looked.asked.on,
        holder=looked.names.organisation_now(_holder(shown)),
        back=practice_link(practice.code),
        record=f"{tell}?copy_to={version}&copy_sha256={found}" if may_tell else "",
        given=[
            (entry, entry_link(practice.code, entry.version), _same(entry.fact, found)) for entry in given
        ],
        not_told=[
            (
                entry_link(practice.code, one.version),
                f"{looked.teller.telling.entry(one.version).text}, {day(one.decided_on)}",
                f"{tell}?about={cite(practice.code, one.version)}" if may_tell else "",
            )
            for one in reasons_not_told(shown)
        ],
    )


def _version(practice: Practice) -> int:
    """Up to which entry: the last, unless the address names another."""
    typed = request.args.get("version", "")
    if not typed:
        return practice.history[-1].version
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 10 and 0 < int(typed) <= practice.version):
        raise NotFound
    return int(typed)


def _holder(practice: Practice) -> str | None:
    return practice.responsibilities[-1].contract_holder if practice.responsibilities else None


def _same(fact: object, found: str) -> bool:
    return isinstance(fact, e.PracticeTold) and fact.copy_sha256 == found
