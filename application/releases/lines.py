"""The lines of a published file as they come, and the numbers in them: whatever it would grow to is never held."""

from __future__ import annotations

import gzip
import io
import math
import re
import zlib
from collections.abc import Iterator

from application.releases.found import FileRefused, Told
from application.source_file import LARGEST, SourceUnreadable, fields_of
from domain.rules import RuleBroken

LONGEST = 20_000
"""Characters of a line: a published row has a few hundred."""
MOST_LINES = 8_000_000
GREATEST = 1e12
"""No published count is as large."""

_GZIP = b"\x1f\x8b"
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\Z", re.ASCII)


class Wrong(Exception):
    """A mistake in one place of a row: the name of its column, and what is wrong."""

    def __init__(self, column: str, words: str) -> None:
        super().__init__(words)
        self.column, self.words = column, words


def lines_of(name: str, content: bytes) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers, decompressed where it is gzip, one at a time."""
    packed = content.startswith(_GZIP)
    if not packed and name.lower().endswith(".gz"):
        raise SourceUnreadable(
            f"{name}, line 1, column 1: this is not a gzip file, though its name ends in .gz"
        )
    raw: io.BufferedIOBase = io.BytesIO(content)
    source = io.BufferedReader(gzip.GzipFile(fileobj=raw), 1 << 16) if packed else raw
    number = taken = 0
    while True:
        number += 1
        try:
            line = source.readline(LONGEST + 1)
        except (OSError, EOFError, zlib.error):
            words = "this is a damaged gzip file from here on: copy it again"
            raise FileRefused(name, [Told(number, 1, "", words)]) from None
        if not line:
            return
        taken += len(line)
        _not_too_long(name, number, len(line), taken)
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as problem:
            words = "this is not UTF-8 text: a byte cannot be read"
            raise FileRefused(name, [Told(number, problem.start + 1, "", words)]) from None
        yield number, text.rstrip("\r\n")


def _not_too_long(name: str, number: int, line: int, taken: int) -> None:
    if line > LONGEST:
        words = f"this line is longer than {LONGEST:,} characters, which no published row is"
        raise FileRefused(name, [Told(number, LONGEST + 1, "", words)])
    if taken > LARGEST or number > MOST_LINES:
        words = f"the file goes on after {LARGEST // 1_000_000} MB or {MOST_LINES:,} lines, which no published file is"
        raise FileRefused(name, [Told(number, 1, "", words)])


def row_of(text: str) -> list[str]:
    """The columns of a line."""
    if '"' not in text:
        return text.split(",")
    try:
        return fields_of(text)
    except RuleBroken as broken:
        raise Wrong("", broken.message) from None


def number_of(column: str, text: str) -> float:
    """A number as published files write them: a decimal with a point, and nothing that is not finite."""
    shown = repr(text[:30])
    if _NUMBER.match(text):
        number = float(text)
        if not math.isfinite(number) or abs(number) > GREATEST:
            raise Wrong(column, f"{shown} is a larger number than any that is published")
        return number
    if re.fullmatch(r"[+-]?\d+,\d+", text, re.ASCII):
        raise Wrong(column, f"{shown} has a comma: write a decimal with a point, and thousands without")
    raise Wrong(column, f"{shown} is not a number")
