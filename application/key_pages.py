"""How data keys lie in the key store: up to 32 of them on a page, wrapped together.

A page is one row and one AES-256-GCM operation, because facts that were recorded one after another are read together:
their keys cost one unwrapping, not one each. A key's id is its page's number and its slot on it. The row says which
slots it holds, so that a look at the store shows which keys there are without opening anything. A key is destroyed by
writing its page anew without it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from struct import error as struct_error
from struct import unpack
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from application.sealing import KeyWrong

ON_A_PAGE = 32
KEY = 32
NONCE = 12

OTHER_STORE = "The key-encryption key does not open the key store: it is another store's"


def key_id(page: int, slot: int) -> int:
    return page * ON_A_PAGE + slot


def page_of(of_key: int) -> int:
    return of_key // ON_A_PAGE


class Page(NamedTuple):
    """A row of the key store."""

    id: int
    subject: str | None
    slots: bytes
    """A byte for each key that it holds."""
    wrapped: bytes

    def ids(self) -> list[int]:
        """The ids of its keys, in the order in which they are wrapped."""
        first = key_id(self.id, 0)
        return [first + slot for slot in self.slots]


class Wrapping:
    """Wraps and unwraps the keys of a page with the key-encryption key."""

    def __init__(self, key_encryption_key: bytes) -> None:
        self._cipher = AESGCM(key_encryption_key)

    def wrap(self, keys: Mapping[int, bytes], subject: str | None) -> dict[str, bytes]:
        """What a page's row says of its keys, which are given by slot."""
        nonce, slots = os.urandom(NONCE), bytes(keys)
        wrapped = self._cipher.encrypt(nonce, b"".join(keys.values()), _purpose(slots, subject))
        return {"slots": slots, "wrapped": nonce + wrapped}

    def unwrap(self, page: Page) -> dict[int, bytes]:
        """A page's keys by id; KeyWrong if another key-encryption key wrapped them, or they were altered."""
        try:
            purpose = _purpose(page.slots, page.subject)
            together = self._cipher.decrypt(page.wrapped[:NONCE], page.wrapped[NONCE:], purpose)
            return dict(zip(page.ids(), unpack(f"{KEY}s" * len(page.slots), together), strict=True))
        except (InvalidTag, ValueError, struct_error):
            raise KeyWrong(OTHER_STORE) from None


def _purpose(slots: bytes, subject: str | None) -> bytes:
    return b"casebook/v1\0data-keys\0" + bytes([len(slots)]) + slots + (subject or "").encode()


class Fetched(dict[int, bytes]):
    """Keys that were asked for together, by id. A page is unwrapped when one of its keys is first looked up, because
    most words of a batch stay closed. Of what is on it, only keys that were asked for are kept.
    """

    __slots__ = ("_asked", "_pages", "_wrapping")

    def __init__(
        self, ready: Mapping[int, bytes], asked: set[int], pages: Iterable[Page], wrapping: Wrapping
    ) -> None:
        """`ready` needs no unwrapping; the other keys asked for are on these pages, or nowhere."""
        super().__init__(ready)
        self._asked = asked
        self._pages = {page.id: page for page in pages}
        self._wrapping = wrapping

    def __missing__(self, of_key: int) -> bytes:
        page = self._pages.get(page_of(of_key))
        if page is not None:
            keys = self._wrapping.unwrap(page)
            self.update({one: keys[one] for one in self._asked & keys.keys()})
            self._pages.pop(page.id, None)
        # Another thread may have unwrapped the page meanwhile.
        found = self.get(of_key)
        if found is None:
            raise KeyError(of_key)
        return found

    def __repr__(self) -> str:
        return f"Fetched({sorted(self)})"
