"""Commands decided and recorded through `handle()`, one after another, all views caught up after each."""

from __future__ import annotations

from collections.abc import Iterator

from application.casebook import Casebook
from application.demonstration.fill import ScriptedClock
from application.stores import Stores
from projections.catch_up import Views
from tests.bench.lines import Line, Stopwatch, commits_of_disk, median, timed
from tests.bench.places import DATABASES, Bench
from tests.bench.telling import Teller, bring_in_the_cast, planned

GOALS = {"sqlite": 400, "postgres": 250}
BLOCK = 100
"""Commands to a round."""


def measure(bench: Bench) -> Iterator[Line]:
    for database in DATABASES:
        with bench.stores(database) as stores:
            bring_in_the_cast(stores)
            yield from _measure(bench, stores, database)


def _measure(bench: Bench, stores: Stores, database: str) -> Iterator[Line]:
    clock = ScriptedClock()
    teller, views = Teller(Casebook(stores, clock=clock, ids=str), clock), Views(stores)
    acts = planned(range(bench.some(48, 6)))
    asking, handling, catching_up = list[Stopwatch](), list[Stopwatch](), list[Stopwatch]()
    warm = bench.some(200, 20)
    for number, (act, tale) in enumerate(acts[: bench.some(1_100, 60)]):
        with timed() as asked_watch:
            asked = teller.asked(act)
        command = teller.made(act, tale)
        with timed() as handle_watch:
            teller.tell(act, tale, command, asked)
        with timed() as views_watch:
            behind = views.catch_up()
        assert not behind, behind
        if number >= warm:
            asking.append(asked_watch)
            handling.append(handle_watch)
            catching_up.append(views_watch)
    both = [
        (one.seconds + other.seconds, one.cpu + other.cpu)
        for one, other in zip(handling, catching_up, strict=True)
    ]
    rounds = [
        sum(seconds for seconds, _ in both[at : at + BLOCK]) for at in range(0, len(both) - BLOCK + 1, BLOCK)
    ]
    rates = [BLOCK / taken for taken in rounds] or [len(both) / sum(seconds for seconds, _ in both)]
    parts = {"handle": handling, "catch up": catching_up, "who is asking": asking}
    milliseconds = ", ".join(
        f"{name} {median([watch.seconds for watch in watches]) * 1_000:.2f}"
        for name, watches in parts.items()
    )
    yield Line(
        name=f"record-{database}",
        value=median(rates),
        unit="commands/s",
        goal=GOALS[database],
        limit=commits_of_disk(),
        cpu=len(both) / sum(cpu for _, cpu in both),
        rounds=tuple(rates),
        note=f"{len(both)} commands; median ms of {milliseconds} (the last not counted); limit: commits of the disk",
    )
