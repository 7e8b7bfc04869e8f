"""Makes views again from the record: a second edition beside the live one, compared with it, and swapped in.

Nothing here writes to the record. Killed at any moment, it leaves the live views as they were; the next rebuild
clears away what it left.
"""

from __future__ import annotations

import fcntl
import gc
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, and_, inspect, or_, select, text

from application.codec import Unreadable
from application.recording import Recorder
from application.schema import NotReady
from application.stores import Stores
from projections import checkpoints, observations, sought
from projections.checkpoints import CHECKPOINT, Checkpoint
from projections.tables import ReadModel
from projections.writing import (
    RowsFailed,
    Writing,
    Writings,
    by_stream,
    create,
    create_indexes,
    driver_cursor,
    edition_of,
    owner_of,
    tell,
)

CHUNK = 2_000
"""Facts that are read and written at once: with the last stream's rest, what bounds the memory a rebuild takes."""

MOST_DIFFERENCES = 100
_ONE_REBUILD = 0x_CA5E_B004

Progress = Callable[[int, int], None]
"""Told how many facts were walked so far, and about how many there are."""


class RebuildFailed(NotReady):
    """The record could not be read or replayed. No view was changed."""

    def __init__(self, problem: Exception) -> None:
        super().__init__(f"No view was changed: {problem}")


class RebuildRunning(NotReady):
    def __init__(self) -> None:
        super().__init__("Another rebuild is running: wait for it to end")


class Difference(NamedTuple):
    """A row that a rebuilt view has otherwise than the live one had it: missing, extra or different in the live one."""

    view: str
    table: str
    stream: str
    key: str
    live: str


@dataclass
class Certificate:
    """What a rebuild found. `compared` are the views that were live, in this shape, to be compared with.

    `differences` are at most a hundred of each table: rows that the live views had otherwise. `failed` are views that
    could not be made, with why; they were left as they are. `facts` and `rows` were walked and written.
    """

    facts: int = 0
    rows: int = 0
    rebuilt: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    differences: list[Difference] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)

    @property
    def equal(self) -> bool:
        """Whether every view that could be compared was found to be what the facts say, and none failed."""
        return not self.differences and not self.failed


class Rebuild:
    """One rebuild of some views. `known` are all there are: tables of no known view are cleared away."""

    def __init__(
        self,
        stores: Stores,
        models: Iterable[ReadModel],
        shapes: dict[str, str],
        known: Collection[ReadModel],
    ) -> None:
        self.stores = stores
        self.models = list(models)
        self.shapes = shapes
        self.known = known
        self.postgres = stores.kind == "postgresql"
        self.certificate = Certificate()

    def run(self, progress: Progress | None = None) -> Certificate:
        with _alone(self.stores), _uncollected():
            if clear_damaged(self.stores):
                self.models = list(self.known)
            self.stores.make_views_store()
            edition = self._begin()
            upto = self.recorder.last_position()
            try:
                for category in dict.fromkeys(model.category for model in self.models):
                    self._fill(category, edition, upto, progress)
            except (RowsFailed, Unreadable) as problem:
                raise RebuildFailed(problem) from problem
            self._index(edition)
            self._compare(edition, upto)
            self._swap(edition, upto)
            _empty_log(self.stores)
            self.certificate.rebuilt = tuple(model.name for model in self.models)
        return self.certificate

    @property
    def recorder(self) -> Recorder:
        return self.stores.recorder

    # --- the second edition ------------------------------------------------------------------------------------

    def _begin(self) -> int:
        """Clear away what killed rebuilds left, and make the tables of an edition of its own."""
        with self.stores.views_engine_write.begin() as connection:
            checkpoints.alone(connection)
            CHECKPOINT.create(connection, checkfirst=True)
            tables = inspect(connection).get_table_names()
            kept = {table.name for model in self.known for table in model.tables} | {CHECKPOINT.name}
            kept |= observations.NAMES
            for name in sorted(set(tables) - kept - sought.beside(self.known)):
                # An index is before those it consists of, which go with it.
                connection.execute(text(f'DROP TABLE IF EXISTS "{name}"'))
            views = [model.name for model in self.known]
            connection.execute(CHECKPOINT.delete().where(CHECKPOINT.c.view.not_in(views)))
            edition = checkpoints.next_edition(connection)
            for model in self.models:
                for table in model.tables:
                    create(connection, edition_of(table, edition))
        return edition

    def _fill(self, category: str, edition: int, upto: int, progress: Progress | None) -> None:
        """Walk every stream of a category, whole and one after another, and write its rows."""
        after = ""
        while True:
            facts = self.recorder.streams_in_order(after, CHUNK, upto, category, opened=True)
            if not facts:
                return
            self._insert(category, edition, tell(by_stream(facts)).get(category, []))
            after = facts[-1].stream
            self.certificate.facts += len(facts)
            if progress is not None:
                progress(self.certificate.facts, upto)

    def _insert(self, category: str, edition: int, told: list[Any]) -> None:
        while models := [model for model in self.models if model.category == category]:
            writing = Writing(models, postgres=self.postgres, suffix=f"__{edition}")
            try:
                with self.stores.views_engine_write.begin() as connection:
                    self.certificate.rows += writing.insert(connection, told)
                return
            except RowsFailed:
                self._leave_out_failing(models, told)

    def _leave_out_failing(self, models: list[ReadModel], told: list[Any]) -> None:
        """Find which read models cannot make these rows, and go on without them."""
        for model in models:
            for _, story, where in told:
                try:
                    for row in model.rows(story):
                        row.values()
                except Exception as problem:  # noqa: BLE001 - whatever a read model may raise
                    self.certificate.failed[model.name] = str(RowsFailed(where, problem))
                    self.models.remove(model)
                    break

    def _index(self, edition: int) -> None:
        for model in self.models:
            for table in model.tables:
                with self.stores.views_engine_write.begin() as connection:
                    create_indexes(connection, edition_of(table, edition), edition)

    # --- compared with the live one ----------------------------------------------------------------------------

    def _compare(self, edition: int, upto: int) -> None:
        """List what the live views have otherwise. Streams that moved between the two positions are left out."""
        with self.stores.views_engine_read.connect() as connection:
            live = checkpoints.read(connection)
            for model in self.models:
                place = live.get(model.name)
                if (
                    place is None
                    or place.shape != self.shapes[model.name]
                    or not _all_there(connection, model)
                ):
                    continue
                moved = self._moved(model, place, upto)
                for table in model.tables:
                    self.certificate.differences += [
                        Difference(model.name, table.name, str(stream), str(key), what)
                        for stream, key, what in _differences(
                            connection, table, edition_of(table, edition), moved
                        )
                    ]
                self.certificate.compared += (model.name,)

    def _moved(self, model: ReadModel, place: Checkpoint, upto: int) -> list[str]:
        between = sorted((place.position, upto))
        touched = self.recorder.streams_touched(*between)
        return [owner_of(stream) for stream in touched if stream.startswith(f"{model.category}-")]

    # --- swapped -----------------------------------------------------------------------------------------------

    def _swap(self, edition: int, upto: int) -> None:
        """Put the new edition in the live one's place, and in the same transaction bring it as far as that was."""
        with self.stores.views_engine_write.begin() as connection:
            checkpoints.alone(connection)
            found = checkpoints.read(connection)
            furthest, last = upto, self.recorder.last_position()
            for model in self.models:
                for table in model.tables:
                    connection.execute(text(f"DROP TABLE IF EXISTS {table.name}"))
                    connection.execute(text(f"ALTER TABLE {table.name}__{edition} RENAME TO {table.name}"))
                    sought.swapped(connection, table, edition)
                if (place := found.get(model.name)) is not None:
                    # No further than the record goes: what is ahead of it is another's.
                    furthest = max(furthest, min(place.position, last))
            if furthest > upto and self.models:
                touched = self.recorder.streams_touched(upto, furthest)
                told = tell(by_stream(self.recorder.facts_of(touched, furthest)))
                with driver_cursor(connection) as cursor:
                    Writings(self.models, postgres=self.postgres).update(cursor, told, upto)
            for model in self.models:
                checkpoints.place(connection, model.name, furthest, self.shapes[model.name], edition)


