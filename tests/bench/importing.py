"""The national register taken in: the one that CASEBOOK_DATA holds, or a made one of the same layout and size."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from application.casebook import Casebook
from application.register import import_register
from domain.register import EPRACCUR, Outcome
from domain.rules import operator
from projections.catch_up import Views
from tests.bench.lines import Line, median, timed
from tests.bench.places import Bench

ROWS = 12_705
PRACTICES = 7_851
"""As many as the edition of 2015 has: rows, and active GP practices among them."""


def measure(bench: Bench) -> Iterator[Line]:
    file = None if bench.small else _published()
    if file is None:
        file = _made(bench.folder / "epraccur.csv", bench.some(ROWS, 100))
    rates, cpu, shown, again = [], [], [], []
    for _ in range(bench.some(3, 1)):
        with bench.stores() as stores:
            ids = count()

            def new_id(prefix: str, ids: Iterator[int] = ids) -> str:
                return f"{prefix}-{next(ids):08d}"

            book = Casebook(stores, clock=lambda: datetime.now(UTC), ids=new_id)
            with timed() as watch:
                imported = import_register(book, file, operator(book.clock()))
            with timed() as views_watch:
                assert not Views(stores).catch_up()
            with timed() as again_watch:
                import_register(book, file, operator(book.clock()))
        rates.append(imported.rows / watch.seconds)
        cpu.append(imported.rows / watch.cpu)
        shown.append(imported.rows / (watch.seconds + views_watch.seconds))
        again.append(imported.rows / again_watch.seconds)
    told = f"{imported.rows} rows of {'a made register' if file.parent == bench.folder else file.name}"
    yield Line(
        name="import-register",
        value=median(rates),
        unit="rows/s",
        goal=1_500,
        cpu=median(cpu),
        rounds=tuple(rates),
        note=f"{told}: {imported.counts[Outcome.REGISTERED]} registered",
    )
    yield Line(
        name="import-register-shown",
        value=median(shown),
        unit="rows/s",
        goal=1_500,
        rounds=tuple(shown),
        note="the same, until every view shows it",
    )
    yield Line(
        name="import-register-again", value=median(again), unit="rows/s", note="the same file once more"
    )


def _published() -> Path | None:
    """The real register, where there is one."""
    data = os.environ.get("CASEBOOK_DATA")
    found = sorted(Path(data).glob(f"{EPRACCUR}*.csv.gz")) if data else []
    return found[0] if found else None


def _made(file: Path, rows: int) -> Path:
    """A register in the published layout: practices, closed ones, and rows of other settings."""
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        for number in range(rows):
            practice = number % ROWS < PRACTICES
            closed = not practice and number % 3 == 0
            writer.writerow(
                [
                    f"X{number:05d}", f"{number} MADE SURGERY", f"Y{50 + number % 4}", f"Q{70 + number % 13}",
                    f"{number % 97 + 1} MADE STREET", "", "MADETOWN", "MADESHIRE", "", f"ZZ{number % 90 + 10} 1AA",
                    "19740401", "20120331" if closed else "", "C" if closed else "A", "B", f"{number % 209:02d}K",
                    "20130401", "", f"01632 {number:06d}", "", "", "", "0", "", f"{number % 209:02d}K", "",
                    "4" if practice or closed else "0", "",
                ]
            )  # fmt: skip
    return file
