"""An agreement is to what is stored: changing one stored character makes it void, on both databases."""

import pytest
from sqlalchemy import text

from application.agreements import stored_digest, voided
from application.casebook import Casebook
from application.codec import Codec
from application.doctor import examine
from application.init import init
from application.stores import open_stores
from domain.rules import RuleBroken
from tests.contracts.notebook import scripted_clock, seeded_ids
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, OPERATOR

TALK, LATER = 3, 4


@pytest.fixture
def agreed(settings):
    """A practice with a conversation that was amended by the CCG, whose amendment the board agreed to."""
    init(settings).close()
    stores = open_stores(settings)
    stores.codec = Codec(stores.keys)
    book = Casebook(stores, clock=scripted_clock(), ids=seeded_ids())
    numbers = iter(range(1, 100))

    def handle(command, asked):
        return book.handle(a.CODE, command, asked, command_id=f"command-{next(numbers):08d}")

    handle(a.register_practice(local_commissioner=a.COMMISSIONER), OPERATOR)
    handle(a.record_conversation(), CASEWORKER)
    handle(a.amend_entry(version=TALK, said="For two weeks, not three."), LEAD)
    handle(a.agree_entry(version=TALK, digest="ff" * 32), MANAGER)
    yield book
    stores.close()


def altered(book, version: int, character: str) -> None:
    """One stored character changed, as somebody with the rights of the database's owner could: its last in the fact."""
    (row,) = book.recorder.raw_of("practice-X90001", [version])
    at = row[4].rindex(character.encode())
    state = row[4][:at] + bytes([row[4][at] ^ 1]) + row[4][at + 1 :]
    with book.stores.record_engine.begin() as connection:
        if book.stores.kind == "sqlite":
            connection.execute(text("DROP TRIGGER stored_events_no_update"))
        else:
            connection.execute(text("SET session_replication_role = replica"))
        changed = connection.execute(
            text(
                "UPDATE stored_events SET state = :state WHERE originator_id = :one AND originator_version = :at"
            ),
            {"state": state, "one": "practice-X90001", "at": version},
        )
        assert changed.rowcount == 1


def test_the_digest_is_of_what_is_stored_whatever_was_sent(agreed):
    practice = agreed.practice(a.CODE)
    (row,) = agreed.recorder.raw_of("practice-X90001", [LATER])
    assert practice.records[TALK].digest == stored_digest(*row[1:])
    assert practice.records[TALK].state == "agreed"
    assert voided(agreed.recorder, practice) == set()


@pytest.mark.parametrize("character", ["2", "="])
def test_one_changed_character_voids_the_agreement_on_the_page_and_in_doctor(settings, agreed, character):
    """A digit of the day it was written, and a character of the sealed words."""
    practice = agreed.practice(a.CODE)
    altered(agreed, LATER, character)
    assert voided(agreed.recorder, practice) == {TALK}
    found = {check.name: check for check in examine(settings)}
    assert not found["agreements"].ok
    assert "practice-X90001/5" in found["agreements"].detail


def test_doctor_counts_the_agreements_that_hold(settings, agreed):
    found = {check.name: check for check in examine(settings)}
    assert found["agreements"].ok
    assert found["agreements"].detail == "1 to what is stored"


def test_nobody_agrees_for_the_other_organisation(agreed):
    agreed.handle(a.CODE, a.record_conversation(), CASEWORKER, command_id="command-00000090")
    with pytest.raises(RuleBroken) as refused:
        agreed.handle(a.CODE, a.agree_entry(version=6), MANAGER, command_id="command-00000091")
    assert refused.value.rule == "nobody-agrees-to-their-own-text"
