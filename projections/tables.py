"""What every table of a view is made of, and what a read model is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Column, MetaData, Table, Text

from application.sealing import KeyMissing
from domain.rules import Sealed

VIEWS = MetaData()

ERASED = "(does not open: its key is gone)"

Sorted = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that both databases put in the same order: by its characters, whatever the database's own language."""


def words_or_erased(sealed: Sealed) -> str:
    """What a row says where words stand. Of those whose key is gone it says so: what was erased stops no view."""
    try:
        return sealed.words
    except KeyMissing:
        return ERASED


class Row(NamedTuple):
    """A row as a read model makes it.

    `basis` says what the row is made of, so that one that would come out the same is left alone without opening its
    words: the facts that it draws words from, by version, and whatever else in it may change. `values` makes the
    other columns, as the database takes them.
    """

    table: Table
    key: str | int
    basis: str
    values: Callable[[], Mapping[str, Any]]


@dataclass(frozen=True)
class ReadModel:
    """Tables, and the pure function that makes one stream's rows of them from that stream's whole history.

    `category` is what the names of its streams begin with. `edition` goes up when rows are made otherwise than
    before while their tables stay as they were: it is part of the views' shape, and another shape means a rebuild.
    """

    name: str
    category: str
    tables: tuple[Table, ...]
    rows: Callable[[Any], Iterator[Row]]
    edition: int = 1


def view_table(
    name: str,
    stream: str,
    key: Column[Any] | None,
    *columns: Column[Any],
    indexes: tuple[tuple[str, ...], ...] = (),
    sought: tuple[str, str] | None = None,
) -> Table:
    """A table of a view: rows of a stream (`stream` names the column), told apart by `key` where there are several.

    Indexes are given as the columns they are on: each edition of the table has them under names of its own. `sought`
    are the columns of a row's number and of its words, where words are looked for (`projections/sought.py`).
    """
    first = [Column(stream, Sorted, primary_key=True)]
    if key is not None:
        key.primary_key, key.nullable = True, False
        first.append(key)
    basis = Column("basis", Text, nullable=False)
    info = {"indexes": indexes, "stream": stream, "sought": sought}
    return Table(name, VIEWS, *first, basis, *columns, info=info)


def made_of(*parts: object) -> str:
    """A basis that differs when any of its parts does."""
    return blake2b(msgspec.json.encode(parts), digest_size=12).hexdigest()


@lru_cache(maxsize=8192)
def iso(day: date) -> str:
    """A day as every table holds it. A rebuild asks it of the same few thousand days again and again."""
    return day.isoformat()


def key_column(table: Table) -> str | None:
    """The column that tells a stream's rows of a table apart; None where there is one row only."""
    columns = [column.name for column in table.primary_key]
    return columns[1] if len(columns) > 1 else None
