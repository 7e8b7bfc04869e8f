"""The record in an SQLite file: the library's recorder, pinned to one table and made strict."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from eventsourcing.persistence import OperationalError, StoredEvent
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteTransaction,
)

from application.at_hand import HistoriesAtHand
from application.codec import Codec
from application.recording import TABLE, Recorder, Sent, command_rows

BUSY_SECONDS = 5


class _Transaction(SQLiteTransaction):
    """A writer takes the lock at its beginning: one that read first and then wrote would fail at once when another wrote."""

    def __enter__(self) -> SQLiteCursor:
        if not self.commit:
            return super().__enter__()
        cursor = self.connection.cursor()
        try:
            cursor.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as busy:
            raise OperationalError(busy) from busy
        return cursor


class _Connection(SQLiteConnection):
    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        with _Transaction(self, commit=commit) as cursor, cursor:
            yield cursor


class _Pool(SQLiteConnectionPool):
    def _create_connection(self) -> SQLiteConnection:
        connection = super()._create_connection()._sqlite_conn  # noqa: SLF001
        connection.execute("PRAGMA synchronous=FULL")
        return _Connection(connection, self.max_age)


class _Datastore(SQLiteDatastore):
    def __init__(self, file: Path) -> None:
        super().__init__(f"{file.absolute().as_uri()}?mode=rw", originator_id_type="text")
        # mode=rw: a file that is not there is an error. Only init makes one.
        self.pool = _Pool(db_name=self.pool.db_name, lock_timeout=BUSY_SECONDS, pool_size=8, max_overflow=64)


class SQLiteRecord(Recorder, SQLiteApplicationRecorder):
    """Facts by `rowid`, which is never used twice."""

    position_column = "rowid"
    mark = "?"

    def __init__(self, file: Path, codec: Codec) -> None:
        SQLiteApplicationRecorder.__init__(self, _Datastore(file), TABLE)
        self.codec, self.at_hand = codec, HistoriesAtHand()
        self.insert_events_statement = (
            f"INSERT INTO {TABLE} (originator_id, originator_version, topic, state) VALUES (?,?,?,?)"  # noqa: S608
        )

    def insert(self, stored: Sequence[StoredEvent], sent: Sequence[Sent]) -> Sequence[int]:
        positions = self.insert_events(stored, sent=sent)
        assert positions is not None
        return positions

    def _insert_events(
        self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        positions = super()._insert_events(c, stored_events)
        assert positions is not None
        c.executemany("INSERT INTO command VALUES (?,?,?,?)", command_rows(kwargs["sent"], positions))
        return positions

    def _rows(
        self, ending: str, parameters: Sequence[Any], what: str | None = None, table: str = TABLE
    ) -> list[Any]:
        columns = what or "rowid, originator_id, originator_version, topic, state"
        return self._select(f"SELECT {columns} FROM {table} {ending}", parameters)  # noqa: S608

    def _select(self, query: str, parameters: Sequence[Any]) -> list[Any]:
        with self.datastore.get_connection(commit=False) as connection:
            cursor = connection._sqlite_conn.cursor()  # noqa: SLF001
            with closing(cursor):
                cursor.row_factory = None
                try:
                    return cursor.execute(query, parameters).fetchall()
                except sqlite3.OperationalError as problem:
                    raise OperationalError(problem) from problem

    def close(self) -> None:
        self.datastore.close()
