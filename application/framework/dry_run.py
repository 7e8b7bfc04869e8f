"""What a candidate rule set would change, practice by practice. It reads, and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from application.casebook import Casebook
from application.facts import topic_of
from application.seen import seen_by
from domain.access.permissions import may_read
from domain.framework.differing import Comparing, Mover
from domain.framework.parts import Framework
from domain.framework.read import READ, what_is_read
from domain.practice.events import PracticeRegistered
from domain.practice.practice import replay
from domain.rules import Asked, Recorded, refuse_unless

AT_ONCE = 20_000
"""Facts that are read together."""
OPERATOR = "operator"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class DryRun:
    """What came of it: the rules it was compared with, how many practices were looked at, and who would move."""

    in_force: Framework
    on: date
    practices: int
    movers: tuple[Mover, ...]


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


def dry_run(
    casebook: Casebook,
    candidate: Framework,
    asked: Asked,
    on: date,
    progress: Progress = lambda _done, _of: None,
) -> DryRun:
    """Compare a candidate with the rules in force, on every practice that the person may read, as it was known then."""
    now = in_force(casebook, on)
    comparing = Comparing(casebook.framework(), candidate, casebook.publications())
    of = casebook.recorder.tally("practice", [topic_of(PracticeRegistered)])[0]
    movers: list[Mover] = []
    looked_at = 0
    for number, history in enumerate(_histories(casebook, asked)):
        known = [entry for entry in history if entry.recorded_on <= on]
        if known:
            code = known[0].stream.partition("-")[2]
            looked_at += 1
            if mover := comparing.mover(code, known, on):
                movers.append(mover)
        if not number % 50:
            progress(number, of)
    progress(of, of)
    return DryRun(now, on, looked_at, tuple(sorted(movers, key=lambda one: one.practice)))


def _histories(casebook: Casebook, asked: Asked) -> Iterator[list[Recorded]]:
    """Each practice's facts that the rules read: of the practices that the person may read, those that they may."""
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
