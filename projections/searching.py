"""Looking for practices and for what was told of them: no more is matched, counted or shown than its reader may read.

Practices are found by words of their name, code and postcode, each from its beginning; what was told, by its words. Rows
that are not the reader's are left out by the database, before anything is counted, ordered or shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    column,
    func,
    literal,
    literal_column,
    null,
    select,
    table,
    true,
    union_all,
)

from domain.access.permissions import Scope, scope_of
from domain.rules import Asked
from projections import caseload
from projections.marking import Marking, Passage, passages
from projections.named import Names, PracticeHit
from projections.readers import Reader, reader, seen_by
from projections.search import TABLE
from projections.sought import index_of
from projections.told_in_words import KINDS, Kind
from projections.typed import MOST, Typed, typed
from projections.whose import in_scope, standing_on

PAGE_SIZE = 20
FIRST = 5
"""So many of each kind are shown where every kind is asked for."""

NEWEST = 100
"""Of so many of the newest entries of a kind, those that have the words next to each other come first."""

EVERY = 100_000
"""Practices at most in a file of them."""

FEW = 5
"""With fewer hits, a name that nobody bears may be a name mistyped."""

What = Literal["practice"] | Kind
WHATS: tuple[What, ...] = ("practice", *KINDS)


class Hit(NamedTuple):
    """An entry that was found: `called` says what it is, more closely than its kind."""

    code: str
    name: str
    version: int
    kind: Kind
    called: str
    happened_on: date
    passage: Passage


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found. `counts` are of all that this reader may read, by kind; 0 where there is none.

    `meant` is what may have been meant, where a practice's name seems mistyped. Where nothing else is found, `practices`
    are those.
    """

    typed: Typed
    counts: dict[What, int]
    practices: list[PracticeHit]
    hits: list[Hit]
    page: int = 1
    pages: int = 1
    meant: str | None = None

    @property
    def total(self) -> int:
        return sum(self.counts.values())


T = TABLE.c
C = caseload.TABLE.c
N = caseload.NAME.c


