"""Looks at everything the stores promise, and says what does not hold. It changes nothing."""

from __future__ import annotations

import platform
import stat
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from typing import NamedTuple

from sqlalchemy import Engine, text

from application import schema
from application.facts import UnknownFact
from application.keys import KeyWrong
from application.settings import Settings, SettingWrong
from application.stores import NotReady, Stores, open_stores

APPEND_ONLY = ("stored_events", "command", "access_log")
AT_ONCE = 1_000
SHOWN = 5

Progress = Callable[[int, int], None]
"""Told how many facts of how many were looked at."""


class Check(NamedTuple):
    name: str
    ok: bool
    detail: str


def examine(
    settings: Settings,
    views: Callable[[Stores], Iterable[Check]] = lambda _stores: (),
    progress: Progress = lambda _done, _all: None,
) -> list[Check]:
    """Every check in order. `views` are those of the read models, which are known further up."""
    checks = [_versions()]
    try:
        stores = open_stores(settings)
    except (NotReady, SettingWrong) as problem:
        return [*checks, Check("stores", ok=False, detail=str(problem))]
    try:
        return [*checks, *_of_stores(stores, progress), *views(stores)]
    finally:
        stores.close()


def _of_stores(stores: Stores, progress: Progress) -> Iterator[Check]:
    yield _kind(stores)
    yield Check("schema", ok=True, detail=", ".join(known[-1] for known in schema.REVISIONS.values()))
    yield _triggers(stores.record_engine)
    if stores.kind == "sqlite":
        yield _file(stores.record_engine, "record.db")
        yield _file(stores.keys_engine, "keys.db")
        yield _nothing_taken_out(stores)
    key = _key(stores)
    yield key
    if key.ok:
        yield from _facts(stores, progress)
    broken = stores.recorder.broken_streams()
    yield Check("stream versions", not broken, _some(broken) if broken else "1, 2, 3… in every stream")


def _versions() -> Check:
    names = ("casebook", "eventsourcing", "SQLAlchemy", "msgspec", "cryptography")
    packages = ", ".join(f"{name} {version(name)}" for name in names)
    return Check("versions", ok=True, detail=f"Python {platform.python_version()}, {packages}")


def _kind(stores: Stores) -> Check:
    question = "SELECT sqlite_version()" if stores.kind == "sqlite" else "SHOW server_version"
    with stores.record_engine.connect() as connection:
        number = connection.scalar(text(question))
    where = (
        f"SQLite {number} in {stores.settings.home}" if stores.kind == "sqlite" else f"PostgreSQL {number}"
    )
    mark = stores.mark("demonstration")
    return Check("stores", ok=True, detail=where + (", a demonstration" if mark else ""))


def _triggers(engine: Engine) -> Check:
    if engine.dialect.name == "sqlite":
        wanted = {
            f"{table}_{what}" for table in APPEND_ONLY for what in ("no_update", "no_delete", "no_replace")
        }
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        wanted = {f"{table}_{what}" for table in APPEND_ONLY for what in ("no_change", "no_truncate")}
        query = (
            "SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE c.relnamespace = 'record'::regnamespace AND tgenabled <> 'D'"
        )
    with engine.connect() as connection:
        missing = sorted(wanted - set(connection.scalars(text(query))))
    return Check(
        "append-only", not missing, f"triggers missing: {_some(missing)}" if missing else "triggers in place"
    )


def _file(engine: Engine, name: str) -> Check:
    with engine.connect() as connection:
        said = list(connection.scalars(text("PRAGMA integrity_check(5)")))
    return Check(f"file {name}", said == ["ok"], "sound" if said == ["ok"] else "; ".join(said))


def _nothing_taken_out(stores: Stores) -> Check:
    """On SQLite positions are given without gaps, so that a missing one, or a missing end, was taken out."""
    with stores.record_engine.connect() as connection:
        given = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'stored_events'")) or 0
    held = stores.recorder.count()
    detail = (
        f"{held:,} facts" if held == given else f"{given:,} positions were given and {held:,} facts are there"
    )
    return Check("positions", held == given, detail)


def _key(stores: Stores) -> Check:
    settings = stores.settings
    try:
        stores.keys.check()
    except (KeyWrong, SettingWrong) as problem:
        return Check("key-encryption key", ok=False, detail=str(problem))
    if settings.key is None and stat.S_IMODE(settings.key_file.stat().st_mode) & 0o077:
        return Check(
            "key-encryption key", ok=False, detail=f"others may read {settings.key_file}: chmod 600 it"
        )
    return Check("key-encryption key", ok=True, detail="opens the key store")


def _facts(stores: Stores, progress: Progress) -> Iterator[Check]:
    recorder, codec = stores.recorder, stores.codec
    unknown, altered, keyless = list[str](), list[str](), list[str]()
    total, done, position = recorder.count(), 0, 0
    while rows := recorder.raw_after(position, AT_ONCE):
        needed: dict[int, str] = {}
        for _, stream, number, topic, state in rows:
            cite = f"{stream}/{number}"
            try:
                if codec.round_trips(topic, state):
                    needed |= dict.fromkeys(codec.key_ids(topic, state), cite)
                else:
                    altered.append(cite)
            except UnknownFact:
                unknown.append(f"{cite} {topic}")
        there = stores.keys.present(needed)
        keyless += sorted({cite for key_id, cite in needed.items() if key_id not in there})
        position = rows[-1][0]
        done += len(rows)
        progress(done, total)
    yield Check("fact names", not unknown, f"not known: {_some(unknown)}" if unknown else "all known")
    yield Check(
        "fact bytes",
        not altered,
        f"not as written: {_some(altered)}" if altered else f"{done:,} read back whole",
    )
    yield Check(
        "keys", not keyless, f"missing for {_some(keyless)}" if keyless else "one for every sealed field"
    )


def _some(names: list[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more:,} more" if more > 0 else "")
