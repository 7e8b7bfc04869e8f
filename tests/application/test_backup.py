"""A backup is two files that fit together; a restore says that it was one."""

import base64
import sqlite3
import stat

import pytest

from application.backup import backup, restore
from application.backup.files import BackupRefused
from application.engines import sqlite_engine
from application.init import init
from application.keys import KeyStore
from application.recording import Sent
from application.settings import Settings
from domain.record import RestoredFromBackup
from domain.rules import Sealed
from tests.contracts.notebook import ANNE, recorded

SENTENCE = "Patients wait three weeks for an appointment"


def fact(n: int):
    said = RestoredFromBackup(last_position=n, facts=n, reason=Sealed(f"{SENTENCE} {n}"), occurred_on=ANNE.on)
    return recorded(said, f"practice-X{n}", 1, f"command-{n}")


def keys_of(stores, position: int) -> set[int]:
    (*_, topic, state), *_ = stores.recorder.raw_after(position - 1, 1)
    return stores.codec.key_ids(topic, state)


@pytest.fixture
def stores(tmp_path):
    stores = init(Settings(home=tmp_path / "home"))
    for n in range(5):
        stores.recorder.append([fact(n)], [Sent(f"command-{n}", b"d", 1)])
    yield stores
    stores.close()


@pytest.fixture
def files(tmp_path):
    (tmp_path / "safe").mkdir()
    return tmp_path / "safe" / "record.backup", tmp_path / "safe" / "keys.backup"


def restored(settings, files, **more):
    return restore(settings, *files, command_id="command-restore", clock=lambda: ANNE.at, **more)


def test_what_was_backed_up_is_there_again_and_says_that_it_was_restored(stores, files, tmp_path):
    assert backup(stores, *files) == (5, 5)
    back = restored(Settings(home=tmp_path / "new"), files, reason="the disk failed")
    facts = back.recorder.facts_after(0, 100)
    assert facts[:5] == stores.recorder.facts_after(0, 100)
    last = facts[5]
    assert (last.stream, last.version, last.person) == ("record", 1, "operator")
    assert (last.fact.last_position, last.fact.facts, last.fact.reason.words) == (5, 5, "the disk failed")
    assert back.recorder.append([fact(6)], [Sent("command-6", b"d", 1)])[0].position == 7
    back.close()


def test_the_records_file_opens_nothing_without_the_keys_file(stores, files):
    backup(stores, *files)
    key = stores.settings.key_encryption_key()
    whole = files[0].read_bytes()
    assert SENTENCE.encode() not in whole
    assert key not in whole
    assert base64.b64encode(key) not in whole
    assert base64.b64encode(key) in files[1].read_bytes()
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    assert sorted(files[0].parent.iterdir()) == sorted(files), "nothing is left beside them"


def test_a_key_that_was_set_is_not_in_the_keys_file_and_is_asked_for(tmp_path, files):
    key = bytes(range(32))
    stores = init(Settings(home=tmp_path / "home", key=key))
    stores.recorder.append([fact(1)], [Sent("command-1", b"d", 1)])
    backup(stores, *files)
    stores.close()
    assert base64.b64encode(key) not in files[1].read_bytes()
    with pytest.raises(BackupRefused, match="CASEBOOK_KEY"):
        restored(Settings(home=tmp_path / "new"), files)
    with pytest.raises(BackupRefused, match="not the key"):
        restored(Settings(home=tmp_path / "new", key=bytes(32)), files)
    restored(Settings(home=tmp_path / "new", key=key), files).close()


def test_the_restored_key_store_does_not_hold_the_key_that_wraps_it(stores, files, tmp_path):
    backup(stores, *files)
    restored(Settings(home=tmp_path / "new"), files).close()
    kept = b"".join(file.read_bytes() for file in (tmp_path / "new").glob("*.db*"))
    assert (tmp_path / "new" / "key").read_bytes().strip() not in kept
    assert stat.S_IMODE((tmp_path / "new" / "key").stat().st_mode) == 0o600


def test_nothing_is_ever_written_over(stores, files, tmp_path):
    backup(stores, *files)
    with pytest.raises(BackupRefused, match="exists"):
        backup(stores, *files)
    with pytest.raises(BackupRefused, match="never writes over"):
        restored(stores.settings, files)
    with pytest.raises(BackupRefused, match="two files"):
        backup(stores, tmp_path / "one", tmp_path / "one")


def test_keys_of_another_time_are_noticed(stores, files):
    (key,) = keys_of(stores, 3)
    stores.keys.destroy([key])
    with pytest.raises(BackupRefused, match=rf"position 3 needs key \{{{key}\}}"):
        backup(stores, *files)
    assert list(files[0].parent.iterdir()) == [], "no half backup is left"


