"""A practice's record one action at a time: what each recorded, how the practice stood before and after, and which rules of
the framework then held.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from application.casebook import Casebook
from application.elsewhere import OF_RELEASES
from domain.framework import framework
from domain.framework.recommending import Recommendation, recommend
from domain.practice.practice import go_on, replay
from domain.practice.state import Practice
from domain.releases.publications import Publications
from domain.rules import Asked, Recorded

NOTHING: list[Recorded] = []


class Step(NamedTuple):
    """One command's facts, and the practice before and after them; `recommended` is None before there were rules."""

    number: int
    facts: list[Recorded]
    before: Practice
    after: Practice
    recommended: Recommendation | None


class Rules:
    """What the rules of the framework look at beside a practice's facts, as the record had it up to a position."""

    def __init__(self, casebook: Casebook) -> None:
        self._framework = casebook.history(f"framework-{framework.KEY}")
        self._releases = casebook.recorder.facts_named("release", OF_RELEASES)
        self._at = [one.position for one in self._releases]
        self._published: dict[int, Publications] = {}

    def recommended(self, practice: Practice, last: Recorded) -> Recommendation | None:
        """What was recommended on the day of a fact, by what was recorded up to it."""
        versions = framework.replay(one for one in self._framework if one.position <= last.position)
        rules = versions.on(last.recorded_on)
        if rules is None or practice.closed_on is not None or not practice.registered:
            return None
        known = bisect_right(self._at, last.position)
        if known not in self._published:
            self._published[known] = Publications(self._releases[:known])
        return recommend(replace(practice, published=self._published[known]), rules, last.recorded_on)


def steps(casebook: Casebook, code: str, asked: Asked) -> Iterator[Step]:
    """Every action on a practice, in the order recorded, as somebody may know it today."""
    history, rules = casebook.seen(code, asked).history, Rules(casebook)
    before, upto = replay(NOTHING), 0
    for number, (_, facts) in enumerate(groupby(history, attrgetter("command_id")), start=1):
        of_it = list(facts)
        upto += len(of_it)
        after = go_on(before, history[:upto]) if before.history else replay(history[:upto])
        yield Step(number, of_it, before, after, rules.recommended(after, of_it[-1]))
        before = after
