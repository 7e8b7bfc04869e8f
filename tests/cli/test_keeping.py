"""Stores are made, views rebuilt, backups taken and restored, and doctor says what is wrong."""

import json
import re
import stat

import pytest

from domain.record import RestoredFromBackup

VIEWS_FILES = ("views.db", "views.db-wal", "views.db-shm")


def remove_views(casebook):
    for name in VIEWS_FILES:
        (casebook.home / name).unlink(missing_ok=True)


def test_init_makes_the_stores_and_again_changes_nothing(bare):
    bare.fine("init")
    made = {file.name for file in bare.home.iterdir()}
    assert {"record.db", "keys.db", "views.db", "key", "secret"} <= made
    for name in ("record.db", "keys.db", "key", "secret"):
        assert stat.S_IMODE((bare.home / name).stat().st_mode) == 0o600
    key = (bare.home / "key").read_bytes()
    bare.fine("init")
    assert (bare.home / "key").read_bytes() == key
    assert bare.fine("doctor").status == 0


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_init_closes_a_home_that_others_may_read(bare):
    bare.home.mkdir(mode=0o755)
    bare.fine("init")
    assert mode(bare.home) == 0o700
    bare.home.chmod(0o750)
    assert "Casebook is ready" in bare.fine("init").out
    assert mode(bare.home) == 0o700


def test_init_leaves_a_folder_that_holds_other_files_as_it_is_and_says_what_to_do(bare):
    bare.home.mkdir(mode=0o755)
    (bare.home / "letters.txt").write_text("Somebody else's")
    bare.home.chmod(0o755)
    ran = bare("init")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == (
        f"{bare.home} holds other files, and others may read it: chmod 700 it, or set CASEBOOK_HOME to a folder"
        " of its own\n"
    )
    assert mode(bare.home) == 0o755
    assert [file.name for file in bare.home.iterdir()] == ["letters.txt"]
    bare.home.chmod(0o700)
    bare.fine("init")


def test_init_says_so_when_the_home_is_not_its_to_close(bare, monkeypatch):
    bare.home.mkdir(mode=0o755)
    bare.home.chmod(0o755)

    def not_yours(*_args, **_kwargs):
        raise PermissionError

    monkeypatch.setattr(type(bare.home), "chmod", not_yours)
    ran = bare("init")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == f"Others may read {bare.home}, and it is not yours to change: chmod 700 it\n"


@pytest.mark.parametrize("rights", [0o750, 0o705, 0o711])
def test_doctor_names_a_home_that_others_may_read(casebook, rights):
    casebook.home.chmod(rights)
    ran = casebook("doctor")
    assert ran.status == 1
    assert f"problem  private files: others may read {casebook.home}: chmod 700\n" in ran.out


def test_doctor_finds_nothing_wrong_with_a_sound_installation(practice):
    ran = practice.fine("doctor", "--json")
    assert ran.json["ok"] is True
    names = [check["name"] for check in ran.json["checks"]]
    assert "versions" in names
    assert "view caseload" in names
    assert all(check["ok"] for check in ran.json["checks"])


def test_doctor_without_stores_says_to_run_init(bare):
    ran = bare("doctor")
    assert ran.status == 1
    assert "casebook init" in ran.out


def test_without_views_doctor_says_what_is_missing_and_a_rebuild_brings_them_back(practice):
    before = practice.fine("show", "A81001", "--json").out
    remove_views(practice)
    ran = practice("doctor")
    assert ran.status == 1
    assert "problem  view caseload: " in ran.out
    assert "casebook rebuild" in ran.out
    ran = practice("doctor", "--json")
    assert ran.status == 1
    assert json.loads(ran.out)["ok"] is False
    assert practice.fine("rebuild").out.startswith("rebuilt   caseload, ")
    assert practice.fine("doctor").status == 0
    assert practice.fine("show", "A81001", "--json").out == before


@pytest.mark.parametrize("damage", ["whole", "inside"])
@pytest.mark.parametrize("words", [["rebuild"], ["rebuild", "--view", "caseload"], ["init"]])
def test_damaged_views_do_not_stop_doctor_and_are_made_anew(practice, damage, words):
    before = practice.fine("show", "A81001", "--json").out
    content = (practice.home / "views.db").read_bytes()
    remove_views(practice)
    damaged = b"no database " * 1000 if damage == "whole" else content[:4096] + bytes(len(content) - 4096)
    (practice.home / "views.db").write_bytes(damaged)
    (practice.home / "views.db").chmod(0o600)
    ran = practice("doctor")
    assert ran.status == 1
    assert "problem  file views.db: " in ran.out
    assert "ok       sealed words: all open" in ran.out
    practice.fine(*words)
    assert practice.fine("doctor").status == 0
    assert practice.fine("show", "A81001", "--json").out == before


def test_recording_goes_on_without_views(practice):
    remove_views(practice)
    flag = {"indicator": "PS01", "kind": "outlying", "level": "alert"}
    assert practice.do("RaiseFlag", "A81001", "caseworker@example.org", **flag).status == 0
    practice.fine("rebuild")
    assert practice.fine("doctor").status == 0


def test_a_rebuild_says_that_the_views_were_equal(practice):
    out = practice.fine("rebuild").out
    assert "equal     caseload" in out
    assert "differed" not in out


