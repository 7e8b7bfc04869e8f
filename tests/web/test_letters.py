"""Ordinary letters: an entry like any other, and a page to print from the stored fact."""

from domain.practice.events import LetterWritten
from tests.support import factories as a
from tests.web.conftest import PEOPLE

FORM = f"/practices/{a.CODE}/write-letter"


def write(person, **answers):
    form = person.open(FORM).form("Write the letter")
    return form.send(**{"subject": "Your declaration", "text": "Please send it.\n\nThank you.", **answers})


def test_a_letter_is_an_entry_with_whose_it_is_and_to_whom(people, history):
    assert write(people.caseworker, address="1 Larkfield Road\nLarkdale").status == 303
    (fact,) = history()
    assert isinstance(fact, LetterWritten)
    assert (fact.addressee.words, fact.subject.words) == ("The practice manager", "Your declaration")
    assert fact.address.words == "1 Larkfield Road\nLarkdale"
    assert (fact.signed_by, fact.organisation) == (PEOPLE["caseworker"][0], a.HOLDER)
    assert fact.signed_as.words == "Amira Khan\nCaseworker"
    assert fact.heading.words == "North Moor area team"
    page = people.lead.open(f"/practices/{a.CODE}")
    assert "Please send it." in page.text
    assert any("letters/3" in (href or "") for href in page.links.values())


def test_what_is_printed_is_what_was_written_whatever_was_corrected_since(people, history, record):
    write(people.caseworker)
    record("caseworker", a.correct_fact(version=3, fields={"subject": "Otherwise", "text": "Else."}))
    page = people.lead.open(f"/practices/{a.CODE}/letters/3")
    (article,) = page.all("article")
    told = "".join(article.itertext())
    for words in ("Your declaration", "Please send it.\n\nThank you.", "21 November 2026", "Amira Khan"):
        assert words in told
    assert "Else." not in told
    assert "corrected since" in page.text


def test_one_that_was_withdrawn_says_so_above_it(people, record):
    write(people.caseworker)
    assert "since" not in people.caseworker.open(f"/practices/{a.CODE}/letters/3").text.partition("Print")[0]
    record("caseworker", a.withdraw_fact(version=3))
    assert "withdrawn as entered in error" in people.caseworker.open(f"/practices/{a.CODE}/letters/3").text


def test_only_a_letter_of_the_practice_is_a_letter(people, record):
    record("caseworker", a.raise_flag())
    for version in (1, 3, 99):
        assert people.caseworker.open(f"/practices/{a.CODE}/letters/{version}").status == 404
    assert people.stranger.open(f"/practices/{a.CODE}/letters/3").status in {403, 404}


def test_a_letter_can_be_kept_as_a_draft(people, history):
    form = people.caseworker.open(FORM).form("Keep as a draft")
    form.send("Keep as a draft", text="Half a letter")
    assert people.caseworker.open(FORM).form("Write the letter").fields["text"] == "Half a letter"
    assert history() == []
