"""A document is attached by a form and given out as a file, to whoever may read its entry and to nobody else."""

from io import BytesIO

import pytest

from domain.practice import events as e
from domain.practice.documents import LARGEST
from domain.practice.kinds import DocumentKind, Visibility
from tests.support import factories as a
from tests.web.conftest import PEOPLE
from tests.web.person import File
from tests.web.sent import ENTRY, conversation
from web.practices.documents import file_name
from web.practices.forms.documents import own_name

PRACTICE = f"/practices/{a.CODE}"
ATTACH = f"{PRACTICE}/attach-document"
LETTER = File("Letter 7.pdf", a.PDF)
VERSION = 3
"""The version of the first fact that a test attaches."""

DOCUMENT = f"{PRACTICE}/documents/{VERSION}"


@pytest.fixture
def form(people):
    return people.caseworker.open(ATTACH).form()


@pytest.fixture
def attached(record):
    def attach(who="caseworker", **given):
        return record(who, a.attach_document(kept=None, **given))

    return attach


def lines(casebook):
    from application.access_log import Wanted
    from application.access_log import lines as read

    return [(one.what, one.name) for one in read(casebook.stores.record_engine, Wanted(), 20)]


# --- attaching ------------------------------------------------------------------------------------------------


def test_a_document_is_attached_and_had_again(form, people, history, casebook):
    page = form.send(content=LETTER, title="Letter about phone access")
    assert page.status == 303, page.errors
    (fact,) = [one for one in history() if isinstance(one, e.DocumentAttached)]
    assert (fact.title.words, fact.file_name.words) == ("Letter about phone access", "Letter 7.pdf")
    shown = people.lead.open(PRACTICE)
    assert "Download Letter about phone access (PDF)" in shown.links
    got = people.lead.client.get(shown.links["Download Letter about phone access (PDF)"])
    assert got.data == a.PDF
    assert got.headers["Content-Type"] == "application/pdf"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Disposition"].startswith(
        'attachment; filename="Letter about phone access.pdf"'
    )
    assert got.headers["Cache-Control"] == "no-store"
    assert got.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert ("exported", "Document") in lines(casebook)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (File("Letter.exe", a.PDF), "Choose a file that is PDF, Word"),
        (File("Letter.docx", a.PDF), "What is in the file is not what its name says"),
        (File("page.html.pdf", b"<script>alert(1)</script>"), "What is in the file is not what its name says"),
        (File("Letter.pdf", b""), "The file is empty"),
        (File("Letter.pdf", a.PDF.ljust(LARGEST + 1)), "The file is larger than 10 MB"),
        (File("943 476 5919.pdf", a.PDF), "This has a valid NHS number in it"),
        (File("x" * 197 + ".pdf", a.PDF), "This is 201 characters long"),
    ],
)  # fmt: skip
def test_what_cannot_be_attached_is_said_at_the_file_and_the_answers_are_kept(form, history, file, said):
    page = form.send(content=file, title="Letter <b>7</b>")
    assert page.status == 422
    assert page.errors["#content"].startswith(said)
    assert page.form().fields["title"] == "Letter <b>7</b>"
    assert "Choose the file again" in page.text
    assert history() == []
    assert page.form().send(content=LETTER).status == 303


def test_a_form_without_a_file_says_so(form, history):
    page = form.send(title="Letter 7")
    assert page.errors == {"#content": "Choose a file"}
    assert history() == []


def test_a_form_sent_twice_attaches_once(form, history):
    form.fill(content=LETTER, title="Letter 7")
    assert [form.send().status, form.send().status] == [303, 303]
    assert len(history()) == 1


def test_a_document_as_large_as_may_be_is_taken(form, history):
    assert form.send(content=File("Letter.pdf", a.PDF.ljust(LARGEST)), title="Letter 7").status == 303
    assert history()[0].size == LARGEST


def test_what_is_far_too_large_is_refused_before_it_is_read(people, form, history):
    form.fill(content=File("Letter.pdf", a.PDF.ljust(2 * LARGEST)), title="Letter 7")
    page = form.send()
    assert page.status == 413
    assert "choose a file of 10 MB or less" in page.text
    assert history() == []


def test_other_forms_take_no_more_than_they_did(people, history):
    form = people.caseworker.open(f"{PRACTICE}/record-conversation").form()
    page = form.fill(said="x" * 600_000).send()
    assert page.status == 413
    form = people.caseworker.open(f"{PRACTICE}/record-conversation").form()
    form.fill(said="Words.", content=File("Letter.pdf", a.PDF.ljust(600_000)))
    assert form.send().status == 413
    assert history() == []


def test_a_document_of_a_conversation_says_so(people, record, history):
    record(*conversation())
    link = people.caseworker.open(PRACTICE).links
    address = next(href for words, href in link.items() if words.startswith("Attach a document "))
    assert address.endswith(f"of_entry={ENTRY}")
    form = people.caseworker.open(address).form()
    assert form.send(content=LETTER, title="The log of calls").status == 303
    assert history()[-1].of_entry == ENTRY
    assert "it belongs to Phone call" in people.caseworker.open(f"{PRACTICE}/entries/4").text


def test_a_document_is_offered_as_evidence(people, record, attached):
    record("caseworker", a.propose_action(action_id="action-0000aaaa"))
    record("lead", a.agree_action(action_id="action-0000aaaa"))
    record("manager", a.agree_action(action_id="action-0000aaaa"))
    attached()
    page = people.caseworker.open(f"{PRACTICE}/complete-action?action_id=action-0000aaaa")
    assert "Letter about phone access" in page.text
    page.form().send(evidence=[f"{a.CODE}/6"], words="Done.")
    assert "Letter about phone access" in people.caseworker.open(f"{PRACTICE}/entries/7").text


