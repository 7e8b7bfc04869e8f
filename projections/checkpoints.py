"""How far each view has followed the record, in which shape, and why it stopped if it did."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from hashlib import sha256
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    func,
    inspect,
    select,
)
from sqlalchemy.schema import CreateTable

from application.schema import NotReady, ViewsMissing
from projections import sought
from projections.tables import ReadModel
from projections.writing import driver_cursor, on_postgres, single_statement

CHECKPOINT = Table(
    "checkpoint",
    MetaData(),
    Column("view", Text, primary_key=True),
    Column("position", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    Column("shape", Text, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("note", Text),
)

_ONE_WRITER = 0x_CA5E_B003
"""The number of the advisory lock that writers of the views of one PostgreSQL database queue for."""


class ViewsOutdated(NotReady):
    """The views are of another shape than this Casebook's: they are made again from the record by a rebuild."""

    def __init__(self, views: Collection[str]) -> None:
        super().__init__(
            f"The views {', '.join(sorted(views))} are of another version: run `casebook rebuild`"
        )


class ViewsOfAnother(ViewsMissing):
    """The views are not of this record, or of it when it held more: for pages they are as good as not there."""

    def __init__(self) -> None:
        NotReady.__init__(self, "The views are of another record: run `casebook rebuild`")


class Checkpoint(NamedTuple):
    """Where a view stands. `note` says why it stopped: an error's name and where, never any words of a fact."""

    view: str
    position: int
    shape: str
    note: str | None

    def is_of(self, shape: str) -> bool:
        """Whether it is of this shape, whatever record it was made from."""
        return self.shape.partition(_OF)[0] == shape.partition(_OF)[0]


_OF = " of "


def bound(shape: str, record_id: str | None) -> str:
    """A shape as a checkpoint holds it: with the record that the view is made from."""
    return f"{shape}{_OF}{record_id}" if record_id else shape


@cache  # a model is what it is for the life of the process, and its digest is asked for with each command
def shape_of(model: ReadModel) -> str:
    """A digest of a view's tables and of the edition of what fills them. Another digest means a rebuild."""
    told = [f"edition {model.edition}"]
    for table in model.tables:
        told += [str(CreateTable(table)), repr(table.info["indexes"]), *sought.shape(table)]
    return sha256("\n".join(told).encode()).hexdigest()[:16]


_READ = "SELECT view, position, shape, note FROM checkpoint"


def read(connection: Connection) -> dict[str, Checkpoint]:
    """Every view's checkpoint, or ViewsMissing."""
    try:
        with driver_cursor(connection) as cursor:
            return _found(cursor)
    except connection.dialect.loaded_dbapi.Error:
        connection.connection.rollback()
        _exist(connection)
        raise


def read_alone(engine: Engine) -> dict[str, Checkpoint]:
    """The same, outside any transaction."""
    try:
        with single_statement(engine) as cursor:
            return _found(cursor)
    except engine.dialect.loaded_dbapi.Error:
        with engine.connect() as connection:
            _exist(connection)
        raise


def _found(cursor: Any) -> dict[str, Checkpoint]:
    cursor.execute(_READ)
    return {row[0]: Checkpoint(*row) for row in cursor.fetchall()}


def _exist(connection: Connection) -> None:
    if not inspect(connection).has_table("checkpoint"):
        raise ViewsMissing from None


def of(engine: Engine, models: Iterable[ReadModel], shapes: dict[str, str]) -> list[Checkpoint]:
    """The checkpoints of these views; ViewsMissing, ViewsOutdated or ViewsOfAnother when they cannot be used as they are."""
    found = read_alone(engine)
    names = [model.name for model in models]
    if not all(name in found for name in names):
        raise ViewsMissing
    others = [name for name in names if found[name].shape != shapes[name]]
    if others:
        outdated = [name for name in others if not found[name].is_of(shapes[name])]
        raise ViewsOutdated(outdated) if outdated else ViewsOfAnother
    return [found[name] for name in names]


def claim(cursor: Any, shapes: Mapping[str, str], after: int, upto: int) -> Any:
    """Move the checkpoints of views of these shapes on, but one that another process moved or made anew, or that has
    stopped. The cursor's `rowcount` says how many were moved: unless all were, what is written with it is rolled back.
    """
    if on_postgres(cursor):
        # A row that another changed while we waited for the lock is looked at again: we claim what is so by then.
        return cursor.execute(
            f"WITH alone AS MATERIALIZED (SELECT pg_advisory_xact_lock({_ONE_WRITER}))"  # noqa: S608
            " UPDATE checkpoint SET position = %s FROM alone"
            " WHERE position = %s AND note IS NULL"
            " AND (view, shape) IN (SELECT * FROM unnest(%s::text[], %s::text[]))",
            (upto, after, list(shapes), list(shapes.values())),
        )
    marks = ", ".join(["(?, ?)"] * len(shapes))
    return cursor.execute(
        "UPDATE checkpoint SET position = ? WHERE position = ? AND note IS NULL"  # noqa: S608
        f" AND (view, shape) IN (VALUES {marks})",
        (upto, after, *chain.from_iterable(shapes.items())),
    )


def alone(connection: Connection) -> None:
    """Wait to be the only writer of views, until the transaction ends. On SQLite every writer is."""
    if connection.dialect.name == "postgresql":
        with driver_cursor(connection) as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_ONE_WRITER,))


def stop(engine: Engine, view: str, after: int, note: str) -> None:
    """Note why a view stopped, unless another process moved it on meanwhile."""
    with engine.begin() as connection:
        connection.execute(
            CHECKPOINT.update()
            .where(CHECKPOINT.c.view == view, CHECKPOINT.c.position == after)
            .values(note=note)
        )


def next_edition(connection: Connection) -> int:
    """The number of the next edition of tables: no live one has it."""
    return 1 + (connection.execute(select(func.max(CHECKPOINT.c.edition))).scalar() or 0)


def place(connection: Connection, view: str, position: int, shape: str, edition: int) -> None:
    """Set a view's checkpoint, whatever it was."""
    found = connection.execute(select(CHECKPOINT.c.view).where(CHECKPOINT.c.view == view)).first()
    values = {"position": position, "shape": shape, "edition": edition, "note": None}
    if found is None:
        connection.execute(CHECKPOINT.insert().values(view=view, **values))
    else:
        connection.execute(CHECKPOINT.update().where(CHECKPOINT.c.view == view).values(**values))
