"""Published numbers: a row for each practice, indicator and period, read from the files of the releases that stand.

They are no facts of a stream, so they are no view of one: what they are made from is the kept files, in the order in which
their releases were published. Of two releases that have one number, the later stands. They are looked up by indicator
and period, in which order they lie; a practice's own are found by asking for each period that there is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Column, Connection, Double, Integer, MetaData, Table, Text, and_, func, or_, select

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


class Observation(NamedTuple):
    """A number of a practice, as published by a release."""

    indicator: str
    period: str
    code: str
    numerator: float | None
    denominator: float | None
    value: float | None
    release: str


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
