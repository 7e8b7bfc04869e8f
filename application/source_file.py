"""A published file that is taken in: its bytes, its digest, and its lines as text."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from domain.rules import RuleBroken

_GZIP = b"\x1f\x8b"


class SourceUnreadable(Exception):
    """Nothing in the file can be taken in. Its text is one line that says why."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """`sha256` is of the file as given, compressed or not, in hexadecimal."""

    name: str
    sha256: str
    text: str

    @classmethod
    def read(cls, path: Path) -> Self:
        """The file, decompressed where it is gzip, or SourceUnreadable."""
        name = path.name
        try:
            content = path.read_bytes()
        except OSError as problem:
            raise SourceUnreadable(f"{name} cannot be read: {problem.strerror}") from None
        text = _decoded(name, _decompressed(name, content))
        if not text.strip():
            raise SourceUnreadable(f"{name} has no rows")
        return cls(name, hashlib.sha256(content).hexdigest(), text)

    def lines(self) -> Iterator[tuple[int, str]]:
        """The number and text of each line that has any. A published row stands on one line, so that a quote left
        open spoils its own line only.
        """
        for number, line in enumerate(io.StringIO(self.text, newline=None), start=1):
            if line.strip():
                yield number, line.rstrip("\n")


def fields_of(line: str) -> list[str]:
    """The columns of a line of CSV, or RuleBroken."""
    try:
        return next(csv.reader([line], strict=True))
    except csv.Error as problem:
        raise RuleBroken("a-line-is-csv", f"this line is not CSV: {problem}") from None


def _decompressed(name: str, content: bytes) -> bytes:
    if not content.startswith(_GZIP):
        if name.lower().endswith(".gz"):
            raise SourceUnreadable(f"{name} is not a gzip file, though its name ends in .gz")
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        raise SourceUnreadable(f"{name} is a damaged gzip file: copy it again") from None


def _decoded(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise SourceUnreadable(
            f"{name} is not UTF-8 text: line {line} has a byte that cannot be read"
        ) from None
    if "\0" in text:
        raise SourceUnreadable(f"{name} is not UTF-8 text: it has null characters")
    return text
