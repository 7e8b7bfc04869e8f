"""How the published numbers of the releases that stand come into their tables."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, delete, func, inspect, select

from application.casebook import Casebook
from application.releases.found import Read
from application.releases.standing import Standing, read_again, standing
from application.stores import Stores
from projections import checkpoints
from projections.observations import LOADED, NAMES, OBSERVATION, PERIOD, TABLES

Part = tuple[str, str]
"""An indicator and a period."""
Progress = Callable[[int, int], None]


def make(connection: Connection) -> None:
    """The tables, where they are not there."""
    for table in TABLES:
        table.create(connection, checkfirst=True)


def catch_up(
    casebook: Casebook,
    parsed: Mapping[str, Read] | None = None,
    progress: Progress = lambda _done, _of: None,
) -> int:
    """Load what was published since, and take out what stands no more. Gives how many rows were written.

    `parsed` are files that were just read. Killed, it leaves what was there.
    """
    stores, stand = casebook.stores, standing(casebook.recorder)
    with stores.make_views_store().begin() as connection:
        checkpoints.alone(connection)
        make(connection)
        loaded = _loaded(connection)
        now = {one.name: _mark(stores, one) for one in stand}
        differing = {name for name in {*loaded, *now} if loaded.get(name) != now.get(name)}
        if not differing:
            return 0
        touched = _touched(
            connection, differing & set(loaded), [one for one in stand if one.name in differing]
        )
        written = load(connection, casebook, stand, touched, parsed or {}, progress)
        _remember(connection, now)
        return written


def load_again(casebook: Casebook, progress: Progress = lambda _done, _of: None) -> tuple[int, list[Part]]:
    """Make all rows again from the kept files. Gives how many there are, and the parts that were otherwise before."""
    with casebook.stores.make_views_store().begin() as connection:
        checkpoints.alone(connection)
        make(connection)
        before = _sums(connection)
        for table in TABLES:
            connection.execute(delete(table))
        stand = standing(casebook.recorder)
        touched = {
            (one.indicator, period) for release in stand for one in release.covers for period in one.periods
        }
        written = load(connection, casebook, stand, touched, {}, progress)
        _remember(connection, {one.name: _mark(casebook.stores, one) for one in stand})
        after = _sums(connection)
    return written, sorted(part for part in {*before, *after} if before.get(part) != after.get(part))


def problem(casebook: Casebook) -> str | None:
    """What is wrong with the rows, in one line; None when they are what the record says."""
    stores, stand = casebook.stores, standing(casebook.recorder)
    with stores.views_engine_read.connect() as connection:
        there = inspect(connection).get_table_names()
        if NAMES - set(there):
            return "are missing: run `casebook rebuild`" if stand else None
        now = {one.name: _mark(stores, one) for one in stand}
        loaded = _loaded(connection)
        if others := sorted(name for name in {*loaded, *now} if loaded.get(name) != now.get(name)):
            return f"are not those of the releases that stand ({', '.join(others)}): run `casebook rebuild`"
        parts = {part: counted for part, (counted, *_) in _sums(connection).items()}
        said = {(row.indicator, row.period): row.observations for row in connection.execute(select(PERIOD))}
        if parts != said:
            return "are not as many as were loaded: run `casebook rebuild`"
    return None


def _mark(stores: Stores, one: Standing) -> tuple[int, int, str | None]:
    return one.edition, one.position, stores.record_id


def _remember(connection: Connection, marks: Mapping[str, tuple[int, int, str | None]]) -> None:
    """Which releases the rows are from, as they stood."""
    connection.execute(delete(LOADED))
    if marks:
        keys = ("release", "edition", "position", "record")
        rows = [dict(zip(keys, (name, *mark), strict=True)) for name, mark in marks.items()]
        connection.execute(LOADED.insert(), rows)


def _loaded(connection: Connection) -> dict[str, tuple[int, int, str | None]]:
    return {
        row.release: (row.edition, row.position, row.record) for row in connection.execute(select(LOADED))
    }


def _sums(connection: Connection) -> dict[Part, tuple[Any, ...]]:
    c = OBSERVATION.c
    query = select(
        c.indicator,
        c.period,
        func.count(),
        func.min(c.code),
        func.max(c.code),
        func.count(c.value),
        func.max(c.value),
        func.min(c.value),
        func.max(c.numerator),
        func.max(c.denominator),
    ).group_by(c.indicator, c.period)
    return {(row[0], row[1]): tuple(row[2:]) for row in connection.execute(query)}


def _touched(connection: Connection, gone: set[str], new: list[Standing]) -> set[Part]:
    touched = {(one.indicator, period) for release in new for one in release.covers for period in one.periods}
    if gone:
        query = (
            select(OBSERVATION.c.indicator, OBSERVATION.c.period)
            .where(OBSERVATION.c.release.in_(gone))
            .distinct()
        )
        touched |= {(indicator, period) for indicator, period in connection.execute(query)}
    return touched


def load(
    connection: Connection,
    casebook: Casebook,
    stand: list[Standing],
    touched: set[Part],
    parsed: Mapping[str, Read] = MappingProxyType({}),
    progress: Progress = lambda _done, _of: None,
) -> int:
    """Write the parts that were touched, from every release that stands and has any of them, the later over the earlier."""
    sources = {part: [one for one in stand if _has(one, part)] for part in touched}
    for indicator, period in sorted(touched):
        for table in (OBSERVATION, PERIOD):
            connection.execute(delete(table).where(table.c.indicator == indicator, table.c.period == period))
    needed = [one for one in stand if any(one in some for some in sources.values())]
    rows: dict[Part, dict[str, tuple[Any, ...]]] = {}
    for done, one in enumerate(needed):
        progress(done, len(needed))
        held = parsed.get(one.name) or read_again(one, casebook.documents, casebook.key_set())
        for indicator, blocks in held.blocks.items():
            for period, block in blocks.items():
                if (indicator, period) not in touched:
                    continue
                part = rows.setdefault((indicator, period), {})
                for at, code in enumerate(block.codes):
                    part[code] = (block.numerators[at], block.denominators[at], block.values[at], one.name)
                if sources[indicator, period][-1] is one:
                    _write(connection, indicator, period, rows.pop((indicator, period)))
    progress(len(needed), len(needed))
    counted = dict.fromkeys(touched, 0)
    c = OBSERVATION.c
    written = 0
    for indicator, period in sorted(counted):
        number = connection.scalar(select(func.count()).where(c.indicator == indicator, c.period == period))
        if number:
            values = {"indicator": indicator, "period": period, "observations": number}
            connection.execute(PERIOD.insert().values(values))
            written += number
    return written


def _has(one: Standing, part: Part) -> bool:
    return any(cover.indicator == part[0] and part[1] in cover.periods for cover in one.covers)


def _write(connection: Connection, indicator: str, period: str, part: dict[str, tuple[Any, ...]]) -> None:
    rows = _plain(indicator, period, part)
    cursor: Any = connection.connection.cursor()
    try:
        if connection.dialect.name == "postgresql":
            with cursor.copy(
                "COPY observation (indicator, period, code, numerator, denominator, value, release) FROM STDIN"
            ) as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany("INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    finally:
        cursor.close()


def _plain(indicator: str, period: str, part: dict[str, tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Rows in the order in which they lie."""
    for code in sorted(part):
        *numbers, release = part[code]
        plain = (None if math.isnan(number) else number for number in numbers)
        yield (indicator, period, code, *plain, release)
