"""Looks at everything the stores promise, and says what does not hold. It changes nothing."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from typing import NamedTuple

from eventsourcing.persistence import PersistenceError
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import DBAPIError

from application import schema
from application.agreements import every_voided
from application.codec import Row, Unreadable
from application.documents import Documents
from application.facts import UnknownFact
from application.init import open_to_others
from application.keys import KeyWrong
from application.opened import what_does_not_open
from application.settings import Settings, SettingWrong
from application.stores import NotReady, Stores, ViewsMissing, open_stores
from application.tables import command
from domain.rules import Recorded

APPEND_ONLY = ("stored_events", "command", "access_log", "stated_purpose")
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
    except DBAPIError as problem:
        return [*checks, Check("stores", ok=False, detail=f"cannot be read: {problem.orig}")]
    try:
        for some in (_of_stores(stores, progress), views(stores)):
            checks += _as_far_as_they_go(some)
        return checks
    finally:
        stores.close()


def _as_far_as_they_go(checks: Iterable[Check]) -> Iterator[Check]:
    """A store so damaged that a check cannot be made is a finding, and does not keep the others from being told."""
    try:
        yield from checks
    except (DBAPIError, PersistenceError) as problem:
        yield Check("reading", ok=False, detail=f"went no further: {getattr(problem, 'orig', problem)}")


def _of_stores(stores: Stores, progress: Progress) -> Iterator[Check]:
    yield _kind(stores)
    yield Check("schema", ok=True, detail=", ".join(known[-1] for known in schema.REVISIONS.values()))
    yield _triggers(stores.record_engine)
    if stores.kind == "sqlite":
        yield _file(stores.record_engine, "record.db")
        yield _file(stores.keys_engine, "keys.db")
        if stores.views_exist():
            yield _views_file(stores)
        yield _nothing_taken_out(stores)
    yield _private(stores)
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


def _file(engine: Engine, name: str, advice: str = "") -> Check:
    try:
        with engine.connect() as connection:
            said = list(connection.scalars(text("PRAGMA integrity_check(5)")))
    except DBAPIError as problem:
        said = [str(problem.orig)]
    sound = said == ["ok"]
    return Check(f"file {name}", sound, "sound" if sound else " ".join(f"{'; '.join(said)}{advice}".split()))


def _views_file(stores: Stores) -> Check:
    try:
        engine = stores.views_engine_read
    except ViewsMissing:  # removed this moment
        return Check("file views.db", ok=False, detail="is gone: run `casebook rebuild`")
    return _file(engine, "views.db", ": run `casebook rebuild`, which makes them from the record")


def _private(stores: Stores) -> Check:
    """On PostgreSQL too, the key and the secret may be files."""
    home = stores.settings.home
    names = "record.db", "keys.db", "views.db", "secret"
    files = [home / name for name in names]
    found = [f"{home}: chmod 700"] if home.exists() and open_to_others(home) else []
    if open_ := [str(file) for file in files if file.exists() and open_to_others(file)]:
        found.append(f"{_some(open_)}: chmod 600")
    return Check(
        "private files", not found, f"others may read {'; '.join(found)}" if found else "their owner's alone"
    )


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
    if settings.key is None and open_to_others(settings.key_file):
        return Check(
            "key-encryption key", ok=False, detail=f"others may read {settings.key_file}: chmod 600 it"
        )
    return Check("key-encryption key", ok=True, detail="opens the key store")


def _facts(stores: Stores, progress: Progress) -> Iterator[Check]:
    found = _Found()
    recorder, position, done = stores.recorder, 0, 0
    total = recorder.count()
    while rows := recorder.raw_after(position, AT_ONCE):
        _look(stores, found, [Row(*row) for row in rows])
        position = rows[-1][0]
        done += len(rows)
        progress(done, total)
    yield _of("fact names", "not known", found.unknown, "all known")
    yield _of("fact bytes", "not as written", found.altered, f"{done:,} read back whole")
    yield _of("keys", "missing for", found.keyless, "one for every sealed field", colon="")
    yield _of("sealed words", "do not open", found.broken, "all open")
    yield _of("recorded in order", "recorded before what they follow", found.back, "every stream")
    yield _of("commands of facts", "no command for", found.commandless, "one for every fact", colon="")
    lost = list(_without_facts(stores)) if found.commands != _commands(stores) else []
    yield _of("facts of commands", "no facts for", lost, "some for every command", colon="")
    agreements, void = every_voided(recorder)
    yield _of("agreements", "not to what is stored", void, f"{agreements:,} to what is stored")
    yield _documents(stores)


def _documents(stores: Stores) -> Check:
    """A file that no fact names was left by an attachment that was cut off: its key was never recorded."""
    found = Documents(stores.settings.home).examined(stores.recorder)
    wrong = [
        f"{words}: {_some(names)}"
        for words, names in (("not there", found.missing), ("not as kept", found.altered))
        if names
    ]
    left = f"; no fact names {_some(found.orphans)}, which may be removed" if found.orphans else ""
    return Check("documents", not wrong, f"{'; '.join(wrong) or f'{found.documents:,} whole'}{left}")


@dataclass
class _Found:
    """What is wrong with facts, each as stream/version."""

    unknown: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    keyless: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    commandless: list[str] = field(default_factory=list)
    commands: int = 0
    """How many commands were found that begin with a fact of theirs."""
    newest: dict[str, datetime] = field(default_factory=dict)
    """When the last fact of each stream was recorded."""


def _look(stores: Stores, found: _Found, rows: list[Row]) -> None:
    codec, whole, needed = stores.codec, list[Row](), dict[str, set[int]]()
    for row in rows:
        try:
            if codec.round_trips(row.topic, row.state):
                needed[_cite(row)] = codec.key_ids(row.topic, row.state)
                whole.append(row)
            else:
                found.altered.append(_cite(row))
        except UnknownFact:
            found.unknown.append(f"{_cite(row)} {row.topic}")
    there = stores.keys.present({key_id for ids in needed.values() for key_id in ids})
    keyless = {cite for cite, ids in needed.items() if ids - there}
    found.keyless += sorted(keyless)
    facts = codec.decode(whole)
    with_keys = [(row, fact) for row, fact in zip(whole, facts, strict=True) if _cite(row) not in keyless]
    found.broken += [
        _cite(row)
        for row, _ in what_does_not_open(
            codec, [row for row, _ in with_keys], [fact for _, fact in with_keys]
        )
    ]
    for fact in facts:
        before = found.newest.get(fact.stream, fact.recorded_at)
        if fact.recorded_at < before:
            found.back.append(f"{fact.stream}/{fact.version}")
        found.newest[fact.stream] = max(before, fact.recorded_at)
    _look_for_commands(stores, found, facts)


def _look_for_commands(stores: Stores, found: _Found, facts: list[Recorded]) -> None:
    ids = sorted({fact.command_id for fact in facts})
    columns = command.c.id, command.c.first_position, command.c.last_position
    between: dict[str, tuple[int, int]] = {}
    with stores.record_engine.connect() as connection:
        for at in range(0, len(ids), 500):
            rows = connection.execute(select(*columns).where(command.c.id.in_(ids[at : at + 500])))
            between |= {one: (first, last) for one, first, last in rows}
    for fact in facts:
        first, last = between.get(fact.command_id, (0, -1))
        if not first <= fact.position <= last:
            found.commandless.append(f"{fact.stream}/{fact.version}")
        found.commands += first == fact.position


def _commands(stores: Stores) -> int:
    with stores.record_engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(command)) or 0


def _without_facts(stores: Stores) -> Iterator[str]:
    """The commands that do not begin with a fact of theirs. Looked for one by one: there should be none."""
    with stores.record_engine.connect() as connection:
        rows = connection.execute(select(command.c.id, command.c.first_position)).all()
    for command_id, first in rows:
        try:
            facts = stores.recorder.facts_between(first, first)
        except (Unreadable, UnknownFact):
            continue  # it is there, and said above not to read
        if [fact.command_id for fact in facts] != [command_id]:
            yield command_id


def _of(name: str, wrong: str, found: list[str], right: str, colon: str = ":") -> Check:
    return Check(name, ok=not found, detail=f"{wrong}{colon} {_some(found)}" if found else right)


def _cite(row: Row) -> str:
    return f"{row.stream}/{row.version}"


def _some(names: list[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more:,} more" if more > 0 else "")
