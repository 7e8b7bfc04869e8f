"""Sealed words at rest: how they are encrypted, where in a fact they stand, and how they open.

A sealed value is stored as [key id, nonce and ciphertext, commitment], the latter two in base64. It is AES-256-GCM, and
its associated data say where it belongs (fact's name, field, stream, version): moved or altered, it does not open. The
plaintext begins with a salt, and the commitment is SHA-256 of salt and words: a copy of the record can later reveal one
field provably, and withhold another without leaving an oracle for short words.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from hashlib import sha256
from hmac import compare_digest
from types import UnionType
from typing import Any, NamedTuple, Protocol, Union, get_args, get_origin, get_type_hints

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.rules import Fact, Sealed

SALT = 16
NONCE = 12


class SealBroken(Exception):
    """Sealed words were altered, or stand where they were not sealed."""


class KeyMissing(Exception):
    """The key of sealed words is not in the key store."""


class DataKey(NamedTuple):
    id: int
    key: bytes


class Keys(Protocol):
    """What sealing asks of the key store."""

    def draw(self) -> DataKey: ...
    def of_subject(self, subject: str) -> DataKey: ...
    def fetch(self, ids: set[int]) -> dict[int, bytes]: ...


class Place(NamedTuple):
    """Where a sealed value belongs. It is bound to this place by its associated data."""

    topic: str
    field: str
    stream: str
    version: int

    def associated_data(self) -> bytes:
        return f"casebook/v1\0{self.topic}\0{self.field}\0{self.stream}/{self.version}".encode()

    def __str__(self) -> str:
        return f"{self.field} of {self.stream}/{self.version}"


def seal(words: str, key: DataKey, place: Place) -> list[Any]:
    """Words as they are stored."""
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    text = salt + words.encode()
    ciphertext = AESGCM(key.key).encrypt(nonce, text, place.associated_data())
    return [
        key.id,
        base64.b64encode(nonce + ciphertext).decode(),
        base64.b64encode(sha256(text).digest()).decode(),
    ]


def unseal(stored: list[Any], key: bytes, place: Place) -> str:
    """The words of a stored value, or SealBroken."""
    try:
        box, commitment = (
            base64.b64decode(stored[1], validate=True),
            base64.b64decode(stored[2], validate=True),
        )
        text = AESGCM(key).decrypt(box[:NONCE], box[NONCE:], place.associated_data())
    except (InvalidTag, binascii.Error, ValueError):
        raise SealBroken(f"The sealed words do not open: {place} was altered or moved") from None
    if not compare_digest(sha256(text).digest(), commitment):
        raise SealBroken(f"The sealed words do not match their commitment: {place} was altered")
    return text[SALT:].decode()


class SealedAtRest(Sealed):
    """A sealed value as read from the record. It opens itself when its words are first asked for."""

    __slots__ = ("_batch", "_place", "stored")

    def __init__(self, stored: list[Any], batch: Batch) -> None:
        self._words = None
        self.stored = stored
        self._batch = batch
        self._place: Place | None = None

    def belongs(self, place: Place) -> None:
        self._place = place

    @property
    def key_id(self) -> int:
        return int(self.stored[0])

    @property
    def words(self) -> str:
        if self._words is None:
            assert self._place is not None
            self._words = unseal(self.stored, self._batch.key(self.key_id, self._place), self._place)
        return self._words


class Batch:
    """Facts that were read together. The keys of all their sealed words are fetched the first time one is opened."""

    __slots__ = ("_fetch", "_found", "ids")

    def __init__(self, fetch: Callable[[set[int]], dict[int, bytes]]) -> None:
        self._fetch = fetch
        self._found: dict[int, bytes] | None = None
        self.ids: set[int] = set()

    def read(self, stored: object) -> SealedAtRest:
        """A value as the record's bytes give it."""
        if type(stored) is not list or len(stored) != 3 or type(stored[0]) is not int:
            raise ValueError("a sealed value is a key's id, a ciphertext and a commitment")
        self.ids.add(stored[0])
        return SealedAtRest(stored, self)

    def key(self, key_id: int, place: Place) -> bytes:
        if self._found is None:
            self._found = self._fetch(self.ids)
        try:
            return self._found[key_id]
        except KeyError:
            raise KeyMissing(f"Key {key_id} of {place} is not in the key store") from None


# --- where the sealed values of a fact stand ----------------------------------------------------------------

_Walk = Callable[[Any, str], Iterator[tuple[str, Sealed]]]
SealedValues = Callable[[Fact], Iterator[tuple[str, Sealed]]]


def sealed_values(kind: type[Fact]) -> SealedValues | None:
    """A function that lists a fact's sealed values by field, in the order of its fields; None if it can have none.

    Fields are known by name (`words`, `attendees/0/name`), not by the order of decoding: the record's bytes could be
    altered to name the fields of a fact in another order.
    """
    walk = _walk(kind)
    if walk is None:
        return None
    return lambda fact: walk(fact, "")


def _walk(hint: Any) -> _Walk | None:
    if hint is Sealed:
        return _one
    origin = get_origin(hint)
    if origin in {Union, UnionType}:
        parts = [walk for part in get_args(hint) if (walk := _walk(part))]
        return parts[0] if parts else None
    if origin is tuple:
        first, *others = get_args(hint)
        if others != [...] and any(_walk(part) for part in (first, *others)):
            raise TypeError("sealed values stand in tuples of any length only: tuple[Sealed, ...]")
        inner = _walk(first)
        return _each(inner) if inner else None
    if is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        walks = {field.name: walk for field in fields(hint) if (walk := _walk(hints[field.name]))}
        return _inside(walks) if walks else None
    return None


def _one(value: Any, path: str) -> Iterator[tuple[str, Sealed]]:
    if value is not None:
        yield path, value


def _each(inner: _Walk) -> _Walk:
    def walk(value: Any, path: str) -> Iterator[tuple[str, Sealed]]:
        for at, item in enumerate(value or ()):
            yield from inner(item, f"{path}/{at}")

    return walk


def _inside(walks: dict[str, _Walk]) -> _Walk:
    if all(walk is _one for walk in walks.values()):
        names = tuple(walks)

        def flat(value: Any, path: str) -> Iterator[tuple[str, Sealed]]:
            if value is not None:
                for name in names:
                    found = getattr(value, name)
                    if found is not None:
                        yield (f"{path}/{name}" if path else name), found

        return flat

    def walk(value: Any, path: str) -> Iterator[tuple[str, Sealed]]:
        if value is not None:
            for name, inner in walks.items():
                yield from inner(getattr(value, name), f"{path}/{name}" if path else name)

    return walk
