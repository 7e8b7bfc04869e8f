"""Documents are in a backup, in a file of their own, and come back with the record."""

import tarfile
from contextlib import closing
from io import BytesIO

import pytest

from application.backup import backup, restore
from application.backup.files import BackupRefused
from application.casebook import Casebook
from application.doctor import examine
from application.init import init
from application.settings import Settings
from tests.support import factories as a
from tests.support.given import CASEWORKER, NOW, OPERATOR

STREAM = f"practice-{a.CODE}"


@pytest.fixture
def stores(tmp_path):
    with closing(init(Settings(home=tmp_path / "home"))) as made:
        casebook = Casebook(made, clock=lambda: NOW, ids=a.new_id)
        casebook.handle(a.CODE, a.register_practice(), OPERATOR, command_id="command-register")
        command = a.attach_document(kept=None)
        casebook.handle(a.CODE, command, CASEWORKER, command_id="command-attach")
        yield made


@pytest.fixture
def files(tmp_path):
    (tmp_path / "safe").mkdir()
    return tmp_path / "safe" / "record", tmp_path / "safe" / "keys"


@pytest.fixture
def beside(files):
    return files[0].with_name("record.documents")


def restored(home, files):
    return restore(Settings(home=home), *files, command_id="command-restore", clock=lambda: NOW)


def test_a_document_comes_back_with_its_record(stores, files, beside, tmp_path):
    backup(stores, *files)
    assert a.PDF not in beside.read_bytes()
    with closing(restored(tmp_path / "new", files)) as back:
        casebook = Casebook(back, clock=lambda: NOW, ids=a.new_id)
        fact = next(one.fact for one in casebook.history(STREAM) if hasattr(one.fact, "kept_as"))
        assert casebook.documents.opened(STREAM, fact) == a.PDF
    (check,) = [one for one in examine(Settings(home=tmp_path / "new")) if one.name == "documents"]
    assert (check.ok, check.detail) == (True, "1 whole")


def test_a_record_that_names_documents_is_not_restored_without_them(stores, files, beside, tmp_path):
    backup(stores, *files)
    beside.unlink()
    with pytest.raises(BackupRefused, match="The record names documents"):
        restored(tmp_path / "new", files)
    assert not (tmp_path / "new" / "record.db").exists()


def test_a_backup_is_never_written_over_another_ones_documents(stores, files, beside):
    beside.touch()
    with pytest.raises(BackupRefused, match="exists"):
        backup(stores, *files)


def test_a_record_without_documents_is_two_files_as_before(tmp_path, files, beside):
    with closing(init(Settings(home=tmp_path / "empty"))) as stores:
        backup(stores, *files)
    assert not beside.exists()
    restored(tmp_path / "new", files).close()


@pytest.mark.parametrize("name", ["../../escaped", "/tmp/escaped", "a" * 64])
def test_nothing_is_restored_that_is_not_called_by_its_own_digest(stores, files, beside, tmp_path, name):
    backup(stores, *files)
    with tarfile.open(beside, "w") as tar:
        member = tarfile.TarInfo(name)
        member.size = 4
        tar.addfile(member, BytesIO(b"evil"))
    with pytest.raises(BackupRefused, match="is damaged"):
        restored(tmp_path / "new", files)
    assert not (tmp_path / "new" / "record.db").exists()
    assert not (tmp_path / "escaped").exists()


def test_a_file_that_is_no_backup_of_documents_is_refused(stores, files, beside, tmp_path):
    backup(stores, *files)
    beside.write_bytes(b"not a tar file")
    with pytest.raises(BackupRefused, match="is not a backup of documents"):
        restored(tmp_path / "new", files)
