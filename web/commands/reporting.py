"""What is told of a file of published numbers: how many were reported of each kind, then the first of each, or all."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from application.releases.editions import NothingTaken
from application.releases.found import KINDS, MOST_TOLD, FileRefused, Read, Told
from application.releases.publishing import Published
from web.commands.opening import Opened, opened
from web.commands.printing import progress

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SHOWN = 20
"""Reports of a kind that are named one by one: more would bury what the file comes to."""
MISTAKE = "mistake"
COLUMNS = ("kind", "line", "column", "name", "words")

mapping_option = click.option(
    "--mapping", type=FILE, help="Which columns hold what (TOML), where they are not Casebook's own."
)
report_option = click.option(
    "--report",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write every report and mistake to this file (CSV).",
)
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Read and report, refuse what would be refused, and publish nothing."
)


class Report:
    """A file that takes every report; nothing where none was asked for."""

    def __init__(self, path: Path | None) -> None:
        self.file = path.open("w", newline="", encoding="utf-8") if path else None

    @property
    def most(self) -> int | None:
        """How many reports of a kind are kept for it."""
        return MOST_TOLD if self.file is None else None

    def write(self, rows: Iterator[tuple[str, Told]]) -> None:
        if self.file is None:
            return
        with self.file:
            write = csv.writer(self.file, lineterminator="\n").writerow
            write(COLUMNS)
            for kind, told in rows:
                write((kind, *told))


@contextmanager
def telling(
    email: str | None, task: str, report: Report
) -> Iterator[tuple[Opened, Any, Callable[[str, int, int], None]]]:
    """An installation opened for a release. What is wrong with a file is told line by line before it is refused."""
    from projections.observations_judged import Observations

    with opened(email) as casebook, progress("Publishing") as bar:
        casebook.may(task)

        def show(_what: str, done: int, of: int) -> None:
            bar(done, of)

        try:
            yield casebook, Observations(casebook.casebook), show
        except FileRefused as refused:
            report.write((MISTAKE, one) for one in refused.mistakes)
            if len(refused.mistakes) > 1:
                for mistake in refused.mistakes:
                    click.echo(str(mistake), err=True)
            raise
        except NothingTaken as nothing:
            tell_reported(nothing.read, report)
            raise


def tell(done: Published, report: Report, *, unchanged: str = "unchanged") -> None:
    """What publishing came to, one thing a line."""
    if done.read is not None:
        tell_reported(done.read, report)
        _tell_read(done.read)
        click.echo(f"indicators_defined {len(done.defined)}")
        click.echo(f"indicators {len(done.indicators)}")
    if done.unchanged:
        click.echo(unchanged)
        return
    if done.flagged is None:
        return
    for what in ("raised", "cleared", "withdrawn", "kept", "by_hand"):
        click.echo(f"flags_{what} {getattr(done.flagged, what)}")
    for code, rule in done.flagged.refused:
        click.echo(f"{code} takes no flag: {rule}", err=True)


def tell_validated(done: Published, report: Report) -> None:
    """What a dry run came to."""
    assert done.read is not None
    tell_reported(done.read, report)
    _tell_read(done.read)
    click.echo("unchanged" if done.unchanged else "nothing published: a dry run")


def _tell_read(read: Read) -> None:
    click.echo(f"rows {read.rows}")
    click.echo(f"observations {read.observations}")
    click.echo(f"practices {read.practices}")
    for kind in KINDS:
        click.echo(f"{kind} {read.counts[kind]}")


def tell_reported(read: Read, report: Report) -> None:
    """How many there are of each kind, then the first of each with line and column."""
    report.write(read.reports())
    for kind, words in KINDS.items():
        if number := read.counts[kind]:
            click.echo(f"{number:,} {kind}: {words}", err=True)
    for kind in KINDS:
        told = read.told.get(kind, [])
        for one in told[:SHOWN]:
            click.echo(f"{kind}: {one}", err=True)
        if (more := read.counts[kind] - len(told[:SHOWN])) > 0:
            click.echo(f"{kind}: and {more:,} more; --report FILE writes all", err=True)
