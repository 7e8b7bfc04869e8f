"""A fact that somebody altered in the store: its page says so, and every other entry is there as before."""

import pytest
from sqlalchemy import text

from tests.support import factories as a

PAGE = f"/practices/{a.CODE}"


@pytest.fixture
def alter(casebook):
    """Change the last character of a fact's sealed words, as somebody with the rights of the file's owner could."""

    def altered(version):
        (row,) = casebook.recorder.raw_of(f"practice-{a.CODE}", [version])
        at = row[4].rindex(b"=")
        state = row[4][: at - 3] + bytes([row[4][at - 3] ^ 1]) + row[4][at - 2 :]
        with casebook.stores.record_engine.begin() as connection:
            connection.execute(text("DROP TRIGGER stored_events_no_update"))
            connection.execute(
                text(
                    "UPDATE stored_events SET state = :state WHERE originator_version = :at AND originator_id LIKE 'practice-%'"
                ),
                {"state": state, "at": version},
            )
        casebook.recorder.at_hand._kept.clear()

    return altered


def test_an_altered_entry_is_named_and_the_others_are_shown(sign_in, record, alter):
    record("caseworker", a.record_conversation(said="The rota holds."))
    record("caseworker", a.record_conversation(said="The rota fails."))
    caseworker = sign_in("caseworker")
    assert caseworker.open(PAGE).status == 200
    alter(3)
    page = caseworker.open(PAGE)
    assert page.status == 200
    assert "An entry whose words do not open" in page.text
    assert "The rota fails." in page.text
    assert "The rota holds." not in page.text
    for address in (f"{PAGE}/entries/3", f"{PAGE}/entries/4", f"{PAGE}/record"):
        assert caseworker.open(address).status == 200, address
