"""A brief: one page of plain sentences on a practice as at a day, each with the facts that it is made of.

It is as long as a page and no longer: of what there are many, the first are said and the rest are counted. No sentence is
without a fact. The same moment, asked about by the same person, gives the same words, and so the same bytes of a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from domain.canonical import digest
from domain.practice.events import FactCorrected
from domain.practice.state import Practice
from domain.rules import Recorded


class Sentence(NamedTuple):
    """What is said, and the versions of the facts that say it."""

    words: str
    facts: tuple[int, ...]


class Part(NamedTuple):
    """Sentences under a heading. `more` are how many others there are of the kind, `kind` which kind of entry they are."""

    heading: str
    sentences: tuple[Sentence, ...]
    more: int = 0
    kind: str = ""


class Note(NamedTuple):
    """A footnote: its number, the fact as it was recorded, and by whom, in words."""

    number: int
    fact: Recorded
    by: str


class Brief(NamedTuple):
    """`position` is up to where the record was read, and `recorded_at` when that was recorded."""

    code: str
    name: str
    on: date
    position: int
    recorded_at: datetime | None
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]

    def numbers(self, sentence: Sentence) -> tuple[int, ...]:
        """The footnotes of a sentence."""
        of = {note.fact.version: note.number for note in self.notes}
        return tuple(sorted(of[version] for version in sentence.facts))

    @property
    def digest(self) -> str:
        """The SHA-256 of its words with their facts: who has the same brief has the same digest."""
        told = {
            "practice": [self.code, self.name],
            "on": self.on.isoformat(),
            "position": self.position,
            "parts": [
                [part.heading, [[one.words, self.numbers(one)] for one in part.sentences], part.more]
                for part in self.parts
            ],
            "facts": [[note.number, f"{self.code}/{note.fact.version}", note.by] for note in self.notes],
        }
        return digest(told)


def brief_of(
    practice: Practice,
    on: date,
    upto: tuple[int, datetime | None],
    parts: Iterable[Part],
    by: Callable[[Recorded], str],
) -> Brief:
    """A brief with its footnotes, numbered as they are first come to. A part without sentences is left out."""
    corrected = _corrected(practice)
    whole = [_with_corrections(part, corrected) for part in parts if part.sentences]
    cited = dict.fromkeys(
        version for part in whole for sentence in part.sentences for version in sentence.facts
    )
    notes = []
    for number, version in enumerate(cited, start=1):
        fact = practice.recorded(version)
        assert fact is not None, f"entry {version} is cited and was not recorded by then"
        notes.append(Note(number, fact, by(fact)))
    assert practice.details is not None
    name = practice.details.name.words
    return Brief(practice.code, name, on, *upto, tuple(whole), tuple(notes))


def _with_corrections(part: Part, corrected: dict[int, list[int]]) -> Part:
    """A sentence that is made of a corrected fact is made of the correction too."""
    return part._replace(sentences=tuple(_with(one, corrected) for one in part.sentences))


def _with(sentence: Sentence, corrected: dict[int, list[int]]) -> Sentence:
    assert sentence.facts, f"no sentence is without a fact: {sentence.words}"
    facts = [one for version in sentence.facts for one in (version, *corrected.get(version, ()))]
    return sentence._replace(facts=tuple(dict.fromkeys(facts)))


def _corrected(practice: Practice) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for entry in practice.history:
        if isinstance(entry.fact, FactCorrected) and entry.version in practice.standing:
            found.setdefault(entry.fact.corrects, []).append(entry.version)
    return found


def first_of(sentences: Sequence[Sentence], most: int, heading: str, kind: str) -> Part:
    """The first few sentences of a kind, and how many others there are."""
    return Part(heading, tuple(sentences[:most]), max(0, len(sentences) - most), kind)
