"""The record in PostgreSQL's schema `record`: the library's recorder, pinned to one table and made strict.

Its role needs no right but SELECT and INSERT. Writers queue for an advisory lock, so that positions are given in the
order of commits and a reader who follows the record by position passes over nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from inspect import unwrap
from typing import Any

from eventsourcing.persistence import InterfaceError, OperationalError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from eventsourcing.utils import retry
from psycopg import Cursor
from psycopg.rows import DictRow, dict_row, tuple_row

from application.codec import Codec
from application.recording import TABLE, Recorder, Sent, command_rows

BUSY_SECONDS = 5
SCHEMA = "record"

ONE_WRITER = 0x_CA5E_B001
"""The number of the advisory lock that writers of the record queue for."""

_INSERT = f"""
    INSERT INTO {SCHEMA}.{TABLE} (originator_id, originator_version, topic, state)
    SELECT stream, version, topic, state
    FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::bytea[]) WITH ORDINALITY
         AS given (stream, version, topic, state, at)
    ORDER BY at
    RETURNING notification_id
"""  # noqa: S608

_reading = retry((InterfaceError, OperationalError), max_attempts=10, wait=0.2)
"""A server that restarts is waited for, as the library does. Reading again does no harm; writing again might."""


class _Datastore(PostgresDatastore):
    def __init__(self, url: str) -> None:
        super().__init__(
            "", "", "", "", "", pool_size=1, max_overflow=15, lock_timeout=BUSY_SECONDS, schema=SCHEMA,
            originator_id_type="text", idle_in_transaction_session_timeout=60,
        )  # fmt: skip
        # The library takes five parts of a URL; a whole one may also name a socket, a certificate or a service.
        self.pool.conninfo = url
        self.pool.kwargs = {"row_factory": dict_row, "connect_timeout": BUSY_SECONDS}

    def register_type_adapters(self) -> None:
        """Nothing to register: facts are inserted as four arrays, not as a composite type of the library's."""


class PostgresRecord(Recorder, PostgresApplicationRecorder):
    """Facts by `notification_id`, which may leave gaps."""

    position_column = "notification_id"
    mark = "%s"

    def __init__(self, url: str, codec: Codec) -> None:
        PostgresApplicationRecorder.__init__(self, _Datastore(url), events_table_name=TABLE)
        self.codec = codec

    def insert(self, stored: Sequence[StoredEvent], sent: Sequence[Sent]) -> Sequence[int]:
        # The library's own retry is taken off: it would wait ten times for a lock, and after a lost acknowledgement
        # it would report a conflict with ourselves.
        positions: Sequence[int] | None = unwrap(PostgresApplicationRecorder.insert_events)(
            self, stored, sent=sent
        )
        assert positions is not None
        return positions

    def _lock_table(self, curs: Cursor[DictRow]) -> None:
        curs.execute(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
        curs.execute("SELECT pg_advisory_xact_lock(%s)", (ONE_WRITER,))

    def _notify_channel(self, curs: Cursor[DictRow]) -> None:
        """Nobody listens: views catch up when they are asked for."""

    def _insert_stored_events(
        self, curs: Cursor[DictRow], stored_events: Sequence[StoredEvent], **_: Any
    ) -> None:
        self._lock_table(curs)
        columns = zip(
            *((e.originator_id, e.originator_version, e.topic, e.state) for e in stored_events), strict=True
        )
        curs.execute(_INSERT, [list(column) for column in columns])

    def _fetch_ids_after_insert_events(
        self, curs: Cursor[DictRow], stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        positions = super()._fetch_ids_after_insert_events(curs, stored_events)
        assert positions is not None
        columns = zip(*command_rows(kwargs["sent"], positions), strict=True)
        curs.execute(
            f"INSERT INTO {SCHEMA}.command"  # noqa: S608
            " SELECT * FROM unnest(%s::text[], %s::bytea[], %s::bigint[], %s::bigint[]) RETURNING id",
            [list(column) for column in columns],
        )
        # Asking for the rows makes a command id that is taken an error here, rather than at the commit.
        curs.fetchall()
        return positions

    @_reading
    def _rows(
        self, ending: str, parameters: Sequence[Any], what: str | None = None, table: str = TABLE
    ) -> list[Any]:
        columns = what or "notification_id, originator_id, originator_version, topic, state"
        query = f"SELECT {columns} FROM {SCHEMA}.{table} {ending}"  # noqa: S608
        with (
            self.datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row, binary=True) as cursor,
        ):
            return cursor.execute(query, parameters).fetchall()

    def close(self) -> None:
        self.datastore.close()
