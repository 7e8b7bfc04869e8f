"""A file as it was given: a release's own, or the mapping that says how it is read."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from application.casebook import Casebook
from application.source_file import LARGEST, SourceUnreadable
from domain.releases.events import KeptFile
from domain.rules import Sealed

MAPPING_LARGEST = 1_000_000


class File(NamedTuple):
    """A file as it was given."""

    name: str
    content: bytes
    sha256: str

    @classmethod
    def taken(cls, path: Path, largest: int = LARGEST) -> File:
        try:
            with path.open("rb") as file:
                content = file.read(largest + 1)
        except OSError as problem:
            raise SourceUnreadable(f"{path.name} cannot be read: {problem.strerror}") from None
        if len(content) > largest:
            raise SourceUnreadable(f"{path.name} is larger than {largest // 1_000_000} MB")
        if not content:
            raise SourceUnreadable(f"{path.name}, line 1, column 1: the file is empty")
        return cls(path.name, content, sha256(content).hexdigest())


def keep(casebook: Casebook, name: str, file: File) -> KeptFile:
    """The file is on disk before the record names it, as every document is."""
    content_id = casebook.ids("file")
    kept = casebook.documents.boxed(f"release-{name}", content_id, file.content)
    casebook.documents.put(kept)
    return KeptFile(
        content_id=content_id,
        sha256=kept.sha256,
        size=len(file.content),
        kept_as=kept.kept_as,
        opens_with=Sealed(kept.key),
    )
