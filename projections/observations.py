"""Published numbers: a row for each practice, indicator and period, read from the files of the releases that stand.

They are no facts of a stream, so they are no view of one: what they are made from is the kept files, in the order in which
their releases were published. Of two releases that have one number, the later stands. They are looked up by indicator
and period, in which order they lie; a practice's own are found by asking for each period that there is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    Connection,
    Double,
    Integer,
    MetaData,
    Table,
    Text,
    and_,
    delete,
    func,
    inspect,
    or_,
    select,
)

from application.casebook import Casebook
from application.releases.found import Read
from application.releases.standing import Standing, read_again, standing
from application.stores import Stores
from projections import checkpoints
from projections.tables import Sorted

_TABLES = MetaData()

OBSERVATION = Table(
    "observation",
    _TABLES,
    Column("indicator", Sorted, primary_key=True),
    Column("period", Sorted, primary_key=True),
    Column("code", Sorted, primary_key=True),
    Column("numerator", Double),
    Column("denominator", Double),
    Column("value", Double),
    Column("release", Text, nullable=False),
    sqlite_with_rowid=False,
)
PERIOD = Table(
    "observation_period",
    _TABLES,
    Column("indicator", Sorted, primary_key=True),
    Column("period", Sorted, primary_key=True),
    Column("observations", Integer, nullable=False),
)
"""Which periods there are of each indicator, and how many practices have a number in each."""
LOADED = Table(
    "observation_release",
    _TABLES,
    Column("release", Sorted, primary_key=True),
    Column("edition", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("record", Text),
)
"""The releases that the rows are from, as they stood in the record then."""

TABLES = (OBSERVATION, PERIOD, LOADED)
NAMES = frozenset(table.name for table in TABLES)

FEWEST = 5
"""Counts below this are not given out in a file: somebody might be known by them."""

Part = tuple[str, str]
"""An indicator and a period."""
Progress = Callable[[int, int], None]


class Observation(NamedTuple):
    """A number of a practice, as published by a release."""

    indicator: str
    period: str
    code: str
    numerator: float | None
    denominator: float | None
    value: float | None
    release: str


# --- reading ------------------------------------------------------------------------------------------------


def periods(reading: Connection) -> dict[str, list[str]]:
    """The periods that there are of each indicator, in order."""
    found: dict[str, list[str]] = {}
    query = select(PERIOD.c.indicator, PERIOD.c.period).order_by(PERIOD.c.indicator, PERIOD.c.period)
    for indicator, period in reading.execute(query):
        found.setdefault(indicator, []).append(period)
    return found


def of_practice(reading: Connection, code: str, indicator: str | None = None) -> dict[str, list[Observation]]:
    """A practice's numbers by indicator, in order of period."""
    found: dict[str, list[Observation]] = {}
    for one, its_periods in periods(reading).items():
        if indicator is not None and one != indicator:
            continue
        query = select(OBSERVATION).where(
            OBSERVATION.c.indicator == one,
            OBSERVATION.c.period.in_(its_periods),
            OBSERVATION.c.code == code,
        )
        if rows := [Observation(**row) for row in reading.execute(query).mappings()]:
            found[one] = sorted(rows, key=lambda row: row.period)
    return found


def of_period(reading: Connection, indicator: str, period: str) -> list[Observation]:
    """Every practice's number of one indicator in one period, by code."""
    query = (
        select(OBSERVATION)
        .where(OBSERVATION.c.indicator == indicator, OBSERVATION.c.period == period)
        .order_by(OBSERVATION.c.code)
    )
    return [Observation(**row) for row in reading.execute(query).mappings()]


def with_values(reading: Connection, indicator: str, until: str) -> list[str]:
    """The periods of an indicator, up to one, in which any practice has a value or the counts that make one."""
    c = OBSERVATION.c
    counted = and_(c.numerator.is_not(None), c.denominator > 0)
    return [
        period
        for period in periods(reading).get(indicator, ())
        if period <= until
        and reading.execute(
            select(c.code)
            .where(c.indicator == indicator, c.period == period, or_(c.value.is_not(None), counted))
            .limit(1)
        ).first()
    ]


def kept_back(reading: Connection, indicator: str, wanted: Iterable[str], *, share: bool) -> dict[str, int]:
    """By period, of how many practices a count is too small to be given out: it, or of a share what is left of the whole."""
    c = OBSERVATION.c
    small = c.numerator < FEWEST
    if share:
        small = or_(small, c.denominator - c.numerator < FEWEST)
    query = (
        select(c.period, func.count())
        .where(c.indicator == indicator, c.period.in_(list(wanted)), small)
        .group_by(c.period)
    )
    return {row[0]: row[1] for row in reading.execute(query)}


def most_values(reading: Connection, indicator: str, until: str) -> int:
    """In how many periods, up to one, the practice that has most has a value."""
    c = OBSERVATION.c
    of_each = (
        select(func.count(c.value).label("many"))
        .where(c.indicator == indicator, c.period <= until)
        .group_by(c.code)
        .subquery()
    )
    return reading.scalar(select(func.max(of_each.c.many))) or 0


# --- loading ------------------------------------------------------------------------------------------------


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
