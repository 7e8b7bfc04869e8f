"""A practice's history as one person may know it. Mostly it is the whole, and nothing is done."""

from __future__ import annotations

from application.at_hand import History, state_of
from domain.practice.moment import NOW, Moment, happened_by, recorded_by
from domain.practice.practice import replay
from domain.practice.state import Practice
from domain.practice.visible import Withheld, as_seen_by, closures
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


def seen_at(
    history: list[Recorded], moment: Moment, asked: Asked, through: Asked | None = None
) -> list[Recorded]:
    """The history as it was seen at a moment: what this person may know today, of what was recorded by then and had
    happened by the day, of that what they could see then, or `through` could. So nothing is shown that is kept from them
    today, however open it was; and nothing that was kept from them then.
    """
    known = seen_by(history, asked) if moment == NOW or closures(history) else history
    if moment == NOW:
        return known
    facts = _of_then(history, known, moment)
    return seen_by(known if len(facts) == len(known) else History(facts), through or asked)


def with_kept_back(
    history: list[Recorded], moment: Moment, asked: Asked
) -> tuple[list[Recorded], frozenset[int]]:
    """What was recorded by then and had happened by the day, but for what this person may not know of today; and of what
    they may know only that it is there, the versions. Views are made of that: they say of each row who reads it.
    """
    whole = {one.version: one for one in history}
    known = seen_by(history, asked)
    kept_back = frozenset(one.version for one in known if isinstance(one.fact, Withheld))
    facts = [whole[one.version] if one.version in kept_back else one for one in known]
    return _of_then(history, facts, moment), kept_back


def _of_then(history: list[Recorded], known: list[Recorded], moment: Moment) -> list[Recorded]:
    versions = {one.version for one in recorded_by(history, moment.recorded_by)}
    facts = [one for one in known if one.version in versions]  # what is withheld bears no position
    return facts if moment.happened_on is None else happened_by(facts, moment.happened_on)


def seen_then(history: list[Recorded], asked: Asked) -> Practice:
    """A practice as somebody saw it when its record ended here: who saw what is judged by the facts of then."""
    return state_of(seen_by(History(history), asked), replay)
