"""The brief of a practice: to be read, printed, and kept as a file. Where the address sets a clock, as it was then."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template
from flask.typing import ResponseReturnValue

from application.brief import Brief
from application.notice_pdf import NotDrawn, installed
from domain.practice.moment import NOW, Moment
from web.brief.files import html_of, pdf_of
from web.brief.making import make, note_restricted
from web.brief.presenters import FACTS, shown
from web.past.address import LooksAt, at
from web.past.looking_back import asked_moment
from web.practices.links import practice_link
from web.practices.reading import to_be_read
from web.purposes.noted import as_noted
from web.purposes.stating import note_moment, purpose_noted
from web.service import current_asked, service

blueprint = Blueprint("brief", __name__)


def brief_link(code: str) -> str:
    return f"{practice_link(code)}/brief"


@blueprint.get("/practices/<code>/brief")
def page(code: str) -> ResponseReturnValue:
    if code != code.upper():
        return redirect(brief_link(code.upper()), 301)
    brief = _made(code)
    then = Moment(brief.position, brief.on)
    return render_template(
        "brief/brief.html",
        brief=shown(brief, pinned=False),
        facts=FACTS,
        back=practice_link(code),
        same=at(brief_link(code), then),
        html=at(f"{brief_link(code)}.html", then),
        pdf=at(f"{brief_link(code)}.pdf", then) if installed() else "",
    )


@blueprint.get("/practices/<code>/brief.html")
def as_html(code: str) -> ResponseReturnValue:
    brief = _made(code)
    # To be kept and not to be shown: it brings its own style, which no page of ours may.
    return _kept(brief, html_of(brief, service.settings.base_url or ""), "html", "application/octet-stream")


@blueprint.get("/practices/<code>/brief.pdf")
def as_pdf(code: str) -> ResponseReturnValue:
    """Where PDF is installed; else it is said how to have one all the same."""
    brief = _made(code)
    if not installed():
        return _printed_instead("PDF is not installed here"), 501
    try:
        content = pdf_of(brief)
    except NotDrawn:
        return _printed_instead("This brief has characters that the fonts for PDF do not have"), 501
    return _kept(brief, content, "pdf", "application/pdf")


def _made(code: str) -> Brief:
    """Of what this person may know, and could at the moment that is asked for. Nobody is told of what is not theirs."""
    asked, casebook = current_asked(), service.casebook
    practice = to_be_read(code)
    brief = make(casebook, practice, asked.on, casebook.recorder.last_position())
    note_restricted(casebook, practice, asked, brief)
    if asked_moment() == NOW:
        note_moment(as_noted(LooksAt(Moment(brief.position, brief.on))))
    return brief


def _kept(brief: Brief, content: bytes, ending: str, kind: str) -> Response:
    """The brief as a file. That it was taken out is noted."""
    subject = f"practice-{brief.code}"
    service.casebook.log_access(current_asked(), "exported", "Brief", subject=subject, **purpose_noted())
    response = Response(content, mimetype=kind)
    name = f"brief-{brief.code}-{brief.on.isoformat()}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _printed_instead(heading: str) -> str:
    return render_template(
        "errors/error.html",
        heading=heading,
        advice="Go back to the brief and print it: your browser can save what it prints as a PDF file.",
    )
