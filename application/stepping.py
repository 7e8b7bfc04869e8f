"""A practice's record one action at a time: what each recorded, how the practice stood before and after, and which rules of
the framework held.

A state is made by going on from a nearby one that is kept with the history, so that any step is as quick as the next.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from application.at_hand import History
from application.casebook import Casebook
from application.seen import seen_by
from domain.framework.recommending import Recommendation
from domain.practice.practice import go_on, looks_back, replay
from domain.practice.state import Practice
from domain.practice.visible import Withheld, as_seen_by
from domain.rules import Asked, Recorded

EVERY = 200
"""Facts from one state that is kept to the next."""
KEPT = 16
"""States that are kept with a history: as many as a practice of some thousand facts asks for."""


class Step(NamedTuple):
    """One command's facts, and the practice before and after them. Both are judged on the day of the action, so that what
    differs is its doing; None before there were rules. `on` is that day, or the last known where the action is withheld.
    """

    number: int
    facts: list[Recorded]
    on: date
    before: Practice
    after: Practice
    recommended_before: Recommendation | None
    recommended: Recommendation | None


class Steps:
    """Every action on a practice, in the order recorded, as somebody may know it today; and at each how it stood, as they
    could see it then.
    """

    def __init__(self, casebook: Casebook, code: str, asked: Asked) -> None:
        known = seen_by(casebook.history(f"practice-{code}"), asked)
        assert isinstance(known, History)
        self.known, self.asked = known, asked
        self._rules = casebook.rules_as_recorded
        self._rules.look()
        self._ends = [0]
        for _, facts in groupby(known, lambda one: one.command_id or one.version):
            self._ends.append(self._ends[-1] + sum(1 for _ in facts))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def facts(self, number: int) -> list[Recorded]:
        """What a step recorded; they are numbered from 1."""
        return self.known[self._ends[number - 1] : self._ends[number]]

    def step(self, number: int) -> Step:
        first, last = self._ends[number - 1], self._ends[number]
        before = stood_after(self.known, first)
        if first == 0 or any(looks_back(one.fact) for one in self.facts(number)):
            return self._told(number, before, stood_after(self.known, last))
        return self._told(number, before, go_on(before, self.known[:last]))

    def __iter__(self) -> Iterator[Step]:
        """All of them, each going on from the one before it."""
        before = replay([])
        for number in range(1, len(self) + 1):
            facts = self.known[: self._ends[number]]
            after = go_on(before, facts) if before.history else replay(facts)
            yield self._told(number, before, after)
            before = after

    def number_of(self, version: int) -> int | None:
        """The step that recorded a fact; None where no such fact is seen."""
        at = bisect_left(self.known, version, key=lambda one: one.version)
        found = at < len(self.known) and self.known[at].version == version
        return bisect_right(self._ends, at) if found else None

    def number_on(self, day: date) -> int:
        """The first step that was recorded on a day or later; the last where there is none."""
        seen = (at for at in range(1, len(self) + 1) if self.on(at) >= day)
        return next(seen, len(self))

    def position(self, number: int) -> int:
        """Up to which position of the record a step knows what stands beside the practice."""
        last = self._last(number)
        return last.position if last else 0

    def _told(self, number: int, before: Practice, after: Practice) -> Step:
        before, after, on = self._shown(before), self._shown(after), self.on(number)
        position = self.position(number)
        return Step(
            number,
            self.facts(number),
            on,
            before,
            after,
            self._rules.recommended(before, position, on),
            self._rules.recommended(after, position, on),
        )

    def _shown(self, practice: Practice) -> Practice:
        """What was open to them then: of what was opened to them since nothing was there."""
        facts = as_seen_by(practice.history, practice.closed, self.asked, practice.let_in)
        return practice if facts is practice.history else replay(facts)

    def _last(self, number: int) -> Recorded | None:
        """The last fact up to a step of which it is told when it was recorded: of what is withheld it is not."""
        for at in range(self._ends[number] - 1, -1, -1):
            if not isinstance(self.known[at].fact, Withheld):
                return self.known[at]
        return None

    def on(self, number: int) -> date:
        """The day on which a step was recorded; of what is withheld, on which it happened."""
        last = self._last(number)
        if last is not None:
            return last.recorded_on
        found: date = self.facts(number)[-1].fact.occurred_on  # type: ignore[attr-defined]
        return found


def stood_after(known: History, many: int) -> Practice:
    """A practice as its first so many facts tell it."""
    begin = _begin(known, many)
    if begin == many:
        return _kept(known, begin)
    return go_on(_kept(known, begin), known[:many])


def _begin(known: History, many: int) -> int:
    """Where to go on from: there is nothing from there on that changes how an earlier fact reads."""
    begin = many - many % EVERY
    return next((at for at in range(many, begin, -1) if looks_back(known[at - 1].fact)), begin)


def _kept(known: History, begin: int) -> Practice:
    found = known.along.get(begin)
    if found is None:
        kept = dict(known.along)
        nearest = max((one for one in kept if one < begin), default=0)
        facts = known[:begin]
        found = go_on(kept[nearest], facts) if nearest else replay(facts)
        known.along = dict([*kept.items(), (begin, found)][-KEPT:])
    return found
