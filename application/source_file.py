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

LARGEST = 200_000_000
"""Bytes that are taken in of one file, decompressed: the national register is a tenth of it."""

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
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
        except OSError as problem:
            raise SourceUnreadable(f"{name} cannot be read: {problem.strerror}") from None
        _refuse_too_large(name, content)
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
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            decompressed = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        raise SourceUnreadable(f"{name} is a damaged gzip file: copy it again") from None
    _refuse_too_large(name, decompressed)
    return decompressed


def _refuse_too_large(name: str, content: bytes) -> None:
    if len(content) > LARGEST:
        raise SourceUnreadable(f"{name} is larger than {LARGEST // 1_000_000} MB, which no published file is")


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
