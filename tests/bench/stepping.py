"""A practice of 2,000 facts as it stood at any instant, and stepped through to and fro: the state before and after an
action, and the rules that held.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import TypeVar

from application.at_hand import HistoriesAtHand
from application.casebook import Casebook
from application.demonstration.fill import ScriptedClock
from application.first_rules import record_first_rules
from application.stepping import Steps
from application.stores import Stores
from domain.practice.moment import Moment
from domain.rules import Recorded, operator
from tests.bench.lines import Line, Stopwatch, median, timed
from tests.bench.places import Bench
from tests.bench.retelling import record
from tests.bench.telling import bring_in_the_cast, code_of

T = TypeVar("T")

MANY = 41
CODE = code_of(0)


def measure(bench: Bench) -> Iterator[Line]:
    facts = bench.some(2_000, 100)
    with bench.stores() as stores:
        clock = ScriptedClock()
        book = Casebook(stores, clock=clock, ids=str)
        bring_in_the_cast(stores)
        record_first_rules(book)
        record(stores, _one_after_another(bench.retelling.longest.told_at_length(CODE, facts)))
        clock.at = book.history(f"practice-{CODE}")[-1].recorded_at
        yield from _at_instants(stores, book, facts)
        yield _stepped(stores, book, facts)


def _one_after_another(told: Iterable[Recorded]) -> Iterator[Recorded]:
    """What is told again is recorded after what was told before it."""
    begins, last, moved = None, None, timedelta()
    for one in told:
        begins = begins or one.recorded_at
        if last is not None and one.recorded_at + moved < last:
            moved = last - begins
        last = one.recorded_at + moved
        yield one._replace(recorded_at=last)


def _at_instants(stores: Stores, book: Casebook, facts: int) -> Iterator[Line]:
    """Any instants, the last among them; read from the store each time, and with the practice at hand."""
    asked, history = operator(book.clock()), list(book.history(f"practice-{CODE}"))
    chosen = [history[-1], *random.Random(5).choices(history, k=MANY - 1)]
    moments = [Moment(one.recorded_at, one.recorded_on) for one in chosen]
    for at_hand in (False, True):

        def work(moment: Moment, at_hand: bool = at_hand) -> None:
            if not at_hand:
                stores.recorder.at_hand = HistoriesAtHand()
            assert book.seen_at(CODE, asked, moment).registered

        yield _line(
            "state-at-instant-2000" + ("-at-hand" if at_hand else ""),
            _each(work, moments),
            50,
            f"of {facts} facts, by both clocks, at {len(moments)} instants, "
            + ("with the practice at hand" if at_hand else "each read from the store"),
        )


def _stepped(stores: Stores, book: Casebook, facts: int) -> Line:
    asked = operator(book.clock())
    book.history(f"practice-{CODE}")
    last = len(Steps(book, CODE, asked))
    anywhere = random.Random(7).choices(range(1, last + 1), k=MANY)
    numbers = [one for at in anywhere for one in (at, min(at + 1, last), max(at - 1, 1))]
    taken = _each(lambda number: Steps(book, CODE, asked).step(number), numbers)
    return _line(
        "step-2000",
        taken,
        30,
        f"{len(numbers)} steps of {last}: to any, the next and the one before; the slowest {max(one.seconds for one in taken) * 1_000:.0f} ms",
    )


def _each(work: Callable[[T], object], among: Iterable[T]) -> list[Stopwatch]:
    taken = []
    for one in among:
        with timed() as watch:
            work(one)
        taken.append(watch)
    return taken


def _line(name: str, taken: list[Stopwatch], goal: float, note: str) -> Line:
    return Line(
        name=name,
        value=median([watch.seconds for watch in taken]) * 1_000,
        unit="ms",
        goal=goal,
        is_to_be="at most",
        cpu=median([watch.cpu for watch in taken]) * 1_000,
        rounds=tuple(watch.seconds * 1_000 for watch in taken[::4]),
        note=note,
    )
