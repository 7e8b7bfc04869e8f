"""Pages at 8,000 practices and 200,000 facts, in process, with a command recorded between timed reads."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Iterator

from flask import Flask

from application.casebook import Casebook
from application.demonstration.cast import AMIRA, PASSWORD, PLAYERS, TODAY
from application.demonstration.clock import clock_of
from application.stores import Stores
from domain.practice import commands as c
from domain.practice.kinds import Channel, ParticipantRole, Side
from projections.catch_up import Views
from tests.bench.lines import Line, Stopwatch, commits_of_disk, median, timed
from tests.bench.places import Bench, opened
from tests.bench.retelling import record
from tests.bench.telling import code_of
from tests.web.person import Person
from web import create_app
from web.wsgi import settled

LONG = 300
"""Facts of the practice whose page is read."""

SAID = "The practice manager went through the appointment book for the week and where each session stands."


def measure(bench: Bench) -> Iterator[Line]:
    practices, _ = bench.size
    with opened(bench.large) as stores:
        long = code_of(practices)
        if stores.recorder.history(f"practice-{long}") == []:
            record(stores, bench.retelling.longest.told_at_length(long, LONG))
        yield from Pages(stores, bench, practices, long).measure()


class Pages:
    def __init__(self, stores: Stores, bench: Bench, practices: int, long: str) -> None:
        self.views = Views(stores)
        self.views.catch_up()
        self.book = Casebook(
            stores, clock=clock_of(stores), ids=lambda prefix: f"{prefix}-{secrets.token_hex(8)}"
        )
        app = settled(create_app(self.book, self.views, stores.settings))
        self.caseworker = signed_in(app, AMIRA)
        self.rounds = bench.some(60, 3)
        self.long = long
        self.rng = random.Random(7)
        self.codes = [code_of(number) for number in range(practices)]
        self.open = [code for code in self.rng.sample(self.codes, k=min(400, practices)) if self._open(code)]

    def _open(self, code: str) -> bool:
        return self.book.practice(code).closed_on is None

    def measure(self) -> Iterator[Line]:
        yield self.sent()
        yield self.read(
            "caseload", lambda: "/practices", 40, "50 rows of all practices, in order of consequence"
        )
        yield self.read("practice", lambda: f"/practices/{self.long}", 40, f"a practice of {LONG} facts")
        yield self.read("practice-usual", self._any, None, "practices of about 25 facts")
        yield self.read("my-work", lambda: "/", None, "a caseworker with half of all practices")

    def _any(self) -> str:
        return f"/practices/{self.rng.choice(self.open)}"

    def sent(self) -> Line:
        """A form drawn by a GET that is not timed; then its POST, and the GET that shows what was recorded."""
        posts, gets = list[Stopwatch](), list[Stopwatch]()
        for number in range(self.rounds + 3):
            code = self.rng.choice(self.open)
            said = f"{SAID} ({number})"  # the same words once more would be asked about first
            form = self.caseworker.open(f"/practices/{code}/record-conversation").form()
            form.fill(said=said)
            with timed() as post:
                answer = self.caseworker.client.post(form.action, data=form.fields)
            assert answer.status_code == 303, answer.get_data(as_text=True)
            shown = answer.headers["Location"].partition("#")[0]
            with timed() as get:
                page = self.caseworker.client.get(shown)
            assert said in page.get_data(as_text=True), shown
            posts.append(post)
            gets.append(get)
        both = [
            (post.seconds + get.seconds, post.cpu + get.cpu)
            for post, get in list(zip(posts, gets, strict=True))[3:]
        ]
        of_post, of_get = (median([one.seconds for one in each[3:]]) * 1_000 for each in (posts, gets))
        return Line(
            name="post",
            value=median([seconds for seconds, _ in both]) * 1_000,
            unit="ms",
            goal=12,
            is_to_be="at most",
            limit=1_000 / commits_of_disk(),
            cpu=median([cpu for _, cpu in both]) * 1_000,
            rounds=_quarters([seconds for seconds, _ in both]),
            note=f"median of {len(both)}: the POST {of_post:.1f} and the GET that shows it {of_get:.1f};"
            " rounds: fastest, each quarter, slowest; limit: one commit of the disk",
        )

    def read(self, name: str, address: Callable[[], str], goal: float | None, note: str) -> Line:
        watches = list[Stopwatch]()
        for _ in range(self.rounds + 3):
            self.record_something()
            where = address()
            with timed() as watch:
                answer = self.caseworker.client.get(where)
            assert answer.status_code == 200, (where, answer.status_code)
            watches.append(watch)
        taken = watches[3:]
        return Line(
            name=f"page-{name}",
            value=median([watch.seconds for watch in taken]) * 1_000,
            unit="ms",
            goal=goal,
            is_to_be="at most",
            cpu=median([watch.cpu for watch in taken]) * 1_000,
            rounds=_quarters([watch.seconds for watch in taken]),
            note=f"{note}; {len(answer.data) // 1024} KB; a command recorded before each, which the read takes in",
        )

    def record_something(self) -> None:
        """A conversation about some practice, which no view has seen yet."""
        command = c.RecordConversation(
            entry_id=self.book.ids("entry"),
            channel=Channel.PHONE,
            attendees=(
                c.Attendee(side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER, person=AMIRA),
                c.Attendee(side=Side.PRACTICE, role=ParticipantRole.PRACTICE_MANAGER),
            ),
            said=SAID,
            occurred_on=TODAY,
        )
        code = self.rng.choice(self.open)
        self.book.handle(code, command, self.book.asked_as(AMIRA), command_id=self.book.ids("command"))


def signed_in(app: Flask, person_id: str) -> Person:
    person = Person(app)
    email = next(player.email for player in PLAYERS if player.person_id == person_id)
    answer = person.open("/sign-in").form().send(email=email, password=PASSWORD)
    assert answer.status == 303, answer.text
    return person


def _quarters(seconds: list[float]) -> tuple[float, ...]:
    """Fastest, each quarter and slowest, in milliseconds."""
    ordered = sorted(seconds)
    return tuple(ordered[round(at * (len(ordered) - 1) / 4)] * 1_000 for at in range(5))
