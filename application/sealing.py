"""Sealed words at rest: how they are encrypted, and how they open.

A sealed value is stored as [key id, nonce and ciphertext, commitment], the latter two in base64. It is AES-256-GCM, and
its associated data say where it belongs (fact's name, field, stream, version) and what was committed to: moved or
altered, it does not open. The plaintext begins with a salt, and the commitment is SHA-256 of salt and words: a copy of
the record can later reveal one field provably, and withhold another without leaving an oracle for short words.

Most of what is read here is read again and again, by the thousand: attributes are set and read plainly, and a cipher is
made where it is used. (A thousand that were made beforehand take longer than the same thousand one after another.)
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import ValidationError, convert

from domain.rules import DoesNotOpen, Sealed

SALT = 16
NONCE = 12


class SealBroken(DoesNotOpen):
    """Sealed words were altered, or stand where they were not sealed."""


class KeyMissing(DoesNotOpen):
    """The key of sealed words is not in the key store."""


class KeyWrong(Exception):
    """The key-encryption key is not the one that wrapped this store's keys."""


class DataKey(NamedTuple):
    """A key that seals."""

    id: int
    key: bytes

    def __repr__(self) -> str:
        return f"DataKey({self.id})"


class KeysById(Protocol):
    """Keys that were fetched together. One that is not there is a KeyError."""

    def __getitem__(self, key_id: int, /) -> bytes: ...


class Keys(Protocol):
    """What sealing asks of the key store."""

    def draw(self) -> DataKey: ...
    def of_subject(self, subject: str) -> DataKey: ...
    def fetch(self, ids: Iterable[int]) -> KeysById: ...


Standing = tuple[str, str, int]
"""Where a fact stands: topic, stream and version. Its sealed values are bound to that and to the name of the field."""


def _binding(standing: Standing, field: str, commitment: str) -> bytes:
    topic, stream, version = standing
    return f"casebook/v1\0{topic}\0{field}\0{stream}/{version}\0{commitment}".encode()


def seal(words: str, key: DataKey, standing: Standing, field: str) -> list[Any]:
    """Words as they are stored."""
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    text = salt + words.encode()
    commitment = base64.b64encode(sha256(text).digest()).decode()
    ciphertext = AESGCM(key.key).encrypt(nonce, text, _binding(standing, field, commitment))
    return [key.id, base64.b64encode(nonce + ciphertext).decode(), commitment]


class SealedAtRest(Sealed):
    """A sealed value as read from the record. It opens itself when its words are first asked for.

    `read_sealed` makes it from nothing but what is stored; the codec then says where it stood.
    """

    __slots__ = ("batch", "box", "commitment", "field", "key_id", "standing")

    key_id: int
    box: str
    commitment: str
    batch: Batch
    standing: Standing
    field: str

    @property
    def stored(self) -> list[Any]:
        return [self.key_id, self.box, self.commitment]

    @property
    def words(self) -> str:
        if self._words is None:
            problem = self.batch.open_all([self])
            if self._words is None:
                raise self._why(problem) from None
        return self._words

    def _why(self, problem: Exception | None) -> Exception:
        """What a value that does not open says."""
        _, stream, version = self.standing
        where = f"{self.field} in {stream}/{version}"
        if isinstance(problem, KeyWrong):
            return problem
        if isinstance(problem, KeyError):
            return KeyMissing(f"Key {self.key_id}, of {where}, is not there")
        return SealBroken(f"The sealed words do not open: {where} was altered or moved")


_new: Callable[[type[SealedAtRest]], SealedAtRest] = object.__new__


def read_sealed(_kind: type, stored: Any) -> SealedAtRest:
    """What the decoder calls with a stored value. (A class's own constructor takes twice as long.)"""
    value = _new(SealedAtRest)
    key_id, value.box, value.commitment = stored
    if type(key_id) is not int:
        raise ValueError("a sealed value is a key's id, a ciphertext and a commitment")
    value.key_id, value._words = key_id, None  # noqa: SLF001 (its constructor is here)
    return value


class Batch:
    """Facts that were read together. The keys of all their sealed words are fetched the first time one is opened."""

    __slots__ = ("_fetch", "_keys", "ids")

    def __init__(self, fetch: Callable[[Iterable[int]], KeysById]) -> None:
        self._fetch = fetch
        self._keys: KeysById | None = None
        self.ids: list[int] = []
        """The keys of its sealed words."""

    def keys(self) -> KeysById:
        if self._keys is None:
            self._keys = self._fetch(self.ids)
        return self._keys

    def open_all(self, values: list[SealedAtRest]) -> Exception | None:
        """Open what opens, and give what the last of the others failed with. Such a value stays closed, and says why
        when its words are asked for.
        """
        keys, failed = self.keys(), None
        for value, sealed in zip(values, _unpacked(values), strict=True):
            # All words are opened here, in as few steps as there can be.
            try:
                binding = _binding(value.standing, value.field, value.commitment)
                text = AESGCM(keys[value.key_id]).decrypt(sealed[:NONCE], sealed[NONCE:], binding)
                value._words = text[SALT:].decode()  # noqa: SLF001 (nothing else opens it)
            except (KeyError, KeyWrong, InvalidTag, ValueError, TypeError) as problem:
                failed = problem
        return failed


def _unpacked(values: list[SealedAtRest]) -> list[bytes]:
    """What stands in the boxes; nothing for all of them if one was altered so that it does not unpack."""
    try:
        return convert([value.box for value in values], list[bytes])
    except ValidationError:
        return [b""] * len(values)
