"""Practices by words of their name, code and postcode, each from its beginning; and what a mistyped name may have meant."""

from __future__ import annotations

import difflib
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, case, func, select

from domain.access.permissions import Scope
from projections import caseload
from projections.whose import in_scope, standing_on

ALIKE = 0.78
"""How like a word of a name must be to have been meant, of 1."""

SHORTEST = 4
"""Letters of a word that may have been mistyped."""

N, C = caseload.NAME.c, caseload.TABLE.c


class PracticeHit(NamedTuple):
    """A practice that was found."""

    code: str
    name: str
    postcode: str | None
    closed_on: date | None


class Names:
    """The practices in scope whose names have some words. Those of other practices are not looked at."""

    def __init__(
        self, reading: Connection, scope: Scope, today: date, words: list[str], limit: int, start: int = 0
    ) -> None:
        self._reading, self._scope, self._today, self._words, self._limit = (
            reading,
            scope,
            today,
            words,
            limit,
        )
        self._mine = (C.code == N.code, standing_on(today), in_scope(scope))
        self.hits: list[PracticeHit] = []
        self.count = 0
        """Of all of them; `hits` are so many from `start` on, or the last page where there are not so many."""
        if words:
            self._look(start)

    def of(self, words: list[str]) -> Names:
        """The same of other words."""
        return Names(self._reading, self._scope, self._today, words, self._limit)

    def _look(self, start: int) -> None:
        where = (
            *(N.search.contains(f" {_stem(word)}", autoescape=True) for word in self._words),
            *self._mine,
        )
        query = select(func.count().over(), N.code, N.name, C.postcode, C.closed_on).where(*where)
        query = query.order_by(self._order(), C.closed_on.is_not(None), N.name_sort, N.code).limit(
            self._limit
        )
        found = self._reading.execute(query.offset(start)).all()
        if not found and start and (count := self._reading.scalar(select(func.count()).where(*where))):
            found = self._reading.execute(query.offset((count - 1) // self._limit * self._limit)).all()
        self.count = found[0][0] if found else 0
        self.hits = [PracticeHit(*row) for _, *row in found]

    def _order(self) -> ColumnElement[int]:
        """Whose code or postcode it is first, then whose name begins so, then whose name has the words in that order."""
        words, together, whole = " ".join(self._words), "".join(self._words), N.search + " "
        return case(
            (N.code == together.upper(), 0),
            (whole.contains(f" {together} ", autoescape=True), 1),
            (whole.startswith(f" {words} ", autoescape=True), 2),
            (whole.startswith(f" {words}", autoescape=True), 3),
            (whole.contains(f" {words}", autoescape=True), 4),
            else_=5,
        )

    def meant(self) -> str | None:
        """The words, with each that begins no word of a name changed for the one most like it; None where one has none."""
        texts = self._reading.scalars(select(N.search).where(*self._mine))
        known = {word for text in texts for word in text.split() if not any(map(str.isdigit, word))}
        meant = [_most_like(word, known) for word in self._words]
        found = [word for word in meant if word is not None]
        return " ".join(found) if len(found) == len(meant) and found != self._words else None


def _most_like(word: str, known: set[str]) -> str | None:
    if any(one.startswith(word) for one in known):
        return word
    length = len(word)
    alike = sorted(one for one in known if abs(len(one) - length) <= 2)
    return next(iter(difflib.get_close_matches(word, alike, 1, ALIKE)), None) if length >= SHORTEST else None


def _stem(word: str) -> str:
    """The beginning that a name's word must have, whether either is of one thing or of several."""
    if len(word) > SHORTEST and word.isalpha():
        for ending in ("ies", "s", "y"):
            if word.endswith(ending) and not word.endswith("ss"):
                return word[: -len(ending)]
    return word
