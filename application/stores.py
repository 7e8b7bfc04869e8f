"""Opens the stores of an installation: the record, its keys and the views, on SQLite or PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from application import schema
from application.accounts import Account
from application.codec import Codec
from application.engines import postgres_engine, sqlite_engine
from application.keys import KeyStore
from application.recording import Recorder
from application.schema import NotReady, ViewsMissing
from application.settings import Settings
from application.tables import store_mark

__all__ = ["NotReady", "Stores", "ViewsMissing", "open_stores"]

RECORD_ID = "record-id"
"""The mark of a record that no other has. A restored one gets another: what was made from it before is not its own."""


@dataclass
class Stores:
    """The open stores. `record_engine` is for the tables beside the facts: accounts, access log, reference data."""

    settings: Settings
    record_engine: Engine
    keys_engine: Engine

    @cached_property
    def keys(self) -> KeyStore:
        return KeyStore(self.keys_engine, self.settings.key_encryption_key())

    @cached_property
    def codec(self) -> Codec:
        return Codec(self.keys)

    @cached_property
    def recorder(self) -> Recorder:
        """The record's facts."""
        url = self.settings.database_url
        if url is not None:
            # Imported here: without the extra `postgres` there is no driver to import.
            from application.recorder_postgres import PostgresRecord

            return PostgresRecord(url, self.codec)
        from application.recorder_sqlite import SQLiteRecord

        return SQLiteRecord(self.record_file, self.codec)

    @property
    def record_file(self) -> Path:
        return self.settings.home / "record.db"

    @property
    def keys_file(self) -> Path:
        return self.settings.home / "keys.db"

    @cached_property
    def views_file(self) -> Path:
        return self.settings.home / "views.db"

    @property
    def kind(self) -> str:
        return self.record_engine.dialect.name

    @property
    def record_id(self) -> str | None:
        """What tells this record from every other: views are bound to it. None before init has marked it."""
        if self._record_id is None:
            self._record_id = self.mark(RECORD_ID)
        return self._record_id

    _record_id: str | None = None

    # --- views: made by init and rebuild, and nowhere else -----------------------------------------------------

    @property
    def views_engine_read(self) -> Engine:
        """For pages: one snapshot in each transaction, and no writing. ViewsMissing when there are none."""
        self._views_must_exist()
        return self._views_read

    @property
    def views_engine_write(self) -> Engine:
        """For catching up: a transaction has the write lock from its beginning. ViewsMissing when there are none."""
        self._views_must_exist()
        return self._views_write

    def views_exist(self) -> bool:
        if self.kind == "sqlite":
            return self.views_file.exists()
        return "views" in inspect(self.record_engine).get_schema_names()

    def make_views_store(self) -> Engine:
        """An empty place for views, where there is none. Gives the engine that fills it."""
        if self.kind == "sqlite":
            self._views_file_made()
        else:
            with self.record_engine.begin() as connection:
                connection.execute(text("CREATE SCHEMA IF NOT EXISTS views"))
        return self.views_engine_write

    def _views_file_made(self) -> None:
        """A file that only its owner reads: views hold words in clear. A removed file's log is not taken for its own."""
        if not self.views_file.exists():
            for left in ("-wal", "-shm"):
                self.views_file.with_name(self.views_file.name + left).unlink(missing_ok=True)
            self.views_file.touch(mode=0o600)
        engine = sqlite_engine(self.views_file, make=True)
        with engine.connect():
            pass
        engine.dispose()

    _views_seen: int | None = None

    def _views_must_exist(self) -> None:
        if self.kind == "sqlite":
            self._same_views_file()
        elif self._views_seen is None:  # asked once: it would be a query for each page
            if not self.views_exist():
                raise ViewsMissing
            self._views_seen = 1

    def _same_views_file(self) -> None:
        """Views may be removed and rebuilt while we run: connections to the removed file would show it for ever."""
        try:
            file = self.views_file.stat().st_ino
        except FileNotFoundError:
            raise ViewsMissing from None
        if self._views_seen not in {None, file}:
            self._views_read.dispose()
            self._views_write.dispose()
        self._views_seen = file

    @cached_property
    def _views_read(self) -> Engine:
        if (url := self.settings.sqlalchemy_url) is not None:
            return postgres_engine(url, "views", reading=True)
        return sqlite_engine(self.views_file, pragmas=("query_only=ON",), begin="BEGIN")

    @cached_property
    def _views_write(self) -> Engine:
        if (url := self.settings.sqlalchemy_url) is not None:
            return postgres_engine(url, "views", disposable=True)
        # What is taken out of views is overwritten: words whose key is destroyed are in no free page of a rebuilt file.
        pragmas = ("synchronous=NORMAL", "secure_delete=ON")
        return sqlite_engine(self.views_file, pragmas=pragmas, begin="BEGIN IMMEDIATE")

    # --- accounts and marks ------------------------------------------------------------------------------------

    def session(self) -> Session:
        """A session for accounts and their links."""
        return Session(self.record_engine)

    def account(self, email: str) -> Account | None:
        """The account of an e-mail address, in whatever case it is written."""
        with self.session() as session:
            account = session.scalar(select(Account).where(Account.email == email.strip().lower()))
            if account is not None:
                session.expunge(account)
            return account

    def mark(self, name: str) -> str | None:
        """What is so of this store as a whole, such as `demonstration`."""
        with self.record_engine.connect() as connection:
            return connection.scalar(select(store_mark.c.value).where(store_mark.c.name == name))

    def set_mark(self, name: str, value: str) -> None:
        with self.record_engine.begin() as connection:
            found = connection.scalar(select(store_mark.c.value).where(store_mark.c.name == name))
            if found is None:
                connection.execute(store_mark.insert().values(name=name, value=value))
            else:
                connection.execute(store_mark.update().where(store_mark.c.name == name).values(value=value))

    def close(self) -> None:
        """Give back every connection."""
        if "recorder" in self.__dict__:
            self.recorder.close()
        for name in ("record_engine", "keys_engine", "_views_read", "_views_write"):
            if name in self.__dict__:
                getattr(self, name).dispose()


def open_unchecked(settings: Settings) -> Stores:
    """The stores as they are, for those who make, check or restore them."""
    if (url := settings.sqlalchemy_url) is not None:
        try:
            import psycopg  # noqa: F401
        except ImportError:
            raise NotReady("PostgreSQL needs one more package: pip install 'casebook[postgres]'") from None
        return Stores(settings, postgres_engine(url, "record"), postgres_engine(url, "keys"))
    home = settings.home
    return Stores(
        settings,
        sqlite_engine(home / "record.db", pragmas=("synchronous=FULL",)),
        sqlite_engine(home / "keys.db", pragmas=("synchronous=FULL", "secure_delete=ON")),
    )


def open_stores(settings: Settings) -> Stores:
    """Open an installation's stores, or NotReady with one line that says what to do. Connects to nothing else."""
    if settings.database_url is None:
        for name in ("record", "keys"):
            if not (settings.home / f"{name}.db").exists():
                raise NotReady(f"There is no {name}.db in {settings.home}: run `casebook init`")
    stores = open_unchecked(settings)
    try:
        schema.check("record", schema.revision_of(stores.record_engine))
        schema.check("keys", schema.revision_of(stores.keys_engine))
    except OperationalError as problem:
        stores.close()
        reason = str(problem.orig).strip().splitlines()[0]
        raise NotReady(f"The database does not answer: {reason}") from None
    except NotReady:
        stores.close()
        raise
    return stores
