"""The page on which somebody looks for practices and for what was told of them, among what they may read."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from projections import searching
from web.purposes.stating import purpose_noted
from web.search import presenters
from web.search.presenters import Asked
from web.service import catch_up, current_asked, may, refuse, service

blueprint = Blueprint("search", __name__)


@blueprint.route("/search")
def search() -> ResponseReturnValue:
    """What is found, by kind. That somebody looked is noted, with how much they found; never for what."""
    if not may("Search"):
        refuse("Search")
    asked, person = Asked.read(request.args), current_asked()
    if not asked.words:
        return render_template("search/search.html", asked=asked, found=None)
    catch_up()
    with service.views.reading() as reading:
        found = searching.find(reading, person, asked.words, asked.kind, asked.page)
    service.casebook.log_access(person, "searched", "Search", number=found.total, **purpose_noted())
    return render_template(
        "search/search.html",
        asked=asked,
        found=found,
        kinds=presenters.kinds(found, asked),
        practices=presenters.practices(found),
        groups=presenters.groups(found, asked),
        advice=presenters.advice(found),
        previous_page=presenters.page(found, asked, found.page - 1),
        next_page=presenters.page(found, asked, found.page + 1),
    )