def test_one_view_is_rebuilt_alone(practice):
    out = practice.fine("rebuild", "--view", "caseload").out
    assert "rebuilt   caseload\n" in out
    assert "flags" not in out


def test_a_row_that_was_altered_is_named(practice):
    import sqlite3

    with sqlite3.connect(practice.home / "views.db") as connection:
        connection.execute("UPDATE caseload SET last_contact_on = '2001-01-01' WHERE code = 'A81001'")
    connection.close()
    out = practice.fine("rebuild", "--view", "caseload").out
    assert re.search(
        r"^differed  caseload: caseload A81001 .*was different in the live view$", out, re.MULTILINE
    )
    assert "equal     caseload" in practice.fine("rebuild", "--view", "caseload").out


def test_doctor_names_a_fact_that_was_altered(practice):
    import sqlite3

    with sqlite3.connect(practice.home / "record.db") as connection:
        for trigger, _ in connection.execute(
            "SELECT name, 1 FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(
            "UPDATE stored_events SET state = replace(state, 'epraccur', 'EPRACCUR ')"
            " WHERE originator_id = 'practice-A81001' AND originator_version = 1"
        )
        connection.execute(
            "UPDATE stored_events SET state = state || ' ' WHERE originator_id = 'practice-A81002'"
        )
    connection.close()
    ran = practice("doctor")
    assert ran.status == 1
    assert "problem  append-only" in ran.out
    assert "practice-A81002/1" in ran.out


def test_a_backup_is_restored_elsewhere_and_the_restore_is_recorded(practice, tmp_path):
    from tests.cli.conftest import at

    file, keys = tmp_path / "record.backup", tmp_path / "keys.backup"
    practice.fine("backup", file, "--keys", keys)
    before = practice.fine("show", "A81001", "--json").out
    history = practice.fine("history", "A81001", "--json").out
    other = at(tmp_path / "other")
    other.fine("restore", file, "--keys", keys, "--reason", "The disk failed")
    assert other.fine("show", "A81001", "--json").out == before
    assert other.fine("history", "A81001", "--json").out == history
    assert other.fine("doctor").status == 0
    from application.settings import settings_from
    from application.stores import open_stores

    stores = open_stores(settings_from(other.environ))
    (restored,) = stores.recorder.history("record")
    stores.close()
    assert isinstance(restored.fact, RestoredFromBackup)
    assert restored.person == "operator"
    assert restored.fact.reason is not None
    assert restored.fact.reason.words == "The disk failed"


def test_the_keys_are_never_in_the_first_file_of_a_backup(practice, tmp_path):
    file, keys = tmp_path / "record.backup", tmp_path / "keys.backup"
    practice.fine("backup", file, "--keys", keys)
    key = (practice.home / "key").read_bytes().strip()
    assert key not in file.read_bytes()
    assert b"key_page" not in file.read_bytes()
    assert key in keys.read_bytes()


def test_a_backup_is_never_written_over_a_file_and_a_restore_never_over_a_store(practice, tmp_path):
    file, keys = tmp_path / "record.backup", tmp_path / "keys.backup"
    practice.fine("backup", file, "--keys", keys)
    for words in (["backup", file, "--keys", tmp_path / "k2"], ["restore", file, "--keys", keys]):
        ran = practice(*words)
        assert (ran.status, ran.out) == (1, "")
        assert ran.err.count("\n") == 1
    assert practice("backup", tmp_path / "same", "--keys", tmp_path / "same").status == 1


def test_what_is_no_backup_is_not_restored(bare, tmp_path):
    (tmp_path / "f").write_text("no database")
    (tmp_path / "k").write_text("no database")
    ran = bare("restore", tmp_path / "f", "--keys", tmp_path / "k")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert not (bare.home / "record.db").exists()


@pytest.fixture
def on_postgres(tmp_path, postgres_database):
    from tests.cli.conftest import Command

    home = tmp_path / "home"
    return Command(home, {"CASEBOOK_HOME": str(home), "CASEBOOK_DATABASE_URL": postgres_database})


def test_on_postgres_the_same_commands_do_the_same(on_postgres, register):
    from tests.cli.conftest import listed

    on_postgres.fine("init")
    file = register(listed("A81001", "ONE SURGERY"), listed("A81002"))
    assert on_postgres.fine("import", "register", file).counts["registered"] == 2
    assert on_postgres.fine("import", "register", file).counts["unchanged"] == 2
    changed = register(
        listed("A81001", "NEW", status="A"), listed("A81002", status="C", closed="20140630"), name="b.csv"
    )
    counts = on_postgres.fine("import", "register", changed).counts
    assert (counts["changed"], counts["closed"]) == (1, 1)
    assert on_postgres.fine("import", "register", file).counts["reopened"] == 1
    words = ["--name", "C", "--role", "caseworker", "--organisation", "Q74"]
    on_postgres.fine("person", "add", "c@example.org", *words)
    flag = {"indicator": "PS01", "kind": "outlying", "level": "alert"}
    assert on_postgres.do("RaiseFlag", "A81001", "c@example.org", **flag).status == 0
    assert on_postgres.fine("show", "A81001", "--json").json["flags"][0]["indicator"] == "PS01"
    assert "differed" not in on_postgres.fine("rebuild").out
    assert on_postgres.fine("doctor").status == 0
    ran = on_postgres("backup", "f", "--keys", "k")
    assert ran.status == 1
    assert "pg_dump" in ran.err
    assert ran.err.count("\n") == 1
