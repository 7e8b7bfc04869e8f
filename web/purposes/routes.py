"""The page on which a purpose is stated, from which one goes on to where one was."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from application.purposes import state as keep_stated
from domain.access.purposes import OTHER, offered, stated
from domain.rules import RuleBroken
from web.auth import local_path
from web.purposes.stating import stated_today
from web.service import current_asked, now, service, today

blueprint = Blueprint("purposes", __name__)


@blueprint.route("/purpose", methods=["GET", "POST"])
def state() -> ResponseReturnValue:
    """A purpose is chosen; only where none of the list is right are there words, and those are kept sealed."""
    wanted = local_path(request.values.get("next")) or "/"
    purpose, words, errors = stated_today() or "", "", dict[str, str]()
    if request.method == "POST":
        purpose, words = request.form.get("purpose", ""), " ".join(request.form.get("words", "").split())
        try:
            kept = stated(purpose, words, today())
        except RuleBroken as broken:
            errors = {broken.field or "purpose": broken.message}
        else:
            stores = service.casebook.stores
            keep_stated(stores.record_engine, stores.keys, now(), current_asked(), purpose, kept)
            return redirect(wanted, 303)
    page = render_template(
        "purposes/state.html",
        purposes=offered(today()),
        other=OTHER,
        chosen=purpose,
        words=words,
        wanted=wanted,
        errors={"purpose": "", "words": "", **errors},
        page_errors=[{"text": text, "href": f"#{name}"} for name, text in errors.items()],
    )
    return page, 422 if errors else 200
