"""Practices of the demonstration that were moved to cause for concern before a shared conversation about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from application.demonstration.arcs import CONCERN, ago
from application.demonstration.cast import INES
from application.demonstration.tale import Tale
from domain.practice import commands as c


def by_override(tale: Tale) -> None:
    """The medical lead does not wait for the next meeting; the decision rests on what was known before."""
    override, on = tale.new("override"), ago(20)
    tale.act(
        INES,
        on,
        lambda: c.GiveOverride(
            override_id=override,
            reason="Two doctors left within a week and the next meeting with the group is in December. It cannot wait.",
            occurred_on=on,
        ),
        override,
    )
    tale.decide(ago(19), CONCERN, tale.rests_on, after=(override,))


def for_safety(tale: Tale) -> None:
    """Nobody talked about it for four weeks, so the decision stands as an override; then both did, and it was confirmed."""
    _unsafe(
        tale, 45, "The vaccine fridge stood open over a weekend, and 140 children were called for the Monday."
    )
    assert tale.review_on is not None
    # The review was ten days late, and with it the conversation.
    tale.review_on += timedelta(days=10)


def just_now(tale: Tale) -> None:
    """The conversation that follows is one day late."""
    _unsafe(tale, 2, "No doctor will be in the building from Thursday, and home visits have no cover.")


def _unsafe(tale: Tale, days: int, why: str) -> None:
    told = tale.talk(ago(days + 1))
    tale.decide(ago(days), CONCERN, (told,), for_safety=why)


MOVED: dict[str, Callable[[Tale], None]] = {
    "Hazel Court Surgery": by_override,
    "Kiln Lane Practice": for_safety,
    "Ivy Bridge Practice": just_now,
}
"""What happened there, after all else."""
