"""What the rules recommend for every practice, and what another rule set would change: read, replayed and judged."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from application.casebook import Casebook
from application.demonstration.cast import TODAY
from application.demonstration.fill import ScriptedClock
from application.first_rules import record_first_rules
from application.framework.dry_run import dry_run
from application.framework.every import recommend_all
from domain.framework.catalogue import RULES, VERSION_ONE, rule_of
from domain.framework.parts import Framework, RuleSet
from domain.rules import LONDON, operator
from tests.bench.lines import Line, timed
from tests.bench.places import Bench
from tests.bench.retelling import record
from tests.bench.telling import bring_in_the_cast, code_of

PRACTICES, FACTS = 1_000, 150
TIMES = 8
"""8,000 practices of 150 facts are as many practices read over and over: each costs what it costs beside any others."""


def measure(bench: Bench) -> Iterator[Line]:
    practices, times = bench.some(PRACTICES, 40), bench.some(TIMES, 1)
    with bench.stores() as stores:
        bring_in_the_cast(stores)
        told = bench.retelling.histories
        for number in range(practices):
            record(stores, told[number % len(told)].told_at_length(code_of(number), FACTS))
        clock = ScriptedClock()
        book = Casebook(stores, clock=clock, ids=str)
        record_first_rules(book)
        clock.at = datetime.combine(TODAY, datetime.min.time(), LONDON)
        yield _recommended(book, practices, times)
        yield _compared(book, practices, times)


def _recommended(book: Casebook, practices: int, times: int) -> Line:
    asked = operator(book.clock())
    with timed() as watch:
        for _ in range(times):
            found = list(recommend_all(book, asked, TODAY, _shown))
    moved = sum(one.tier != one.recommendation.tier for one in found)
    return Line(
        name="recommend-8000",
        value=watch.seconds,
        unit="s",
        goal=20,
        is_to_be="at most",
        cpu=watch.cpu,
        note=f"{times} times {practices} practices of {FACTS} facts each, in one process; for {moved} of {len(found)} another tier than they have",
    )


def _compared(book: Casebook, practices: int, times: int) -> Line:
    candidate = Framework(version=0, effective_from=TODAY, rule_set=_other_rules())
    with timed() as watch:
        for _ in range(times):
            found = dry_run(book, candidate, operator(book.clock()), TODAY, _shown)
    return Line(
        name="dry-run-8000",
        value=watch.seconds,
        unit="s",
        goal=30,
        is_to_be="at most",
        cpu=watch.cpu,
        note=f"the same, each beside a candidate; {len(found.movers)} of {found.practices} would move",
    )


def _other_rules() -> RuleSet:
    """Some practices move by these, and of each it is found since when and why."""
    numbers = {"H2": {"days": 300}}
    return replace(VERSION_ONE, rules=tuple(rule_of(name, numbers.get(name)) for name in RULES))


def _shown(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"{done} of {of}", end="\r", file=sys.stderr)
