"""Facts decoded in batches of a thousand, their words unsealed, against the library's own mapper."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from application.codec import Codec
from application.keys import KeyStore
from application.sealed_fields import sealed_fields
from application.sealing import NONCE, _binding
from application.stores import Stores
from domain.rules import Recorded
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
        shapes = [(codec._shape(topic).decode, state) for *_, topic, state in rows]
        sealed = list(_sealed(facts))
        ours, theirs, closed, least = watched_in_turn(
            [
                lambda: codec.decode(rows, opened=True),
                lambda: [library.to_event(one) for one in stored],
                lambda: codec.decode(rows),
                lambda: _least(shapes, sealed),
            ],
            ROUNDS,
        )
    peer = len(rows) / median([watch.cpu for watch in theirs])
    yield Line(
        name="decode-ratio",
        value=_times(theirs, ours),
        unit="times the library's JSON mapper",
        goal=3,
        limit=_times(theirs, least),
        note=f"{len(rows)} facts with {words} sealed values, which we open and the library had in plain; processor time. The limit is what msgspec and OpenSSL alone take",
    )
    yield _line("decode-unsealed", ours, len(rows), peer)
    yield _line("decode-left-sealed", closed, len(rows), peer)


def _times(theirs: list[Stopwatch], ours: list[Stopwatch]) -> float:
    return median([one.cpu / other.cpu for one, other in zip(theirs, ours, strict=True)])


def _sealed(facts: list[Recorded]) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
    """Key, nonce, ciphertext and associated data of each sealed value."""
    for recorded in facts:
        fields = sealed_fields(type(recorded.fact))
        for _, value in fields.of(recorded.fact) if fields else ():
            box = b64decode(value.box)
            binding = _binding(value.standing, value.field, value.commitment)
            yield value.batch.keys()[value.key_id], box[:NONCE], box[NONCE:], binding


def _least(
    shapes: list[tuple[Callable[[bytes], object], bytes]], sealed: list[tuple[bytes, bytes, bytes, bytes]]
) -> None:
    """Only what happens in other people's C and Rust: the JSON is read, and each value decrypted with its own key."""
    _kept = [decode(state) for decode, state in shapes]
    for key, nonce, ciphertext, binding in sealed:
        AESGCM(key).decrypt(nonce, ciphertext, binding)


def _line(name: str, watches: list[Stopwatch], facts: int, peer: float) -> Line:
    rates = tuple(facts / watch.seconds for watch in watches)
    cpu = facts / median([watch.cpu for watch in watches])
    return Line(name=name, value=median(list(rates)), unit="facts/s", peer=peer, cpu=cpu, rounds=rates)


def _end_of_cast(stores: Stores) -> int:
    """The position before the first fact of a practice."""
    first = stores.recorder.streams_in_order("", 1, None, "practice")[0].stream
    return stores.recorder.history(first)[0].position - 1
