"""A practice's history as one person may know it. Mostly it is the whole, and nothing is done."""

from __future__ import annotations

from application.at_hand import History, state_of
from domain.practice.practice import replay
from domain.practice.visible import as_seen_by
from domain.rules import Asked, Recorded


def seen_by(history: list[Recorded], asked: Asked) -> list[Recorded]:
    """The history without what is kept from this person. It is kept at hand with the history that it is made from."""
    practice = state_of(history, replay)
    if not practice.closed:
        return history
    if not isinstance(history, History):
        return as_seen_by(history, practice.closed, asked, practice.let_in)
    key = (asked.role, asked.own, asked.person, asked.on)
    kept = history.seen.get(key)
    if kept is None:
        seen = as_seen_by(history, practice.closed, asked, practice.let_in)
        kept = history if seen is history else History(seen, history.read_at)
        history.seen[key] = kept
    return kept
