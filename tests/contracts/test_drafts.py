"""Drafts: kept over a sign-out, sealed where they lie, given to nobody else, and gone when they are discarded."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from application.drafts import KEPT_FOR, Drafts
from application.sealing import KeyMissing, SealBroken
from application.tables import draft

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
ANNE, BEN = "person-anne0001", "person-ben00001"
HERE = "/practices/X90001/record-conversation"
TYPED = [("said", "The rota is agreed.\n"), ("about_flags", "flag-1"), ("about_flags", "flag-2")]


@pytest.fixture
def drafts(stores):
    return Drafts(stores.record_engine, stores.keys)


def rows(stores):
    with stores.record_engine.connect() as connection:
        return connection.execute(select(draft)).all()


def test_what_was_typed_comes_back_as_it_was_typed_in_another_process(drafts, open_again):
    drafts.keep(ANNE, HERE, TYPED, NOW)
    another = open_again()
    found = Drafts(another.record_engine, another.keys).one(ANNE, HERE)
    assert (found.typed, found.saved_at) == (TYPED, NOW)


def test_the_same_address_holds_one_draft_the_last(drafts, stores):
    drafts.keep(ANNE, HERE, TYPED, NOW)
    drafts.keep(ANNE, HERE, [("said", "Otherwise")], NOW + timedelta(minutes=1))
    assert drafts.one(ANNE, HERE).typed == [("said", "Otherwise")]
    assert len(rows(stores)) == 1


def test_nobody_is_given_anybody_elses(drafts):
    drafts.keep(ANNE, HERE, TYPED, NOW)
    assert drafts.one(BEN, HERE) is None
    assert drafts.all_of(BEN) == []
    assert drafts.beneath(BEN, "/practices") == {}
    drafts.discard(BEN, [HERE])
    assert drafts.one(ANNE, HERE) is not None


def test_drafts_beneath_an_address_are_found_and_those_of_a_longer_name_are_not(drafts):
    for about in (
        "/meetings/one",
        "/meetings/one/X90001",
        "/meetings/one_X90001",
        "/meetings/onemore/X90001",
    ):
        drafts.keep(ANNE, about, [("said", about)], NOW)
    assert set(drafts.beneath(ANNE, "/meetings/one")) == {"/meetings/one", "/meetings/one/X90001"}


def test_the_words_lie_sealed(drafts, stores):
    drafts.keep(ANNE, HERE, TYPED, NOW)
    assert "rota" not in repr(rows(stores))


def test_words_that_were_moved_to_another_person_do_not_open(drafts, stores):
    drafts.keep(ANNE, HERE, TYPED, NOW)
    with stores.record_engine.begin() as connection:
        connection.execute(update(draft).values(person=BEN))
    with pytest.raises(SealBroken):
        drafts.one(BEN, HERE).typed  # noqa: B018


def test_what_is_discarded_opens_from_no_copy(drafts, stores):
    drafts.keep(ANNE, HERE, TYPED, NOW)
    drafts.keep(ANNE, "/elsewhere", TYPED, NOW)
    copy = drafts.one(ANNE, HERE)
    drafts.discard(ANNE, [HERE])
    with pytest.raises(KeyMissing):
        copy.typed  # noqa: B018
    assert [one.about for one in drafts.all_of(ANNE)] == ["/elsewhere"]
    assert drafts.one(ANNE, "/elsewhere").typed == TYPED


def test_a_draft_that_was_left_for_long_is_forgotten(drafts):
    drafts.keep(ANNE, HERE, TYPED, NOW)
    drafts.keep(BEN, HERE, TYPED, NOW + KEPT_FOR)
    assert drafts.one(ANNE, HERE) is not None
    drafts.keep(BEN, HERE, TYPED, NOW + KEPT_FOR + timedelta(seconds=1))
    assert drafts.one(ANNE, HERE) is None


def test_the_last_saved_is_listed_first(drafts):
    for minutes, about in enumerate(("/one", "/two", "/three")):
        drafts.keep(ANNE, about, TYPED, NOW + timedelta(minutes=minutes))
    assert [one.about for one in drafts.all_of(ANNE)] == ["/three", "/two", "/one"]


def test_two_savings_at_once_leave_one_draft_that_opens(drafts, stores):
    with ThreadPoolExecutor(4) as at_once:
        list(at_once.map(lambda n: drafts.keep(ANNE, HERE, [("said", str(n))], NOW), range(8)))
    assert drafts.one(ANNE, HERE).typed[0][1] in {str(n) for n in range(8)}
    assert len(rows(stores)) == 1
