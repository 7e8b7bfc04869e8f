"""Whether the keys of a backup are those of its record."""

from __future__ import annotations

import sqlite3
from collections import deque
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import msgspec

from application.backup.files import BackupRefused, in_one_file, opened, refused_unless
from application.codec import Codec, Row
from application.engines import sqlite_engine
from application.key_pages import Page
from application.keys import KeyStore
from application.opened import what_does_not_open

AT_ONCE = 1_000
SAMPLE = 200
"""Facts at each end of a record whose sealed words are opened, before it is trusted with its keys."""


class BackedUp(NamedTuple):
    facts: int
    last_position: int


def fit(record_copy: Path, keys_copy: Path, key: bytes, file: Path) -> None:
    """BackupRefused unless these keys are those of this record."""
    engine = sqlite_engine(keys_copy)
    try:
        consistent(Codec(KeyStore(engine, key)), record_copy, keys_copy)
    except sqlite3.DatabaseError as problem:
        raise BackupRefused(f"{file} is damaged: {problem}") from None
    finally:
        engine.dispose()
        in_one_file(keys_copy)


def consistent(codec: Codec, record_copy: Path, keys_copy: Path) -> BackedUp:
    """Whether every fact of the copy is readable, every key it needs is in the other copy, and keys open some."""
    facts = position = 0
    first, last = list[Row](), deque[Row](maxlen=SAMPLE)
    with closing(opened(record_copy, "ro")) as record, closing(opened(keys_copy, "ro")) as keys:
        refused_unless(
            record.execute("PRAGMA quick_check").fetchone()[0] == "ok", "The record's copy is damaged"
        )
        pages = keys.execute("SELECT id, subject, slots, wrapped FROM key_page")
        present = {key_id for page in pages for key_id in Page(*page).ids()}
        rows = record.execute(
            "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events ORDER BY rowid"
        )
        while some := rows.fetchmany(AT_ONCE):
            for row in map(Row._make, some):
                position = row.position
                needed = _key_ids(codec, row)
                missing = needed - present
                refused_unless(
                    not missing, f"The fact at position {position} needs key {missing}, which is not there"
                )
                if needed:
                    (first if len(first) < SAMPLE else last).append(row)
            facts += len(some)
    for row, problem in what_does_not_open(codec, [*first, *last]):
        raise BackupRefused(
            f"The keys are not those of this record: {row.stream}/{row.version} does not open. {problem}"
        )
    return BackedUp(facts, position)


def _key_ids(codec: Codec, row: Row) -> set[int]:
    try:
        return codec.key_ids(row.topic, row.state)
    except msgspec.MsgspecError:
        raise BackupRefused(f"The fact at position {row.position} does not read") from None
