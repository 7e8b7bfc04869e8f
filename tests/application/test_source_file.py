"""A file that is taken in has a size that a published file may have."""

import gzip

import pytest

from application import source_file
from application.source_file import SourceFile, SourceUnreadable


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(source_file, "LARGEST", 2_000_000)


@pytest.mark.parametrize("name", ["register.csv", "register.csv.gz"])
def test_a_file_too_large_is_one_line_and_is_not_read_to_its_end(tmp_path, name):
    content = b"0" * 2_000_001
    file = tmp_path / name
    file.write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    with pytest.raises(SourceUnreadable, match=rf"^{name} is larger than 2 MB, which no published file is$"):
        SourceFile.read(file)


@pytest.mark.parametrize("name", ["register.csv", "register.csv.gz"])
def test_the_largest_file_is_taken_in(tmp_path, name):
    content = b"0" * 2_000_000
    file = tmp_path / name
    file.write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    assert len(SourceFile.read(file).text) == 2_000_000


def test_a_file_without_an_end_is_too_large():
    from pathlib import Path

    with pytest.raises(SourceUnreadable, match="zero is larger"):
        SourceFile.read(Path("/dev/zero"))