class Search:
    """One search by one person."""

    def __init__(self, reading: Connection, asked: Asked, words: str) -> None:
        self.reading = reading
        self.by: Reader = reader(asked)
        self.scope: Scope = scope_of(asked)
        self.today = asked.on
        self.typed = typed(words)
        self.names = caseload.words_of_name(self.typed.text)[:MOST]
        self.postgres = reading.dialect.name == "postgresql"

    def find(self, only: What | None = None, page: int = 1) -> Found:
        """One page of what there is of a kind; or the first of every kind."""
        counts: dict[Any, int] = dict.fromkeys(WHATS, 0)
        told, newest = self._told(only, self._wanted(only, page)) if self.typed.phrases else ({}, {})
        counts |= told
        named = self._named(only, page)
        counts["practice"] = named.count
        meant = named.meant() if not named.count and sum(told.values()) < FEW else None
        if only is None:
            alike = named.of(meant.split()) if meant and not any(told.values()) else named
            chosen = [number for kind in newest for number in self._ordered(newest[kind])[:FIRST]]
            return Found(self.typed, counts, alike.hits, self.hits(chosen), meant=meant)
        pages = max(1, -(-counts[only] // PAGE_SIZE))
        page = min(max(page, 1), pages)
        if only == "practice":
            return Found(self.typed, counts, named.hits, [], page, pages, meant)
        start = (page - 1) * PAGE_SIZE
        if start + PAGE_SIZE > NEWEST:
            chosen = self._older(only, start)
        else:
            chosen = self._ordered(newest.get(only, []))[start : start + PAGE_SIZE]
        return Found(self.typed, counts, [], self.hits(chosen), page, pages, meant)

    def _named(self, only: What | None, page: int) -> Names:
        size, start = (PAGE_SIZE, max(page - 1, 0) * PAGE_SIZE) if only == "practice" else (FIRST, 0)
        return Names(self.reading, self.scope, self.today, self.names, size, start)

    def practices(self) -> list[PracticeHit]:
        """Every practice whose name has the words, in the order of its pages."""
        return Names(self.reading, self.scope, self.today, self.names, EVERY).hits

    def every(self, kind: Kind) -> list[int]:
        """The numbers of all that is found of a kind, in the order of its pages."""
        if not self.typed.phrases:
            return []
        there = self._matching().cte("there").prefix_with("MATERIALIZED")
        numbers = [number for _, number in self.reading.execute(self._newest(there, kind))]
        return self._ordered(numbers[:NEWEST]) + numbers[NEWEST:]

    # --- what was told -----------------------------------------------------------------------------------------

    def _matching(self) -> Select[Any]:
        """The rows that match and that this reader may read."""
        rows = select(T.number, T.kind, T.happened_on)
        if self.postgres:
            query = func.to_tsquery(literal_column("'views.words'::regconfig"), self.typed.for_postgres())
            rows = rows.where(literal_column("found").op("@@")(query))
        else:
            name = index_of(TABLE)
            index = table(name, column("rowid"), column(name))
            # The plus keeps SQLite from asking the index anew for every row: it asks once, and looks up what it is told.
            of_row = T.number == literal_column(f"+{name}.rowid")
            rows = rows.select_from(index.join(TABLE, of_row))
            rows = rows.where(index.c[name].op("MATCH")(self.typed.for_sqlite()))
        return rows.where(
            seen_by(self.by, T.internal_to), seen_by(self.by, T.restricted_to), self._mine(T.code)
        )

    def _mine(self, code: ColumnElement[str]) -> ColumnElement[bool]:
        """Whether a row is of a practice that this reader may read."""
        if self.scope.everything and not self.scope.recused:
            return true()
        return code.in_(select(C.code).where(standing_on(self.today), in_scope(self.scope)))

    def _wanted(self, only: What | None, page: int) -> int:
        """Of how many of the newest of a kind the numbers are needed: all that are looked through for the words next to
        each other, or no more than are shown.
        """
        if self.typed.next_to_each_other() is not None:
            return NEWEST
        return FIRST if only is None else min(max(page, 1) * PAGE_SIZE, NEWEST)

    def _told(self, only: What | None, most: int) -> tuple[dict[Kind, int], dict[Kind, list[int]]]:
        """How many rows of each kind match, and the numbers of the newest of each kind that is asked for."""
        there = self._matching().cte("there").prefix_with("MATERIALIZED")
        counted = select(there.c.kind, func.count(), null()).group_by(there.c.kind)
        parts = [self._newest(there, kind).limit(most).subquery() for kind in KINDS if only in {None, kind}]
        newest = [select(part.c.kind, literal(0), part.c.number) for part in parts]
        counts: dict[Kind, int] = {}
        numbers: dict[Kind, list[int]] = {kind: [] for kind in KINDS}
        for kind, many, number in self.reading.execute(union_all(counted, *newest)):
            if number is None:
                counts[KINDS[kind]] = many
            else:
                numbers[KINDS[kind]].append(number)
        return counts, numbers

    def _newest(self, there: Any, kind: Kind) -> Select[Any]:
        of_kind = select(there.c.kind, there.c.number).where(there.c.kind == KINDS.index(kind))
        return of_kind.order_by(there.c.happened_on.desc(), there.c.number.desc())

    def _older(self, kind: Kind, start: int) -> list[int]:
        """The numbers of a page beyond the newest, by day."""
        there = self._matching().cte("there").prefix_with("MATERIALIZED")
        page = self._newest(there, kind).limit(PAGE_SIZE).offset(start)
        return [number for _, number in self.reading.execute(page)]

    def _ordered(self, newest: list[int]) -> list[int]:
        """Of the newest, those with the words next to each other first; all else stays in order of day."""
        phrase = self.typed.next_to_each_other()
        if phrase is None or len(newest) < 2:
            return newest
        words = {row.number: row.words for row in self._rows(newest)}
        with closing(Marking([words[number] for number in newest])) as marking:
            together = marking.having(phrase)
        return sorted(
            newest, key={number: at not in together for at, number in enumerate(newest)}.__getitem__
        )

    def _rows(self, numbers: Iterable[int]) -> list[Any]:
        return list(self.reading.execute(select(TABLE).where(T.number.in_(list(numbers)))))

    def hits(self, numbers: list[int]) -> list[Hit]:
        """What stands under these numbers, with the best few lines of each."""
        if not numbers:
            return []
        rows = {row.number: row for row in self._rows(numbers)}
        chosen = [rows[number] for number in numbers]
        codes = {row.code for row in chosen}
        named = self.reading.execute(select(N.code, N.name).where(N.code.in_(codes)))
        names = {row.code: row.name for row in named}
        told = passages([row.words for row in chosen], self.typed)
        return [
            Hit(
                row.code,
                names.get(row.code, row.code),
                row.version,
                KINDS[row.kind],
                row.called,
                row.happened_on,
                one,
            )
            for row, one in zip(chosen, told, strict=True)
        ]


def find(reading: Connection, asked: Asked, words: str, only: What | None = None, page: int = 1) -> Found:
    """One page of what this person may read and looks for."""
    return Search(reading, asked, words).find(only, page)
