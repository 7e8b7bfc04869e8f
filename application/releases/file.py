"""A file as it was given: a release's own, or the mapping that says how it is read."""

from __future__ import annotations

import stat
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from application.casebook import Casebook
from application.source_file import LARGEST, SourceUnreadable
from domain.releases.events import KeptFile
from domain.rules import Sealed

MAPPING_LARGEST = 64_000


class File(NamedTuple):
    """A file as it was given."""

    name: str
    content: bytes
    sha256: str

    @classmethod
    def taken(cls, path: Path, largest: int = LARGEST) -> File:
        name = path.name.encode("utf-8", "replace").decode()
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise SourceUnreadable(f"{name} is not a file, but {_kind(path)}: save it as a file first")
            with path.open("rb") as file:
                content = file.read(largest + 1)
        except OSError as problem:
            raise SourceUnreadable(f"{name} cannot be read: {problem.strerror}") from None
        if len(content) > largest:
            size = f"{largest // 1_000_000} MB" if largest >= 1_000_000 else f"{largest // 1_000} KB"
            raise SourceUnreadable(f"{name} is larger than {size}")
        if not content:
            raise SourceUnreadable(f"{name}, line 1, column 1: the file is empty")
        return cls(name, content, sha256(content).hexdigest())


def _kind(path: Path) -> str:
    """What is opened and may never end."""
    mode = path.stat().st_mode
    kinds = (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
        (stat.S_ISSOCK, "a socket"),
    )
    return next((name for is_one, name in kinds if is_one(mode)), "something else")


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
