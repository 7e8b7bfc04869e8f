"""Validating a flag: whether, and when, its data was looked at with the practice before anything else followed from it."""

from __future__ import annotations

from datetime import date

from domain.practice.events import ConversationRecorded
from domain.practice.kinds import ActionKind
from domain.practice.state import Practice


def first_validated(practice: Practice) -> dict[str, date]:
    """The first day on which each flag was explained, talked about with the practice, or its data validated; by flag."""
    found: dict[str, date] = {}

    def on(flags: tuple[str, ...], day: date) -> None:
        for flag in flags:
            found[flag] = min(found.get(flag, day), day)

    for explanation in practice.explanations.values():
        on((explanation.flag_id,), explanation.explained_on)
    for entry in practice.standing.values():
        if isinstance(entry.fact, ConversationRecorded) and entry.fact.with_practice:
            on(entry.fact.about_flags, entry.fact.occurred_on)
    for action in practice.actions.values():
        if action.kind == ActionKind.DATA_VALIDATION and action.completed_on is not None:
            on(action.about_flags, action.completed_on)
    return found
