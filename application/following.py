"""What follows from a command's facts by the rules of the framework, and is recorded with them.

A recommendation is made of what the contract holder sees, whoever recorded what changed it: the holder decides.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from application.at_hand import History, state_of
from application.elsewhere import Elsewhere
from application.seen import seen_by
from domain.access.roles import Role
from domain.access.succession import Succession
from domain.framework.read import UNREAD
from domain.practice.events import VisibilityChanged
from domain.practice.practice import go_on, replay
from domain.practice.recommended import changed_by_facts
from domain.practice.state import Practice
from domain.practice.visible import as_seen_by
from domain.rules import Asked, Fact, Recorded


def what_follows(
    elsewhere: Elsewhere, history: list[Recorded], recorded: list[Recorded], asked: Asked
) -> list[Fact]:
    """The recommendation that a practice's new facts change, if they do. `history` is what was there before them."""
    if not history or not any(_may_change(one.fact) for one in recorded):
        return []
    then = state_of(history, replay)
    holder = _holder(elsewhere, then, asked)
    before = state_of(seen_by(history, holder), replay)
    longer = History([*history, *recorded])
    now = go_on(then, longer)
    after_them = as_seen_by(longer, now.closed, _holder(elsewhere, now, asked), now.let_in)
    after = now if after_them is longer else replay(after_them)
    known = elsewhere.with_rules(before, asked)
    after = replace(after, framework=known.framework, published=known.published)
    return changed_by_facts(known, after, asked)


def _may_change(fact: Fact) -> bool:
    """Whether a rule reads it, or it says who sees what a rule reads."""
    return type(fact) not in UNREAD or isinstance(fact, VisibilityChanged)


def _holder(elsewhere: Elsewhere, practice: Practice, asked: Asked) -> Asked:
    return holder_of(practice, elsewhere.succession(), asked, asked.on)


def holder_of(practice: Practice, succession: Succession, asked: Asked, on: date) -> Asked:
    """Somebody of the organisation that holds the contract on a day, who sees what it keeps to itself."""
    responsible = practice.responsible_on(on)
    code = responsible.contract_holder if responsible else None
    return Asked(
        person="",
        organisation=code,
        role=Role.MANAGER,
        at=asked.at,
        predecessors=succession.predecessors(code, on),
    )
