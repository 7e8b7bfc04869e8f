"""Facts to bytes and back, by stored name and version, with the envelope around the fact.

What is stored of a fact: its stream, version and position are columns; its name and version are the topic; the rest is
one JSON array, [recorded_at, person, organisation, role, on_behalf_of, command_id, corrects, fact].
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from application.facts import FACTS, UnknownFact, name_and_version, topic_of
from application.sealed_fields import SealedFields, sealed_fields
from application.sealing import Batch, Keys, SealedAtRest, Standing, read_sealed, seal
from application.upcasts import UPCASTS, Upcast, to_present
from domain.rules import Fact, Recorded, Sealed

F = TypeVar("F")


class Row(NamedTuple):
    """A stored fact as the database gives it."""

    position: int
    stream: str
    version: int
    topic: str
    state: bytes


class Unreadable(Exception):
    """A stored fact's bytes are not what its name and version say."""


class Envelope(
    msgspec.Struct, Generic[F], array_like=True, frozen=True, gc=False, forbid_unknown_fields=True
):
    """What is stored around a fact. New fields go last, and may be absent from older facts."""

    recorded_at: datetime
    person: str
    organisation: str | None
    role: str
    on_behalf_of: str | None
    command_id: str
    corrects: int | None
    fact: F


class _Writing(threading.local):
    """The sealed values of the fact that is being encoded, in the order in which the encoder comes to them."""

    sealed: deque[list[Any]]


_writing = _Writing()


def _write_sealed(value: object) -> object:
    if isinstance(value, Sealed):
        return _writing.sealed.popleft()
    raise TypeError(f"a fact cannot hold a {type(value).__name__}")


def _write_as_stored(value: object) -> object:
    if isinstance(value, SealedAtRest):
        return value.stored
    raise TypeError(f"a fact cannot hold a {type(value).__name__}")


_recording = msgspec.json.Encoder(enc_hook=_write_sealed)
_as_stored = msgspec.json.Encoder(enc_hook=_write_as_stored)


def _placed(fact: Fact, sealed: SealedFields, batch: Batch, standing: Standing) -> list[SealedAtRest]:
    """The sealed values of a fact that was just read, each told where it stands."""
    values = []
    for get, field in sealed.plain:
        value = get(fact)
        if value is not None:
            value.batch, value.standing, value.field = batch, standing, field
            values.append(value)
    if sealed.deep:
        for field, value in sealed.inside(fact):
            value.batch, value.standing, value.field = batch, standing, field
            values.append(value)
    return values


class _Shape(NamedTuple):
    """How facts of one name and version are read, and how their sealed values are found."""

    kind: type[Fact]
    decode: Callable[[bytes], Envelope[Any]]
    sealed: SealedFields | None


def _shape(kind: type[Fact]) -> _Shape:
    decoder = msgspec.json.Decoder(Envelope[kind], dec_hook=read_sealed)  # type: ignore[valid-type]
    return _Shape(kind, decoder.decode, sealed_fields(kind))


_told: Callable[[Envelope[Any]], tuple[Any, ...]] = msgspec.structs.astuple
_new: Callable[[type[Recorded], tuple[Any, ...]], Recorded] = tuple.__new__
"""An envelope has the fields of a Recorded, in its order, after stream, version and position."""


class Codec:
    """Reads and writes facts. Given other tables of facts and upcasts, it is a test's."""

    def __init__(
        self,
        keys: Keys,
        facts: Mapping[tuple[str, int], type[Fact]] = FACTS,
        upcasts: Mapping[tuple[str, int], Upcast] = UPCASTS,
    ) -> None:
        self._keys = keys
        self._facts = facts
        self._upcasts = upcasts
        self._shapes: dict[str, _Shape] = {}

    def encode(self, recorded: Recorded) -> tuple[str, bytes]:
        """The topic and bytes to store. Every sealed value gets its key here."""
        fact, kind = recorded.fact, type(recorded.fact)
        topic = topic_of(kind)
        shape = self._shape(topic)
        if shape.kind is not kind:
            raise UnknownFact(f"{kind.__name__} is not in the table of facts")
        _writing.sealed = deque(self._seal(fact, shape, topic, recorded.stream, recorded.version))
        state = _recording.encode(
            Envelope(
                recorded.recorded_at.astimezone(UTC),
                recorded.person,
                recorded.organisation,
                recorded.role,
                recorded.on_behalf_of,
                recorded.command_id,
                recorded.corrects,
                fact,
            )
        )
        if _writing.sealed or not self.round_trips(topic, state):
            # A number where words belong would be stored, and then be unreadable for ever.
            raise Unreadable(f"{kind.__name__} holds a value that its fields do not allow")
        return topic, state

    def decode(
        self, rows: Iterable[tuple[int, str, int, str, bytes]], *, opened: bool = False
    ) -> list[Recorded]:
        """Facts as recorded, in the latest version of each. Their sealed values open when they are first asked.

        `opened` is for who asks every one: all are opened here, which is quicker. One that does not open raises when
        it is asked, as ever.
        """
        batch, values = Batch(self._keys.fetch), list[SealedAtRest]()
        shapes, upcasts = self._shapes, self._upcasts
        recorded = []
        for position, stream, version, topic, state in rows:
            shape = shapes.get(topic) or self._shape(topic)
            try:
                envelope = shape.decode(state)
            except msgspec.MsgspecError as problem:
                raise Unreadable(f"{stream}/{version} ({topic}) does not read: {problem}") from None
            if shape.sealed is not None:
                values += _placed(envelope.fact, shape.sealed, batch, (topic, stream, version))
            told = (stream, version, position, *_told(envelope))
            if upcasts:
                told = (*told[:-1], to_present(envelope.fact, upcasts))
            recorded.append(_new(Recorded, told))
        batch.ids = [value.key_id for value in values]
        if opened:
            batch.open_all(values)
        return recorded

    def round_trips(self, topic: str, state: bytes) -> bool:
        """Whether the stored bytes decode and encode again to themselves: nothing in them is unread or altered."""
        decode = self._shape(topic).decode
        try:
            return _as_stored.encode(decode(state)) == state
        except msgspec.MsgspecError:
            return False

    def key_ids(self, topic: str, state: bytes) -> set[int]:
        """The keys that a stored fact's sealed values need."""
        shape = self._shape(topic)
        if shape.sealed is None:
            return set()
        fact = shape.decode(state).fact
        return {value.key_id for _, value in shape.sealed.of(fact)}

    def _shape(self, topic: str) -> _Shape:
        if topic not in self._shapes:
            name, version = name_and_version(topic)
            kind = self._facts.get((name, version))
            if kind is None:
                raise UnknownFact(f"This Casebook does not know the fact {name}, version {version}")
            self._shapes[topic] = _shape(kind)
        return self._shapes[topic]

    def _seal(self, fact: Fact, shape: _Shape, topic: str, stream: str, version: int) -> list[list[Any]]:
        if shape.sealed is None:
            return []
        subject: str | None = getattr(shape.kind, "SUBJECT", None)
        standing: Standing = (topic, stream, version)
        stored = []
        for field, value in shape.sealed.of(fact):
            key = self._keys.draw() if subject is None else self._keys.of_subject(getattr(fact, subject))
            stored.append(seal(value.words, key, standing, field))
        return stored
