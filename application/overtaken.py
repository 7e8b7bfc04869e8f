"""A refusal that only what others recorded meanwhile is the reason for, with what they recorded."""

from __future__ import annotations

from collections.abc import Callable

from domain.practice.commands.base import PracticeCommand
from domain.practice.practice import decide, replay
from domain.practice.state import Practice
from domain.rules import Asked, Recorded, RuleBroken


def refusal(decided: Callable[[], object]) -> RuleBroken | None:
    """Why something is refused, if it is; what it decides is not kept."""
    try:
        decided()
    except RuleBroken as broken:
        return broken
    return None


def would_be_refused(practice: Practice, command: PracticeCommand, asked: Asked) -> RuleBroken | None:
    """Why the practice's own rules refuse it as things stand, if they do: before its answers are checked."""
    return refusal(lambda: decide(practice, command, asked))


class Overtaken(RuleBroken):
    """The command was fine when its form was drawn. `facts` are of the first command since that a rule refuses it for."""

    def __init__(self, broken: RuleBroken, facts: list[Recorded]) -> None:
        super().__init__(broken.rule, broken.message, broken.field)
        self.facts = facts


def overtaken(
    broken: RuleBroken,
    history: list[Recorded],
    version: int,
    refused_after: Callable[[list[Recorded]], RuleBroken | None],
) -> RuleBroken:
    """The refusal as it is, or with what was recorded after a version if it would not be refused without that."""
    later = [one for one in history if one.version > version]
    if not later or refused_after(_upto(history, version)) is not None:
        return broken
    for last in _ends_of_commands(later):
        if refused_after(_upto(history, last.version)) is not None:
            return Overtaken(broken, [one for one in later if one.command_id == last.command_id])
    return broken


def as_drawn(practice: Practice, version: int) -> Practice:
    """A practice as whoever sees it saw it when a form was drawn from a version of it."""
    return replay(_upto(practice.history, version))


def _upto(history: list[Recorded], version: int) -> list[Recorded]:
    return [one for one in history if one.version <= version]


def _ends_of_commands(facts: list[Recorded]) -> list[Recorded]:
    """The last fact of each command, in order."""
    return list({one.command_id: one for one in facts}.values())
