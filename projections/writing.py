"""Writing rows into the tables of views: only those that differ, or all of them into a new edition."""

from __future__ import annotations

import json
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from itertools import groupby
from operator import attrgetter, itemgetter
from threading import Lock
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.schema import CreateIndex, CreateTable, Index, MetaData

from domain.rules import Recorded
from projections import sought
from projections.story import STORIES
from projections.tables import ReadModel, Row, key_column

Told = tuple[str, Any, str]
"""A stream's column value in its tables, its story, and where it is told to: `practice-X90001/27`."""

Bases = dict[tuple[int, str], str]
"""What each row of a stream was made of, by the number of its table and its key."""


class RowsFailed(Exception):
    """A read model could not make its rows of a stream. `where` names the stream and the version it was told to."""

    def __init__(self, where: str, problem: Exception) -> None:
        super().__init__(f"{type(problem).__name__} at {where}")
        self.where = where


def category_of(stream: str) -> str:
    return stream.partition("-")[0]


def owner_of(stream: str) -> str:
    """How a stream's rows name it: a practice or an organisation by code, a person by id, which is the stream."""
    category, _, key = stream.partition("-")
    return stream if category == "person" else key


def by_stream(facts: Iterable[Recorded]) -> Iterable[list[Recorded]]:
    """Whole streams, given one after another, as the history of each."""
    return [list(history) for _, history in groupby(facts, attrgetter("stream"))]


def tell(histories: Iterable[list[Recorded]]) -> dict[str, list[Told]]:
    """The stories of whole streams, by category. Each is replayed once."""
    told: dict[str, list[Told]] = defaultdict(list)
    for history in histories:
        stream = history[0].stream
        category = category_of(stream)
        if category in STORIES:
            where = f"{stream}/{history[-1].version}"
            try:
                told[category].append((owner_of(stream), STORIES[category](history), where))
            except Exception as problem:
                raise RowsFailed(where, problem) from problem
    return told


@contextmanager
def driver_cursor(connection: Connection) -> Iterator[Any]:
    """The driver's own cursor, in the connection's transaction. What a command waits for is mostly small statements,
    and SQLAlchemy's own handling of one costs several times the statement.
    """
    cursor = connection.connection.cursor()
    try:
        yield cursor
    finally:
        cursor.close()


@contextmanager
def single_statement(engine: Engine) -> Iterator[Any]:
    """The driver's own cursor for one statement that stands alone: no transaction is begun and ended around it, which
    would be two more round trips to PostgreSQL. On SQLite a statement stands alone unless something begins.
    """
    pooled = engine.raw_connection()
    driver: Any = pooled.driver_connection
    postgres = engine.dialect.name == "postgresql"
    try:
        if postgres:
            driver.autocommit = True
        try:
            with closing(driver.cursor()) as cursor:
                yield cursor
        finally:
            if postgres and not driver.closed:
                driver.autocommit = False
    finally:
        pooled.close()


@contextmanager
def transaction(engine: Engine) -> Iterator[Any]:
    """The driver's own cursor in a transaction of its own, for the one writer of views that every command waits for."""
    pooled = engine.raw_connection()
    try:
        with closing(pooled.driver_connection.cursor()) as cursor:  # type: ignore[union-attr]
            try:
                if engine.dialect.name == "sqlite":
                    cursor.execute("BEGIN IMMEDIATE")
                yield cursor
                pooled.commit()
            except BaseException:
                pooled.rollback()
                raise
    finally:
        pooled.close()


def on_postgres(cursor: Any) -> bool:
    """Whether it is PostgreSQL's driver that the cursor is of."""
    return hasattr(cursor.connection, "pipeline")


def sent_together(cursor: Any) -> AbstractContextManager[Any]:
    """On PostgreSQL statements are sent without waiting for the answer to each; their errors come at the end."""
    return cursor.connection.pipeline() if on_postgres(cursor) else nullcontext()