def clear_damaged(stores: Stores) -> bool:
    """Take away a file of views that SQLite cannot read as one. Whether there was such a file."""
    if stores.kind != "sqlite" or not stores.views_exist():
        return False
    file = stores.views_file
    try:
        with closing(
            sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=5)
        ) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok":
                return False
    except sqlite3.OperationalError:
        return False  # busy, or not to be opened: nothing is known of what is in it
    except sqlite3.DatabaseError:
        pass
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        file.with_name(name).unlink(missing_ok=True)
    return True


def _empty_log(stores: Stores) -> None:
    """What the views held before is in SQLite's log too. Where a reader is in the way, it goes when that one has read."""
    if stores.kind == "sqlite":
        with closing(sqlite3.connect(stores.views_file, timeout=5)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _alone(stores: Stores) -> Iterator[None]:
    """One rebuild at a time. The lock ends with the process, however that ends."""
    if stores.kind == "postgresql":
        with stores.record_engine.connect() as connection:
            number = {"number": _ONE_REBUILD}
            if not connection.execute(text("SELECT pg_try_advisory_xact_lock(:number)"), number).scalar_one():
                raise RebuildRunning
            yield
        return
    with stores.views_file.with_name("rebuild.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RebuildRunning from None
        yield


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles among objects: facts, stories and rows are in none, and each is let go of in turn."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _all_there(connection: Connection, model: ReadModel) -> bool:
    there = inspect(connection).get_table_names()
    return all(table.name in there for table in model.tables)


def _differences(
    connection: Connection, live: Table, new: Table, moved: list[str]
) -> Iterator[tuple[object, object, str]]:
    """Rows of one table that differ between two editions, those of streams that moved left out."""
    keys = [column.name for column in live.primary_key]
    same = and_(*(live.c[key] == new.c[key] for key in keys))
    otherwise = or_(
        *(
            live.c[column.name].is_distinct_from(new.c[column.name])
            for column in live.c
            if column.name not in keys
        )
    )
    for what, some, others, condition in (
        ("missing", new, live, live.c[keys[0]].is_(None)),
        ("extra", live, new, new.c[keys[0]].is_(None)),
        ("different", new, live, otherwise),
    ):
        joined = some.join(others, same, isouter=what != "different")
        query = select(*(some.c[key] for key in keys)).select_from(joined).where(condition)
        if moved:
            query = query.where(_not_among(connection, some, moved))
        for stream, *key in connection.execute(
            query.order_by(*(some.c[key] for key in keys)).limit(MOST_DIFFERENCES)
        ):
            yield stream, key[0] if key else "", what


def _not_among(connection: Connection, table: Table, streams: list[str]) -> Any:
    """That a row's stream is none of these, however many they are: one parameter."""
    column = next(iter(table.c))
    if connection.dialect.name == "postgresql":
        return column != text("ALL(:moved)").bindparams(moved=streams)
    return column.not_in(text("(SELECT value FROM json_each(:moved))").bindparams(moved=json.dumps(streams)))
