"""What a decision on the tier would cite and its signer has not opened: told on the form, each with a button that opens it.

What was typed is kept as a draft meanwhile, and the entry's page leads back to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from domain.practice.cites import cite
from domain.practice.guards import override_that_holds
from domain.practice.opened import not_opened
from domain.practice.state import Practice
from domain.practice.weighing import view_that_counts
from domain.rules import RuleBroken
from web.forms.drawing import Choice, Drawing
from web.forms.form import Drawn
from web.practices.forms.common import facts
from web.practices.links import entry_link
from web.practices.told import joined
from web.service import service

_UNOPENED = "what-is-cited-was-opened-by-the-signer"
_NUMBERED = re.compile(r"[A-Z0-9]+/(\d+)")

NAMED = 3
"""So many entries are named in the refusal itself; all are in the list beneath it."""

CHOSEN = ("inputs", "answers")
"""The questions whose answers are cites."""


class ToOpen(NamedTuple):
    """An entry that is still to be opened: the step of the form that leads to it, and what it is called."""

    step: str
    text: str


def still_to_open(drawing: Drawing, questions: Sequence[Drawn]) -> list[ToOpen]:
    """Of what is chosen on the form, and of what a decision cites by itself."""
    practice = _to_be_signed(drawing)
    chosen = {one for question in questions if question.name in CHOSEN for one in question.value}
    cited = [*chosen, *(cite(practice.code, version) for version in _by_itself(practice, drawing))]
    told = drawing.telling
    return [
        ToOpen(_step(version), told.cited(cite(practice.code, version)).text)
        for version in not_opened(practice, cited, drawing.asked)
    ]


def by_their_titles(drawing: Drawing, refused: RuleBroken) -> RuleBroken:
    """The refusal of what was not opened, with each entry by its title, day and first words; any other as it is."""
    versions = [int(one) for one in _NUMBERED.findall(refused.message)]
    if refused.rule != _UNOPENED or not versions:
        return refused
    code, told = drawing.practice.code, drawing.telling
    named = [f"“{told.cited(cite(code, one)).text}”" for one in versions[:NAMED]]
    if more := len(versions) - NAMED if len(versions) > NAMED else 0:
        named.append(f"{more} more")
    each = "it" if len(versions) == 1 else "each"
    message = f"You have not opened {joined(named)}: open {each} before you sign"
    return RuleBroken(refused.rule, message, refused.field)


def entries_to_open(drawing: Drawing) -> dict[str, str]:
    """The page of each entry, by the step of the form that leads to it."""
    code = drawing.practice.code
    return {_step(version): entry_link(code, version) for version in drawing.practice.standing}


def facts_to_sign(drawing: Drawing) -> list[Choice]:
    """Every fact that may be cited; of those that the signer has not opened, that is said."""
    found = facts(drawing)
    practice = _to_be_signed(drawing)
    unopened = not_opened(practice, [one.value for one in found], drawing.asked)
    new = {cite(practice.code, version) for version in unopened}
    return [one._replace(hint=_marked(one)) if one.value in new else one for one in found]


def _marked(one: Choice) -> Markup:
    """What is said of an entry that is still to be opened, with the button that opens it."""
    step = _step(int(one.value.rpartition("/")[2]))
    button = Markup(
        'Not opened by you yet. <button class="cb-link" type="submit" name="step" value="{}">Open it'
        '<span class="nhsuk-u-visually-hidden">: {}</span></button> {}'
    )
    return button.format(step, one.text, one.hint)


def _step(version: int) -> str:
    return f"open-{version}"


def _to_be_signed(drawing: Drawing) -> Practice:
    return service.casebook.to_be_signed(drawing.practice, drawing.asked)


def _by_itself(practice: Practice, drawing: Drawing) -> Iterator[int]:
    """The other organisation's view, and an override that may have to stand for a conversation."""
    if (view := view_that_counts(practice, drawing.today)) is not None:
        yield view.version
    if (override := override_that_holds(practice, drawing.today)) is not None:
        yield override.version
