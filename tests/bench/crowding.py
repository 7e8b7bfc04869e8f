"""Four processes send commands about four practices at once: none may be lost, recorded twice, or refused as busy."""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import text

from application.casebook import Casebook
from application.demonstration.cast import AMIRA, AREA_TEAM, LARKDALE, REGION, TODAY
from application.outcomes import Busy
from application.settings import Settings
from application.stores import Stores
from domain.practice import commands as c
from domain.practice.kinds import ActionKind, Channel, ParticipantRole, Side
from domain.rules import operator
from projections.catch_up import Views
from tests.bench.lines import Line
from tests.bench.places import DATABASES, Bench, made, opened
from tests.bench.telling import bring_in_the_cast, code_of

PROCESSES = 4
PRACTICES = 4
NOON = datetime.combine(TODAY, datetime.min.time(), UTC).replace(hour=12)


class Sent(NamedTuple):
    """What one process came to."""

    began: float
    ended: float
    recorded: list[str]
    busy: int


def measure(bench: Bench) -> Iterator[Line]:
    commands = bench.some(200, 10)
    for database in DATABASES:
        with bench.settings(database) as settings:
            with made(settings) as stores:
                bring_in_the_cast(stores)
                _register(stores)
            sent = _together(settings, commands)
            with opened(settings) as stores:
                wrong = _wrong(stores, sent, commands)
        seconds = max(one.ended for one in sent) - min(one.began for one in sent)
        yield Line(
            name=f"crowd-{database}-wrong",
            value=sum(wrong.values()),
            unit="commands lost, doubled, refused as busy, or not shown",
            goal=0,
            is_to_be="at most",
            note=f"{PROCESSES * commands} commands of {PROCESSES} processes about {PRACTICES} practices, one in ten sent"
            f" twice: {dict(wrong)}",
        )
        yield Line(
            name=f"crowd-{database}",
            value=PROCESSES * commands / seconds,
            unit="commands/s",
            note="all processes together, each letting the views catch up after each command",
        )


def _register(stores: Stores) -> None:
    book = Casebook(stores, clock=lambda: NOON, ids=str)
    for number in range(PRACTICES):
        command = c.RegisterPractice(
            code=code_of(number), name="Crowded Surgery", contract_holder=AREA_TEAM, local_commissioner=LARKDALE,
            region=REGION,
        )  # fmt: skip
        book.handle(code_of(number), command, operator(NOON), command_id=f"register-{number}")
    Views(stores).catch_up()


def _together(settings: Settings, commands: int) -> list[Sent]:
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(PROCESSES)
    with context.Manager() as manager:
        answers: Any = manager.dict()
        processes = [
            context.Process(target=_send, args=(settings, number, commands, ready, answers))
            for number in range(PROCESSES)
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
            assert process.exitcode == 0
        return [Sent(*answers[number]) for number in range(PROCESSES)]


def _send(settings: Settings, process: int, commands: int, ready: Any, answers: Any) -> None:
    """One process: half conversations, half actions, to each practice in turn."""
    with opened(settings) as stores:
        book, views = Casebook(stores, clock=lambda: NOON, ids=str), Views(stores)
        asked = book.asked_as(AMIRA)
        recorded: list[str] = []
        busy = 0
        ready.wait()
        began = time.time()
        for number in range(commands):
            code, command_id = code_of((process + number) % PRACTICES), f"crowd-{process}-{number}"
            for _ in range(2 if number % 10 == 0 else 1):
                try:
                    outcome = book.handle(code, _command(process, number), asked, command_id=command_id)
                    recorded += [fact.command_id for fact in outcome.recorded if not outcome.repeated]
                except Busy:
                    busy += 1
            views.catch_up()
        answers[process] = tuple(Sent(began, time.time(), recorded, busy))


def _command(process: int, number: int) -> c.PracticeCommand:
    if number % 2:
        return c.RecordConversation(
            entry_id=f"entry-{process}{number:09d}",
            channel=Channel.PHONE,
            attendees=(
                c.Attendee(side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER, person=AMIRA),
                c.Attendee(side=Side.PRACTICE, role=ParticipantRole.PRACTICE_MANAGER),
            ),
            said=f"Call {number} of {process}: the appointment book for the week was read out and compared.",
            occurred_on=TODAY,
        )
    return c.ProposeAction(
        action_id=f"action-{process}{number:09d}",
        kind=ActionKind.IMPROVEMENT,
        issue=f"Matter {number} of {process}: three sessions a week have no doctor.",
        owner=Side.PRACTICE,
        due_on=TODAY.replace(month=12),
        success_measure="Each session has one.",
        occurred_on=TODAY,
    )


def _wrong(stores: Stores, sent: list[Sent], commands: int) -> Counter[str]:
    """What did not come out as sent, by what the record and the views now hold."""
    views = Views(stores)
    behind = views.catch_up()
    facts = [
        fact for number in range(PRACTICES) for fact in stores.recorder.history(f"practice-{code_of(number)}")
    ]
    times = Counter(fact.command_id for fact in facts if fact.command_id.startswith("crowd-"))
    wanted = {f"crowd-{process}-{number}" for process in range(PROCESSES) for number in range(commands)}
    with views.reading() as reading:
        shown = {tuple(row) for row in reading.execute(text("SELECT code, version FROM timeline"))}
    return Counter(
        lost=len(wanted - times.keys()),
        doubled=sum(times.values()) - len(times) + sum(len(one.recorded) for one in sent) - len(times),
        busy=sum(one.busy for one in sent),
        not_shown=len({(fact.stream.partition("-")[2], fact.version) for fact in facts} - shown)
        + len(behind),
    )
