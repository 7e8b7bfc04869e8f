"""What was told in words, to be looked for: conversations, intelligence, flags, actions, reasons for a tier and the
titles of documents, and each step of the contract's ladder.

One row for each fact that holds words, as corrected; what was withdrawn has none. A flag is found by its indicator too. Names, codes and postcodes of
practices are looked for where the caseload keeps them. How words are matched is in `projections/asking_words.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import BigInteger, Column, Date, Integer, Text

from domain.practice import events as e
from projections.story import PracticeStory
from projections.tables import ERASED, ReadModel, Row, iso, view_table, words_or_erased
from projections.told_in_words import KINDS, TOLD

TABLE = view_table(
    "search",
    "code",
    Column("version", Integer, autoincrement=False),
    Column("number", BigInteger, nullable=False),
    Column("kind", Integer, nullable=False),
    Column("called", Text, nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("internal_to", Text),
    Column("restricted_to", Text),
    Column("words", Text, nullable=False),
    # All that matches is counted, and ordered by day, from this index.
    indexes=(("number", "kind", "happened_on", "code", "internal_to", "restricted_to"),),
    sought=("number", "words"),
)

_DIGITS = {character: at for at, character in enumerate(" 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}


def number_of(code: str, version: int) -> int:
    """One number for a fact of a practice, by which its words are indexed. It rises with code and version, so that an
    index is filled in the order in which a rebuild comes to them.
    """
    number = 0
    for character in code.ljust(6):
        number = number * len(_DIGITS) + _DIGITS[character]
    return number << 20 | version


def rows(story: PracticeStory) -> Iterator[Row]:
    first, closed = number_of(story.code, 0), story.practice.closed
    for kind in TOLD:
        for entry, fact in story.facts(kind):
            if kind is not e.FlagRaised and all(not getattr(fact, name) for name in TOLD[kind][2]):
                continue  # it is told in no words of anybody's
            version = entry.version
            basis = story.mark(version)
            if version in closed:
                basis += f" to {story.internal_to(version)} {story.restricted_to(version)}"
            yield Row(TABLE, version, basis, partial(_values, story, version, fact, first))


def _values(story: PracticeStory, version: int, fact: Any, first: int) -> dict[str, Any]:
    kind, called, names = TOLD[type(fact)]
    words = [words for name in names for words in _words(getattr(fact, name))]
    if isinstance(fact, e.FlagRaised):
        words = [*words, f"{fact.indicator} {fact.indicator_name}"]
    closed = version in story.practice.closed
    return {
        "number": first + version,
        "kind": KINDS.index(kind),
        "called": called,
        "happened_on": iso(fact.occurred_on),
        "internal_to": story.internal_to(version) if closed else None,
        "restricted_to": story.restricted_to(version) if closed else None,
        "words": "\n".join(words),
    }


def _words(value: Any) -> Iterator[str]:
    """The words of a field, or of each of its points; of nothing, none."""
    if isinstance(value, tuple):
        for point in value:
            yield from _words(point.words)
    elif value is not None and (said := words_or_erased(value)) != ERASED:
        yield said


MODEL = ReadModel("search", "practice", (TABLE,), rows, edition=6)
