"""The record of a practice: every fact in order, read from the facts themselves and not from any view."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from domain.access.permissions import GRANTED, scope_of
from projections import caseload
from web.audit.presenters import PAGE, whole
from web.practices.links import practice_link
from web.practices.reading import look_up
from web.service import catch_up, current_asked, refuse, service

blueprint = Blueprint("audit", __name__)


@blueprint.route("/audit")
def practices() -> ResponseReturnValue:
    """Every practice whose record this person may read, with how many facts it has."""
    asked = current_asked()
    if asked.role not in GRANTED["ReadRecord"]:
        refuse("ReadRecord")
    catch_up()
    words = request.args.get("words", "").strip()[:100]
    with service.views.reading() as reading:
        found = caseload.find(
            reading,
            scope_of(asked),
            asked.on,
            caseload.Filters(words=words, closed=True),
            sort="name",
            page=_number(request.args.get("page")) or 1,
        )
    pages = {"previous_page": found.page - 1, "next_page": found.page + 1}
    links = {name: _page_of_records(page, found.pages, words) for name, page in pages.items()}
    return render_template("audit/practices.html", found=found, words=words, **links)


@blueprint.route("/practices/<code>/record")
def record(code: str) -> ResponseReturnValue:
    """Every fact of a practice, whole, with its envelope."""
    looked = look_up(code, "ReadRecord")
    if code != looked.practice.code:
        return redirect(f"{practice_link(looked.practice.code)}/record", 301)
    history = looked.practice.history
    last = -(-len(history) // PAGE)
    wanted = _number(request.args.get("fact"))
    page = -(-min(wanted, len(history)) // PAGE) if wanted else _number(request.args.get("page")) or 1
    page = min(page, last)
    details = looked.practice.details
    assert details is not None
    return render_template(
        "audit/record.html",
        heading={"name": details.name.words, "code": code},
        facts=[whole(one, looked.teller) for one in history[(page - 1) * PAGE : page * PAGE]],
        count=len(history),
        last_page=last,
        wanted=wanted,
        fact_link=lambda code, version: f"{practice_link(code)}/record?fact={version}#fact-{version}",
        previous_page=_page(code, page - 1, last, len(history)),
        next_page=_page(code, page + 1, last, len(history)),
    )


def _page_of_records(page: int, last: int, words: str) -> dict[str, str] | None:
    if not 1 <= page <= last:
        return None
    return {"href": f"/audit?{urlencode({'words': words, 'page': page})}", "text": f"{page} of {last}"}


def _page(code: str, page: int, last: int, count: int) -> dict[str, str] | None:
    if not 1 <= page <= last:
        return None
    text = f"facts {(page - 1) * PAGE + 1:,} to {min(page * PAGE, count):,}"
    return {"href": f"{practice_link(code)}/record?page={page}", "text": text}


def _number(typed: str | None) -> int:
    """A whole number from an address; 0 for anything else."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 8 else 0
