"""The keys of sealed words, in a store of their own: destroying a key destroys the words, whoever holds a copy of the record.

A key is drawn from a batch that was made beforehand, so that recording costs no second commit. Making a batch gives it
to this process alone: what a process does not use is never used. Keys are wrapped by the key-encryption key, a page of
them together (application/key_pages.py). A few that were just used stay at hand for a minute, because what was just
recorded is read at once by the views; after that a destroyed key is gone for running processes too.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Iterable
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from application.key_pages import KEY, ON_A_PAGE, Fetched, Page, Wrapping, key_id, page_of
from application.sealing import DataKey, KeyWrong
from application.tables import key_page

__all__ = ["KeyStore", "KeyWrong", "StillInLog"]

FIRST_BATCH = 16
LARGEST_BATCH = 512
PATIENCE = 5.0
"""Seconds to wait for those who read the log of the key store."""


class StillInLog(Exception):
    """The keys are destroyed, but the store's log still holds them: somebody was reading. Destroy them again."""


class _AtHand:
    """The keys drawn of late: at most so many, and none for longer than so many seconds."""

    MOST = 1_024
    SECONDS = 60.0

    def __init__(self) -> None:
        self._keys: OrderedDict[int, tuple[float, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, drawn: DataKey) -> None:
        with self._lock:
            self._keys[drawn.id] = (time.monotonic(), drawn.key)
            self._forget()

    def among(self, ids: Iterable[int]) -> dict[int, bytes]:
        with self._lock:
            self._forget()
            kept = self._keys
            return {one: kept[one][1] for one in ids if one in kept} if kept else {}

    def drop(self, ids: Iterable[int]) -> None:
        with self._lock:
            for one in ids:
                self._keys.pop(one, None)

    def _forget(self) -> None:
        until = time.monotonic() - self.SECONDS
        while self._keys and (len(self._keys) > self.MOST or next(iter(self._keys.values()))[0] < until):
            self._keys.popitem(last=False)


class KeyStore:
    """Draws, finds, fetches and destroys data keys."""

    def __init__(self, engine: Engine, key_encryption_key: bytes) -> None:
        self._engine = engine
        self._wrapping = Wrapping(key_encryption_key)
        self._lock = threading.Lock()
        self._drawn: deque[DataKey] = deque()
        self._next_batch = FIRST_BATCH
        self._process = os.getpid()
        self._pages_sql = _pages_sql(engine)
        self._at_hand = _AtHand()

    def draw(self) -> DataKey:
        """A key that nothing was ever sealed with, and nothing else ever will be."""
        with self._lock:
            key = self._draw()
        self._at_hand.keep(key)
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
        """The one key of a subject, such as a person. It is made the first time, on a page of its own."""
        found = self._of_subject(subject)
        if found is not None:
            return found
        key = os.urandom(KEY)
        try:
            with self._engine.begin() as connection:
                row = {"subject": subject, **self._wrapping.wrap({0: key}, subject)}
                made = connection.execute(insert(key_page).values(row).returning(key_page.c.id))
                return DataKey(key_id(made.scalar_one(), 0), key)
        except IntegrityError:
            # Another process made it just now.
            found = self._of_subject(subject)
            assert found is not None
            return found

    def fetch(self, ids: Iterable[int]) -> Fetched:
        """Keys by id, in one SELECT for all that are not at hand. One that is not there is a KeyError."""
        asked = set(ids)
        ready = self._at_hand.among(asked)
        pages = {one // ON_A_PAGE for one in asked.difference(ready)}
        return Fetched(ready, asked, self._pages(list(pages)) if pages else [], self._wrapping)

    def present(self, ids: Iterable[int]) -> set[int]:
        """Which of some keys are in the store."""
        asked = set(ids)
        pages = self._pages(list({page_of(one) for one in asked}))
        return asked.intersection([one for page in pages for one in page.ids()])

    def destroy(self, ids: Iterable[int]) -> None:
        """Destroy these keys and no other. The words that they sealed are gone from every copy of the record; not
        from a backup of the keys. On PostgreSQL the old rows leave the disk when the database next vacuums.
        """
        gone = set(ids)
        with self._engine.begin() as connection:
            for number in sorted({page_of(one) for one in gone}):
                while not self._take_out(connection, number, gone):
                    pass  # somebody took another key out of this page just now
        self._at_hand.drop(gone)
        if self._engine.dialect.name == "sqlite":
            _empty_log(self._engine)

    def _take_out(self, connection: Connection, number: int, gone: set[int]) -> bool:
        """Write a page anew without some of its keys; False if it changed since it was read."""
        row = connection.execute(select(key_page).where(key_page.c.id == number)).first()
        page = Page(*row) if row is not None else None
        if page is None or gone.isdisjoint(page.ids()):
            return True
        as_read = (key_page.c.id == number) & (key_page.c.wrapped == page.wrapped)
        left = {one % ON_A_PAGE: key for one, key in self._wrapping.unwrap(page).items() if one not in gone}
        if not left:
            return connection.execute(delete(key_page).where(as_read)).rowcount == 1
        anew = self._wrapping.wrap(left, page.subject)
        return connection.execute(update(key_page).where(as_read).values(anew)).rowcount == 1

    def check(self) -> None:
        """KeyWrong unless this key-encryption key opens the store. A store without keys opens with any."""
        with self._engine.connect() as connection:
            row = connection.execute(select(key_page).limit(1)).first()
        if row is not None:
            self._wrapping.unwrap(Page(*row))

    def _pages(self, numbers: list[int]) -> list[Page]:
        parameter: Any = json.dumps(numbers) if self._engine.dialect.name == "sqlite" else numbers
        # The driver's own: a connection and rows of SQLAlchemy's cost more than opening the words.
        with closing(self._engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            cursor.execute(self._pages_sql, (parameter,))
            return [Page(*row) for row in cursor.fetchall()]

    def _of_subject(self, subject: str) -> DataKey | None:
        with self._engine.connect() as connection:
            row = connection.execute(select(key_page).where(key_page.c.subject == subject)).first()
        if row is None:
            return None
        ((one, key),) = self._wrapping.unwrap(Page(*row)).items()
        return DataKey(one, key)

    def _make_batch(self) -> None:
        keys = [os.urandom(KEY) for _ in range(self._next_batch)]
        pages = [keys[at : at + ON_A_PAGE] for at in range(0, len(keys), ON_A_PAGE)]
        statement = insert(key_page).returning(key_page.c.id, sort_by_parameter_order=True)
        with self._engine.begin() as connection:
            rows = [{"subject": None, **self._wrapping.wrap(dict(enumerate(page)), None)} for page in pages]
            numbers = connection.execute(statement, rows).scalars().all()
        for number, page in zip(numbers, pages, strict=True):
            self._drawn.extend(DataKey(key_id(number, slot), key) for slot, key in enumerate(page))
        self._next_batch = min(self._next_batch * 2, LARGEST_BATCH)


def _empty_log(engine: Engine) -> None:
    """Write what SQLite's log holds into the file, where what was there is overwritten, and empty the log."""
    until = time.monotonic() + PATIENCE
    while True:
        with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            ((busy, *_),) = cursor.fetchall()
        if not busy:
            return
        if time.monotonic() > until:
            raise StillInLog(
                "The keys are destroyed, but the log of the key store is in use: destroy them again"
            )
        time.sleep(0.02)


def _pages_sql(engine: Engine) -> str:
    if engine.dialect.name == "sqlite":
        return "SELECT id, subject, slots, wrapped FROM key_page WHERE id IN (SELECT value FROM json_each(?))"
    return "SELECT id, subject, slots, wrapped FROM key_page WHERE id = ANY(%s)"
