"""What must be there because something else is: keys for a record that has facts, a key for a store that has keys.

Made anew they would be other ones, and what is recorded from then on could not be told from what is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError, OperationalError

from application.codec import Codec, Unreadable
from application.engines import postgres_engine, sqlite_engine
from application.facts import UnknownFact
from application.key_pages import page_of
from application.reading import TABLE
from application.schema import NotReady
from application.sealing import DataKey
from application.settings import Settings

AT_ONCE = 1_000


class _There(NamedTuple):
    """What an installation has before init touches it."""

    record: bool
    facts: bool
    keys: bool
    needs_key: bool
    """Whether a fact has words that a key opens which was never given out by these keys."""


def refuse_what_is_lost(settings: Settings) -> None:
    """NotReady when a part of the installation is gone that init would otherwise make anew, and empty."""
    try:
        there = _look(settings)
    except OperationalError as problem:
        raise NotReady(f"The database does not answer: {str(problem.orig).strip().splitlines()[0]}") from None
    except DBAPIError as problem:
        raise NotReady(f"The stores cannot be read: {str(problem.orig).strip().splitlines()[0]}") from None
    on_files = settings.database_url is None
    if there.needs_key:
        keys = f"{settings.home / 'keys.db'}" if on_files else "the schema keys"
        raise NotReady(
            f"The record has facts whose keys are not there: put {keys} back from its backup, of the same time"
            " or later. New keys open nothing that is recorded"
        )
    if there.keys and not there.record and on_files:
        raise NotReady(
            f"There is a keys.db with keys and no record.db in {settings.home}: put record.db back, or run"
            " `casebook restore` with the backup of both"
        )
    if settings.key is None and not settings.key_file.exists() and (there.keys or there.facts):
        raise NotReady(
            f"The key file {settings.key_file} is gone: put it back, or set CASEBOOK_KEY. A new key opens nothing"
            " that is recorded"
        )


def _look(settings: Settings) -> _There:
    with ExitStack() as stack:
        record, keys = (stack.enter_context(_connection(settings, name)) for name in ("record", "keys"))
        has_record, has_keys = _has(record, TABLE), _has(keys, "key_page")
        facts = has_record and _first(record, f"SELECT 1 FROM {TABLE} LIMIT 1") is not None  # noqa: S608
        given = int(_first(keys, _GIVEN[keys.dialect.name]) or 0) if keys is not None and has_keys else 0
        needs = facts and (not has_keys or _last_page_needed(record, given) > given)
        return _There(has_record, facts, given > 0, needs)


_GIVEN = {
    "sqlite": "SELECT max(n) FROM (SELECT max(id) AS n FROM key_page"
    " UNION SELECT seq FROM sqlite_sequence WHERE name = 'key_page')",
    "postgresql": "SELECT max(id) FROM key_page",
}
"""The last page of keys that was ever made, or that there is still."""


@contextmanager
def _connection(settings: Settings, store: str) -> Iterator[Connection | None]:
    engine = _engine(settings, store)
    if engine is None:
        yield None
        return
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _engine(settings: Settings, store: str) -> Engine | None:
    if (url := settings.sqlalchemy_url) is not None:
        return postgres_engine(url, store)
    file: Path = settings.home / f"{store}.db"
    return sqlite_engine(file) if file.exists() and file.stat().st_size else None


def _has(connection: Connection | None, table: str) -> bool:
    return connection is not None and inspect(connection).has_table(table)


def _first(connection: Connection | None, question: str) -> Any:
    assert connection is not None
    return connection.scalar(text(question))


def _last_page_needed(record: Connection | None, given: int) -> int:
    """The last page of keys that the newest facts need; that any needs, where no page was ever made."""
    assert record is not None
    codec = Codec(_NoKeys())
    place = "rowid" if record.dialect.name == "sqlite" else "notification_id"
    before, last = None, 0
    while True:
        where = f"WHERE {place} < {before}" if before is not None else ""
        rows = record.execute(
            text(f"SELECT {place}, topic, state FROM {TABLE} {where} ORDER BY {place} DESC LIMIT {AT_ONCE}")  # noqa: S608
        ).all()
        for _, topic, state in rows:
            last = max([last, *map(page_of, _key_ids(codec, topic, bytes(state)))])
        if last > given or given or not rows:
            return last
        before = rows[-1][0]


def _key_ids(codec: Codec, topic: str, state: bytes) -> set[int]:
    try:
        return codec.key_ids(topic, state)
    except (UnknownFact, Unreadable, ValueError):
        return set()  # doctor says so; it is nothing that is lost


class _NoKeys:
    """For a codec that only looks at which keys are named."""

    def draw(self) -> DataKey:
        raise NotImplementedError

    def of_subject(self, subject: str) -> DataKey:
        raise NotImplementedError

    def fetch(self, ids: Iterable[int]) -> dict[int, bytes]:
        raise NotImplementedError
