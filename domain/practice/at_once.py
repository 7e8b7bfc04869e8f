"""Two people at once: whether what one asks for conflicts with what others recorded since their form was drawn.

Two answers to one thing conflict, and so do an answer and what rests on it. What each organisation says for itself alone
(its own agreement, its own position) commutes. `docs/concurrency.md` says it of every pair of commands.
"""

from __future__ import annotations

from typing import Any

from domain.access.roles import SIDE_OF
from domain.practice import commands, events
from domain.practice.rests_on import rests_on
from domain.practice.things import things_through
from domain.rules import Asked, Recorded

_EACH_FOR_ITSELF: tuple[tuple[tuple[type, ...], type], ...] = (
    ((commands.AgreeAction, commands.AgreePlan), events.ActionAgreed),
    ((commands.StatePosition,), events.PositionStated),
    ((commands.RecordDissent,), events.DissentRecorded),
)
"""What an organisation says for itself alone, and the fact by which the other says the same of its own."""


def recorded_meanwhile(command: Any, asked: Asked, history: list[Recorded], version: int) -> list[Recorded]:
    """What was recorded after a version and conflicts with the command."""
    later = [one for one in history if one.version > version and not _the_others_own(command, asked, one)]
    if not later:
        return []
    answers, rests = things_through(command, history), rests_on(command, history)
    return [one for one in later if _conflict(answers, rests, one, history)]


def _conflict(
    answers: frozenset[str], rests: frozenset[str], later: Recorded, history: list[Recorded]
) -> bool:
    theirs = things_through(later.fact, history)
    return bool(theirs & (answers | rests)) or bool(answers & rests_on(later.fact, history))


def _the_others_own(command: Any, asked: Asked, later: Recorded) -> bool:
    if not any(isinstance(command, asks) and isinstance(later.fact, said) for asks, said in _EACH_FOR_ITSELF):
        return False
    fact: Any = later.fact
    return bool(fact.side != SIDE_OF.get(asked.role))
