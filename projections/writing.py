"""Writing rows into the tables of views: only those that differ, or all of them into a new edition."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.schema import CreateIndex, CreateTable, Index, MetaData

from domain.rules import Recorded
from projections import sought
from projections.story import STORIES
from projections.tables import ReadModel, Row, key_column

Told = tuple[str, Any, str]
"""A stream's column value in its tables, its story, and where it is told to: `practice-X90001/27`."""


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
        self._existing = " UNION ALL ".join(
            f"SELECT {number}, {one.select}" for number, one in enumerate(self.writing)
        )
        among = "= ANY(%s)" if postgres else "IN (SELECT value FROM json_each(?))"
        self._existing_of_one = self._existing.replace(among, "= %s" if postgres else "= ?")

    def update(self, connection: Connection, told: Sequence[Told]) -> None:
        """Make the tables say of these streams what their stories say, touching only the rows that differ."""
        before = self._before(connection, [owner for owner, *_ in told])
        changed: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for owner, story, where in told:
            try:
                for model in self.models:
                    for row in model.rows(story):
                        number = self.numbers[row.table]
                        if before.pop((number, owner, str(row.key)), None) != row.basis:
                            changed[number].append(self.writing[number].row(owner, row))
            except Exception as problem:
                raise RowsFailed(where, problem) from problem
        gone: dict[int, list[tuple[str, ...]]] = defaultdict(list)
        for number, owner, key in before:
            gone[number].append(self.writing[number].key(owner, key))
        with driver_cursor(connection) as cursor, self._sent_together(connection):
            for number, keys in gone.items():
                _execute(cursor, self.writing[number].delete, keys)
            for number, rows in changed.items():
                _execute(cursor, self.writing[number].upsert, rows)

    def _sent_together(self, connection: Connection) -> AbstractContextManager[Any]:
        """On PostgreSQL the statements are sent without waiting for the answer to each; their errors come at the end."""
        driver: Any = connection.connection.driver_connection
        return driver.pipeline() if self.postgres else nullcontext()

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

    def _before(self, connection: Connection, owners: list[str]) -> dict[tuple[int, str, str], str]:
        """What the rows now there were made of."""
        wanted: Any = json.dumps(owners)
        query = self._existing
        if len(owners) == 1:
            (wanted,), query = owners, self._existing_of_one
        elif self.postgres:
            wanted = owners
        with driver_cursor(connection) as cursor:
            cursor.execute(query, (wanted,) * len(self.tables))
            return {(number, owner, key): basis for number, owner, key, basis in cursor.fetchall()}


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

    def update(self, connection: Connection, told: dict[str, list[Told]]) -> None:
        """Make the tables say of these streams what their stories say."""
        for category, writing in self.of.items():
            if category in told:
                writing.update(connection, told[category])


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
