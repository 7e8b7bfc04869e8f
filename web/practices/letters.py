"""A letter as it is printed: made from the stored fact and nothing else, so that it says the same for ever."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from domain.practice.events import LetterWritten
from web.practices.links import entry_link
from web.practices.reading import look_up

blueprint = Blueprint("letters", __name__)


@blueprint.get("/practices/<code>/letters/<int:version>")
def letter(code: str, version: int) -> ResponseReturnValue:
    """As it was written. That it was corrected or withdrawn since is said above it, and is not printed."""
    practice = look_up(code).practice
    entry = practice.recorded(version)
    if entry is None or not isinstance(entry.fact, LetterWritten):
        raise NotFound
    stands = practice.standing.get(version)
    return render_template(
        "practices/letter.html",
        letter=entry.fact,
        entry_href=entry_link(practice.code, version),
        withdrawn=stands is None,
        corrected=stands is not None and stands.fact != entry.fact,
    )
