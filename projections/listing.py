"""Rows that there may be very many of, of which few are shown: chosen by little of each, then read whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from heapq import nsmallest
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Table, select

from projections import caseload
from projections.mine import Mine
from projections.questions import Question, among
from projections.tables import key_column

N = caseload.NAME.c


Key = tuple[Any, ...]
"""What a row is chosen and ordered by: its code, key and day, and what else was asked for; days as the driver has them."""

Keep = Callable[[Key, Mine], bool]
Order = Callable[[Key, Mine], Any]


class Listed(NamedTuple):
    """The first rows, each with its practice and that practice's name as `practice`, and how many more there were."""

    rows: list[tuple[Any, Mine]]
    left_out: int


class Listing:
    """Rows of a view's table that meet conditions whose values are parameters."""

    def __init__(
        self, table: Table, on: Column[Any], *where: ColumnElement[bool], also: Column[Any] | None = None
    ) -> None:
        key = table.c[str(key_column(table))]
        columns = [table.c.code, key.label("key"), on.label("day")]
        if also is not None:
            columns.append(also.label("also"))
        self._keys = Question(select(*columns).where(*where))
        self._rows = Question(
            select(*table.c, N.name.label("practice"))
            .join_from(table, caseload.NAME, N.code == table.c.code)
            .where(among(table.c.code, "codes"), among(key, "keys"))
        )
        self._key = key.name

    def keys(
        self, reading: Connection, practices: Mapping[str, Mine], keep: Keep | None = None, **given: Any
    ) -> list[tuple[Key, Mine]]:
        """What there is of these practices, in no order."""
        found = self._keys.plain(reading, **given)
        known = [(key, practices[key[0]]) for key in found if key[0] in practices]
        return known if keep is None else [one for one in known if keep(*one)]

    def first(self, reading: Connection, found: list[tuple[Key, Mine]], order: Order, most: int) -> Listed:
        """The first of what was found, in order, and of one rank by code and key."""
        chosen = nsmallest(most, found, key=lambda one: (order(*one), one[0][0], one[0][1]))
        codes, keys = ({key[at] for key, _ in chosen} for at in (0, 1))
        rows = self._rows.of(reading, codes=sorted(codes), keys=sorted(keys)) if chosen else []
        # A key that is a day was chosen as the driver gave it: SQLite's gives days as it wrote them.
        read = {(row.code, str(getattr(row, self._key))): row for row in rows}
        return Listed(
            [(read[key[0], str(key[1])], practice) for key, practice in chosen], len(found) - len(chosen)
        )
