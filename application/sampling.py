"""A sample for an auditor, drawn by a seed that nobody chose: the same for everybody who asks on a day.

The seed of a day is the SHA-256 over the SHA-256 of the stored bytes of every fact that was recorded by the end of the day
before it, in England, in the order of positions. What is drawn from goes by the SHA-256 of the seed and the item, lowest
first: so the first ten of a sample of fifty are the sample of ten.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from application.casebook import Casebook
from application.facts import FACTS, topic_of
from application.reading import Raw
from application.recording import Recorder
from domain.practice.events import PracticeRegistered, TierDecided
from domain.rules import LONDON, Asked, RuleBroken, refuse_unless

MOST = 500
"""Items in one sample: more than anybody reads."""

AT_ONCE = 10_000

OF = {"decisions": TierDecided.NAME, "practices": PracticeRegistered.NAME, "entries": ""}
"""From what may be drawn, and the fact by which each of them is in the record; "" for every fact of a practice."""


FIRST = date(1948, 7, 5)
"""No record of the NHS is of a day before it."""

SAMPLED = "sampled"
"""What a line of the access log says was done; its subject has the day and its number how many items there were to draw."""


class Request(NamedTuple):
    """What is drawn, how many, and by the seed of which day."""

    of: str
    size: int
    day: date


class Seed(NamedTuple):
    """The seed of a day: of how many facts it is made, up to which position, and the last of the days they are of."""

    sha256: str
    facts: int
    position: int
    upto: date


class Sample(NamedTuple):
    """What was drawn: each item by its cite, a practice by its code, and of how many."""

    seed: Seed
    items: tuple[str, ...]
    of: int


def seed_of(recorder: Recorder, day: date) -> Seed:
    """The seed of a day. It is made anew from every stored byte: 1,000,000 facts take some seconds."""
    before, digest = _midnight(day), sha256()
    facts, position = 0, 0
    for row in _rows(recorder, before):
        digest.update(sha256(row[4]).digest())
        facts, position = facts + 1, row[0]
    return Seed(digest.hexdigest(), facts, position, day - timedelta(days=1))


class Seeds:
    """The seeds of days that a process has made. One holds while nothing was recorded since that is of before its day."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str | None, date], tuple[Seed, int]] = {}

    def of(self, recorder: Recorder, record_id: str | None, day: date) -> Seed:
        last = recorder.last_position()
        seed, upto = self._kept.get((record_id, day), (None, 0))
        if seed is None or any(_rows(recorder, _midnight(day), upto)):
            seed = seed_of(recorder, day)
        self._kept[record_id, day] = seed, last
        return seed


def requested(of: str, size: str, on: str, today: date) -> Request:
    """What somebody asks for, as they typed it; nothing of a day that is to come, whose seed is not known yet."""
    refuse_unless(of in OF, "a-sample-is-of-what-there-is", "Choose what to draw from", "of")
    number = int(size) if size.isascii() and size.isdigit() and len(size) < 6 else 0
    refuse_unless(0 < number <= MOST, "a-sample-has-a-size", f"Enter a number from 1 to {MOST}", "size")
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise RuleBroken("a-sample-is-of-a-day", "Enter a date, such as 2026-11-20", "on") from None
    refuse_unless(
        FIRST <= day <= today, "a-sample-is-of-no-day-to-come", "Enter today’s date or an earlier one", "on"
    )
    return Request(of, number, day)


def draw(recorder: Recorder, request: Request, seed: Seed) -> Sample:
    """What is drawn with a seed: the lowest by rank, of all that there is."""
    number = 0
    among = _items(recorder, request.of, _midnight(request.day))
    ranked = ((rank(seed, item), item) for item in among)
    lowest = heapq.nsmallest(request.size, (one for one in ranked if (number := number + 1)))
    return Sample(seed, tuple(item for _, item in lowest), number)


def note(casebook: Casebook, asked: Asked, request: Request, drawn: int, **about: Any) -> None:
    """That somebody had a sample drawn, and by what: who draws until one suits them is seen to."""
    name = f"Sample{request.of.capitalize()}"
    subject = f"sample-{request.day.isoformat()}"
    casebook.log_access(asked, SAMPLED, name, subject=subject, number=drawn, **about)


def rank(seed: Seed, item: str) -> bytes:
    """Where an item stands: by the SHA-256 of the seed, as its 64 digits are written, followed by the item."""
    return sha256(f"{seed.sha256}{item}".encode()).digest()


def _items(recorder: Recorder, of: str, before: datetime) -> Iterator[str]:
    """Everything there is to be drawn, once: X90001/27, or a practice's code."""
    name = OF[of]
    if not name:
        for _, stream, version, _, _ in _rows(recorder, before):
            category, _, code = stream.partition("-")
            if category == "practice":
                yield f"{code}/{version}"
        return
    topics = [topic_of(fact) for fact in FACTS.values() if name == fact.NAME]
    for fact in recorder.facts_named("practice", topics):
        if fact.recorded_at < before:
            code = fact.stream.partition("-")[2]
            yield code if of == "practices" else f"{code}/{fact.version}"


def _rows(recorder: Recorder, before: datetime, after: int = 0) -> Iterator[Raw]:
    """The facts after a position that were recorded before an instant, by position, as they are stored.

    The instant is the first thing that is stored of a fact, always in UTC: `["2026-05-03T16:00:00Z",…`. So instants are
    compared as they are written, which is ten times as quick as reading a million of them.
    """
    at, until = after, f"{before.astimezone(UTC):%Y-%m-%dT%H:%M:%S}".encode()
    while rows := recorder.raw_after(at, AT_ONCE):
        yield from (row for row in rows if row[4][2:21] < until)
        at = rows[-1][0]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