def _execute(cursor: Any, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Run a statement for each row. For one row, `executemany` costs PostgreSQL two more round trips."""
    if len(rows) == 1:
        cursor.execute(statement, rows[0])
    else:
        cursor.executemany(statement, rows)


class TableWriting:
    """The statements that write one table, as its database takes them."""

    def __init__(self, table: Table, *, postgres: bool, name: str | None = None) -> None:
        mark = "%s" if postgres else "?"
        stream, key = table.info["stream"], key_column(table)
        keys = [stream] + ([key] if key else [])
        columns = [column.name for column in table.columns if column.name not in {*keys, "basis"}]
        every = [*keys, "basis", *columns]
        name = name or table.name
        self.has_key = key is not None
        self.others = _getter(columns)
        self.insert = f"INSERT INTO {name} ({', '.join(every)}) VALUES ({', '.join([mark] * len(every))})"  # noqa: S608
        updates = ", ".join(f"{column} = excluded.{column}" for column in ["basis", *columns])
        self.upsert = f"{self.insert} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {updates}"
        self.delete = f"DELETE FROM {name} WHERE {' AND '.join(f'{column} = {mark}' for column in keys)}"  # noqa: S608
        owners = "= ANY(%s)" if postgres else "IN (SELECT value FROM json_each(?))"
        written_key = f"CAST({key} AS TEXT)" if key else "''"
        self.select = f"{stream}, {written_key}, basis FROM {name} WHERE {stream} {owners}"

    def row(self, owner: str, row: Row) -> tuple[Any, ...]:
        """The row as parameters of a statement."""
        values = self.others(row.values())
        return (owner, row.key, row.basis, *values) if self.has_key else (owner, row.basis, *values)

    def key(self, owner: str, key: str) -> tuple[str, ...]:
        return (owner, key) if self.has_key else (owner,)


def _getter(columns: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(columns) == 1:
        (only,) = columns
        return lambda values: (values[only],)
    return itemgetter(*columns)


class Written(NamedTuple):
    """What the tables say of a stream at a version of it."""

    version: int
    bases: Bases


STREAMS_AT_HAND = 256
"""Of so many streams it is remembered what is written of them. It holds no words."""


class Writing:
    """Writes the rows of some read models of one category."""

    def __init__(self, models: Collection[ReadModel], *, postgres: bool, suffix: str = "") -> None:
        self.models = tuple(models)
        self.postgres = postgres
        self.tables = [table for model in models for table in model.tables]
        self.numbers = {table: number for number, table in enumerate(self.tables)}
        self.writing = [
            TableWriting(table, postgres=postgres, name=table.name + suffix) for table in self.tables
        ]
        self._written: OrderedDict[str, Written] = OrderedDict()
        self._lock = Lock()
        self._existing = " UNION ALL ".join(
            f"SELECT {number}, {one.select}" for number, one in enumerate(self.writing)
        )
        among = "= ANY(%s)" if postgres else "IN (SELECT value FROM json_each(?))"
        self._existing_of_one = self._existing.replace(among, "= %s" if postgres else "= ?")

    def update(self, cursor: Any, told: Sequence[Told], after: int) -> dict[str, Written]:
        """Make the tables, which say what these streams said at a position, say what their stories say: only the rows
        that differ are touched. Gives what is now written, to be remembered once it is committed.
        """
        before = self._before(cursor, told, after)
        written: dict[str, Written] = {}
        changed: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        gone: dict[int, list[tuple[str, ...]]] = defaultdict(list)
        for owner, story, where in told:
            was = before[owner]
            bases: Bases = {}
            try:
                for model in self.models:
                    for row in model.rows(story):
                        number = self.numbers[row.table]
                        key = number, str(row.key)
                        bases[key] = row.basis
                        if was.get(key) != row.basis:
                            changed[number].append(self.writing[number].row(owner, row))
            except Exception as problem:
                raise RowsFailed(where, problem) from problem
            for number, key_of_row in was.keys() - bases.keys():
                gone[number].append(self.writing[number].key(owner, key_of_row))
            written[owner] = Written(story.history[-1].version, bases)
        for number, keys in gone.items():
            _execute(cursor, self.writing[number].delete, keys)
        for number, rows in changed.items():
            _execute(cursor, self.writing[number].upsert, rows)
        return written

    def remember(self, written: dict[str, Written]) -> None:
        """Keep at hand what is now written of these streams: mostly they are the next to be written of, too."""
        with self._lock:
            for owner, one in written.items():
                self._written.pop(owner, None)
                self._written[owner] = one
            while len(self._written) > STREAMS_AT_HAND:
                self._written.popitem(last=False)

    def insert(self, connection: Connection, told: Sequence[Told]) -> int:
        """Write every row of streams that the tables have nothing of. Gives how many."""
        made: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for owner, story, where in told:
            try:
                for model in self.models:
                    for row in model.rows(story):
                        number = self.numbers[row.table]
                        made[number].append(self.writing[number].row(owner, row))
            except Exception as problem:
                raise RowsFailed(where, problem) from problem
        with driver_cursor(connection) as cursor:
            for number, rows in made.items():
                cursor.executemany(self.writing[number].insert, rows)
        return sum(map(len, made.values()))

    def _before(self, cursor: Any, told: Sequence[Told], after: int) -> dict[str, Bases]:
        """What the rows now there were made of. Rows are a function of a stream's facts alone: those that were written
        of a stream at this version are known, whichever process wrote them.
        """
        found: dict[str, Bases] = {}
        asked: list[str] = []
        for owner, story, _ in told:
            one = self._written.get(owner)
            if one is not None and one.version == _version_at(story.history, after):
                found[owner] = one.bases
            else:
                found[owner] = {}
                asked.append(owner)
        if asked:
            self._read_before(cursor, asked, found)
        return found

    def _read_before(self, cursor: Any, owners: list[str], found: dict[str, Bases]) -> None:
        wanted: Any = json.dumps(owners)
        query = self._existing
        if len(owners) == 1:
            (wanted,), query = owners, self._existing_of_one
        elif self.postgres:
            wanted = owners
        cursor.execute(query, (wanted,) * len(self.tables))
        for number, owner, key, basis in cursor.fetchall():
            found[owner][number, key] = basis


def _version_at(history: Sequence[Recorded], position: int) -> int:
    """The version that a stream had at a position of the record; 0 when it had no facts yet."""
    return next((fact.version for fact in reversed(history) if fact.position <= position), 0)


class Writings:
    """Writes the rows of some read models, whatever their streams."""

    def __init__(self, models: Collection[ReadModel], *, postgres: bool, suffix: str = "") -> None:
        categories = dict.fromkeys(model.category for model in models)
        self.of = {
            category: Writing(
                [model for model in models if model.category == category], postgres=postgres, suffix=suffix
            )
            for category in categories
        }

    def follows(self, stream: str) -> bool:
        """Whether one of the read models makes rows of this stream."""
        return category_of(stream) in self.of

    def update(self, cursor: Any, told: dict[str, list[Told]], after: int) -> dict[str, dict[str, Written]]:
        """Make the tables, which say what these streams said at a position, say what their stories say."""
        return {
            category: writing.update(cursor, told[category], after)
            for category, writing in self.of.items()
            if category in told
        }

    def remember(self, written: dict[str, dict[str, Written]]) -> None:
        """Keep at hand what was written and is now committed."""
        for category, of_streams in written.items():
            self.of[category].remember(of_streams)


# --- editions of tables -------------------------------------------------------------------------------------


def edition_of(table: Table, edition: int) -> Table:
    """A table like this one, beside it."""
    return table.to_metadata(MetaData(), name=f"{table.name}__{edition}")


def create(connection: Connection, table: Table) -> None:
    connection.execute(CreateTable(table))
    sought.made(connection, table)


def create_indexes(connection: Connection, table: Table, edition: int) -> None:
    """The indexes of an edition's table, under names of the edition's own: a rename of the table leaves them."""
    for number, columns in enumerate(table.info["indexes"]):
        name = f"{table.name.partition('__')[0]}_{number}__{edition}"
        connection.execute(CreateIndex(Index(name, *(table.c[column] for column in columns))))
    sought.filled(connection, table)
