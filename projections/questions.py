"""Questions that pages ask of views again and again: each is put into the database's words once.

SQLAlchemy writes the statement, and knows how each database keeps a day. A page asks some twenty small questions, and
to have SQLAlchemy ask one costs several times what the database needs to answer it.
"""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, ColumnElement, Connection, Date, Dialect, Integer, Select, Text, bindparam
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator, TypeEngine

from projections.writing import driver_cursor

Change = Callable[[Any], Any]


class _Written(NamedTuple):
    """A question in the words of one database: how parameters are given to it, and days read from it."""

    sql: str
    order: list[str] | None
    fixed: Mapping[str, Any]
    given: list[tuple[str, Change]]
    read: list[tuple[int, Change]]


class Question:
    """A SELECT whose parameters are named with `asked`. Its rows have their columns by name."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        names = [column.name for column in statement.selected_columns]
        row: Any = namedtuple("Row", names)  # type: ignore[misc]  # noqa: PYI024
        self._make = row._make
        self._written: dict[str, _Written] = {}

    def of(self, reading: Connection, **given: Any) -> list[Any]:
        """The rows of the answer, in the transaction of a connection."""
        found = self.plain(reading, **given)
        reads = self._written[reading.dialect.name].read
        if not reads:
            return [self._make(row) for row in found]
        return [self._make(_read(row, reads)) for row in found]

    def plain(self, reading: Connection, **given: Any) -> list[tuple[Any, ...]]:
        """The rows as the database's driver gives them, days as it writes them: for thousands of which few are shown."""
        dialect = reading.dialect
        written = self._written.get(dialect.name) or self._write(dialect)
        values = {**written.fixed, **given}
        for name, change in written.given:
            values[name] = change(values[name])
        parameters: Any = values if written.order is None else [values[name] for name in written.order]
        try:
            with driver_cursor(reading) as cursor:
                cursor.execute(written.sql, parameters)
                return list(cursor.fetchall())
        except dialect.loaded_dbapi.Error as problem:
            raise DBAPIError.instance(written.sql, None, problem, dialect.loaded_dbapi.Error) from problem

    def one(self, reading: Connection, **given: Any) -> Any | None:
        """The first row of the answer, if there is any."""
        return next(iter(self.of(reading, **given)), None)

    def _write(self, dialect: Dialect) -> _Written:
        compiled: Any = self._statement.compile(dialect=dialect)
        changes = {
            name: _impl(bind.type, dialect).bind_processor(dialect) for name, bind in compiled.binds.items()
        }
        columns = [_impl(column.type, dialect) for column in self._statement.selected_columns]
        reads = [column.result_processor(dialect, None) for column in columns]
        written = _Written(
            str(compiled),
            compiled.positiontup,
            {name: bind.value for name, bind in compiled.binds.items() if not bind.required},
            [(name, _unless_none(change)) for name, change in changes.items() if change],
            [(at, read) for at, read in enumerate(reads) if read],
        )
        self._written[dialect.name] = written
        return written


def asked(name: str, of: ColumnElement[Any] | TypeEngine[Any] | type[TypeEngine[Any]] = Text) -> Any:
    """A parameter of a question, of the type of a column."""
    return bindparam(name, type_=of.type if isinstance(of, ColumnElement) else of)


class among(ColumnElement[bool]):  # noqa: N801 (it stands in a statement, as `and_` does)
    """Whether a column is one of many values, which are a parameter of the question."""

    inherit_cache = False

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        self.column = column
        self.many = bindparam(name, type_=_Many(column.type))


class words_among(ColumnElement[bool]):  # noqa: N801 (it stands in a statement, as `among` does)
    """Whether every word of a column is one of many values, or with `every` not set, whether any is.

    The values are a parameter of the question, or given at once.
    """

    inherit_cache = False

    def __init__(
        self, column: ColumnElement[Any], name: str, *, every: bool, values: Sequence[str] | None = None
    ) -> None:
        self.column, self.every = column, every
        kind = _Many(Text())
        self.many = (
            bindparam(name, type_=kind)
            if values is None
            else bindparam(name, list(values), type_=kind, unique=True)
        )


class _Many(TypeDecorator[Any]):
    """Many values in one parameter: an array, or on SQLite JSON."""

    impl = Text
    cache_ok = False

    def __init__(self, of: TypeEngine[Any]) -> None:
        super().__init__()
        self._of = of if isinstance(of, Integer | Date) else Text()

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(self._of) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return list(value) if dialect.name == "postgresql" else json.dumps(list(value), default=str)


@compiles(among)
def _among(element: among, compiler: Any, **kw: Any) -> str:
    column, many = compiler.process(element.column, **kw), compiler.process(element.many, **kw)
    if compiler.dialect.name == "postgresql":
        return f"{column} = ANY({many})"
    return f"{column} IN (SELECT value FROM json_each({many}))"  # noqa: S608 (no value stands in it)


@compiles(words_among)
def _words_among(element: words_among, compiler: Any, **kw: Any) -> str:
    column, many = compiler.process(element.column, **kw), compiler.process(element.many, **kw)
    if compiler.dialect.name == "postgresql":
        words, sign = f"string_to_array({column}, ' ')", "<@" if element.every else "&&"
        return f"({words} {sign} CAST({many} AS TEXT[]))"
    stands = f"instr(' ' || {column} || ' ', ' ' || value || ' ') > 0"
    found = f"(SELECT count(*) FROM json_each({many}) WHERE {stands})"  # noqa: S608 (no value stands in it)
    words = f"(length({column}) - length(replace({column}, ' ', '')) + ({column} <> ''))"
    return f"({found} = {words})" if element.every else f"({found} > 0)"


def _impl(kind: TypeEngine[Any], dialect: Dialect) -> Any:
    return kind.dialect_impl(dialect)


def _unless_none(change: Change) -> Change:
    return lambda value: None if value is None else change(value)


def _read(row: Any, reads: list[tuple[int, Change]]) -> list[Any]:
    values = list(row)
    for at, read in reads:
        values[at] = read(values[at])
    return values
