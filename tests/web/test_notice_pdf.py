"""A notice's letter as PDF: the words of the page, the same bytes each time, tagged to be read aloud, for who may read it."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from application.notice_letter import Letter, Part
from application.notice_pdf import NotDrawn, installed, pdf_of
from domain.practice.events import NoticeIssued
from tests.support import factories as a
from tests.web.sent import NOTICE, drafted, notice_issued
from web.practices import notice_letters

LETTER = f"/practices/{a.CODE}/notices/{NOTICE}/letter"
PDF = f"{LETTER}.pdf"


@pytest.fixture
def given(record):
    def give(told):
        for who, command in told:
            record(who, command)

    return give


def in_a_row(words):
    return "".join(words.split())


def text_of(content):
    return in_a_row("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))


def letter(**words):
    whole = {
        "sender": "North Moor",
        "to": ("Dr A",),
        "on": "1 June 2026",
        "title": "Breach notice",
        "about": "X90017.",
    }
    return Letter(**{**whole, "parts": (Part("The breach", ("Late.",)),), **words})


def issued_digest(casebook):
    facts = [entry.fact for entry in casebook.history(f"practice-{a.CODE}")]
    return next(fact.letter_sha256 for fact in facts if isinstance(fact, NoticeIssued))


def kinds(node):
    """What the elements of a tagged file are, in the order in which they are read."""
    node = node.get_object()
    children = node.get("/K", []) if hasattr(node, "get") else []
    children = children if isinstance(children, list) else [children]
    found = [node["/S"]] if hasattr(node, "get") and "/S" in node else []
    return found + [kind for child in children if hasattr(child.get_object(), "get") for kind in kinds(child)]


def test_the_extra_is_installed_where_tests_run():
    assert installed()


def test_the_pdf_holds_every_word_of_the_letter_and_is_the_same_bytes_each_time(people, given, casebook):
    given(notice_issued())
    got, again = (people.lead.client.get(PDF) for _ in range(2))
    assert got.status_code == 200
    assert got.headers["Content-Type"] == "application/pdf"
    assert got.headers["Content-Disposition"].startswith(f'attachment; filename="notice-{a.CODE}-')
    assert got.data == again.data
    (article,) = people.lead.open(LETTER).all("article")
    told, missing = text_of(got.data), []
    for one in article.iter():
        words = in_a_row((one.text or "") + (one.tail or ""))
        if words and words not in told:
            missing.append(words)
    assert missing == []
    assert issued_digest(casebook) in told


def test_it_is_tagged_with_its_language_its_title_and_its_headings():
    made = PdfReader(BytesIO(pdf_of(letter())))
    root = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert made.metadata.title == "Breach notice: X90017."
    read = kinds(root["/StructTreeRoot"])
    assert [one for one in read if one in {"/H1", "/H2"}] == ["/H1", "/H2"]
    assert read.count("/P") >= 6
    assert b"CreationDate" not in pdf_of(letter())


def test_what_was_typed_is_words_and_never_markup():
    typed = '*bold* _it_ #read("/etc/passwd") $x^2$ @ref <here> = Heading \\ [b] "quoted" ‘so’ – 50% // no comment'
    assert in_a_row(typed) in text_of(pdf_of(letter(parts=(Part("The breach", (typed,)),))))


def test_a_long_letter_goes_on_over_its_pages():
    made = PdfReader(BytesIO(pdf_of(letter(parts=(Part("The breach", ("A line.\n" * 200,)),)))))
    assert len(made.pages) > 2
    assert f"Page 2 of {len(made.pages)}" in made.pages[1].extract_text()


@pytest.mark.parametrize("words", ["\U0001f600", "你好", "\x07"])
def test_what_no_font_has_is_refused_and_not_left_out(words):
    with pytest.raises(NotDrawn) as refused:
        pdf_of(letter(about=words))
    assert words not in str(refused.value)


def test_a_letter_that_cannot_be_drawn_is_to_be_printed(people, given):
    given(notice_issued())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(notice_letters, "pdf_of", lambda _letter: pdf_of(letter(about="你好")))
        page = people.lead.open(PDF)
    assert page.status == 501
    assert "characters that the fonts for PDF do not have" in page.text
    assert "print it" in page.text


def test_without_the_extra_it_is_said_plainly_and_no_link_leads_there(people, given, monkeypatch):
    given(notice_issued())
    assert PDF in people.lead.open(LETTER).links.values()
    monkeypatch.setattr(notice_letters, "installed", lambda: False)
    page = people.lead.open(LETTER)
    assert PDF not in page.links.values()
    assert "PDF is not installed here" in page.text
    page = people.lead.open(PDF)
    assert (page.status, page.heading) == (501, "PDF is not installed here")
    assert "print it" in page.text


@pytest.mark.parametrize("who", ["adviser", "auditor", "caseworker", "lead", "manager"])
def test_whoever_may_read_the_letter_has_its_pdf(people, given, who):
    given(notice_issued())
    person = getattr(people, who)
    assert person.client.get(PDF).status_code == person.client.get(LETTER).status_code == 200


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_whoever_may_not_read_the_letter_has_no_pdf_of_it(people, given, who):
    given(notice_issued())
    person = getattr(people, who)
    refused = person.client.get(LETTER).status_code
    assert refused in {403, 404}
    assert person.client.get(PDF).status_code == refused


def test_nobody_has_it_without_signing_in(nobody, given):
    given(notice_issued())
    assert nobody.open(PDF).status == nobody.open(LETTER).status == 303


def test_a_draft_and_a_notice_of_another_practice_have_none(people, given):
    given(drafted())
    assert people.manager.open(PDF).status == 404
    assert people.manager.open(f"/practices/{a.CODE}/notices/notice-of-another/letter.pdf").status == 404


def test_that_it_was_taken_out_is_noted(people, given, stores):
    from application.access_log import Wanted, lines

    given(notice_issued())
    people.lead.client.get(PDF)
    found = [one.name for one in lines(stores.record_engine, Wanted(what="exported"), 10)]
    assert found == ["NoticeLetter"]
