"""The record in PostgreSQL's schema `record`: the library's recorder, pinned to one table and made strict.

Its role needs no right but SELECT and INSERT. Writers queue for an advisory lock, so that positions are given in the
order of commits and a reader who follows the record by position passes over nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eventsourcing.persistence import InterfaceError, OperationalError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from eventsourcing.utils import retry
from psycopg.rows import dict_row, tuple_row

from application.at_hand import HistoriesAtHand
from application.codec import Codec
from application.recording import TABLE, Recorder, Sent, command_rows

BUSY_SECONDS = 5
SCHEMA = "record"

ONE_WRITER = 0x_CA5E_B001
"""The number of the advisory lock that writers of the record queue for."""

_COMMIT = f"""
    WITH alone AS MATERIALIZED (SELECT pg_advisory_xact_lock({ONE_WRITER})),
    recorded AS (
        INSERT INTO {SCHEMA}.{TABLE} (originator_id, originator_version, topic, state)
        SELECT stream, version, topic, state
        FROM alone, unnest(%s::text[], %s::bigint[], %s::text[], %s::bytea[]) WITH ORDINALITY
             AS given (stream, version, topic, state, at)
        ORDER BY at
        RETURNING notification_id AS position
    ),
    numbered AS (SELECT position, row_number() OVER (ORDER BY position) AS number FROM recorded),
    remembered AS (
        INSERT INTO {SCHEMA}.command
        SELECT sent.id, digest, first.position, last.position
        FROM unnest(%s::text[], %s::bytea[], %s::bigint[], %s::bigint[]) AS sent (id, digest, first, last)
        JOIN numbered AS first ON first.number = sent.first
        JOIN numbered AS last ON last.number = sent.last
    )
    SELECT position FROM numbered ORDER BY position
"""  # noqa: S608
"""A commit is one statement, one round trip. Positions are drawn when rows are inserted, which is after the lock is
taken: the order of positions is the order of commits. The lock ends with the statement.
"""

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
        self.pool.kwargs = {
            "row_factory": dict_row,
            "connect_timeout": BUSY_SECONDS,
            "options": f"-c lock_timeout={BUSY_SECONDS}s",
        }

    def register_type_adapters(self) -> None:
        """Nothing to register: facts are inserted as four arrays, not as a composite type of the library's."""


class PostgresRecord(Recorder, PostgresApplicationRecorder):
    """Facts by `notification_id`, which may leave gaps."""

    position_column = "notification_id"
    schema = f"{SCHEMA}."
    mark = "%s"

    def __init__(self, url: str, codec: Codec) -> None:
        PostgresApplicationRecorder.__init__(self, _Datastore(url), events_table_name=TABLE)
        self.codec, self.at_hand = codec, HistoriesAtHand()

    def insert(self, stored: Sequence[StoredEvent], sent: Sequence[Sent]) -> Sequence[int]:
        # Not the library's: it takes several round trips, and would retry ten times; after a lost acknowledgement it
        # would then report a conflict with ourselves.
        facts = zip(*((e.originator_id, e.originator_version, e.topic, e.state) for e in stored), strict=True)
        commands = zip(*command_rows(sent, range(1, len(stored) + 1)), strict=True)
        columns = [list(column) for column in (*facts, *commands)]
        with (
            self.datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row, binary=True) as cursor,
        ):
            return [position for (position,) in cursor.execute(_COMMIT, columns).fetchall()]

    @_reading
    def _rows(
        self, ending: str, parameters: Sequence[Any], what: str | None = None, table: str = TABLE
    ) -> list[Any]:
        columns = what or "notification_id, originator_id, originator_version, topic, state"
        where = table if table.startswith("(") else self.schema + table
        query = f"SELECT {columns} FROM {where} {ending}"  # noqa: S608
        with (
            self.datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row, binary=True) as cursor,
        ):
            return cursor.execute(query, parameters).fetchall()

    def close(self) -> None:
        self.datastore.close()
