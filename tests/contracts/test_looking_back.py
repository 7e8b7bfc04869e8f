"""What both databases promise of stated purposes, and of the seed of a sample."""

from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from application.access_log import Wanted, lines
from application.purposes import state, stated_in_words
from application.recording import Sent
from application.sampling import seed_of
from tests.contracts.notebook import ANNE, NoteCounted, recorded


def test_a_stated_purpose_is_kept_sealed_and_is_neither_changed_nor_deleted(stores):
    engine = stores.record_engine
    plain = state(engine, stores.keys, ANNE.at, ANNE, "audit", "")
    told = state(engine, stores.keys, ANNE.at, ANNE, "other", "A question of the board")
    words = stated_in_words(engine, stores.keys, [plain, told])
    assert {number: one.words for number, one in words.items()} == {told: "A question of the board"}
    assert [(one.purpose, one.number) for one in lines(engine, Wanted(what="stated"), 9)] == [
        ("other", told),
        ("audit", plain),
    ]
    where = "record.stated_purpose" if stores.kind == "postgresql" else "stated_purpose"
    for change in (f"UPDATE {where} SET purpose = 'audit'", f"DELETE FROM {where}"):
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(change))


def test_the_seed_of_a_day_is_of_the_days_before_it_on_either_database(recorder):
    facts = [recorded(NoteCounted(count=count), "notebook-1", count) for count in (1, 2, 3)]
    facts[2] = facts[2]._replace(recorded_at=facts[2].recorded_at + timedelta(days=1))
    recorder.append(facts, [Sent("command-1", b"digest", 3)])
    day = facts[2].recorded_on
    rows = recorder.raw_after(0, 9)
    digests = b"".join(sha256(row[4]).digest() for row in rows[:2])
    assert seed_of(recorder, day).sha256 == sha256(digests).hexdigest()
    assert seed_of(recorder, day).facts == 2
    assert seed_of(recorder, day - timedelta(days=1)).facts == 0