# --- who may have it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("visibility", list(Visibility))
@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "administrator"])
def test_a_document_is_given_to_whoever_reads_its_entry(people, attached, visibility, who):
    attached(visibility=visibility)
    reads = {
        Visibility.BOTH: {
            "caseworker",
            "colleague",
            "manager",
            "other_manager",
            "adviser",
            "lead",
            "auditor",
        },
        Visibility.INTERNAL: {"caseworker", "colleague", "manager", "other_manager", "adviser", "auditor"},
        Visibility.RESTRICTED: {"caseworker", "colleague", "manager", "other_manager", "adviser", "auditor"},
    }[visibility]
    person = getattr(people, who)
    got = person.client.get(DOCUMENT)
    assert got.status_code == (200 if who in reads else 404)
    assert (got.data == a.PDF) is (who in reads)
    if who == "lead" and visibility == Visibility.INTERNAL:
        page = person.open(PRACTICE)
        assert "Letter about" not in page.text
        assert "documents" not in page.text.lower()


def test_a_restricted_document_is_given_to_whoever_was_let_in_and_that_is_noted(
    people, record, attached, casebook
):
    attached(visibility=Visibility.RESTRICTED)
    record("lead", a.take_emergency_access(access_id="access-0000aaaa", version=VERSION))
    assert people.lead.client.get(DOCUMENT).data == a.PDF
    assert {("read", "RestrictedEntry"), ("exported", "Document")} <= set(lines(casebook))


def test_nobody_who_is_not_signed_in_gets_a_document(nobody, attached):
    attached()
    assert nobody.client.get(DOCUMENT).status_code == 303


def test_only_an_entry_that_is_a_document_is_given_out(people, record):
    record(*conversation())
    for version in (0, 1, VERSION, 99, 10**12):
        assert people.caseworker.open(f"{PRACTICE}/documents/{version}").status == 404


@pytest.mark.parametrize(
    "address", ["..%2f..%2frecord.db", "../../keys.db", "%2e%2e/key", "3/../../../key", "3%00.pdf", "-3"]
)
def test_no_address_leads_out_of_the_store(people, attached, address):
    attached()
    got = people.caseworker.client.get(f"{PRACTICE}/documents/{address}")
    assert got.status_code == 404
    assert a.PDF not in got.data


def test_a_withdrawn_document_is_given_to_an_auditor_only(people, record, attached):
    attached()
    record("caseworker", a.withdraw_fact(version=VERSION))
    assert people.caseworker.client.get(DOCUMENT).status_code == 404
    assert people.auditor.client.get(DOCUMENT).data == a.PDF
    assert not [words for words in people.caseworker.open(PRACTICE).links if words.startswith("Download")]


def test_a_document_that_is_gone_is_said_so(people, attached, settings):
    attached()
    for file in (settings.home / "documents").iterdir():
        file.unlink()
    page = people.caseworker.open(DOCUMENT)
    assert (page.status, page.heading) == (500, "The document does not open")
    assert people.caseworker.open(PRACTICE).status == 200


def test_the_key_of_a_document_is_shown_to_nobody(people, attached, casebook):
    attached()
    fact = casebook.practice(a.CODE).standing[VERSION].fact
    page = people.auditor.open(f"{PRACTICE}/record")
    assert fact.sha256.words in page.text
    assert fact.opens_with.words not in page.html
    assert "kept, and shown to nobody" in page.text


# --- finding it -----------------------------------------------------------------------------------------------


def test_a_document_is_found_by_its_title_by_whoever_may_read_it(people, attached):
    attached(title="Rota of the telephone hub", visibility=Visibility.INTERNAL)
    assert "Rota of the telephone hub" in people.colleague.open("/search?words=telephone+hub").text
    assert "Nothing that you may read" in people.lead.open("/search?words=telephone+hub").text


def test_documents_are_a_kind_of_entry(people, attached):
    attached()
    page = people.caseworker.open(f"{PRACTICE}?kind=documents")
    assert "Letter about phone access" in page.text
    assert "1 entry" in page.text


# --- what it is called ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Letter 7", "Letter 7.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ('a"; filename="evil.exe', "a filename evil exe.pdf"),
        ("a\r\nSet-Cookie: x=1", "a Set-Cookie x 1.pdf"),
        ("Brief über Ärzte", "Brief über Ärzte.pdf"),
        ("...", "Document.pdf"),
        ("CON", "CON.pdf"),
        ("x" * 200, "x" * 100 + ".pdf"),
    ],
)
def test_a_file_is_called_by_its_title_in_plain_signs(title, kept):
    assert file_name(title, DocumentKind.PDF) == kept


def test_a_title_of_any_alphabet_is_given_out(people, attached):
    attached(title="Ärzte — 医生")
    header = people.caseworker.client.get(DOCUMENT).headers["Content-Disposition"]
    assert header == (
        "attachment; filename=\"Arzte .pdf\"; filename*=UTF-8''%C3%84rzte%20%E5%8C%BB%E7%94%9F.pdf"
    )


@pytest.mark.parametrize(
    ("sent", "own"),
    [
        ("C:\\fakepath\\a.pdf", "a.pdf"),
        ("/etc/../a.pdf", "a.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("..", ".."),
    ],
)
def test_a_file_keeps_its_own_name_only(sent, own):
    assert own_name(sent) == own


def test_a_file_sent_to_another_form_is_of_no_use(people, history):
    form = people.caseworker.open(f"{PRACTICE}/record-conversation").form()
    data = {**form.fields, "said": "Words.", "content": (BytesIO(a.PDF), "Letter.pdf")}
    assert people.caseworker.client.post(form.action, data=data).status_code == 303
    assert isinstance(history()[0], e.ConversationRecorded)
