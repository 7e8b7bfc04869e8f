"""Init makes nothing anew that facts already depend on: it says what to put back."""

import stat

import pytest
from sqlalchemy import text

from application.init import init
from application.recording import DiskFull, Sent
from application.schema import NotReady
from application.settings import Settings
from domain.record import RestoredFromBackup
from domain.rules import Sealed
from tests.contracts.notebook import ANNE, recorded


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def record(stores, n: int, words: str | None = "words") -> None:
    fact = RestoredFromBackup(
        last_position=n, facts=n, reason=Sealed(words) if words else None, occurred_on=ANNE.on
    )
    stores.recorder.append([recorded(fact, "record", n, f"command-{n}")], [Sent(f"command-{n}", b"d", 1)])


def remove(home, store: str) -> None:
    for file in home.glob(f"{store}.db*"):
        file.unlink()


@pytest.fixture
def kept(home):
    """A home where two facts with sealed words are recorded."""
    stores = init(Settings(home=home))
    record(stores, 1)
    record(stores, 2)
    stores.close()
    return Settings(home=home)


def refused(settings, match: str) -> None:
    before = sorted(file.name for file in settings.home.iterdir())
    with pytest.raises(NotReady, match=match) as told:
        init(settings)
    assert "\n" not in str(told.value)
    assert sorted(file.name for file in settings.home.iterdir()) == before, "nothing is made"


def test_lost_keys_are_put_back_and_never_made_anew(kept):
    remove(kept.home, "keys")
    refused(kept, r"put .*keys\.db back from its backup")


def test_an_empty_key_store_is_not_taken_for_that_of_a_record_with_facts(kept, tmp_path):
    init(Settings(home=tmp_path / "other")).close()
    remove(kept.home, "keys")
    (tmp_path / "other" / "keys.db").rename(kept.home / "keys.db")
    refused(kept, r"put .*keys\.db back from its backup")


def test_a_key_store_older_than_the_record_is_not_taken_for_its_own(home):
    stores = init(Settings(home=home))
    record(stores, 1)
    stores.close()
    older = (home / "keys.db").read_bytes()
    stores = init(Settings(home=home))
    record(stores, 2)  # draws from another batch
    stores.close()
    remove(home, "keys")
    (home / "keys.db").write_bytes(older)
    refused(Settings(home=home), "of the same time or later")


def test_a_lost_key_file_is_put_back_and_never_made_anew(kept):
    key = (kept.home / "key").read_bytes()
    (kept.home / "key").unlink()
    refused(kept, "CASEBOOK_KEY")
    (kept.home / "key").write_bytes(key)
    init(kept).close()


def test_keys_without_their_record_are_not_given_a_new_one(kept):
    remove(kept.home, "record")
    refused(kept, "casebook restore")


def test_facts_that_hold_no_sealed_words_need_no_keys(home):
    stores = init(Settings(home=home))
    record(stores, 1, words=None)
    stores.close()
    init(Settings(home=home)).close()


def test_a_lost_secret_is_made_again_for_it_opens_nothing(kept):
    (kept.home / "secret").unlink()
    init(kept).close()
    assert (kept.home / "secret").exists()


def test_a_home_that_init_makes_is_its_owners_alone(kept):
    assert stat.S_IMODE(kept.home.stat().st_mode) == 0o700


@pytest.mark.parametrize("settings", ["postgres"], indirect=True)
def test_on_postgres_lost_keys_are_put_back_too(settings):
    stores = init(settings)
    record(stores, 1)
    with stores.keys_engine.begin() as connection:
        connection.execute(text("DELETE FROM key_page"))
    stores.close()
    with pytest.raises(NotReady, match="schema keys"):
        init(settings)


def test_a_full_disk_is_not_called_busy(kept):
    stores = init(kept)
    with stores.recorder.datastore.get_connection(commit=False) as connection:
        connection._sqlite_conn.execute("PRAGMA max_page_count=1")
    with pytest.raises(DiskFull, match="disk is full"):
        record(stores, 3, words="w" * 200_000)
    stores.close()
