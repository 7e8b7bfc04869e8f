"""The caseload as at any instant, over 8,000 practices and 1,000,000 facts: found, shown on its page, and compared."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from application.casebook import Casebook
from application.demonstration.cast import AMIRA, TODAY
from application.demonstration.clock import clock_of
from application.stores import Stores
from domain.access.permissions import Scope
from domain.practice.events import DecisionReviewAsked
from domain.practice.moment import Moment
from domain.rules import LONDON, Fact, Recorded
from projections.caseload_then import caseload_at
from projections.catch_up import Views
from projections.compared import compare, side
from projections.whose import in_scope
from tests.bench.lines import Line, Stopwatch, median, timed
from tests.bench.pages import signed_in
from tests.bench.places import DATABASES, Bench
from tests.bench.retelling import History, record
from tests.bench.telling import bring_in_the_cast, code_of
from web import create_app
from web.wsgi import settled

EVERYTHING = Scope(everything=True)
_LATE = (0, 0, 0, 1, 0, 2, 0, 7)
"""By how many days facts are recorded late, over and over."""


def measure(bench: Bench) -> Iterator[Line]:
    practices, facts = bench.some(8_000, 30), bench.some(1_000_000, 1_500)
    for database in DATABASES:
        with bench.stores(database) as stores:
            bring_in_the_cast(stores)
            number = record(stores, told(bench, practices, facts // practices))
            views = Views(stores)
            views.rebuild()
            yield from Looking(stores, views, bench, f"{practices} practices and {number} facts").measure(
                database
            )


def told(bench: Bench, practices: int, facts: int) -> Iterator[Recorded]:
    """Practices of so many facts each, in the order of the clock."""
    # What asks for a decision to be looked at again has an id that cannot be told again as another's.
    eventful = [
        one
        for one in bench.retelling.histories
        if len(one.templates) >= 20
        and not any(isinstance(told.recorded.fact, DecisionReviewAsked) for told in one.templates)
    ]
    chosen = [eventful[number % len(eventful)] for number in range(practices)]
    instants = [_instants(history, facts) for history in chosen]
    telling = [
        _at(history.told_at_length(code_of(number), facts), instants[number])
        for number, history in enumerate(chosen)
    ]
    order = sorted((at, number) for number, of in enumerate(instants) for at in of)
    ahead = [0] * practices
    for _, number in order:
        if ahead[number]:  # it came with the first of its command
            ahead[number] -= 1
            continue
        command = next(telling[number], [])
        ahead[number] = len(command) - 1
        yield from command


def _instants(history: History, facts: int) -> list[datetime]:
    """When each is recorded: evenly over two years, so that every day of them has a past."""
    first = datetime(TODAY.year - 2, TODAY.month, TODAY.day, 8, tzinfo=LONDON)
    shift = timedelta(minutes=sum(map(ord, history.code)) % 600)
    return [first + shift + timedelta(minutes=number * 720 * 24 * 60 // facts) for number in range(facts)]


def _at(facts: Iterator[Recorded], instants: list[datetime]) -> Iterator[list[Recorded]]:
    """Command by command, all facts of one at one instant, whose days have come by then."""
    for _, command in groupby(facts, attrgetter("command_id")):
        of_it = list(command)
        at = instants[min(of_it[0].version, len(instants)) - 1]
        yield [one._replace(recorded_at=at, fact=_happened(one, at)) for one in of_it]


def _happened(one: Recorded, at: datetime) -> Fact:
    """As late as facts are recorded: most on their day, one in eight a week after."""
    fact: Any = one.fact
    moved: Fact = replace(fact, occurred_on=at.date() - timedelta(days=_LATE[one.version % len(_LATE)]))
    return moved


class Looking:
    def __init__(self, stores: Stores, views: Views, bench: Bench, what: str) -> None:
        self.stores, self.views, self.what = stores, views, what
        self.recorder, self.rounds = stores.recorder, bench.some(40, 3)
        self.rng, self.last = random.Random(11), stores.recorder.last_position()
        self.book = Casebook(
            stores, clock=clock_of(stores), ids=lambda prefix: f"{prefix}-{secrets.token_hex(8)}"
        )

    def measure(self, database: str) -> Iterator[Line]:
        person = signed_in(settled(create_app(self.book, self.views, self.stores.settings)), AMIRA)

        def page() -> None:
            answer = person.client.get(f"/practices?as-recorded-by={self.position()}")
            assert answer.status_code == 200, answer.status_code

        yield self.line(f"caseload-then-{database}", self.found, 300, "any position, or any instant")
        yield self.line(f"caseload-then-page-{database}", page, 300, "the whole page of a caseworker")
        yield self.line(
            f"caseload-then-day-{database}", self.on_a_day, None, "as it happened on any day, known today"
        )
        yield self.line(f"caseload-compared-{database}", self.compared, None, "any two instants")

    def position(self) -> int:
        return self.rng.randrange(self.last // 8, self.last)

    def moment(self) -> Moment:
        position = self.position()
        one = self.recorder.last_upto(position)
        assert one is not None
        return Moment(self.rng.choice((position, one.recorded_at)))

    def found(self) -> None:
        moment = self.moment()
        with (
            self.views.reading() as reading,
            caseload_at(reading, self.recorder, moment, self.day(moment)) as then,
        ):
            assert len(then.find(EVERYTHING).rows) > 1

    def on_a_day(self) -> None:
        moment = Moment(None, self.day(self.moment()))
        with (
            self.views.reading() as reading,
            caseload_at(reading, self.recorder, moment, self.day(moment)) as then,
        ):
            assert len(then.find(EVERYTHING).rows) > 1

    def compared(self) -> None:
        sides = []
        with self.views.reading() as reading:
            for moment in (self.moment(), self.moment()):
                with caseload_at(reading, self.recorder, moment, self.day(moment), names=True) as then:
                    sides.append(side(then, in_scope(EVERYTHING)))
        assert compare(*sides).last

    def day(self, moment: Moment) -> date:
        return moment.happened_on or self.book.day_of(moment.recorded_by)

    def line(self, name: str, do: Callable[[], None], goal: float | None, note: str) -> Line:
        watches = list[Stopwatch]()
        for _ in range(2 + (self.rounds if goal else self.rounds // 4)):
            with timed() as watch:
                do()
            watches.append(watch)
        taken = watches[2:]
        ordered = sorted(watch.seconds * 1_000 for watch in taken)
        return Line(
            name=name,
            value=median(ordered),
            unit="ms",
            goal=goal,
            is_to_be="at most",
            cpu=median([watch.cpu for watch in taken]) * 1_000,
            rounds=(ordered[0], ordered[-1]),
            note=f"{self.what}; {note}; rounds: fastest, slowest",
        )
