"""Searches at 8,000 practices and 200,000 facts, on both databases: a phrase, a word that is everywhere, a name mistyped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from application.casebook import Casebook
from application.demonstration.cast import AMIRA
from application.demonstration.clock import clock_of
from application.settings import Settings
from application.stores import Stores
from domain.rules import Asked
from projections import searching
from projections.catch_up import Views
from tests.bench.lines import Line, median, watched
from tests.bench.places import DATABASES, Bench, made, opened


class Sought(NamedTuple):
    """What is looked for, and in how many milliseconds it is to be found."""

    name: str
    words: str
    goal: float | None


SOUGHT = (
    Sought("phrase", '"practice manager"', 50),
    Sought("common", "practice", 100),
    Sought("words", "appointments wednesday", None),
    Sought("nothing", "zyxwvut", None),
    Sought("mistyped", "aldr pracice", None),
)


def measure(bench: Bench) -> Iterator[Line]:
    for database in DATABASES:
        if database == "sqlite":
            yield from _of(bench.large, bench, database)
        else:
            with bench.settings(database) as settings:
                with made(settings) as stores:
                    bench.retelling.fill(stores, *bench.size)
                    Views(stores).rebuild()
                yield from _of(settings, bench, database)


def _of(settings: Settings, bench: Bench, database: str) -> Iterator[Line]:
    with opened(settings) as stores:
        views = Views(stores)
        views.catch_up()
        asked = _caseworker(stores)
        for sought in SOUGHT:
            yield _line(views, asked, sought, bench.some(15, 3), database)


def _caseworker(stores: Stores) -> Asked:
    return Casebook(stores, clock=clock_of(stores), ids=str).asked_as(AMIRA)


def _line(views: Views, asked: Asked, sought: Sought, rounds: int, database: str) -> Line:
    totals = []

    def look() -> None:
        with views.reading() as reading:
            totals.append(searching.find(reading, asked, sought.words).total)

    watches = watched(look, rounds)
    return Line(
        name=f"search-{sought.name}-{database}",
        value=median([watch.seconds for watch in watches]) * 1_000,
        unit="ms",
        goal=sought.goal,
        is_to_be="at most",
        cpu=median([watch.cpu for watch in watches]) * 1_000,
        rounds=tuple(watch.seconds * 1_000 for watch in watches),
        note=f"{totals[-1]:,} results, of all practices that a caseworker's organisation holds",
    )
