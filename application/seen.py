"""A practice's history as one person may know it. Mostly it is the whole, and nothing is done."""

from __future__ import annotations

from application.at_hand import History, state_of
from domain.practice.moment import NOW, Moment, at_moment
from domain.practice.practice import replay
from domain.practice.state import Practice
from domain.practice.visible import Withheld, as_seen_by, closures, of_both
from domain.rules import Asked, Fact, Recorded


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
    """The history as it was seen at a moment: what this person could see then, or `through` could, of what this person may
    know today. So nothing is shown that is kept from them today, however open it was; and nothing that was kept from them
    then.
    """
    eyes = through or asked
    if moment == NOW and eyes == asked:
        return seen_by(history, asked)
    facts = at_moment(history, moment)
    # What is open to all today may have been kept from some then, and the other way about: both are asked.
    if not closures(history) and not closures(facts):
        return facts if isinstance(facts, History) else History(facts)
    today = {one.version: one for one in seen_by(history, asked)}
    recorded = {one.version: one.fact for one in facts}
    screen = seen_by(facts if isinstance(facts, History) else History(facts), eyes)
    return History(
        _both(then, now, recorded[then.version]) for then in screen if (now := today.get(then.version))
    )


def _both(then: Recorded, now: Recorded, recorded: Fact) -> Recorded:
    """A fact as little of it is seen as then and now: withheld where it is by one, without what is gone by either."""
    if isinstance(then.fact, Withheld) or now.fact is recorded:
        return then
    if isinstance(now.fact, Withheld) or then.fact is recorded:
        return now
    return then._replace(fact=of_both(then.fact, now.fact))


def with_kept_back(
    history: list[Recorded], moment: Moment, asked: Asked
) -> tuple[list[Recorded], frozenset[int]]:
    """What was recorded by then and had happened by the day, but for what this person may not know of today; and of what
    they may know only that it is there, the versions. Views are made of that: they say of each row who reads it.
    """
    known = {one.version: one for one in seen_by(history, asked)}
    kept_back = frozenset(version for version, one in known.items() if isinstance(one.fact, Withheld))
    facts = [
        one if one.version in kept_back else known[one.version]
        for one in at_moment(history, moment)
        if one.version in known
    ]
    return facts, kept_back


def seen_then(history: list[Recorded], asked: Asked) -> Practice:
    """A practice as somebody saw it when its record ended here: who saw what is judged by the facts of then."""
    return state_of(seen_by(History(history), asked), replay)
