"""Who has opened what: what is new to a person, that they opened it, and what the other organisation has opened."""

import pytest

from domain.practice.kinds import Visibility
from domain.reading import EntriesOpened
from tests.support import factories as a

PAGE = f"/practices/{a.CODE}"


@pytest.fixture
def opened(casebook):
    """The openings recorded so far: who opened which entries."""
    return lambda: [
        (entry.person, entry.fact.versions)
        for entry in casebook.history(f"reading-{a.CODE}")
        if isinstance(entry.fact, EntriesOpened)
    ]


def test_what_others_recorded_is_new_until_it_was_shown(sign_in, record, opened):
    record("caseworker", a.record_conversation(said="The rota holds."))
    lead = sign_in("lead")
    page = lead.open(PAGE)
    assert "2 entries that you have not opened" in page.text
    assert page.text.count("New to you") == 2
    assert opened() == [("person-lead0001", (1, 2, 3))]
    again = lead.open(PAGE)
    assert "have not opened" not in again.text
    assert "New to you" not in again.text
    assert len(opened()) == 1, "opened again is not recorded again"


def test_what_a_person_recorded_is_not_new_to_them(sign_in, record, opened):
    caseworker = sign_in("caseworker")
    caseworker.open(PAGE)
    record("caseworker", a.record_conversation())
    assert "have not opened" not in caseworker.open(PAGE).text
    record("lead", a.record_conversation())
    assert "1 entry that you have not opened" in caseworker.open(PAGE).text


def test_an_entry_says_who_opened_it_and_never_that_they_read_it(sign_in, record):
    record("caseworker", a.record_conversation())
    assert "Nobody else has opened it yet" in sign_in("caseworker").open(f"{PAGE}/entries/3").text
    sign_in("lead").open(f"{PAGE}/entries/3")
    text = sign_in("caseworker").open(f"{PAGE}/entries/3").text
    assert (
        "Opened by Opened means that it was shown to them whole, on this page or among other entries: nobody can say that it was read"
        in text
    )
    assert "Priya Shah" in text
    assert "Larkdale CCG" in text
    assert "21 November 2026, 10:00am GMT" in text.partition("Opened by")[2]
    assert "read by" not in text.lower()


def test_what_is_on_another_page_of_the_conversation_was_not_opened(sign_in, record, opened):
    for number in range(30):
        record("caseworker", a.record_conversation(said=f"Call {number}."))
    lead = sign_in("lead")
    page = lead.open(PAGE)
    assert "31 entries that you have not opened" in page.text
    assert "Go to the" not in page.text, "who never looked begins at the newest, on top"
    assert [len(versions) for _, versions in opened()] == [25]
    oldest = lead.open(f"{PAGE}?entry=1")
    assert oldest.by_id("entry-1") is not None
    assert "6 entries that you have not opened" in oldest.text
    assert "have not opened" not in lead.open(PAGE).text


def test_what_is_new_begins_after_what_somebody_last_looked_at(sign_in, record):
    for number in range(30):
        record("caseworker", a.record_conversation(said=f"Call {number}."))
    lead = sign_in("lead")
    lead.open(PAGE)
    page = lead.open(PAGE)
    assert "6 entries that you have not opened, all older than what you opened." in page.text
    assert page.links["Go to the latest of them"] == f"{PAGE}?entry=7#entry-7"
    for number in range(2):
        record("caseworker", a.record_conversation(said=f"Letter {number}."))
    page = lead.open(PAGE)
    assert "8 entries that you have not opened, 2 of them since you last looked." in page.text
    assert page.links["Go to the first of these"] == f"{PAGE}?entry=33#entry-33"


def test_a_withheld_entry_is_not_opened_by_being_there(sign_in, record, opened):
    record("caseworker", a.record_conversation(visibility=Visibility.RESTRICTED))
    sign_in("lead").open(PAGE)
    sign_in("lead").open(f"{PAGE}/entries/3")
    assert [versions for _, versions in opened()] == [(1, 2)]


def test_who_opened_a_page_is_recorded_for_its_auditor_too(sign_in, record, opened):
    record("caseworker", a.record_conversation())
    sign_in("auditor").open(f"{PAGE}/record")
    assert opened() == [("person-auditor1", (1, 2, 3))]


def test_opening_changes_nothing_of_the_practice(sign_in, casebook):
    before = casebook.history(f"practice-{a.CODE}")[:]
    sign_in("lead").open(PAGE)
    assert casebook.history(f"practice-{a.CODE}") == before


def test_who_asks_for_the_head_of_a_page_has_opened_nothing(sign_in, record, opened):
    record("caseworker", a.record_conversation(said="The rota holds."))
    lead = sign_in("lead")
    for path in (PAGE, f"{PAGE}/entries/3"):
        assert lead.client.head(path).status_code == 200
    assert opened() == []


def test_a_page_that_could_not_be_made_was_not_opened(sign_in, record, opened, app, monkeypatch):
    record("caseworker", a.record_conversation(said="The rota holds."))
    lead = sign_in("lead")
    app.config.update(PROPAGATE_EXCEPTIONS=False, TESTING=False)
    monkeypatch.setattr("web.practices.routes_read.render_template", lambda *_, **__: 1 / 0)
    assert lead.client.get(f"{PAGE}/entries/3").status_code == 500
    assert opened() == []
