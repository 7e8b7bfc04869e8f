"""Attaching a document from the command line, in base64, under the rules of the page; and what is never printed."""

import base64

LEAD, CASEWORKER = "lead@example.org", "caseworker@example.org"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def attach(practice, content=PDF, **more):
    said = {"title": "Letter 7", "file_name": "Letter.pdf", "content": base64.b64encode(content).decode()}
    return practice.do("AttachDocument", "A81001", CASEWORKER, **said | more)


def test_a_document_is_attached(practice):
    assert attach(practice).out == "A81001/3 practice.document-attached\n"
    fact = practice.fine("history", "A81001", "--json").json[-1]
    assert fact["data"]["size"] == len(PDF)
    assert fact["data"]["title"] == "Letter 7"
    assert "1 whole" in practice.fine("doctor").out


def test_its_key_is_never_printed(practice):
    attach(practice)
    assert "opens_with" not in practice.fine("history", "A81001", "--json").out


def test_what_is_not_what_its_name_says_is_refused(practice):
    ran = attach(practice, b"<html>")
    assert ran.status == 1
    assert "What is in the file is not what its name says" in ran.err


def test_content_that_is_not_base64_is_bad_use(practice):
    ran = attach(practice, content=b"")
    assert (ran.status, "empty" in ran.err) == (1, True)
    ran = practice.do(
        "AttachDocument",
        "A81001",
        CASEWORKER,
        title="Letter 7",
        file_name="Letter.pdf",
        content="not base64!",
    )
    assert ran.status == 2


def test_sent_twice_under_one_id_it_is_attached_once(practice):
    assert attach(practice, command_id="command-letter-7").status == 0
    again = attach(practice, command_id="command-letter-7")
    assert again.out == "A81001/3 practice.document-attached\n"
    assert "recorded before" in again.err
