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
import os
import secrets
import shutil
import sqlite3
import tarfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from application.codec import Codec, Row
from application.documents import FOLDER, Documents, named_in
from application.engines import sqlite_engine
from application.init import alone, init, make_private
from application.key_pages import Page
from application.keys import KeyStore, KeyWrong
from application.on_disk import on_disk
from application.opened import what_does_not_open
from application.recording import Recorder, Sent
from application.settings import Settings
from application.stores import RECORD_ID, Stores
from domain.record import RestoredFromBackup
from domain.rules import Asked, Recorded, operator, sealed

STREAM = "record"
AT_ONCE = 1_000
SAMPLE = 200
"""Facts at each end of a record whose sealed words are opened, before it is trusted with its keys."""

_ON_POSTGRES = (
    "On PostgreSQL use its own tools, a file for each schema: pg_dump -Fc -n record, then pg_dump -Fc -n keys;"
    " pg_restore puts them back. Then copy the folder documents of the home, where any document is attached"
)


class BackupRefused(Exception):
    """The backup or the restore cannot be done. Its text is one line that says why."""


class BackedUp(NamedTuple):
    facts: int
    last_position: int


def backup(stores: Stores, file: Path, key_file: Path) -> BackedUp:
    """Copy the record to one file and its keys to another, while others go on recording."""
    _refuse_unless(stores.kind == "sqlite", _ON_POSTGRES)
    _refuse_unless(file.absolute() != key_file.absolute(), "The record and its keys must go to two files")
    documents = documents_beside(file)
    for target in (file, key_file, documents):
        _refuse_unless(not target.exists(), f"{target} exists: a backup is never written over another file")
    with _made_whole(file) as record_copy, _made_whole(key_file) as keys_copy:
        _copy(stores.record_file, record_copy)
        _copy(stores.keys_file, keys_copy)
        if stores.settings.key is None:
            _put_key(keys_copy, stores.settings.key_encryption_key())
        backed_up = _consistent(stores.codec, record_copy, keys_copy)
        _copy_documents(Documents(stores.settings.home), documents)
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
    _refuse_unless(settings.database_url is None, _ON_POSTGRES)
    for source in (file, key_file):
        _refuse_unless(source.is_file(), f"There is no file {source}")
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone(settings.home), _staged(settings.home) as staging:
        _refuse_to_write_over(settings.home)
        record_copy, keys_copy = staging / "record.db", staging / "keys.db"
        for source, copy in ((key_file, keys_copy), (file, record_copy)):
            copy.touch(mode=0o600)
            _copy(source, copy)
        _refuse_unless(_has_table(record_copy, "stored_events"), f"{file} is not a backup of a record")
        _refuse_unless(_has_table(keys_copy, "key_page"), f"{key_file} is not a backup of keys")
        key = _key_of(settings, keys_copy, key_file)
        _fit(record_copy, keys_copy, key, file)
        with closing(init(Settings(home=staging, key=key, secret=secrets.token_urlsafe(48)))) as stores:
            stores.set_mark(RECORD_ID, secrets.token_hex(16))
            if named_in(stores.recorder):
                _take_documents(documents_beside(file), staging / FOLDER)
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
    _refuse_unless(
        not lies,
        f"There is {', '.join(lies)} in {home}: restore never writes over a store. Move it away first",
    )


def _put_in_place(settings: Settings, staging: Path, key: bytes) -> None:
    """The record goes last: without it nothing counts as a store, and this restore may be run again."""
    home = settings.home
    for name in ("record.db", "keys.db"):
        _in_one_file(staging / name)
        _refuse_unless(not (staging / f"{name}-wal").exists(), f"{name} is in use: run the restore again")
    if (home / "keys.db").exists():
        same = _keys_in(home / "keys.db") == _keys_in(staging / "keys.db")
        _refuse_unless(
            same,
            f"There is a keys.db of other keys in {home}: restore never writes over a store. Move it away",
        )
    for name in ("views.db", "views.db-wal", "views.db-shm"):
        # Of another record, or of this one when it held more. They are made again.
        (home / name).unlink(missing_ok=True)
    if settings.key is None:
        make_private(settings.key_file, base64.b64encode(key))
    _put_documents(staging / FOLDER, home / FOLDER)
    for name in ("keys.db", "record.db"):
        (staging / name).rename(home / name)
        on_disk(home)


def _keys_in(file: Path) -> list[Any]:
    try:
        with closing(_opened(file, "ro")) as connection:
            return connection.execute(
                "SELECT id, subject, slots, wrapped FROM key_page ORDER BY id"
            ).fetchall()
    except sqlite3.Error as problem:
        raise BackupRefused(f"{file} cannot be read: {problem}. Move it away first") from None


# --- copies -------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _made_whole(target: Path) -> Iterator[Path]:
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


