"""The keys of sealed words, in a store of their own: destroying a key destroys the words, whoever holds a copy of the record.

A key is drawn from a batch that was made beforehand, so that recording costs no second commit. Making a batch gives it
to this process alone: what a process does not use is never used. Keys are wrapped by the key-encryption key. A few
that were just used stay at hand for a minute, because what was just recorded is read at once by the views; after that
a destroyed key is gone for running processes too.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError

from application.sealing import DataKey
from application.tables import data_key

FIRST_BATCH = 16
LARGEST_BATCH = 512


class KeyWrong(Exception):
    """The key-encryption key is not the one that wrapped this store's keys."""


OTHER_STORE = "The key-encryption key does not open the key store: it is another store's"


class _AtHand:
    """The keys drawn of late: at most so many, and none for longer than so many seconds."""

    MOST = 1_024
    SECONDS = 60.0

    def __init__(self) -> None:
        self._keys: OrderedDict[int, tuple[float, AESGCM]] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, key_id: int, cipher: AESGCM) -> None:
        with self._lock:
            self._keys[key_id] = (time.monotonic(), cipher)
            self._forget()

    def among(self, ids: Iterable[int]) -> dict[int, AESGCM]:
        with self._lock:
            self._forget()
            kept = self._keys
            return {key_id: kept[key_id][1] for key_id in ids if key_id in kept} if kept else {}

    def _forget(self) -> None:
        until = time.monotonic() - self.SECONDS
        while self._keys and (len(self._keys) > self.MOST or next(iter(self._keys.values()))[0] < until):
            self._keys.popitem(last=False)


class _Fetched(Mapping[int, AESGCM]):
    """Keys that were read together, each unwrapped when it is first asked for: most words of a batch stay closed."""

    __slots__ = ("_ready", "_unwrap", "_wrapped")

    def __init__(
        self,
        ready: dict[int, AESGCM],
        rows: list[tuple[int, str | None, bytes]],
        unwrap: Callable[[bytes, str | None], bytes],
    ) -> None:
        self._ready = ready
        self._wrapped = {key_id: (subject, wrapped) for key_id, subject, wrapped in rows}
        self._unwrap = unwrap

    def __getitem__(self, key_id: int) -> AESGCM:
        cipher = self._ready.get(key_id)
        if cipher is None:
            subject, wrapped = self._wrapped[key_id]
            cipher = self._ready[key_id] = AESGCM(self._unwrap(wrapped, subject))
        return cipher

    def __iter__(self) -> Iterator[int]:
        return iter({**self._ready, **self._wrapped})

    def __len__(self) -> int:
        return len({**self._ready, **self._wrapped})


class KeyStore:
    """Draws, finds and fetches data keys."""

    def __init__(self, engine: Engine, key_encryption_key: bytes) -> None:
        self._engine = engine
        self._wrapping = AESGCM(key_encryption_key)
        self._lock = threading.Lock()
        self._drawn: deque[DataKey] = deque()
        self._next_batch = FIRST_BATCH
        self._process = os.getpid()
        self._fetch_sql = _fetch_sql(engine)
        self._at_hand = _AtHand()

    def draw(self) -> DataKey:
        """A key that nothing was ever sealed with, and nothing else ever will be."""
        with self._lock:
            key = self._draw()
        self._at_hand.keep(key.id, key.cipher)
        return key

    def _draw(self) -> DataKey:
        if self._process != os.getpid():
            # A child process has a copy of its parent's batch: both would use the same keys.
            self._drawn.clear()
            self._process = os.getpid()
        if not self._drawn:
            self._make_batch()
        return self._drawn.popleft()

    def of_subject(self, subject: str) -> DataKey:
        """The one key of a subject, such as a person. It is made the first time."""
        found = self._of_subject(subject)
        if found is not None:
            return found
        key = os.urandom(32)
        try:
            with self._engine.begin() as connection:
                row = {"subject": subject, "wrapped": self._wrap(key, subject)}
                made = connection.execute(insert(data_key).values(row).returning(data_key.c.id))
                return DataKey(made.scalar_one(), AESGCM(key))
        except IntegrityError:
            # Another process made it just now.
            found = self._of_subject(subject)
            assert found is not None
            return found

    def fetch(self, ids: Iterable[int]) -> Mapping[int, AESGCM]:
        """Keys by id, in one SELECT for all that are not at hand. A key that is not there is left out."""
        found = self._at_hand.among(ids)
        wanted = [key_id for key_id in ids if key_id not in found]
        return _Fetched(found, self._rows(wanted) if wanted else [], self._unwrap)

    def present(self, ids: Iterable[int]) -> set[int]:
        """Which of some keys are in the store."""
        return {key_id for key_id, _, _ in self._rows(list(ids))}

    def check(self) -> None:
        """KeyWrong unless this key-encryption key opens the store. A store without keys opens with any."""
        with self._engine.connect() as connection:
            row = connection.execute(select(data_key.c.subject, data_key.c.wrapped).limit(1)).first()
        if row is not None:
            self._unwrap(row.wrapped, row.subject)

    def _rows(self, ids: list[int]) -> list[tuple[int, str | None, bytes]]:
        with self._engine.connect() as connection:
            parameter: Any = json.dumps(ids) if self._engine.dialect.name == "sqlite" else ids
            # The driver's own cursor: a row object of SQLAlchemy's costs more than opening the words.
            cursor = connection.connection.cursor()
            cursor.execute(self._fetch_sql, (parameter,))
            rows = cursor.fetchall()
            cursor.close()
        return list(rows)

    def _of_subject(self, subject: str) -> DataKey | None:
        with self._engine.connect() as connection:
            query = select(data_key.c.id, data_key.c.wrapped).where(data_key.c.subject == subject)
            row = connection.execute(query).first()
        return DataKey(row.id, AESGCM(self._unwrap(row.wrapped, subject))) if row is not None else None

    def _make_batch(self) -> None:
        keys = [os.urandom(32) for _ in range(self._next_batch)]
        rows = [{"subject": None, "wrapped": self._wrap(key, None)} for key in keys]
        statement = insert(data_key).returning(data_key.c.id, sort_by_parameter_order=True)
        with self._engine.begin() as connection:
            ids = connection.execute(statement, rows).scalars().all()
        self._drawn.extend(DataKey(key_id, AESGCM(key)) for key_id, key in zip(ids, keys, strict=True))
        self._next_batch = min(self._next_batch * 2, LARGEST_BATCH)

    def _wrap(self, key: bytes, subject: str | None) -> bytes:
        nonce = os.urandom(12)
        return nonce + self._wrapping.encrypt(nonce, key, _purpose(subject))

    def _unwrap(self, wrapped: bytes, subject: str | None) -> bytes:
        try:
            return self._wrapping.decrypt(wrapped[:12], wrapped[12:], _purpose(subject))
        except InvalidTag:
            raise KeyWrong(OTHER_STORE) from None


def _purpose(subject: str | None) -> bytes:
    return b"casebook/v1\0data-key\0" + (subject or "").encode()


def _fetch_sql(engine: Engine) -> str:
    if engine.dialect.name == "sqlite":
        return "SELECT id, subject, wrapped FROM data_key WHERE id IN (SELECT value FROM json_each(?))"
    return "SELECT id, subject, wrapped FROM data_key WHERE id = ANY(%s)"
