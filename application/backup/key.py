"""The key-encryption key in the keys' file of a backup."""

from __future__ import annotations

import base64
from contextlib import closing
from pathlib import Path

from application.backup.files import BackupRefused, has_table, in_one_file, opened, refused_unless
from application.engines import sqlite_engine
from application.keys import KeyStore, KeyWrong
from application.settings import Settings


def put_key(keys_copy: Path, key: bytes) -> None:
    with closing(opened(keys_copy, "rw")) as connection, connection:
        connection.execute("CREATE TABLE key_encryption_key (written TEXT NOT NULL)")
        connection.execute("INSERT INTO key_encryption_key VALUES (?)", (base64.b64encode(key).decode(),))


def _take_key(keys_copy: Path) -> str | None:
    """The key-encryption key of a keys' file, which the store itself must not hold."""
    if not has_table(keys_copy, "key_encryption_key"):
        return None
    with closing(opened(keys_copy, "rw")) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        (written,) = connection.execute("SELECT written FROM key_encryption_key").fetchone()
        with connection:
            connection.execute("DROP TABLE key_encryption_key")
        connection.execute("VACUUM")
    return str(written)


def key_of(settings: Settings, keys_copy: Path, key_file: Path) -> bytes:
    """The key that opens these keys: as set, or from its file, or from the backup."""
    written = _take_key(keys_copy)
    if settings.key is None and not settings.key_file.exists():
        missing = f"{key_file} does not hold the key-encryption key: set CASEBOOK_KEY as it was at the backup"
        refused_unless(written is not None, missing)
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
        in_one_file(keys_copy)
    return key
