"""The doctor finds what does not hold, on both databases."""

import dataclasses
import json

import pytest
from sqlalchemy import text

from application.doctor import Check, examine
from application.init import init
from application.recording import Sent
from domain.record import RestoredFromBackup
from domain.rules import Sealed
from tests.contracts.notebook import ANNE, recorded


@pytest.fixture
def made(settings):
    stores = init(settings)
    for n in range(1, 4):
        fact = RestoredFromBackup(last_position=n, facts=n, reason=Sealed("words"), occurred_on=ANNE.on)
        stores.recorder.append([recorded(fact, "record", n, f"command-{n}")], [Sent(f"command-{n}", b"d", 1)])
    yield stores
    stores.close()


def ailing(settings, **more) -> dict[str, str]:
    return {check.name: check.detail for check in examine(settings, **more) if not check.ok}


def change(stores, *statements: str) -> None:
    """As somebody with the rights of the database's owner could."""
    with stores.record_engine.begin() as connection:
        if stores.kind == "sqlite":
            for name in connection.scalars(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            ).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("SET session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement))


def test_a_healthy_store_has_nothing_wrong(settings, made):
    seen: list[tuple[int, int]] = []
    assert ailing(settings, progress=lambda done, total: seen.append((done, total))) == {}
    assert seen == [(3, 3)]
    assert "3 read back whole" in str(examine(settings))


def test_a_store_that_is_not_there_is_one_finding(settings):
    assert list(ailing(settings)) == ["stores"]


def test_a_lost_trigger_is_found(settings, made):
    name = "stored_events_no_update" if made.kind == "sqlite" else "stored_events_no_change ON stored_events"
    with made.record_engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER {name}"))
    assert "stored_events_no_" in ailing(settings)["append-only"]


def test_a_fact_that_is_not_known_or_not_whole_is_found_and_named(settings, made):
    state = "CAST(replace(CAST(state AS TEXT), '\"facts\"', '\"factz\"') AS BLOB)"
    if made.kind == "postgresql":
        state = "convert_to(replace(convert_from(state, 'UTF8'), '\"facts\"', '\"factz\"'), 'UTF8')"
    change(
        made,
        "UPDATE stored_events SET topic = 'record.restored-from-backup:2' WHERE originator_version = 2",
        f"UPDATE stored_events SET state = {state} WHERE originator_version = 3",
    )
    found = ailing(settings)
    assert "record/2 record.restored-from-backup:2" in found["fact names"]
    assert "record/3" in found["fact bytes"]


def test_a_fact_taken_out_is_found(settings, made):
    change(made, "DELETE FROM stored_events WHERE originator_version = 2")
    assert ailing(settings)["stream versions"] == "record"


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_an_end_taken_off_is_found_on_sqlite_whose_positions_have_no_gaps(settings, made):
    change(made, "DELETE FROM stored_events WHERE originator_version = 3")
    assert "3 positions were given and 2 facts" in ailing(settings)["positions"]


def test_a_missing_key_is_found(settings, made):
    (*_, topic, state), *_ = made.recorder.raw_after(1, 1)
    made.keys.destroy(made.codec.key_ids(topic, state))
    assert ailing(settings) == {"keys": "missing for record/2"}


def test_sealed_words_that_were_altered_are_found_and_named(settings, made):
    row = made.recorder.raw_after(0, 10)[1]
    envelope = json.loads(row[4])
    (at,) = [n for n, value in enumerate(envelope[-1].values()) if isinstance(value, list)]
    name = list(envelope[-1])[at]
    box = envelope[-1][name][1]
    other = box[:-8] + ("A" if box[-8] != "A" else "B") + box[-7:]
    state = "CAST(replace(CAST(state AS TEXT), :box, :other) AS BLOB)"
    if made.kind == "postgresql":
        state = "convert_to(replace(convert_from(state, 'UTF8'), :box, :other), 'UTF8')"
    change(made)
    with made.record_engine.begin() as connection:
        if made.kind == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text(f"UPDATE stored_events SET state = {state}"), {"box": box, "other": other})
    found = ailing(settings)
    assert found.pop("append-only", None) is None or made.kind == "sqlite"
    assert found == {"sealed words": "do not open: record/2"}


def test_a_page_of_keys_that_was_altered_is_found_at_its_facts(settings, made):
    other = init(settings)  # it makes a page of its own
    fact = RestoredFromBackup(last_position=4, facts=4, reason=Sealed("words"), occurred_on=ANNE.on)
    other.recorder.append([recorded(fact, "record", 4, "command-4")], [Sent("command-4", b"d", 1)])
    other.close()
    with made.keys_engine.begin() as connection:
        zero = "zeroblob(60)" if made.kind == "sqlite" else "decode(repeat('00', 60), 'hex')"
        connection.execute(text(f"UPDATE key_page SET wrapped = {zero} WHERE id = 2"))
    assert ailing(settings) == {"sealed words": "do not open: record/4"}


def test_facts_without_their_command_and_commands_without_their_facts_are_found(settings, made):
    change(made, "UPDATE command SET id = 'command-x' WHERE id = 'command-2'")
    assert ailing(settings)["commands of facts"] == "no command for record/2"
    assert ailing(settings)["facts of commands"] == "no facts for command-x"


def test_a_fact_recorded_before_the_one_it_follows_is_found(settings, made):
    state = "CAST(replace(CAST(state AS TEXT), :year, '1999') AS BLOB)"
    if made.kind == "postgresql":
        state = "convert_to(replace(convert_from(state, 'UTF8'), :year, '1999'), 'UTF8')"
    change(made)
    with made.record_engine.begin() as connection:
        if made.kind == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        connection.execute(
            text(f"UPDATE stored_events SET state = {state} WHERE originator_version = 2"),
            {"year": str(ANNE.at.year)},
        )
    assert ailing(settings)["recorded in order"] == "recorded before what they follow: record/2"


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_files_that_others_may_read_are_named(settings, made):
    (settings.home / "record.db").chmod(0o644)
    assert "record.db: chmod 600" in ailing(settings)["private files"]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_record_that_is_no_database_is_one_finding(settings, made):
    made.close()
    for file in settings.home.glob("record.db*"):
        file.unlink()
    (settings.home / "record.db").write_bytes(b"no database " * 1000)
    (settings.home / "record.db").chmod(0o600)
    assert "not a database" in ailing(settings)["stores"]


def test_another_stores_key_is_found(settings, made):
    assert "another store" in ailing(dataclasses.replace(settings, key=bytes(32)))["key-encryption key"]


def test_what_is_known_of_views_is_passed_in(settings, made):
    lagging = Check("view timeline", ok=False, detail="2 facts behind")
    assert ailing(settings, views=lambda _stores: [lagging]) == {"view timeline": "2 facts behind"}
