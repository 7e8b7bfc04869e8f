"""A practice of 2,000 facts, read from the store, decoded and folded."""

from __future__ import annotations

from collections.abc import Iterator

from application.at_hand import HistoriesAtHand
from application.casebook import Casebook
from application.demonstration.fill import ScriptedClock
from tests.bench.lines import Line, median, watched
from tests.bench.places import Bench
from tests.bench.retelling import record
from tests.bench.telling import bring_in_the_cast, code_of


def measure(bench: Bench) -> Iterator[Line]:
    facts = bench.some(2_000, 100)
    with bench.stores() as stores:
        bring_in_the_cast(stores)
        record(stores, bench.retelling.longest.told_at_length(code_of(0), facts))
        book = Casebook(stores, clock=ScriptedClock(), ids=str)
        practice = book.practice(code_of(0))
        assert practice.version == facts

        def replayed() -> None:
            book.recorder.at_hand = HistoriesAtHand()
            book.practice(code_of(0))

        taken = watched(replayed, 21)
    yield Line(
        name="replay-2000",
        value=median([watch.seconds for watch in taken]) * 1_000,
        unit="ms",
        goal=40,
        is_to_be="at most",
        cpu=median([watch.cpu for watch in taken]) * 1_000,
        rounds=tuple(watch.seconds * 1_000 for watch in taken[::4]),
        note=f"{facts} facts of one practice, with {len(practice.flags)} flags and {len(practice.actions)} actions",
    )
