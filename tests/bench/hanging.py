"""On which facts a recommendation hangs: the smallest set without which it would be another, of a practice of 2,000 facts."""

from __future__ import annotations

from collections.abc import Iterator

from application.casebook import Casebook
from application.demonstration.cast import TODAY
from application.demonstration.fill import ScriptedClock
from application.first_rules import record_first_rules
from domain.framework.pivotal import pivotal
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
        record_first_rules(book)
        framework = book.framework().on(TODAY)
        assert framework is not None
        practice, publications = book.practice(code_of(0)), book.publications()
        found = pivotal(practice.history, framework, TODAY, publications)
        taken = watched(lambda: pivotal(practice.history, framework, TODAY, publications), 11)
    yield Line(
        name="pivotal-2000",
        value=median([watch.seconds for watch in taken]) * 1_000,
        unit="ms",
        goal=1_000,
        is_to_be="at most",
        cpu=median([watch.cpu for watch in taken]) * 1_000,
        rounds=tuple(watch.seconds * 1_000 for watch in taken[::2]),
        note=f"{facts} facts of one practice: it hangs on {len(found.facts)}, with {found.others} other sets of that size",
    )
