"""A conversation of 1,000 entries as its page opens it, and what asking who may see what costs a list of 50 practices."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import replace

from application.casebook import Casebook
from application.demonstration.cast import AMIRA, AREA_TEAM, LEADS, PRIYA, TODAY
from application.demonstration.clock import clock_of
from application.stores import Stores
from domain.access.permissions import Scope, scope_of
from domain.practice import commands as c
from domain.practice.kinds import Channel, ParticipantRole, Side
from domain.rules import Asked, Recorded
from projections import caseload_found
from projections.catch_up import Views
from tests.bench.lines import Line, Stopwatch, median, timed, watched, watched_in_turn
from tests.bench.pages import signed_in
from tests.bench.places import Bench, opened
from tests.bench.retelling import record
from tests.bench.telling import code_of
from tests.support import factories as a
from web import create_app

FIRST = 20
"""Facts of the practice before the conversation begins: it is registered, and answered for."""

RECUSED = 20
"""Practices from which whoever looks at the list takes no part."""


def measure(bench: Bench) -> Iterator[Line]:
    practices, _ = bench.size
    code, entries = code_of(practices + 1), bench.some(1_000, 60)
    with opened(bench.large) as stores:
        if stores.recorder.history(f"practice-{code}") == []:
            record(stores, iter(_history(bench, code, entries)))
        Views(stores).catch_up()
        yield permissions(stores, bench)
        yield from Conversation(stores, bench, code, entries).measure()


def _history(bench: Bench, code: str, entries: int) -> list[Recorded]:
    """A practice as the demonstration begins it, and then its conversation: the area team and the group in turn."""
    told = list(bench.retelling.longest.told_at_length(code, FIRST))
    sides = ((AMIRA, AREA_TEAM, "caseworker"), (PRIYA, _group(), "lead"))
    for number in range(entries):
        person, organisation, role = sides[number % 2]
        told.append(
            told[-1]._replace(
                version=told[-1].version + 1,
                person=person,
                organisation=organisation,
                role=role,
                corrects=None,
                command_id=f"conversing-{number:06d}",
                fact=a.conversation_recorded(entry_id=f"entry-conversing{number:06d}", occurred_on=TODAY),
            )
        )
    return told


def _group() -> str:
    return next(code for code, lead in LEADS.items() if lead == PRIYA)


def permissions(stores: Stores, bench: Bench) -> Line:
    """Who somebody is, what they may read, and that the question keeps to it: beside the same question of everything."""
    views = Views(stores)
    book = Casebook(stores, clock=clock_of(stores), ids=str)
    recused = frozenset(code_of(number) for number in range(RECUSED))

    def who() -> Asked:
        return replace(book.asked_as(AMIRA), recused=recused)

    def listed(scope: Scope) -> None:
        with views.reading() as reading:
            assert caseload_found.find(reading, scope, TODAY).total

    asking = watched(lambda: scope_of(who()), bench.some(60, 3))
    kept, whole = watched_in_turn(
        [lambda: listed(scope_of(who())), lambda: listed(Scope(everything=True))], bench.some(40, 3)
    )
    more = [max(0.0, mine.seconds - all_.seconds) * 1_000 for mine, all_ in zip(kept, whole, strict=True)]
    return Line(
        name="permissions-50",
        value=median(more),
        unit="ms",
        goal=5,
        is_to_be="at most",
        cpu=median([max(0.0, mine.cpu - all_.cpu) * 1_000 for mine, all_ in zip(kept, whole, strict=True)]),
        rounds=tuple(sorted(more)[round(at * (len(more) - 1) / 4)] for at in range(5)),
        note=f"what a list of 50 takes more for who asks than for everybody's, recused from {RECUSED}; "
        f"of it {median([one.seconds for one in asking]) * 1_000:.2f} to find out who asks; "
        f"the list itself {median([one.seconds for one in whole]) * 1_000:.1f}",
    )


class Conversation:
    """The long practice's page, by one who said half of it, and by one who has not opened the latest."""

    def __init__(self, stores: Stores, bench: Bench, code: str, entries: int) -> None:
        self.book = Casebook(
            stores, clock=clock_of(stores), ids=lambda prefix: f"{prefix}-{secrets.token_hex(8)}"
        )
        app = create_app(self.book, Views(stores), stores.settings)
        self.caseworker, self.lead = signed_in(app, AMIRA), signed_in(app, PRIYA)
        self.address, self.code, self.entries = f"/practices/{code}", code, entries
        self.rounds = bench.some(30, 3)

    def measure(self) -> Iterator[Line]:
        self._open()
        watches = watched(self._open, self.rounds)
        yield self._line(
            "conversation-1000", watches, 100, f"a conversation of {self.entries} entries, opened"
        )
        yield self._line(
            "conversation-said", self._said(), None, "the same, with an entry that no view has taken in"
        )
        yield self._line(
            "conversation-unread",
            self._unread(),
            1_000,
            "opened, and opened again at the first unread: two pages",
        )

    def _open(self) -> None:
        assert self.caseworker.client.get(self.address).status_code == 200

    def _said(self) -> list[Stopwatch]:
        found = []
        for _ in range(self.rounds):
            self._say()
            with timed() as watch:
                self._open()
            found.append(watch)
        return found

    def _unread(self) -> list[Stopwatch]:
        found = []
        for _ in range(self.rounds):
            said = self._say()
            with timed() as watch:
                page = self.lead.client.get(self.address).get_data(as_text=True)
                first = re.search(rf'href="({self.address}\?entry=(\d+))#entry-\d+"', page)
                assert first, "nothing is new"
                shown = self.lead.client.get(first[1]).get_data(as_text=True)
            assert f'id="entry-{first[2]}"' in shown
            assert int(first[2]) <= said
            found.append(watch)
        return found

    def _say(self) -> int:
        command = c.RecordConversation(
            entry_id=self.book.ids("entry"),
            channel=Channel.PHONE,
            attendees=(
                c.Attendee(side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER, person=AMIRA),
                c.Attendee(side=Side.PRACTICE, role=ParticipantRole.PRACTICE_MANAGER),
            ),
            said="They will send the figures on Friday.",
            occurred_on=TODAY,
        )
        sent = self.book.handle(
            self.code, command, self.book.asked_as(AMIRA), command_id=self.book.ids("command")
        )
        return sent.recorded[0].version

    def _line(self, name: str, watches: list[Stopwatch], goal: float | None, note: str) -> Line:
        taken = sorted(watch.seconds * 1_000 for watch in watches)
        return Line(
            name=name,
            value=median(taken),
            unit="ms",
            goal=goal,
            is_to_be="at most",
            cpu=median([watch.cpu for watch in watches]) * 1_000,
            rounds=tuple(taken[round(at * (len(taken) - 1) / 4)] for at in range(5)),
            note=note,
        )
