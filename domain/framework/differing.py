"""Since when a candidate rule set recommends another tier for a practice than the rules in force, and because of what."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from domain.framework.evidence import Evidence
from domain.framework.framework import Versions
from domain.framework.parts import Framework
from domain.framework.recommending import Recommendation, judged
from domain.framework.turning import turning_days
from domain.practice.events import FactCorrected, FactWithdrawn, PracticeClosed
from domain.practice.practice import EVOLVES, replay
from domain.practice.state import Practice
from domain.releases.publications import Publications
from domain.rules import Recorded


class Mover(NamedTuple):
    """A practice that the candidate would recommend another tier for, on the day that was asked about.

    `since` is the first day of those, up to that one, on which it would have all along. `because` is the fact with which
    that began; where `by_time` no fact was recorded that day and a period ran out, and it is the latest of those on which
    the rules that differ rest.
    """

    practice: str
    in_force: Recommendation
    candidate: Recommendation
    since: date
    because: Recorded | None
    by_time: bool


class Comparing:
    """The rules in force beside a candidate. Publications are those of the installation."""

    def __init__(self, versions: Versions, candidate: Framework, publications: Publications) -> None:
        self.versions = versions
        self.candidate = candidate
        self.publications = publications
        self._frameworks = [*(one.framework for one in versions.standing), candidate]

    def both(self, practice: Practice, on: date) -> tuple[Recommendation, Recommendation] | None:
        """What both recommend on a day; None where no version was in force yet."""
        in_force = self.versions.on(on)
        if in_force is None:
            return None
        practice.published = self.publications
        seen = Evidence(practice, on)
        return judged(seen, in_force), judged(seen, self.candidate)

    @staticmethod
    def is_open(history: list[Recorded], on: date) -> bool:
        """Whether there is such a practice on a day, and it is not closed."""
        if not any(isinstance(entry.fact, PracticeClosed) for entry in history):
            return True
        closed_on = replay(history).closed_on
        return closed_on is None or closed_on > on

    def mover(self, code: str, history: list[Recorded], on: date) -> Mover | None:
        """The practice as a mover, if it is one on the day. The history is what the record held at the end of that day."""
        practice = replay(history)
        if not practice.registered or (practice.closed_on is not None and practice.closed_on <= on):
            return None
        found = self.both(practice, on)
        if found is None or found[0].tier == found[1].tier:
            return None
        since: date | None = None
        for day, state in self._moments(history, on):
            if not self._differ(state, day):
                since = None
            elif since is None:
                since = day
        since = since or on
        return Mover(code, *found, since, *self._because(history, since))

    def _differ(self, practice: Practice, on: date) -> bool:
        both = self.both(practice, on)
        return both is not None and both[0].tier != both[1].tier

    def _moments(self, history: list[Recorded], on: date) -> Iterator[tuple[date, Practice]]:
        """Each day on which what is recommended may have changed, and the practice as it was known at its end."""
        ends = [
            (day, list(entries)) for day, entries in groupby(history, key=lambda entry: entry.recorded_on)
        ]
        states = _states(history, [entries[-1].version for _, entries in ends])
        for number, ((day, _), state) in enumerate(zip(ends, states, strict=True)):
            last = ends[number + 1][0] - timedelta(days=1) if number + 1 < len(ends) else on
            turning = {*turning_days(state, self._frameworks), *self.publications.days, *self._effective}
            yield from ((one, state) for one in sorted({day, *turning}) if day <= one <= last)

    @property
    def _effective(self) -> set[date]:
        return {one.effective_from for one in self._frameworks}

    def _because(self, history: list[Recorded], since: date) -> tuple[Recorded | None, bool]:
        """The first fact recorded that day after which they differ; else the latest that the differing rules rest on."""
        days = [entry.recorded_on for entry in history]
        first, end = bisect_left(days, since), bisect_right(days, since)
        if not self._differ(replay(history[:first]), since):
            for at in range(first, end):
                if self._differ(replay(history[: at + 1]), since):
                    return history[at], False
        known = history[:end]
        both = self.both(replay(known), since)
        rests_on = {version for one in _differing(*both) for version in one} if both else set()
        return next((entry for entry in reversed(known) if entry.version in rests_on), None), True


def _differing(one: Recommendation, other: Recommendation) -> list[tuple[int, ...]]:
    """The facts of the rules that hold in one and not, or otherwise, in the other."""
    first, second = set(one.satisfied), set(other.satisfied)
    return [each.facts for each in first ^ second]


def _states(history: list[Recorded], ends: list[int]) -> Iterator[Practice]:
    """The practice as it was known after each of these versions. Unless a later fact changes how an earlier one reads, it
    is one state that goes on, and is yielded again and again.
    """
    if any(isinstance(entry.fact, FactCorrected | FactWithdrawn) for entry in history):
        versions = [entry.version for entry in history]
        for end in ends:
            yield replay(history[: bisect_right(versions, end)])
        return
    practice, wanted = Practice(), set(ends)
    for entry in history:
        practice.history.append(entry)
        practice.standing[entry.version], practice.version = entry, entry.version
        if (evolve := EVOLVES.get(type(entry.fact))) is not None:
            evolve(practice, entry.fact, entry)
        if entry.version in wanted:
            yield practice
