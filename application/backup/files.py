"""The files of a backup: copied whole, or refused with the reason."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path


class BackupRefused(Exception):
    """The backup or the restore cannot be done. Its text is one line that says why."""


@contextlib.contextmanager
def made_whole(target: Path) -> Iterator[Path]:
    """A file beside the target, which only its owner reads, and which becomes the target when it is complete."""
    making = target.with_name(f".{target.name}.{os.getpid()}.making")
    try:
        os.close(os.open(making, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as problem:
        raise BackupRefused(f"{target} cannot be written: {problem.strerror}") from None
    try:
        yield making
        making.rename(target)
    finally:
        making.unlink(missing_ok=True)


def copy_store(source: Path, target: Path) -> None:
    """A consistent copy of an SQLite file in use, in one file of its own."""
    try:
        with closing(opened(source, "ro")) as reading, closing(opened(target, "rw")) as writing:
            reading.backup(writing)
        in_one_file(target)
    except sqlite3.Error as problem:
        raise BackupRefused(f"{source} cannot be copied: {problem}") from None


def opened(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True, timeout=5)


def has_table(file: Path, table: str) -> bool:
    with closing(opened(file, "ro")) as connection:
        found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
        return found.fetchone() is not None


def in_one_file(file: Path) -> None:
    with closing(opened(file, "rw")) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def refused_unless(true: bool, message: str) -> None:
    if not true:
        raise BackupRefused(message)
