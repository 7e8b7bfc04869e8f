"""Keys lie on pages and are destroyed one by one; those just drawn stay at hand for a short while and in a small number."""

import os
import sqlite3
import threading
import time

import pytest
from sqlalchemy import text

from application import keys as module
from application.init import init
from application.key_pages import ON_A_PAGE, page_of
from application.keys import KeyStore, KeyWrong, StillInLog
from application.recording import Sent
from application.sealing import KeyMissing
from application.settings import Settings
from domain.record import RestoredFromBackup
from domain.rules import Sealed
from tests.contracts.notebook import ANNE, recorded


@pytest.fixture
def stores(tmp_path):
    stores = init(Settings(home=tmp_path))
    yield stores
    stores.close()


def another(stores) -> KeyStore:
    """The same store as another process sees it, with no key at hand."""
    return KeyStore(stores.keys_engine, stores.settings.key_encryption_key())


def opens(keys: KeyStore, key_id: int) -> bool:
    try:
        return len(keys.fetch([key_id])[key_id]) == 32
    except KeyError:
        return False


def wrapped(stores) -> dict[int, bytes]:
    with stores.keys_engine.connect() as connection:
        return dict(connection.execute(text("SELECT id, wrapped FROM key_page")).all())


def on_disk(stores) -> bytes:
    return b"".join(file.read_bytes() for file in stores.settings.home.glob("keys.db*"))


# --- at hand ------------------------------------------------------------------------------------------------


def test_a_destroyed_key_is_gone_from_a_running_process_within_a_minute(stores, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    key = stores.keys.draw()
    another(stores).destroy([key.id])
    assert opens(stores.keys, key.id)
    now[0] = 61.0
    assert not opens(stores.keys, key.id)


def test_whoever_destroys_a_key_has_it_no_longer(stores):
    key = stores.keys.draw()
    stores.keys.destroy([key.id])
    assert not opens(stores.keys, key.id)


def test_few_keys_stay_at_hand(stores, monkeypatch):
    monkeypatch.setattr(module._AtHand, "MOST", 3)
    drawn = [stores.keys.draw().id for _ in range(5)]
    another(stores).destroy(drawn)
    assert [key_id for key_id in drawn if opens(stores.keys, key_id)] == drawn[-3:]


def test_a_child_process_draws_keys_of_its_own(stores, monkeypatch):
    ours, pid = stores.keys.draw().id, os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: pid + 1)
    theirs = {page_of(stores.keys.draw().id) for _ in range(16)}
    assert page_of(ours) not in theirs, "none of the batch that the parent drew"


# --- pages --------------------------------------------------------------------------------------------------


def test_every_key_that_was_drawn_is_read_back_from_its_page(stores):
    drawn = dict(tuple(stores.keys.draw()) for _ in range(16 + 32 + 64 + 128 + 1))
    assert len(set(drawn.values())) == len(drawn)
    found = another(stores).fetch(drawn)
    assert {key_id: found[key_id] for key_id in drawn} == drawn
    assert max(len(list(ids)) for ids in pages(drawn).values()) == ON_A_PAGE


def pages(ids) -> dict[int, list[int]]:
    of: dict[int, list[int]] = {}
    for key_id in ids:
        of.setdefault(page_of(key_id), []).append(key_id)
    return of


def test_only_keys_that_were_asked_for_are_kept_and_none_before_it_is_looked_up(stores):
    first, second, third = (stores.keys.draw().id for _ in range(3))
    found = another(stores).fetch([first, third])
    assert dict(found) == {}
    assert found[first] != found[third]
    assert set(found) == {first, third}
    with pytest.raises(KeyError):
        _ = found[second]


def test_keys_are_in_no_repr(stores):
    key = stores.keys.draw()
    found = another(stores).fetch([key.id])
    assert found[key.id] == key.key
    for shown in (repr(key), f"{key}", repr(found), str(found)):
        assert shown in {f"DataKey({key.id})", f"Fetched([{key.id}])"}


