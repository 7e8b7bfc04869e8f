"""SQLAlchemy engines for the tables beside the facts, for keys and for views, on both databases."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

BUSY_SECONDS = 5


def sqlite_engine(
    file: Path,
    *,
    pragmas: tuple[str, ...] = (),
    begin: str | None = None,
    make: bool = False,
    pool_size: int = 8,
) -> Engine:
    """An engine for an SQLite file.

    Without `begin`, a statement that only reads stands alone and one that writes begins a transaction with the write
    lock in hand, so that a request which read its account does not hold a snapshot that its own command outdates. With
    it, every transaction begins so: "BEGIN" for one snapshot of many reads, "BEGIN IMMEDIATE" for one writer.
    """

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode={'rwc' if make else 'rw'}",
            uri=True,
            timeout=BUSY_SECONDS,
            check_same_thread=False,
            isolation_level="IMMEDIATE" if begin is None else None,
        )
        for pragma in ("journal_mode=WAL", *pragmas):
            connection.execute(f"PRAGMA {pragma}").close()
        return connection

    engine = create_engine("sqlite://", creator=connect, **_pool(pool_size))
    if begin is not None:

        def begin_so(connection: Connection) -> None:
            # By the driver: SQLAlchemy's own way costs several times the statement, in every transaction.
            connection.connection.cursor().execute(begin)

        event.listen(engine, "begin", begin_so)
    return engine


def postgres_engine(
    url: str, schema: str, *, reading: bool = False, disposable: bool = False, pool_size: int = 8
) -> Engine:
    """An engine for one schema of a PostgreSQL database. A reading one shows one snapshot in each transaction.

    A disposable one does not wait for the disk at each commit: what a crash loses is whole transactions, the newest,
    and can be made again.
    """
    options = f"-c search_path={schema} -c lock_timeout={BUSY_SECONDS}s -c timezone=UTC"
    if reading:
        options += " -c default_transaction_read_only=on"
    if disposable:
        options += " -c synchronous_commit=off"
    return create_engine(
        url,
        connect_args={"options": options, "connect_timeout": BUSY_SECONDS},
        isolation_level="REPEATABLE READ" if reading else "READ COMMITTED",
        pool_pre_ping=False,
        **_pool(pool_size),
    )


def _pool(size: int) -> dict[str, Any]:
    return {"poolclass": QueuePool, "pool_size": size, "max_overflow": 64, "pool_timeout": BUSY_SECONDS}
