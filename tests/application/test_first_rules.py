"""Version 1 of the framework's rules is recorded once, by whoever sets Casebook up."""

from contextlib import closing
from datetime import UTC, datetime

import pytest

from application.casebook import Casebook
from application.first_rules import record_first_rules
from application.init import init
from application.key_set import holds_more_than_the_key_set
from application.settings import Settings
from domain.framework.catalogue import VERSION_ONE
from domain.framework.framework import digest_of
from tests.support import factories as a

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@pytest.fixture
def casebook(tmp_path):
    with closing(init(Settings(home=tmp_path / "home"))) as stores:
        yield Casebook(stores, clock=lambda: NOW, ids=a.new_id)


def test_version_one_is_recorded_once_and_read_again_as_it_was(casebook):
    assert record_first_rules(casebook)
    assert not record_first_rules(casebook)
    assert casebook.recorder.count() == 2
    (version,) = casebook.framework().published
    assert version.framework.rule_set == VERSION_ONE
    assert version.digest == digest_of(VERSION_ONE)
    assert version.entry.role == "operator"


def test_a_store_that_holds_the_first_rules_alone_is_otherwise_empty(casebook):
    record_first_rules(casebook)
    assert not holds_more_than_the_key_set(casebook.stores)
