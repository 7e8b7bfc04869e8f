"""The record of a practice: every fact in order, read from the facts themselves and not from any view."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from domain.access.permissions import GRANTED, scope_of
from domain.practice.visible import SEES_ALL
from domain.rules import Recorded
from projections import caseload_found
from projections.caseload_found import Filters
from web.audit.presenters import PAGE, whole
from web.practices.links import practice_link
from web.practices.opening import new_to, note_opened
from web.practices.reading import look_up, note_reading
from web.practices.reviewed import waiting_reviews
from web.service import catch_up, current_asked, may, refuse, service

blueprint = Blueprint("audit", __name__)


@blueprint.route("/audit")
def practices() -> ResponseReturnValue:
    """Every practice whose record this person may read; how many facts it has, for who sees all of them."""
    asked = current_asked()
    if asked.role not in GRANTED["ReadRecord"]:
        refuse("ReadRecord")
    catch_up()
    words = words_looked_for()
    with service.views.reading() as reading:
        found = caseload_found.find(
            reading,
            scope_of(asked),
            asked.on,
            Filters(words=words, closed=True),
            sort="name",
            page=_number(request.args.get("page")) or 1,
        )
    pages = {"previous_page": found.page - 1, "next_page": found.page + 1}
    links = {name: _page_of_records(page, found.pages, words) for name, page in pages.items()}
    return render_template(
        "audit/practices.html",
        found=found,
        words=words,
        counted=asked.role in SEES_ALL,
        may_sample=may("ReadSample"),
        **links,
    )


def words_looked_for() -> str:
    return request.args.get("words", "").strip()[:100]


@blueprint.route("/practices/<code>/record")
def record(code: str) -> ResponseReturnValue:
    """Every fact of a practice, whole, with its envelope."""
    looked = look_up(code, "ReadRecord")
    if code != looked.practice.code:
        return redirect(f"{practice_link(looked.practice.code)}/record", 301)
    history = looked.practice.history
    last = -(-len(history) // PAGE)
    wanted = _number(request.args.get("fact"))
    page = min(_page_with(wanted, history) if wanted else _number(request.args.get("page")) or 1, last)
    details = looked.practice.details
    assert details is not None
    facts = [whole(one, looked.teller) for one in _of_page(history, page)]
    note_reading(looked.practice, looked.asked, looked.teller.telling)
    shown = [one.version for one in facts]
    note_opened(looked.practice, looked.asked, shown, new_to(looked.practice, looked.asked))
    return render_template(
        "audit/record.html",
        heading={"name": details.name.words, "code": code},
        facts=facts,
        count=len(history),
        gaps=looked.gaps,
        reviews=waiting_reviews(looked.teller.telling),
        last_page=last,
        wanted=wanted,
        fact_link=lambda code, version: f"{practice_link(code)}/record?fact={version}#fact-{version}",
        previous_page=_page(code, page - 1, history),
        next_page=_page(code, page + 1, history),
    )


def _page_of_records(page: int, last: int, words: str) -> dict[str, str] | None:
    if not 1 <= page <= last:
        return None
    return {"href": f"/audit?{urlencode({'words': words, 'page': page})}", "text": f"{page} of {last}"}


def _of_page(history: list[Recorded], page: int) -> list[Recorded]:
    return history[max(page - 1, 0) * PAGE : page * PAGE]


def _page_with(wanted: int, history: list[Recorded]) -> int:
    """The page with a fact; where that is none that is seen, with the one nearest to it."""
    nearest = min(range(len(history)), key=lambda at: abs(history[at].version - wanted))
    return nearest // PAGE + 1


def _page(code: str, page: int, history: list[Recorded]) -> dict[str, str] | None:
    shown = _of_page(history, page)
    if not shown:
        return None
    text = f"facts {shown[0].version:,} to {shown[-1].version:,}"
    return {"href": f"{practice_link(code)}/record?page={page}", "text": text}


def _number(typed: str | None) -> int:
    """A whole number from an address; 0 for anything else."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 8 else 0
