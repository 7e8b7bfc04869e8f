"""Sealed words at rest: how they are encrypted, where in a fact they stand, and how they open.

A sealed value is stored as [key id, nonce and ciphertext, commitment], the latter two in base64. It is AES-256-GCM, and
its associated data say where it belongs (fact's name, field, stream, version) and what was committed to: moved or
altered, it does not open. The plaintext begins with a salt, and the commitment is SHA-256 of salt and words: a copy of
the record can later reveal one field provably, and withhold another without leaving an oracle for short words.
"""

from __future__ import annotations

import base64
import os
from binascii import a2b_base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
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
    """A key, ready for use. The bytes of the key itself stay in the key store."""

    id: int
    cipher: AESGCM


class Keys(Protocol):
    """What sealing asks of the key store."""

    def draw(self) -> DataKey: ...
    def of_subject(self, subject: str) -> DataKey: ...
    def fetch(self, ids: Iterable[int]) -> Mapping[int, AESGCM]: ...


class Standing(NamedTuple):
    """Where a fact stands: what its sealed values are bound to, with the name of the field."""

    topic: str
    stream: str
    version: int

    def binding(self, field: str, commitment: str) -> bytes:
        return f"casebook/v1\0{self.topic}\0{field}\0{self.stream}/{self.version}\0{commitment}".encode()


def seal(words: str, key: DataKey, standing: Standing, field: str) -> list[Any]:
    """Words as they are stored."""
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    text = salt + words.encode()
    commitment = base64.b64encode(sha256(text).digest()).decode()
    ciphertext = key.cipher.encrypt(nonce, text, standing.binding(field, commitment))
    return [key.id, base64.b64encode(nonce + ciphertext).decode(), commitment]


class Batch:
    """Facts that were read together. The keys of all their sealed words are fetched the first time one is opened."""

    __slots__ = ("_fetch", "_found", "ids")

    def __init__(self, fetch: Callable[[Iterable[int]], Mapping[int, AESGCM]]) -> None:
        self._fetch = fetch
        self._found: Mapping[int, AESGCM] | None = None
        self.ids: list[int] = []

    def open(self, stored: list[Any], standing: Standing, field: str) -> str:
        """The words of a stored value, or KeyMissing or SealBroken."""
        if self._found is None:
            self._found = self._fetch(self.ids)
        key_id, box, commitment = stored
        cipher = self._found.get(key_id)
        if cipher is None:
            raise KeyMissing(
                f"Key {key_id}, of {field} in {standing.stream}/{standing.version}, is not there"
            )
        try:
            sealed = a2b_base64(box, strict_mode=True)
            text = cipher.decrypt(sealed[:NONCE], sealed[NONCE:], standing.binding(field, commitment))
        except (InvalidTag, ValueError, TypeError):
            where = f"{field} in {standing.stream}/{standing.version}"
            raise SealBroken(f"The sealed words do not open: {where} was altered or moved") from None
        return text[SALT:].decode()


class SealedAtRest(Sealed):
    """A sealed value as read from the record. It opens itself when its words are first asked for.

    The decoder makes it, from nothing but what is stored; `belongs` then says where it stood.
    """

    __slots__ = ("_at", "stored")

    _at: tuple[Batch, Standing, str]

    def __init__(self, _kind: type, stored: object) -> None:
        if type(stored) is not list or len(stored) != 3 or type(stored[0]) is not int:
            raise ValueError("a sealed value is a key's id, a ciphertext and a commitment")
        self._words = None
        self.stored: list[Any] = stored

    def belongs(self, batch: Batch, standing: Standing, field: str) -> None:
        batch.ids.append(self.stored[0])
        self._at = (batch, standing, field)

    @property
    def words(self) -> str:
        if self._words is None:
            batch, standing, field = self._at
            self._words = batch.open(self.stored, standing, field)
        return self._words


# --- where the sealed values of a fact stand ----------------------------------------------------------------

Found = list[tuple[str, Sealed]]
_Walk = Callable[[Any, str, Found], None]
SealedValues = Callable[[Fact], Found]


def sealed_values(kind: type[Fact]) -> SealedValues | None:
    """A function that lists a fact's sealed values by field, in the order of its fields; None if it can have none.

    Fields are known by name (`words`, `attendees/0/name`), not by the order of decoding: the record's bytes could be
    altered to name the fields of a fact in another order.
    """
    walk = _walk(kind)
    if walk is None:
        return None

    def values(fact: Fact) -> Found:
        found: Found = []
        walk(fact, "", found)
        return found

    return values


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
        walks = [(field.name, walk) for field in fields(hint) if (walk := _walk(hints[field.name]))]
        return _inside(walks) if walks else None
    return None


def _one(value: Any, path: str, found: Found) -> None:
    if value is not None:
        found.append((path, value))


def _each(inner: _Walk) -> _Walk:
    def walk(value: Any, path: str, found: Found) -> None:
        for at, item in enumerate(value or ()):
            inner(item, f"{path}/{at}", found)

    return walk


def _inside(walks: list[tuple[str, _Walk]]) -> _Walk:
    if all(inner is _one for _, inner in walks):
        names = [name for name, _ in walks]

        def plain(value: Any, path: str, found: Found) -> None:
            """Most facts: words stand in fields of the fact itself."""
            if value is not None:
                before = f"{path}/" if path else ""
                for name in names:
                    held = getattr(value, name)
                    if held is not None:
                        found.append((before + name, held))

        return plain

    def walk(value: Any, path: str, found: Found) -> None:
        if value is None:
            return
        for name, inner in walks:
            held = getattr(value, name)
            if held is None:
                continue
            where = f"{path}/{name}" if path else name
            if inner is _one:  # most are: a call saved for each sealed value of each fact that is read
                found.append((where, held))
            else:
                inner(held, where, found)

    return walk
