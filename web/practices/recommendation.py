"""What the rules recommend for a practice today, explained: which hold, on which entries it hangs, and like cases."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from web.practices.alike import most_alike
from web.practices.hangs_on import hangs_on
from web.practices.links import practice_link
from web.practices.reading import look_up, note_reading
from web.practices.recommended import recommended_box
from web.service import service

blueprint = Blueprint("recommendation", __name__)


@blueprint.get("/practices/<code>/recommendation")
def page(code: str) -> ResponseReturnValue:
    """Nothing of a closed practice, or while no rules are in force: then nothing is recommended."""
    looked = look_up(code)
    practice, asked = looked.practice, looked.asked
    if code != practice.code:
        return redirect(f"{practice_link(practice.code)}/recommendation", 301)
    known = service.casebook.with_rules(practice, asked)
    box = recommended_box(practice, asked, looked.teller.telling)
    if box is None or known.framework is None:
        raise NotFound
    assert practice.details is not None
    told = render_template(
        "practices/recommendation.html",
        title="What the rules recommend",
        caption=practice.details.name.words,
        code=practice.code,
        back=practice_link(practice.code),
        recommended=box,
        hangs_on=hangs_on(looked, practice.history, known.framework, asked.on, "Today"),
        alike=most_alike(known, known.framework, asked.on, practice.tier_on(asked.on), asked),
        alike_as="All are as they stand today.",
    )
    note_reading(practice, asked, looked.teller.telling)
    return told
