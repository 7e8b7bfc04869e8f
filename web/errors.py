"""What a person sees when there is no page, when it is not theirs, and when something went wrong."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from application.outcomes import Busy
from application.recording import DiskFull
from application.schema import NotReady, ViewsMissing
from application.sealing import KeyMissing
from web.account.routes import offer_to_continue
from web.forms.sending import tokens
from web.practices.barred import who_may
from web.service import current_asked, service

PAGES = {
    400: ("The page could not read what was sent", "Go back, open the page again, and send it once more."),
    403: (
        "This is not yours to see or do",
        "Your role, or your organisation, does not allow it. If it should, ask an administrator.",
    ),
    404: (
        "There is no such page",
        "If you typed the address, check it. If you followed a link, it may be out of date.",
    ),
    405: ("This page cannot be used like that", "Go back, and use the links and buttons on the page."),
    410: (
        "Some of the words here were erased",
        "Nobody can read them any more, so nothing can be done with them. When and by whom they were recorded stands.",
    ),
    413: ("What was sent is too large", "Shorten it, or choose a file of 10 MB or less, and send it again."),
    500: (
        "Something went wrong",
        "It was our fault, and it has been noted. Nothing was recorded. Try again.",
    ),
    503: ("Casebook is busy just now", "Nothing was recorded. Try again in a minute."),
    507: (
        "Casebook has no room to record anything",
        "Its disk is full. Nothing was recorded, and sending it again will not help yet. Tell an administrator.",
    ),
}


def set_up_errors(app: Flask) -> None:
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(CSRFError, not_from_our_page)
    app.register_error_handler(Busy, busy)
    app.register_error_handler(ViewsMissing, views_missing)
    app.register_error_handler(DiskFull, disk_full)
    app.register_error_handler(NotReady, busy)
    app.register_error_handler(KeyMissing, erased)
    app.register_error_handler(OperationalError, busy)
    app.register_error_handler(Exception, unforeseen)


def http_error(problem: HTTPException) -> ResponseReturnValue:
    if problem.code is not None and 300 <= problem.code < 400:
        return problem.get_response()
    status = problem.code or 500
    if status == 401:
        return redirect(url_for("account.sign_in"), 303)
    if status == 403:
        _note_refusal()
    page = _page(status, _not_for_this_role() if status == 403 else None)
    allowed: Any = getattr(problem, "valid_methods", None)
    headers = {"Allow": ", ".join(sorted(allowed))} if allowed else {}
    return page, status, headers


def not_from_our_page(_problem: CSRFError) -> ResponseReturnValue:
    """A form whose session was renewed meanwhile: offered again, filled, to the person it was drawn for."""
    if g.get("person_id") and tokens().drawn_for(request.form.get("token", "")) == g.person_id:
        return offer_to_continue(request.full_path.rstrip("?"), request.form)
    return _page(400), 400


def busy(_problem: Exception) -> ResponseReturnValue:
    return _page(503), 503, {"Retry-After": "10"}


def disk_full(_problem: DiskFull) -> ResponseReturnValue:
    """Nobody is told when to come back: it passes when somebody makes room, not by itself."""
    return _page(507), 507


def erased(_problem: KeyMissing) -> ResponseReturnValue:
    """Pages that only show say so beside what does stand; this is of forms, which begin with the words."""
    return _page(410), 410


def views_missing(_problem: ViewsMissing) -> ResponseReturnValue:
    words = (
        "The pages are being made",
        "What is recorded is safe. The pages that show it must be rebuilt first.",
    )
    return _page(503, words), 503, {"Retry-After": "60"}


def unforeseen(problem: Exception) -> ResponseReturnValue:
    if current_app.testing or current_app.debug:
        raise problem
    current_app.logger.error("unforeseen", exc_info=problem)
    return _page(500), 500


def _not_for_this_role() -> tuple[str, str] | None:
    """Who may do what was refused, where it is the role that does not allow it."""
    if not g.get("person_id") or not (what := g.get("refused")):
        return None
    advice = who_may(what, current_asked().role)
    return (PAGES[403][0], advice) if advice else None


def _note_refusal() -> None:
    """A refusal of somebody signed in leaves a line in the access log: what, and never any words."""
    if g.get("person_id") and not g.get("refusal_logged"):
        g.refusal_logged = True
        service.casebook.log_access(
            current_asked(), "refused", request.endpoint or "unknown", rule="the-role-may-do-this"
        )


def _page(status: int, words: tuple[str, str] | None = None) -> str:
    heading, advice = words or PAGES.get(status, PAGES[400 if status < 500 else 500])
    # No page has a past that is not there: a way into it would tell one missing page from another.
    return render_template("errors/error.html", heading=heading, advice=advice, as_it_was=None)
