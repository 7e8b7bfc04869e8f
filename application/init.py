"""Makes and upgrades the stores. Nothing else does: a server that starts finds them made, or says what to run."""

from __future__ import annotations

import base64
import fcntl
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.exc import OperationalError

from application import schema
from application.engines import postgres_engine, sqlite_engine
from application.lost import refuse_what_is_lost
from application.schema import REVISIONS, NotReady
from application.settings import Settings
from application.stores import RECORD_ID, Stores, open_stores, open_unchecked
from application.tables import store_mark

MIGRATIONS = Path(__file__).parent / "migrations"

_ONE_INIT = 0x_CA5E_B002
"""The number of the advisory lock that inits of one PostgreSQL database queue for."""

_OURS = {"init.lock", "record.db", "keys.db", "views.db", "key", "secret"}
"""Any of these says that a folder is a home already."""


def init(settings: Settings, make_views: Callable[[Stores], None] | None = None) -> Stores:
    """Make or upgrade the stores, whatever is there already, and give them open. Several at once are safe.

    NotReady when a part is gone that the rest cannot do without: it is put back, never made anew.

    `make_views` fills the place for views: what views there are is known further up.
    """
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    _make_private(settings.home)
    with alone(settings.home):
        refuse_what_is_lost(settings)
        _make_secrets(settings)
        for store in REVISIONS:
            _upgrade(settings, store)
        stores = open_stores(settings)
        try:
            stores.keys.check()
            if make_views is not None:
                make_views(stores)
        except BaseException:
            stores.close()
            raise
    return stores


def _make_private(home: Path) -> None:
    """Leave the home to its owner. A folder that is somebody else's as well is not ours to close: that is refused."""
    if not open_to_others(home):
        return
    inside = {file.name for file in home.iterdir()}
    if inside and not inside & _OURS:
        raise NotReady(
            f"{home} holds other files, and others may read it: chmod 700 it, or set CASEBOOK_HOME to a folder of its own"
        )
    try:
        home.chmod(0o700)
    except PermissionError:
        raise NotReady(f"Others may read {home}, and it is not yours to change: chmod 700 it") from None


def open_to_others(path: Path) -> bool:
    """Whether anybody but its owner may do anything with a file or a folder."""
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """One init at a time in a home. The lock is the system's: it ends with the process, however that ends."""
    with (home / "init.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_secrets(settings: Settings) -> None:
    if settings.key is None:
        make_private(settings.key_file, base64.b64encode(secrets.token_bytes(32)))
    if settings.secret is None:
        make_private(settings.secret_file, secrets.token_urlsafe(48).encode())


def make_private(file: Path, content: bytes) -> None:
    """Make a file that only its owner reads, whole or not at all. One that is there is kept."""
    if file.exists():
        return
    making = file.with_name(f"{file.name}.{os.getpid()}.making")
    descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content + b"\n")
        out.flush()
        os.fsync(out.fileno())
    making.rename(file)


def _upgrade(settings: Settings, store: str) -> None:
    url = settings.sqlalchemy_url
    if url is None:
        file = settings.home / f"{store}.db"
        if not file.exists():
            # Made here, and with these rights, rather than by the first connection with the machine's usual ones.
            os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
        engine = sqlite_engine(file, pragmas=("synchronous=FULL",), begin="BEGIN IMMEDIATE")
    else:
        open_unchecked(settings).close()
        engine = postgres_engine(url, store)
    try:
        with engine.begin() as connection:
            _migrate(connection, store)
            if store == "record":
                _mark(connection)
    except OperationalError as problem:
        raise NotReady(f"The database does not answer: {str(problem.orig).strip().splitlines()[0]}") from None
    finally:
        engine.dispose()


def _migrate(connection: Connection, store: str) -> None:
    on_postgres = connection.dialect.name == "postgresql"
    if on_postgres:
        # Homes may differ where the database is one: the lock that counts is the database's.
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _ONE_INIT})
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {store}"))
    revision = _revision(connection, store if on_postgres else None)
    if revision == REVISIONS[store][-1]:
        return
    if revision is not None:
        schema.check_known(store, revision)
    _run_alembic(connection, store, store if on_postgres else None)


def _mark(connection: Connection) -> None:
    """Say which record this is, if nothing says so yet."""
    if connection.scalar(select(store_mark.c.value).where(store_mark.c.name == RECORD_ID)) is None:
        connection.execute(store_mark.insert().values(name=RECORD_ID, value=secrets.token_hex(16)))


def _revision(connection: Connection, in_schema: str | None) -> str | None:
    if not inspect(connection).has_table("alembic_version", schema=in_schema):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _run_alembic(connection: Connection, store: str, in_schema: str | None) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("version_locations", str(MIGRATIONS / store))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    config.attributes["version_table_schema"] = in_schema
    command.upgrade(config, "head")
