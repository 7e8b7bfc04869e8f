"""A page of a list of what there is of many practices: with their names, of those in scope, and how many there are in all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, and_, func, select

from domain.access.permissions import Scope
from projections import caseload
from projections.whose import in_scope, standing_on

R = TypeVar("R")

C, N = caseload.TABLE.c, caseload.NAME.c


class Found(NamedTuple, Generic[R]):
    """A page of rows; the last page there is, where a later one was asked for."""

    rows: list[R]
    page: int
    pages: int
    total: int


class Listed(Generic[R]):
    """Rows of a view's table, in an order, each read with its practice's name as `practice`."""

    def __init__(
        self, table: Table, order: Sequence[ColumnElement[Any]], read: Callable[[Any], R], *, page_size: int
    ) -> None:
        self._together = table.join(caseload.TABLE, C.code == table.c.code).join(
            caseload.NAME, N.code == table.c.code
        )
        self._rows = select(table, N.name.label("practice")).select_from(self._together).order_by(*order)
        self._read = read
        self._page_size = page_size

    def find(
        self,
        reading: Connection,
        scope: Scope,
        today: date,
        *where: ColumnElement[bool],
        page: int = 1,
        page_size: int | None = None,
    ) -> Found[R]:
        """One page of those that are of the practices in scope and meet the conditions."""
        size = page_size or self._page_size
        there = self._there(scope, today, *where)
        total = reading.execute(select(func.count()).select_from(self._together).where(there)).scalar_one()
        pages = max(1, -(-total // size))
        page = min(max(page, 1), pages)
        rows = reading.execute(self._rows.where(there).limit(size).offset((page - 1) * size))
        return Found([self._read(row) for row in rows], page, pages, total)

    def counted(
        self, reading: Connection, scope: Scope, today: date, *where: ColumnElement[bool], by: Sequence[Any]
    ) -> list[Any]:
        """How many there are of each value of some columns, in their order: the values, then the number."""
        query = select(*by, func.count().label("number")).select_from(self._together)
        return list(
            reading.execute(query.where(self._there(scope, today, *where)).group_by(*by).order_by(*by))
        )

    def _there(self, scope: Scope, today: date, *where: ColumnElement[bool]) -> ColumnElement[bool]:
        return and_(standing_on(today), in_scope(scope), *where)
