"""Keys just drawn stay at hand for a short while and in a small number; what was destroyed is then gone."""

import os
import time

import pytest
from sqlalchemy import text

from application import keys as module
from application.init import init
from application.settings import Settings


@pytest.fixture
def stores(tmp_path):
    stores = init(Settings(home=tmp_path))
    yield stores
    stores.close()


def destroy(stores, key_id: int) -> None:
    with stores.keys_engine.begin() as connection:
        connection.execute(text("DELETE FROM data_key WHERE id = :id"), {"id": key_id})


def test_a_destroyed_key_is_gone_from_a_running_process_within_a_minute(stores, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    key = stores.keys.draw()
    destroy(stores, key.id)
    assert key.id in stores.keys.fetch([key.id])
    now[0] = 61.0
    assert stores.keys.fetch([key.id]) == {}


def test_few_keys_stay_at_hand(stores, monkeypatch):
    monkeypatch.setattr(module._AtHand, "MOST", 3)
    drawn = [stores.keys.draw().id for _ in range(5)]
    for key_id in drawn:
        destroy(stores, key_id)
    assert sorted(stores.keys.fetch(drawn)) == drawn[-3:]


def test_a_child_process_draws_keys_of_its_own(stores, monkeypatch):
    ours, pid = stores.keys.draw().id, os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: pid + 1)
    theirs = {stores.keys.draw().id for _ in range(16)}
    assert ours not in theirs
    assert min(theirs) > 16, "none of the batch that the parent drew"
