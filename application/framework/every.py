"""Every practice as the rules see it: read in bulk, and only what they read of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from application.casebook import Casebook
from application.facts import topic_of
from application.seen import seen_by
from domain.access.permissions import may_read
from domain.framework.parts import Framework
from domain.framework.read import READ, what_is_read
from domain.framework.recommending import Recommendation, recommend
from domain.practice.events import PracticeRegistered
from domain.practice.kinds import Tier
from domain.practice.practice import replay
from domain.rules import Asked, Recorded, refuse_unless

AT_ONCE = 20_000
"""Facts that are read together."""
OPERATOR = "operator"

Progress = Callable[[int, int], None]


class Recommended(NamedTuple):
    """What the rules in force recommend for a practice, beside the tier that it has."""

    practice: str
    tier: Tier
    recommendation: Recommendation


def in_force(casebook: Casebook, on: date) -> Framework:
    """The rules in force on a day. Refused where there are none yet."""
    found = casebook.framework().on(on)
    refuse_unless(
        found is not None,
        "rules-are-in-force-first",
        "No rules are in force on that day: `casebook init` records the first version",
    )
    assert found is not None
    return found


def recommend_all(
    casebook: Casebook, asked: Asked, on: date, progress: Progress = lambda _done, _of: None
) -> Iterator[Recommended]:
    """What is recommended for each practice that is open and that the person may read, as it was known on the day."""
    framework, publications = in_force(casebook, on), casebook.publications()
    for code, known in histories(casebook, asked, on, progress):
        practice = replay(known)
        if practice.registered and (practice.closed_on is None or practice.closed_on > on):
            practice.published = publications
            yield Recommended(code, practice.tier_on(on), recommend(practice, framework, on))


def histories(
    casebook: Casebook, asked: Asked, on: date, progress: Progress
) -> Iterator[tuple[str, list[Recorded]]]:
    """The facts that the rules read of each practice that the person may read, and may read of it: recorded by a day."""
    of = casebook.recorder.tally("practice", [topic_of(PracticeRegistered)])[0]
    number = 0
    for number, history in enumerate(_streams(casebook, asked), start=1):
        known = history
        if history and history[-1].recorded_on > on:
            known = [entry for entry in history if entry.recorded_on <= on]
        if known:
            yield known[0].stream.partition("-")[2], known
        if not number % 50:
            progress(number, of)
    progress(of, of)


def _streams(casebook: Casebook, asked: Asked) -> Iterator[list[Recorded]]:
    topics = [topic_of(fact) for fact in READ] if asked.role == OPERATOR else []
    after = ""
    while facts := casebook.recorder.streams_in_order(after, AT_ONCE, category="practice", topics=topics):
        after = facts[-1].stream
        for _, entries in groupby(facts, key=lambda entry: entry.stream):
            history = list(entries)
            if asked.role == OPERATOR:
                yield what_is_read(history)
            elif may_read(asked, replay(history)):
                yield what_is_read(seen_by(history, asked))
