"""What the sentences of a brief are told with: the facts that stand, the names of then, and what people typed, in short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from domain.practice import events as e
from domain.practice.state import Practice
from domain.rules import Recorded
from web.practices.telling import Telling
from web.practices.told import Names

LONG, SHORT = 220, 110
"""Letters of what somebody typed that a brief repeats: the entry has all of it."""


class Teller:
    """Tells one practice as at a day, in the names of then."""

    def __init__(self, practice: Practice, on: date, names: Names) -> None:
        self.practice = practice
        self.on = on
        self.names = names
        self.telling = Telling(practice, names)

    def standing(self, *kinds: type[Any]) -> Iterator[Recorded]:
        """The facts of some kinds that stand, in the order recorded."""
        return (one for one in self.practice.standing.values() if isinstance(one.fact, kinds))

    def last(self, *kinds: type[Any]) -> Recorded | None:
        return max(self.standing(*kinds), key=lambda one: one.version, default=None)

    def fact(self, version: int) -> Any:
        return self.practice.standing[version].fact

    def by(self, version: int) -> str:
        """Who recorded it, and for whom."""
        entry = self.practice.standing[version]
        who = self.names.person(entry.person)
        return f"{who} of {self.names.organisation(entry.organisation)}" if entry.organisation else who


def quoted(words: str, most: int = LONG) -> str:
    """What somebody typed, on one line, cut at a word's end where it is long."""
    line = " ".join(words.split())
    if len(line) > most:
        line = f"{line[:most].rpartition(' ')[0] or line[:most]}…"
    return f"“{line}”"


def tier_rests_on(t: Teller) -> dict[int, int]:
    """The entries that the decision on the tier was made by, and those by which the rules recommend one: how much each
    weighs. Of flags the rules often name all, a decision only some.
    """
    found: dict[str, int] = {}
    if recommended := t.last(e.TierRecommended):
        found |= {cite: 1 for one in t.fact(recommended.version).satisfied for cite in one.facts}
    if decided := t.practice.decision_on(t.on):
        found |= dict.fromkeys(t.fact(decided.version).inputs, 2)
    own = f"{t.practice.code}/"
    return {int(cite.removeprefix(own)): much for cite, much in found.items() if cite.startswith(own)}