def _copy(source: Path, target: Path) -> None:
    """A consistent copy of an SQLite file in use, in one file of its own."""
    try:
        with closing(_opened(source, "ro")) as reading, closing(_opened(target, "rw")) as writing:
            reading.backup(writing)
        _in_one_file(target)
    except sqlite3.Error as problem:
        raise BackupRefused(f"{source} cannot be copied: {problem}") from None


def _opened(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True, timeout=5)


def _has_table(file: Path, table: str) -> bool:
    with closing(_opened(file, "ro")) as connection:
        found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
        return found.fetchone() is not None


def _fit(record_copy: Path, keys_copy: Path, key: bytes, file: Path) -> None:
    """BackupRefused unless these keys are those of this record."""
    engine = sqlite_engine(keys_copy)
    try:
        _consistent(Codec(KeyStore(engine, key)), record_copy, keys_copy)
    except sqlite3.DatabaseError as problem:
        raise BackupRefused(f"{file} is damaged: {problem}") from None
    finally:
        engine.dispose()
        _in_one_file(keys_copy)


def _consistent(codec: Codec, record_copy: Path, keys_copy: Path) -> BackedUp:
    """Whether every fact of the copy is readable, every key it needs is in the other copy, and keys open some."""
    facts = position = 0
    first, last = list[Row](), deque[Row](maxlen=SAMPLE)
    with closing(_opened(record_copy, "ro")) as record, closing(_opened(keys_copy, "ro")) as keys:
        _refuse_unless(
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
                _refuse_unless(
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


# --- documents ----------------------------------------------------------------------------------------------


def documents_beside(file: Path) -> Path:
    """Where the documents of a record's backup are."""
    return file.with_name(f"{file.name}.documents")


def _copy_documents(documents: Documents, target: Path) -> None:
    """Every document, sealed as it lies, in one file; none where there is none."""
    names = list(documents.kept())
    if not names:
        return
    with _made_whole(target) as making, tarfile.open(making, "w") as tar:
        for name in names:
            tar.add(documents.folder / name, arcname=name, recursive=False)


def _take_documents(source: Path, folder: Path) -> None:
    """The documents of a backup, in a folder. Only what is called by a digest, and is it, is taken out."""
    missing = f"The record names documents, and there is no file {source}: put it beside the record's"
    _refuse_unless(source.is_file(), missing)
    folder.mkdir(mode=0o700)
    try:
        with tarfile.open(source) as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isfile() else None
                box = content.read() if content else b""
                _refuse_unless(
                    sha256(box).hexdigest() == member.name, f"{source} is damaged: {member.name!r}"
                )
                with (folder / member.name).open("xb") as out:
                    out.write(box)
                    os.fchmod(out.fileno(), 0o600)
                    os.fsync(out.fileno())
    except (tarfile.TarError, EOFError) as problem:
        raise BackupRefused(f"{source} is not a backup of documents: {problem}") from None


def _put_documents(staged: Path, folder: Path) -> None:
    """A name is the digest of what it holds: one that a killed restore left there is the same."""
    if not staged.exists():
        return
    folder.mkdir(mode=0o700, exist_ok=True)
    for file in staged.iterdir():
        file.rename(folder / file.name)
    on_disk(folder)


# --- the key-encryption key in the keys' file ---------------------------------------------------------------


def _put_key(keys_copy: Path, key: bytes) -> None:
    with closing(_opened(keys_copy, "rw")) as connection, connection:
        connection.execute("CREATE TABLE key_encryption_key (written TEXT NOT NULL)")
        connection.execute("INSERT INTO key_encryption_key VALUES (?)", (base64.b64encode(key).decode(),))


def _take_key(keys_copy: Path) -> str | None:
    """The key-encryption key of a keys' file, which the store itself must not hold."""
    if not _has_table(keys_copy, "key_encryption_key"):
        return None
    with closing(_opened(keys_copy, "rw")) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        (written,) = connection.execute("SELECT written FROM key_encryption_key").fetchone()
        with connection:
            connection.execute("DROP TABLE key_encryption_key")
        connection.execute("VACUUM")
    return str(written)


def _key_of(settings: Settings, keys_copy: Path, key_file: Path) -> bytes:
    """The key that opens these keys: as set, or from its file, or from the backup."""
    written = _take_key(keys_copy)
    if settings.key is None and not settings.key_file.exists():
        missing = f"{key_file} does not hold the key-encryption key: set CASEBOOK_KEY as it was at the backup"
        _refuse_unless(written is not None, missing)
        key = base64.b64decode(str(written))
    else:
        key = settings.key_encryption_key()
    engine = sqlite_engine(keys_copy)
    try:
        KeyStore(engine, key).check()
    except KeyWrong:
        kept = "CASEBOOK_KEY" if settings.key is not None else str(settings.key_file)
        raise BackupRefused(f"{kept} is not the key of this backup") from None
    finally:
        engine.dispose()
        _in_one_file(keys_copy)
    return key


def _in_one_file(file: Path) -> None:
    with closing(_opened(file, "rw")) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


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


def _refuse_unless(true: bool, message: str) -> None:
    if not true:
        raise BackupRefused(message)