def test_a_page_whose_slots_were_altered_does_not_open(stores):
    key = stores.keys.draw()
    with stores.keys_engine.begin() as connection:
        connection.execute(text("UPDATE key_page SET slots = :slots"), {"slots": bytes(range(15, -1, -1))})
    with pytest.raises(KeyWrong):
        _ = another(stores).fetch([key.id])[key.id]


# --- destroying ---------------------------------------------------------------------------------------------


def test_destroying_a_key_destroys_exactly_that_one(stores):
    drawn = dict(tuple(stores.keys.draw()) for _ in range(80))
    subject = stores.keys.of_subject("person-1")
    gone = sorted(drawn)[20]
    stores.keys.destroy([gone])
    found = another(stores).fetch([*drawn, subject.id])
    left = {key_id: found[key_id] for key_id in drawn if key_id != gone}
    assert left == {key_id: key for key_id, key in drawn.items() if key_id != gone}
    assert found[subject.id] == subject.key
    assert not opens(another(stores), gone)
    assert stores.keys.present([*drawn, subject.id]) == {*left, subject.id}


def test_what_a_destroyed_key_was_wrapped_in_is_nowhere_on_the_disk(stores):
    drawn = [stores.keys.draw() for _ in range(40)]
    page = page_of(drawn[30].id)
    before = wrapped(stores)
    assert before[page] in on_disk(stores)
    stores.keys.destroy([drawn[30].id])
    after, lies = wrapped(stores), on_disk(stores)
    assert after[page] in lies
    # Nor is any piece of it. What follows the nonce is encrypted anew, so that no piece can be left by right.
    assert not [at for at in range(len(before[page]) - 15) if before[page][at : at + 16] in lies]
    assert {number: row for number, row in after.items() if number != page} == {
        number: row for number, row in before.items() if number != page
    }
    assert all(key.key not in lies for key in drawn)


def test_a_page_goes_with_its_last_key_and_its_number_is_never_given_again(stores):
    subject = stores.keys.of_subject("person-1")
    stores.keys.destroy([subject.id])
    assert page_of(subject.id) not in wrapped(stores)
    again = stores.keys.of_subject("person-1")
    assert again.id != subject.id
    assert again.key != subject.key


def test_keys_of_one_page_destroyed_at_once_are_all_destroyed(stores):
    drawn = [stores.keys.draw().id for _ in range(16)]
    many = [threading.Thread(target=another(stores).destroy, args=([key_id],)) for key_id in drawn[:8]]
    for one in many:
        one.start()
    for one in many:
        one.join()
    assert another(stores).present(drawn) == set(drawn[8:])


def test_a_key_that_is_gone_may_be_destroyed_again(stores):
    drawn = [stores.keys.draw().id for _ in range(3)]
    for _ in range(2):
        stores.keys.destroy([drawn[0], 10**9])
    assert another(stores).present(drawn) == set(drawn[1:])


def test_destroying_says_when_somebody_who_reads_keeps_the_old_page_in_the_log(stores, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    key = stores.keys.draw()
    with sqlite3.connect(stores.keys_file, isolation_level=None) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT * FROM key_page").fetchall()
        with stores.keys_engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA busy_timeout = 50")
        with pytest.raises(StillInLog):
            stores.keys.destroy([key.id])
        reading.execute("COMMIT")
    reading.close()
    stores.keys.destroy([key.id])
    assert not opens(another(stores), key.id)


def test_one_sealed_field_is_gone_with_its_key_and_its_neighbours_still_open(stores):
    for n in range(1, 4):
        said = RestoredFromBackup(last_position=n, facts=n, reason=Sealed(f"reason {n}"), occurred_on=ANNE.on)
        stores.recorder.append([recorded(said, f"practice-{n}", 1, f"c-{n}")], [Sent(f"c-{n}", b"d", 1)])
    rows = stores.recorder.raw_after(0, 10)
    stores.keys.destroy(stores.codec.key_ids(*rows[1][3:]))
    for opened in (False, True):
        first, second, third = stores.codec.decode(rows, opened=opened)
        assert [first.fact.reason.words, third.fact.reason.words] == ["reason 1", "reason 3"]
        with pytest.raises(KeyMissing, match="reason in practice-2/1"):
            _ = second.fact.reason.words
