"""Where in a text the words stand that somebody looked for: the best few lines of it, with those words marked.

A text is taken apart as the index takes it apart, by a small index of its own that is gone at once: so on both databases
what was found is what is marked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import NamedTuple

from projections.sought import TOKENS
from projections.typed import Typed

AROUND = 40
"""Words that are shown of a text."""

_BEGINS, _ENDS = "\x02", "\x03"


class Piece(NamedTuple):
    text: str
    marked: bool


Passage = tuple[Piece, ...]


class Marking:
    """Some texts, to be marked or compared."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._memory = sqlite3.connect(":memory:")
        self._memory.execute(f"CREATE VIRTUAL TABLE texts USING fts5(words, tokenize='{TOKENS}')")
        self._memory.executemany(
            "INSERT INTO texts (rowid, words) VALUES (?, ?)", enumerate(map(_without_marks, texts))
        )
        self._texts = texts

    def close(self) -> None:
        self._memory.close()

    def having(self, typed: Typed) -> set[int]:
        """Which of the texts have these words, by their place among them."""
        found = self._memory.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (typed.for_sqlite(),))
        return {number for (number,) in found}

    def passages(self, typed: Typed) -> list[Passage]:
        """A passage of each text; its beginning where the words are not found."""
        any_of = " OR ".join(typed.for_sqlite().split(" AND "))
        sql = f"SELECT rowid, snippet(texts, 0, ?, ?, '…', {AROUND}) FROM texts WHERE texts MATCH ?"  # noqa: S608
        found = dict(self._memory.execute(sql, (_BEGINS, _ENDS, any_of)).fetchall())
        return [
            _pieces(found[number]) if number in found else (Piece(_beginning(text), False),)
            for number, text in enumerate(self._texts)
        ]


def passages(texts: Sequence[str], typed: Typed) -> list[Passage]:
    with closing(Marking(texts)) as marking:
        return marking.passages(typed)


def _pieces(told: str) -> Passage:
    before, *rest = told.split(_BEGINS)
    pieces = [Piece(before, False)]
    for one in rest:
        marked, _, plain = one.partition(_ENDS)
        pieces += [Piece(marked, True), Piece(plain, False)]
    return tuple(piece for piece in pieces if piece.text)


def _without_marks(text: str) -> str:
    return text.replace(_BEGINS, " ").replace(_ENDS, " ")


def _beginning(text: str) -> str:
    words = text.split(None, AROUND)
    return " ".join(words[:AROUND]) + ("…" if len(words) > AROUND else "")