def test_what_is_no_backup_is_refused(files, tmp_path):
    new = Settings(home=tmp_path / "new")
    with pytest.raises(BackupRefused, match="There is no file"):
        restored(new, files)
    files[0].write_bytes(b"not a database" * 100)
    files[1].write_bytes(b"not a database" * 100)
    with pytest.raises(BackupRefused, match="cannot be copied"):
        restored(new, files)
    for file in files:
        file.unlink()
        sqlite3.connect(file).close()
    with pytest.raises(BackupRefused, match="not a backup"):
        restored(new, files)
    assert not list((tmp_path / "new").glob("*.db*"))


def test_on_postgres_its_own_tools_are_named(tmp_path, files):
    there = Settings(home=tmp_path, database_url="postgresql://nowhere/none")
    with pytest.raises(BackupRefused, match="pg_dump"):
        restored(there, files)


def lies(settings, name: str) -> None:
    settings.home.mkdir(exist_ok=True)
    (settings.home / name).write_bytes(b"left")


@pytest.mark.parametrize("name", ["record.db-wal", "record.db-shm", "keys.db-wal", "record.db"])
def test_what_a_lost_store_left_is_never_taken_for_the_restored_ones_own(stores, files, tmp_path, name):
    backup(stores, *files)
    new = Settings(home=tmp_path / "new")
    lies(new, name)
    with pytest.raises(BackupRefused, match=f"There is {name} in"):
        restored(new, files)
    assert [file.name for file in new.home.iterdir() if file.name != "init.lock"] == [name]


def test_views_that_are_there_are_dropped(stores, files, tmp_path):
    backup(stores, *files)
    new = Settings(home=tmp_path / "new")
    for name in ("views.db", "views.db-wal", "views.db-shm"):
        lies(new, name)
    restored(new, files).close()
    assert not list(new.home.glob("views.db*"))


def other_keys(tmp_path, stores) -> object:
    """The keys of another record, under the same key-encryption key, with as many ids."""
    key = stores.settings.key_encryption_key()
    other = init(Settings(home=tmp_path / "other", key=key))
    for n in range(5):
        other.recorder.append([fact(n)], [Sent(f"command-{n}", b"d", 1)])
    backup(other, tmp_path / "other.record", tmp_path / "other.keys")
    other.close()
    return tmp_path / "other.keys"


def test_the_keys_of_another_record_fill_no_home(stores, files, tmp_path):
    backup(stores, *files)
    new = Settings(home=tmp_path / "new", key=stores.settings.key_encryption_key())
    with pytest.raises(BackupRefused, match="not those of this record"):
        restored(new, (files[0], other_keys(tmp_path, stores)))
    assert [file.name for file in new.home.iterdir()] == ["init.lock"]


def test_keys_of_an_earlier_backup_fill_no_home(stores, files, tmp_path):
    backup(stores, *files)
    engine = sqlite_engine(files[1])
    KeyStore(engine, stores.settings.key_encryption_key()).destroy(keys_of(stores, 5))
    engine.dispose()
    new = Settings(home=tmp_path / "new")
    with pytest.raises(BackupRefused, match="needs key"):
        restored(new, files)
    assert [file.name for file in new.home.iterdir()] == ["init.lock"]


@pytest.mark.parametrize("after", ["keys.db", "record.db"])
def test_a_restore_that_was_killed_can_be_run_again(stores, files, tmp_path, monkeypatch, after):
    from pathlib import Path

    backup(stores, *files)
    new, rename = Settings(home=tmp_path / "new"), Path.rename

    def killed(self, target):
        if Path(target).name == after:
            raise KeyboardInterrupt
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            restored(new, files)
    back = restored(new, files)
    assert back.recorder.count() == 6
    back.close()


def test_what_a_killed_restore_was_making_is_cleared_away(stores, files, tmp_path):
    backup(stores, *files)
    new = Settings(home=tmp_path / "new")
    (new.home / ".restoring").mkdir(parents=True)
    (new.home / ".restoring" / "record.db").write_bytes(b"half")
    restored(new, files).close()
    assert not (new.home / ".restoring").exists()


def test_other_keys_that_lie_there_are_never_written_over(stores, files, tmp_path):
    backup(stores, *files)
    key = stores.settings.key_encryption_key()
    new = Settings(home=tmp_path / "new", key=key)
    other_keys(tmp_path, stores)
    new.home.mkdir()
    there = (tmp_path / "other" / "keys.db").read_bytes()
    (new.home / "keys.db").write_bytes(there)
    with pytest.raises(BackupRefused, match=r"keys\.db of other keys"):
        restored(new, files)
    assert (new.home / "keys.db").read_bytes() == there
