"""Documents are kept sealed beside the record, whole or not at all, on both databases."""

import os
import stat
from contextlib import closing

import pytest

from application.casebook import Casebook
from application.doctor import examine
from application.documents import DocumentLost
from application.init import init
from application.recording import DiskFull
from domain.practice.commands import Kept
from domain.rules import RuleBroken
from tests.support import factories as a
from tests.support.given import CASEWORKER, NOW, OPERATOR

WORDS = b"The rota has run for three weeks, and two partners will leave in March.\n"
STREAM = f"practice-{a.CODE}"


@pytest.fixture
def stores(settings):
    with closing(init(settings)) as made:
        yield made


@pytest.fixture
def casebook(stores):
    casebook = Casebook(stores, clock=lambda: NOW, ids=a.new_id)
    casebook.handle(a.CODE, a.register_practice(), OPERATOR, command_id="command-register")
    return casebook


@pytest.fixture
def folder(settings):
    return settings.home / "documents"


def attach(casebook, command_id="command-attach", **given):
    command = a.attach_document(**{"file_name": "Note.txt", "content": WORDS, "kept": None} | given)
    return casebook.handle(a.CODE, command, CASEWORKER, command_id=command_id)


def attached(casebook):
    return [one.fact for one in casebook.history(STREAM) if hasattr(one.fact, "kept_as")]


def doctor(settings):
    (found,) = [check for check in examine(settings) if check.name == "documents"]
    return found


def test_a_document_is_opened_as_it_was_attached_and_nowhere_lies_in_the_clear(casebook, settings, folder):
    attach(casebook)
    (fact,) = attached(casebook)
    assert casebook.documents.opened(STREAM, fact) == WORDS
    (file,) = folder.iterdir()
    assert file.name == fact.kept_as
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for one in settings.home.rglob("*"):
        if one.is_file():
            assert WORDS[:24] not in one.read_bytes(), one
    assert doctor(settings).detail == "1 whole"


def test_the_record_holds_neither_the_documents_digest_nor_its_key_in_the_clear(casebook, stores):
    attach(casebook)
    (fact,) = attached(casebook)
    stored = b"".join(bytes(row[4]) for row in stores.recorder.raw_after(0, 100))
    assert fact.kept_as.encode() in stored
    assert fact.sha256.words.encode() not in stored
    assert fact.opens_with.words.encode() not in stored


def test_a_form_sent_twice_attaches_once_and_keeps_one_file(casebook, folder):
    command = {"document_id": "document-00000001"}
    assert not attach(casebook, **command).repeated
    assert attach(casebook, **command).repeated
    assert len(attached(casebook)) == len(list(folder.iterdir())) == 1
    with pytest.raises(RuleBroken) as refused:
        attach(casebook, content=WORDS + b"More.", **command)
    assert refused.value.rule == "a-form-is-sent-once"
    assert len(list(folder.iterdir())) == 1


def test_nobody_says_themselves_how_a_document_is_kept(casebook):
    attach(casebook, kept=Kept(kept_as="ab" * 32, key="cd" * 32, sha256="ef" * 32, sealed=b"of another"))
    (fact,) = attached(casebook)
    assert fact.kept_as != "ab" * 32
    assert casebook.documents.opened(STREAM, fact) == WORDS


def test_what_is_refused_is_not_kept(casebook, folder):
    with pytest.raises(RuleBroken):
        attach(casebook, file_name="Note.pdf")
    assert not folder.exists()


def test_many_documents_are_attached_in_one_commit(casebook):
    given = [
        (a.CODE, a.attach_document(kept=None, content=a.PDF + bytes([n])), f"command-many-{n}")
        for n in range(3)
    ]
    casebook.handle_many(given, CASEWORKER)
    opened = [casebook.documents.opened(STREAM, fact) for fact in attached(casebook)]
    assert opened == [a.PDF + bytes([n]) for n in range(3)]


class Killed(BaseException):
    """The process ends here."""


def test_killed_before_it_is_recorded_leaves_a_file_that_doctor_names_and_is_attached_when_sent_again(
    casebook, settings, folder, monkeypatch
):
    def killed(*_):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(casebook.recorder, "append", killed)
        with pytest.raises(Killed):
            attach(casebook)
    (orphan,) = folder.iterdir()
    assert attached(casebook) == []
    assert doctor(settings).ok
    assert f"no fact names {orphan.name}, which may be removed" in doctor(settings).detail
    attach(casebook)
    (fact,) = attached(casebook)
    assert casebook.documents.opened(STREAM, fact) == WORDS
    orphan.unlink()
    assert doctor(settings).detail == "1 whole"


def test_killed_while_it_is_written_leaves_half_a_file_that_is_never_taken_for_a_document(
    casebook, settings, folder, monkeypatch
):
    def killed(_descriptor):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", killed)
        with pytest.raises(Killed):
            attach(casebook)
    (half,) = folder.iterdir()
    assert half.name.endswith(".making")
    assert half.name in doctor(settings).detail
    attach(casebook)
    assert casebook.documents.opened(STREAM, attached(casebook)[0]) == WORDS


def test_a_full_disk_is_said_so_and_records_nothing(casebook, folder, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(DiskFull):
            attach(casebook)
    assert list(folder.iterdir()) == []
    assert attached(casebook) == []


def test_a_document_that_is_gone_or_altered_is_found_and_never_given_out(casebook, settings, folder):
    attach(casebook)
    (fact,) = attached(casebook)
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(bytes([whole[20] ^ 1]) + whole[1:])
    found = doctor(settings)
    assert (found.ok, found.detail) == (False, f"not as kept: {fact.kept_as}")
    with pytest.raises(DocumentLost):
        casebook.documents.opened(STREAM, fact)
    file.unlink()
    found = doctor(settings)
    assert (found.ok, found.detail) == (False, f"not there: {fact.kept_as}")
    with pytest.raises(DocumentLost):
        casebook.documents.opened(STREAM, fact)


def test_a_document_put_in_anothers_place_does_not_open(casebook, folder):
    attach(casebook)
    attach(casebook, "command-other", content=b"Another.\n")
    first, second = attached(casebook)
    (folder / first.kept_as).write_bytes((folder / second.kept_as).read_bytes())
    with pytest.raises(DocumentLost):
        casebook.documents.opened(STREAM, first)
    with pytest.raises(DocumentLost):
        casebook.documents.opened("practice-X90002", second)


@pytest.mark.parametrize("name", ["../record.db", "/etc/passwd", "a" * 63, "A" * 64, "a" * 64 + "\n", ""])
def test_nothing_but_a_digest_is_ever_part_of_a_path(casebook, name):
    with pytest.raises(ValueError, match="under a digest"):
        casebook.documents._file(name)
