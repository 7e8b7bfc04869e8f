"""Facts decoded in batches of a thousand, their words unsealed, against the library's own mapper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from application.codec import Codec
from application.keys import KeyStore
from application.sealing import sealed_values
from application.stores import Stores
from domain.rules import Fact, Recorded, Sealed
from tests.bench.library import LibraryMapper, same
from tests.bench.lines import Line, Stopwatch, median, watched_in_turn
from tests.bench.places import Bench

BATCH = 1_000
ROUNDS = 7


def measure(bench: Bench) -> Iterator[Line]:
    with bench.stores() as stores:
        bench.retelling.fill(stores, bench.some(48, 12), bench.some(1_200, 300))
        rows = stores.recorder.raw_after(_end_of_cast(stores), BATCH)
        words = sum(len(stores.codec.key_ids(topic, state)) for *_, topic, state in rows)
        # A key store that just recorded nothing has no key at hand, as when a page of old facts is read.
        codec = Codec(KeyStore(stores.keys_engine, stores.settings.key_encryption_key()))
        facts = codec.decode(rows)
        library = LibraryMapper()
        stored = [library.to_stored(fact) for fact in facts]
        assert all(same(fact, library.to_event(one)) for fact, one in zip(facts, stored, strict=True))
        ours, theirs, closed = watched_in_turn(
            [
                lambda: _open(codec.decode(rows)),
                lambda: [library.to_event(one) for one in stored],
                lambda: codec.decode(rows),
            ],
            ROUNDS,
        )
    peer = len(rows) / median([watch.cpu for watch in theirs])
    yield Line(
        name="decode-ratio",
        value=median([one.cpu / other.cpu for one, other in zip(theirs, ours, strict=True)]),
        unit="times the library's JSON mapper",
        goal=3,
        note=f"{len(rows)} facts with {words} sealed values, which we open and the library had in plain; processor time",
    )
    yield _line("decode-unsealed", ours, len(rows), peer)
    yield _line("decode-left-sealed", closed, len(rows), peer)


def _line(name: str, watches: list[Stopwatch], facts: int, peer: float) -> Line:
    rates = tuple(facts / watch.seconds for watch in watches)
    cpu = facts / median([watch.cpu for watch in watches])
    return Line(name=name, value=median(list(rates)), unit="facts/s", peer=peer, cpu=cpu, rounds=rates)


def _end_of_cast(stores: Stores) -> int:
    """The position before the first fact of a practice."""
    first = stores.recorder.streams_in_order("", 1, None, "practice")[0].stream
    return stores.recorder.history(first)[0].position - 1


def _open(facts: list[Recorded]) -> None:
    for recorded in facts:
        kind: Any = type(recorded.fact)
        for words in _values(kind)(recorded.fact):
            words.words  # noqa: B018 (opens it)


@cache
def _values(kind: Any) -> Callable[[Fact], list[Sealed]]:
    """Lists the sealed values of a fact, without looking at facts that can have none."""
    values = sealed_values(kind)
    return (lambda fact: [value for _, value in values(fact)]) if values else lambda _fact: []
