"""A release of every indicator for every practice, end to end: received, validated, judged, published, flagged, recorded."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from application.casebook import Casebook
from application.key_set import record_key_set
from application.releases.publishing import Published, publish
from domain.indicators.catalogue import INDICATORS
from domain.indicators.definitions import Definition
from domain.practice.commands import RegisterPractice
from domain.practice.kinds import IndicatorModel, PeriodLength
from domain.rules import operator
from projections.catch_up import Views
from projections.observations_judged import Observations
from tests.bench.lines import Line, timed
from tests.bench.places import Bench

PRACTICES = 8_000
HISTORY = 23
"""Periods before the one that is published: 24 in all."""
AT_ONCE = 500


def measure(bench: Bench) -> Iterator[Line]:
    codes = [f"X{number:05}" for number in range(bench.some(PRACTICES, 40))]
    periods = range(bench.some(HISTORY, 3) + 1)
    luck = random.Random(24)
    history = _written(bench.folder / "history.csv.gz", codes, periods[:-1], luck)
    newest = _written(bench.folder / "newest.csv.gz", codes, periods[-1:], luck)
    with bench.stores() as stores:
        numbers = count()
        book = Casebook(
            stores, clock=lambda: datetime.now(UTC), ids=lambda prefix: f"{prefix}-{next(numbers):012x}"
        )
        record_key_set(book)
        _register(book, codes)
        with timed() as before:
            _publish(book, history, "history")
        Views(stores).catch_up()
        with timed() as watch:
            done = _publish(book, newest, "newest")
        with timed() as views:
            Views(stores).catch_up()
        with timed() as again:
            _publish(book, newest, "newest")
    assert done.read is not None
    assert done.flagged is not None
    told = f"{done.read.observations:,} observations after {len(periods) - 1} periods of history"
    yield Line(
        name="release",
        value=watch.seconds,
        unit="s",
        goal=60,
        is_to_be="at most",
        cpu=watch.cpu,
        note=f"{told}: received, validated, judged, published, {done.flagged.raised:,} flags recorded",
    )
    yield Line(name="release-shown", value=views.seconds, unit="s", note="until every view shows its flags")
    yield Line(name="release-again", value=again.seconds, unit="s", note="the same file once more")
    yield Line(name="release-history", value=before.seconds, unit="s", note="its history, as one release")


def _publish(book: Casebook, file: Path, name: str) -> Published:
    return publish(book, Observations(book), name, file, operator(book.clock()))


def _register(book: Casebook, codes: list[str]) -> None:
    for at in range(0, len(codes), AT_ONCE):
        commands = [
            (code, RegisterPractice(code=code, name="A surgery", contract_holder="Q74"), f"register-{code}")
            for code in codes[at : at + AT_ONCE]
        ]
        book.handle_many(commands, operator(book.clock()))


def _written(file: Path, codes: list[str], periods: range, luck: random.Random) -> Path:
    with gzip.open(file, "wt", compresslevel=1) as out:
        out.write("practice,indicator,period,numerator,denominator,value\n")
        for indicator, definition in INDICATORS.items():
            for period in (_period(definition, at) for at in periods):
                out.writelines(
                    f"{code},{indicator},{period},{_numbers(definition, luck)}\n" for code in codes
                )
    return file


def _period(definition: Definition, at: int) -> str:
    """An indicator is published by its own periods."""
    if definition.period == PeriodLength.YEAR:
        return f"{1999 + at}/{at % 100:02}"
    return f"{2010 + at // 4}Q{at % 4 + 1}"


def _numbers(definition: Definition, luck: random.Random) -> str:
    """Practices that are alike but for chance, and some more spread than that."""
    if definition.model == IndicatorModel.STATUS:
        return ",,1"
    if definition.model == IndicatorModel.CONTINUOUS:
        return f",,{luck.gauss(0.5, 0.05):.4f}"
    of = luck.randint(80, 400)
    return f"{min(of, max(0, round(luck.gauss(of * 0.6, of**0.5 * 0.6))))},{of},"
