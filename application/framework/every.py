"""Every practice as the rules see it: read in bulk, and only what they read of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from application.casebook import Casebook
from application.facts import topic_of
from application.following import holder_of
from application.past import CasebookThen
from application.recording import Recorder
from application.seen import seen_by
from domain.access.permissions import may_read
from domain.access.succession import Succession
from domain.framework.parts import Framework
from domain.framework.pivotal import Pivotal, pivotal
from domain.framework.read import READ, what_is_read
from domain.framework.recommending import Recommendation, recommend
from domain.practice.dates import in_full
from domain.practice.events import PracticeRegistered, VisibilityChanged
from domain.practice.kinds import Tier
from domain.practice.practice import replay
from domain.practice.visible import as_seen_by, closures
from domain.rules import LONDON, Asked, Recorded, RuleBroken

AT_ONCE = 20_000
"""Facts that are read together."""
STREAMS_AT_ONCE = 100
OPERATOR = "operator"

Progress = Callable[[int, int], None]


class Recommended(NamedTuple):
    """What the rules in force recommend for a practice, beside the tier that it has."""

    practice: str
    tier: Tier
    recommendation: Recommendation
    hangs_on: Pivotal | None = None


def in_force(casebook: Casebook, on: date) -> Framework:
    """The rules in force on a day. Refused where there are none yet, and of a day that is still to come: what will be known
    by then is not known.
    """
    today = casebook.clock().astimezone(LONDON).date()
    if on > today:
        raise RuleBroken(
            "what-is-recommended-is-of-what-is-known", f"Enter {in_full(today)} or an earlier day", "on"
        )
    versions = casebook.framework()
    if (found := versions.on(on)) is not None:
        return found
    if not versions.standing:
        raise RuleBroken(
            "rules-are-in-force-first", "No rules are in force: `casebook init` records the first version"
        )
    first = in_full(versions.standing[0].framework.effective_from)
    raise RuleBroken(
        "rules-are-in-force-first",
        f"No rules were in force on {in_full(on)}: the first version is from {first} on",
        "on",
    )


def recommend_all(
    casebook: Casebook,
    asked: Asked,
    on: date,
    progress: Progress = lambda _done, _of: None,
    codes: Collection[str] | None = None,
) -> Iterator[Recommended]:
    """What is recommended for each practice that is open and that the person may read, as it was known on the day. `codes`
    are those to ask about: of these it is said too which facts it hangs on.
    """
    framework, publications = in_force(casebook, on), casebook.publications()
    for code, known in histories(casebook, asked, on, progress, codes):
        practice = replay(known)
        if practice.registered and (practice.closed_on is None or practice.closed_on > on):
            practice.published = publications
            hangs_on = None if codes is None else pivotal(known, framework, on, publications)
            yield Recommended(code, practice.tier_on(on), recommend(practice, framework, on), hangs_on)


def histories(
    casebook: Casebook, asked: Asked, on: date, progress: Progress, codes: Collection[str] | None = None
) -> Iterator[tuple[str, list[Recorded]]]:
    """The facts that the rules read of each practice that the person may read, and may read of it: recorded by a day.
    `codes` are those to ask about, where somebody knows which may be theirs.
    """
    recorder = casebook.recorder
    of = recorder.tally("practice", [topic_of(PracticeRegistered)])[0] if codes is None else len(codes)
    streams = _every(recorder, asked) if codes is None else _some(recorder, codes)
    succession = casebook.succession()
    for number, history in enumerate(streams, start=1):
        known = _seen(history, asked, succession, on)
        # Of the past, what was recorded by then is all that there is: also what was told later of earlier days.
        if known and known[-1].recorded_on > on and not isinstance(casebook, CasebookThen):
            known = [entry for entry in known if entry.recorded_on <= on]
        if known:
            yield known[0].stream.partition("-")[2], known
        if not number % 50:
            progress(number, of)
    progress(of, of)


def _seen(history: list[Recorded], asked: Asked, succession: Succession, on: date) -> list[Recorded]:
    """What a person sees; of whoever sees everything, what the contract's holder does, who decides."""
    if asked.role != OPERATOR:
        return what_is_read(seen_by(history, asked)) if may_read(asked, replay(history)) else []
    read, closed = what_is_read(history), closures(history)
    if not closed:
        return read
    return what_is_read(as_seen_by(read, closed, holder_of(replay(read), succession, asked, on), {}))


def _every(recorder: Recorder, asked: Asked) -> Iterator[list[Recorded]]:
    """Of whoever sees everything only what the rules read is asked for, and who sees it."""
    topics = [topic_of(fact) for fact in (*READ, VisibilityChanged)] if asked.role == OPERATOR else []
    after = ""
    while facts := recorder.streams_in_order(after, AT_ONCE, category="practice", topics=topics):
        after = facts[-1].stream
        yield from _by_stream(facts)


def _some(recorder: Recorder, codes: Collection[str]) -> Iterator[list[Recorded]]:
    streams = sorted(f"practice-{code}" for code in codes)
    for at in range(0, len(streams), STREAMS_AT_ONCE):
        yield from _by_stream(recorder.facts_of(streams[at : at + STREAMS_AT_ONCE]))


def _by_stream(facts: list[Recorded]) -> Iterator[list[Recorded]]:
    return (list(entries) for _, entries in groupby(facts, key=lambda entry: entry.stream))
