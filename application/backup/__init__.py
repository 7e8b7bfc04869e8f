"""Backups of the SQLite stores: the record in one file, its keys in another, and the way back.

Documents that were attached go to a third file beside the record's, sealed as they lie: their keys are in the record,
which opens with the keys' file alone.

The files are consistent with each other because the keys are copied after the record, and keys are only added;
documents are copied after it too, and are there before the record names them. The
record's file opens nothing without the keys' file, so that they can be kept apart and forgotten apart.
"""

from __future__ import annotations

import base64
import contextlib
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from application.backup.documents import copy_documents, documents_beside, put_documents, take_documents
from application.backup.files import (
    BackupRefused,
    copy_store,
    has_table,
    in_one_file,
    made_whole,
    opened,
    refused_unless,
)
from application.backup.fitting import BackedUp, consistent, fit
from application.backup.key import key_of, put_key
from application.documents import FOLDER, Documents, named_in
from application.init import alone, init, make_private
from application.on_disk import on_disk
from application.recording import Recorder, Sent
from application.settings import Settings
from application.stores import RECORD_ID, Stores
from domain.record import RestoredFromBackup
from domain.rules import Asked, Recorded, operator, sealed

STREAM = "record"

_ON_POSTGRES = (
    "On PostgreSQL use its own tools, a file for each schema: pg_dump -Fc -n record, then pg_dump -Fc -n keys;"
    " pg_restore puts them back. Then copy the folder documents of the home, where any document is attached"
)


def backup(stores: Stores, file: Path, key_file: Path) -> BackedUp:
    """Copy the record to one file and its keys to another, while others go on recording."""
    refused_unless(stores.kind == "sqlite", _ON_POSTGRES)
    refused_unless(file.absolute() != key_file.absolute(), "The record and its keys must go to two files")
    documents = documents_beside(file)
    for target in (file, key_file, documents):
        refused_unless(not target.exists(), f"{target} exists: a backup is never written over another file")
    with made_whole(file) as record_copy, made_whole(key_file) as keys_copy:
        copy_store(stores.record_file, record_copy)
        copy_store(stores.keys_file, keys_copy)
        if stores.settings.key is None:
            put_key(keys_copy, stores.settings.key_encryption_key())
        backed_up = consistent(stores.codec, record_copy, keys_copy)
        copy_documents(Documents(stores.settings.home), documents)
        return backed_up


def restore(
    settings: Settings,
    file: Path,
    key_file: Path,
    *,
    command_id: str,
    clock: Callable[[], datetime],
    reason: str | None = None,
    make_views: Callable[[Stores], None] | None = None,
) -> Stores:
    """Put a backup in a home where there is no record, and record that it was. Gives the stores open.

    Everything is made ready and looked at in a folder of its own. What is then put in its place goes last where
    restore looks first: killed at any moment, it can be run again.
    """
    refused_unless(settings.database_url is None, _ON_POSTGRES)
    for source in (file, key_file):
        refused_unless(source.is_file(), f"There is no file {source}")
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone(settings.home), _staged(settings.home) as staging:
        _refuse_to_write_over(settings.home)
        record_copy, keys_copy = staging / "record.db", staging / "keys.db"
        for source, copy in ((key_file, keys_copy), (file, record_copy)):
            copy.touch(mode=0o600)
            copy_store(source, copy)
        refused_unless(has_table(record_copy, "stored_events"), f"{file} is not a backup of a record")
        refused_unless(has_table(keys_copy, "key_page"), f"{key_file} is not a backup of keys")
        key = key_of(settings, keys_copy, key_file)
        fit(record_copy, keys_copy, key, file)
        with closing(init(Settings(home=staging, key=key, secret=secrets.token_urlsafe(48)))) as stores:
            stores.set_mark(RECORD_ID, secrets.token_hex(16))
            if named_in(stores.recorder):
                take_documents(documents_beside(file), staging / FOLDER)
            _record_restored(stores.recorder, operator(clock()), command_id, reason)
        _put_in_place(settings, staging, key)
    return init(settings, make_views)


@contextlib.contextmanager
def _staged(home: Path) -> Iterator[Path]:
    """A folder where a restore is made ready. One that a killed restore left is cleared away."""
    staging = home / ".restoring"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(mode=0o700)
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _refuse_to_write_over(home: Path) -> None:
    """Refused where a store lies, or what a lost one left: SQLite would take its log for the restored store's own."""
    lies = [
        name
        for store in ("record.db", "keys.db")
        for name in (store, f"{store}-wal", f"{store}-shm")
        if (home / name).exists()
    ]
    if lies == ["keys.db"]:
        return  # a killed restore may have left it: _put_in_place looks
    refused_unless(
        not lies,
        f"There is {', '.join(lies)} in {home}: restore never writes over a store. Move it away first",
    )


def _put_in_place(settings: Settings, staging: Path, key: bytes) -> None:
    """The record goes last: without it nothing counts as a store, and this restore may be run again."""
    home = settings.home
    for name in ("record.db", "keys.db"):
        in_one_file(staging / name)
        refused_unless(not (staging / f"{name}-wal").exists(), f"{name} is in use: run the restore again")
    if (home / "keys.db").exists():
        same = _keys_in(home / "keys.db") == _keys_in(staging / "keys.db")
        refused_unless(
            same,
            f"There is a keys.db of other keys in {home}: restore never writes over a store. Move it away",
        )
    for name in ("views.db", "views.db-wal", "views.db-shm"):
        # Of another record, or of this one when it held more. They are made again.
        (home / name).unlink(missing_ok=True)
    if settings.key is None:
        make_private(settings.key_file, base64.b64encode(key))
    put_documents(staging / FOLDER, home / FOLDER)
    for name in ("keys.db", "record.db"):
        (staging / name).rename(home / name)
        on_disk(home)


def _keys_in(file: Path) -> list[Any]:
    try:
        with closing(opened(file, "ro")) as connection:
            return connection.execute(
                "SELECT id, subject, slots, wrapped FROM key_page ORDER BY id"
            ).fetchall()
    except sqlite3.Error as problem:
        raise BackupRefused(f"{file} cannot be read: {problem}. Move it away first") from None


def _record_restored(recorder: Recorder, asked: Asked, command_id: str, reason: str | None) -> None:
    before = recorder.history(STREAM)
    restored = RestoredFromBackup(
        last_position=recorder.last_position(),
        facts=recorder.count(),
        reason=sealed(reason),
        occurred_on=asked.on,
    )
    at = max([asked.at.astimezone(UTC), *(fact.recorded_at for fact in before[-1:])])
    fact = Recorded(
        STREAM, len(before) + 1, 0, at, asked.person, None, asked.role, None, command_id, None, restored
    )  # fmt: skip
    recorder.append([fact], [Sent(command_id, b"", 1)])
