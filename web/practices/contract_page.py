"""The contract of a practice: its ladder, from breach to the end, with each step's day and the steps after it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from web.practices.fields import in_words
from web.practices.ladder_stands import Ladder
from web.practices.links import practice_link
from web.practices.reading import look_up, note_reading

blueprint = Blueprint("contract", __name__)


@blueprint.get("/practices/<code>/contract")
def page(code: str) -> ResponseReturnValue:
    """Where each breach and notice stands, and what may come next."""
    looked = look_up(code)
    practice = looked.practice
    if code != practice.code:
        return redirect(f"{practice_link(practice.code)}/contract", 301)
    ladder = Ladder(looked)
    contracts, disputes = ladder.contracts(), ladder.other_disputes()
    note_reading(practice, looked.asked, looked.teller.telling)
    assert practice.details is not None
    return render_template(
        "practices/contract.html",
        code=practice.code,
        name=in_words(practice.details.name),
        contracts=contracts,
        other_disputes=disputes,
        back=practice_link(practice.code),
    )
