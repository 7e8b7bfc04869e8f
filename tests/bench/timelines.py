"""Timelines as pages: of one practice of 2,000 entries, and of 8,000 practices, the first page and any later one."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from datetime import timedelta

from application.casebook import Casebook
from application.demonstration.cast import RUTH, TODAY
from application.demonstration.clock import clock_of
from application.stores import Stores
from projections.catch_up import Views
from tests.bench.lines import Line, median, timed
from tests.bench.pages import signed_in
from tests.bench.places import Bench, opened
from tests.bench.retelling import record
from tests.bench.telling import bring_in_the_cast, code_of
from tests.web.person import Person
from web import create_app
from web.wsgi import settled

BACK = 500
"""Days over which pages are asked for."""


def measure(bench: Bench) -> Iterator[Line]:
    with bench.stores() as stores:
        bring_in_the_cast(stores)
        facts = bench.some(2_000, 100)
        record(stores, bench.retelling.longest.told_at_length(code_of(0), facts))
        alone = f"/timeline?practice={code_of(0)}"
        yield from _pages(bench, stores, "timeline-2000", alone, f"a practice of {facts} entries")
    with opened(bench.large) as stores:
        practices, facts = bench.size
        of_all = f"{practices:,} practices and {facts:,} facts; most practices of a page are read anew"
        yield from _pages(bench, stores, "portfolio", "/timeline?", of_all)


def _pages(bench: Bench, stores: Stores, name: str, address: str, note: str) -> Iterator[Line]:
    auditor = _auditor(stores)
    rng, rounds = random.Random(6), bench.some(30, 3)

    def later() -> str:
        day = TODAY - timedelta(days=rng.randrange(7, BACK))
        return f"{address}&before={day.isoformat()}.{code_of(rng.randrange(bench.size[0]))}.3"

    yield _measured(auditor, f"{name}-first", [address] * rounds, note)
    yield _measured(auditor, f"{name}-later", [later() for _ in range(rounds)], f"any later page; {note}")


def _auditor(stores: Stores) -> Person:
    views = Views(stores)
    views.catch_up()
    book = Casebook(stores, clock=clock_of(stores), ids=lambda prefix: f"{prefix}-{secrets.token_hex(8)}")
    return signed_in(settled(create_app(book, views, stores.settings)), RUTH)


def _measured(auditor: Person, name: str, addresses: list[str], note: str) -> Line:
    auditor.client.get(addresses[0])
    watches = []
    for address in addresses:
        with timed() as watch:
            answer = auditor.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        watches.append(watch)
    return Line(
        name=name,
        value=median([watch.seconds for watch in watches]) * 1_000,
        unit="ms",
        goal=50,
        is_to_be="at most",
        cpu=median([watch.cpu for watch in watches]) * 1_000,
        rounds=tuple(watch.seconds * 1_000 for watch in watches[:: max(1, len(watches) // 5)]),
        note=f"{note}; {len(answer.data) // 1024} KB",
    )
