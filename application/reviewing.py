"""The decisions that a correction, a withdrawal or a late entry bears on, checked again and recorded with it.

They are looked at as the contract holder sees the practice, who decides: what the local commissioner keeps to itself was
none of its evidence.
"""

from __future__ import annotations

from collections.abc import Callable

from application.at_hand import History, state_of
from application.elsewhere import Elsewhere
from application.following import holder_of
from application.seen import seen_by
from domain.access.permissions import may
from domain.framework.parts import Framework
from domain.practice.affected import Rules, affected, may_arrive
from domain.practice.commands import DecideTier
from domain.practice.practice import go_on, replay
from domain.practice.reviews import asked_or_checked
from domain.practice.state import Practice
from domain.practice.visible import as_seen_by
from domain.rules import Asked, Fact, Recorded


def reviews_that_follow(
    elsewhere: Elsewhere, history: list[Recorded], recorded: list[Recorded], asked: Asked
) -> list[Fact]:
    """A fact for each decision that was checked again. `history` is what was there before what is recorded now."""
    if not history or not any(may_arrive(one.fact, one.recorded_on) for one in recorded):
        return []
    then = state_of(history, replay)
    last = max((one.decided_on for one in then.decisions), default=None)
    if last is None or not any(may_arrive(one.fact, last) for one in recorded):
        return []  # nothing was decided that it could bear on: most of what is late is late by a day
    holder = holder_of(then, elsewhere.succession(), asked, asked.on)
    before = state_of(seen_by(history, holder), replay)
    longer = History([*history, *recorded])
    now = go_on(then, longer)
    seen = as_seen_by(longer, now.closed, holder, now.let_in)
    after = now if seen is longer else replay(seen)
    rules = Rules(_versions(elsewhere), elsewhere.publications())
    return [
        asked_or_checked(
            after, found, gone=_is_gone(elsewhere, after, found.decided.person, asked), asked=asked
        )
        for found in affected(before, after, rules, replay)
    ]


def _versions(elsewhere: Elsewhere) -> Callable[[int], Framework | None]:
    versions = elsewhere.versions()

    def numbered(number: int) -> Framework | None:
        found = versions.version(number)
        return found.framework if found else None

    return numbered


def _is_gone(elsewhere: Elsewhere, practice: Practice, person: str, asked: Asked) -> bool:
    """Whether somebody may decide on this practice no more: without the role, the organisation, or a part in it."""
    return not may(elsewhere.asked_as(person, asked), DecideTier.__name__, practice)
