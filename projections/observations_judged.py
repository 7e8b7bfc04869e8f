"""The published numbers as they are judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from application.casebook import Casebook
from application.releases.found import Read
from projections.observations import OBSERVATION
from projections.observations_loaded import Progress, catch_up


class Observations:
    """The numbers that stand, for whoever publishes more of them."""

    def __init__(self, casebook: Casebook, progress: Progress = lambda _done, _of: None) -> None:
        self.casebook = casebook
        self.progress = progress

    def rows(self, indicator: str, wanted: Sequence[str], without: str | None) -> list[Any]:
        """(period, code, numerator, denominator, value), but those of a release that is about to be replaced."""
        c = OBSERVATION.c
        query = select(c.period, c.code, c.numerator, c.denominator, c.value).where(
            c.indicator == indicator, c.period.in_(list(wanted))
        )
        if without is not None:
            query = query.where(c.release != without)
        with self.casebook.stores.views_engine_read.connect() as connection:
            compiled = query.compile(dialect=connection.dialect, compile_kwargs={"render_postcompile": True})
            result = connection.exec_driver_sql(str(compiled), _parameters(compiled))
            cursor: Any = result.cursor
            return list(cursor.fetchall())

    def releases_of(self, indicator: str, period: str) -> dict[str, str]:
        """Of which release each practice's number in a period is."""
        c = OBSERVATION.c
        query = select(c.code, c.release).where(c.indicator == indicator, c.period == period)
        with self.casebook.stores.views_engine_read.connect() as connection:
            return {row.code: row.release for row in connection.execute(query)}

    def catch_up(self, parsed: Mapping[str, Read]) -> None:
        catch_up(self.casebook, parsed, self.progress)


def _parameters(compiled: Any) -> Any:
    """As the driver takes them: by place on SQLite, by name on PostgreSQL."""
    if compiled.positional:
        return tuple(compiled.params[name] for name in compiled.positiontup)
    return compiled.params
