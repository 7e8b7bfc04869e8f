"""What the rules of the framework look at beside a practice's facts, as the record had it up to a position. Versions and
releases are few and hardly ever change: what was made of them is kept until there are others.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from application.elsewhere import OF_RELEASES
from application.recording import Recorder
from domain.framework import framework
from domain.framework.framework import Versions
from domain.framework.recommending import Recommendation, recommend
from domain.practice.state import Practice
from domain.releases.publications import Publications
from domain.rules import Recorded


class _Upto(NamedTuple):
    """Facts by position, and what the first so many of them add up to."""

    facts: list[Recorded]
    at: list[int]
    known: dict[int, Versions | Publications]


def _upto(facts: list[Recorded]) -> _Upto:
    return _Upto(facts, [one.position for one in facts], {})


class RulesAsRecorded:
    """What was recommended at any position of the record."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._tally = (0, 0)
        self._framework, self._releases = _upto([]), _upto([])

    def look(self) -> None:
        """See whether others were recorded since: once for all the steps that are asked for together."""
        facts = self._recorder.history(f"framework-{framework.KEY}")
        if len(facts) != len(self._framework.facts):
            self._framework = _upto(list(facts))
        tally = self._recorder.tally("release", OF_RELEASES)
        if tally != self._tally:
            self._tally, self._releases = (
                tally,
                _upto(self._recorder.facts_named("release", OF_RELEASES)),
            )

    def versions(self, position: int) -> Versions:
        facts, at, known = self._framework
        many = bisect_right(at, position)
        if many not in known:
            known[many] = framework.replay(facts[:many])
        return known[many]  # type: ignore[return-value]

    def published(self, position: int) -> Publications:
        facts, at, known = self._releases
        many = bisect_right(at, position)
        if many not in known:
            known[many] = Publications(facts[:many])
        return known[many]  # type: ignore[return-value]

    def recommended(self, practice: Practice, position: int, on: date) -> Recommendation | None:
        """What is recommended on a day for a practice as it stood, by what was recorded up to a position; None before there
        were rules, and of a practice that is closed.
        """
        rules = self.versions(position).on(on)
        if rules is None or practice.closed_on is not None or not practice.registered:
            return None
        return recommend(replace(practice, published=self.published(position)), rules, on)
