"""What somebody left as it was in a form whose answers stand already, where others changed it while they were writing.

Who changes one detail of five sends all five back. What they left alone is what the others made of it, or else the last to
send would put back, under their own name, what they never looked at.
"""

from __future__ import annotations

from typing import Any

from web.forms.drawing import Drawing
from web.forms.fields import Field
from web.forms.form import Form, Typed
from web.forms.meanwhile import COMPARED


def left_alone(form: Form, drawing: Drawing, typed: Typed, then: Typed) -> Typed:
    """The questions that others answered anew and this person left as they were drawn, each with what stands now."""
    found = {}
    for one in form.asked_for(drawing):
        if one.name not in form.stands or one.name not in then:
            continue
        was, now = then[one.name], one.first(drawing)
        theirs, mine = (not _alike(form, one, drawing, was, other) for other in (now, typed[one.name]))
        if theirs and not mine:
            found[one.name] = now
    return found


def _alike(form: Form, one: Field, drawing: Drawing, left: Any, right: Any) -> bool:
    """Of what has no answer in words, such as who was there, by what was typed itself."""
    if one.WIDGET not in COMPARED:
        return bool(left == right)
    return sorted(form.answer(one, drawing, left)) == sorted(form.answer(one, drawing, right))
