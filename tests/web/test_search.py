"""The search page: what is shown, to whom, and what is noted of it."""

import pytest
from sqlalchemy import select

from application.tables import access_log
from domain.practice.kinds import Visibility
from projections.told_in_words import TOLD as SOUGHT
from tests.projections.test_search import ODD
from tests.support import factories as a
from tests.web.person import words_of
from web.search.presenters import CALLED


def searched(stores):
    with stores.record_engine.connect() as connection:
        return list(connection.execute(select(access_log).where(access_log.c.name == "Search")))


@pytest.fixture
def told(record):
    record("caseworker", a.record_conversation(said="The <b>telephone</b> rota & desk: telephones rang."))
    record("caseworker", a.propose_action(issue="Publish the telephone rota"))
    heard = "A whistleblower told of the telephone."
    record("lead", a.record_intelligence(summary=heard, visibility=Visibility.INTERNAL))


def test_the_box_stands_on_every_page_of_whoever_reads_practices(people):
    for who, address in (("caseworker", "/"), ("lead", "/practices"), ("auditor", "/account")):
        [box] = people.__getattr__(who).open(address).all("form", action="/search", role="search")
        assert words_of(box.find("label")) == "Search"
        assert box.find("button").get("type") == "submit"
    assert people.administrator.open("/account").all("form", action="/search") == []
    assert people.administrator.open("/search?words=x").status == 403


def test_what_is_found_is_marked_escaped_and_leads_to_its_entry(people, told):
    page = people.caseworker.open("/search?words=telephone")
    assert page.status == 200
    assert [words_of(one) for one in page.all("mark")] == ["telephone", "telephones", "telephone"]
    assert "<b>telephone" not in page.html
    assert page.by_id("found-conversation") is not None
    [href] = {one.get("href") for one in page.all("a") if words_of(one).startswith("Conversation, ")}
    assert href == f"/practices/{a.CODE}?entry=3#entry-3"
    assert people.caseworker.open(href.partition("#")[0]).by_id("entry-3") is not None
    kinds = [words_of(one) for one in page.all("ul", class_="cb-search__kinds")[0].iter("li")]
    assert kinds == ["Everything 2", "Conversation 1", "Actions 1"]
    only = people.caseworker.open("/search?words=telephone&kind=action")
    assert [words_of(one) for one in only.all("mark")] == ["telephone"]


def test_what_the_other_organisation_keeps_is_neither_shown_nor_counted(people, told):
    assert "Nothing found" in people.caseworker.open("/search?words=whistleblower").text
    assert "2 results" in people.caseworker.open("/search?words=telephone").text
    assert "3 results" in people.lead.open("/search?words=telephone").text
    assert "3 results" in people.auditor.open("/search?words=telephone").text
    assert "Nothing found" in people.stranger.open("/search?words=telephone").text


def test_a_mistyped_name_leads_to_what_was_meant(people):
    page = people.manager.open("/search?words=larkfeild")
    assert page.links["larkfield"] == "/search?words=larkfield"
    assert page.links["Larkfield Road Surgery"] == f"/practices/{a.CODE}"
    assert "Did you mean" not in people.stranger.open("/search?words=larkfeild").text


def test_a_search_is_noted_with_how_much_was_found_and_never_the_words(people, stores, told):
    people.caseworker.open("/search")
    people.caseworker.open("/search?words=telephone")
    people.lead.open("/search?words=zyxwv")
    assert [(row.person, row.what, row.subject, row.number) for row in searched(stores)] == [
        ("person-caseworker", "searched", None, 2),
        ("person-lead0001", "searched", None, 0),
    ]
    assert "telephone" not in repr(searched(stores))
    assert "Searched: what they may read, by words" in people.auditor.open("/access-log").text


def test_whatever_is_typed_gives_a_calm_page(people, told):
    person = people.caseworker
    for words in ODD:
        if "\ud800" not in words:  # no address holds it
            for kind in ("", "conversation", "practice", "nonsense"):
                page = person.open("/search", query_string={"words": words, "kind": kind, "page": "7"})
                assert page.status == (404 if "\0" in words else 200), words
    assert person.open("/search?words=%ff&page=x&kind=%27").status == 200
    assert "stand in nearly every entry" in person.open("/search?words=of+that").text
    assert "Practices are found by name" in person.open("/search").text


def test_a_kind_is_read_by_pages(people, record):
    for number in range(23):
        record("caseworker", a.record_conversation(entry_id=a.new_id("entry"), said=f"Rota {number}"))
    page = people.caseworker.open("/search?words=rota&kind=conversation")
    assert len(page.all("mark")) == 20
    later = people.caseworker.open(next(one.get("href") for one in page.all("a", rel="next")))
    assert len(later.all("mark")) == 3
    assert [one.get("href") for one in later.all("a", rel="prev")] == ["/search?words=rota&kind=conversation"]


def test_everything_that_is_found_has_a_name():
    assert {called for _, called, _ in SOUGHT.values()} - CALLED.keys() == set()
