"""What somebody typed to look for, taken apart: phrases in quotes, words, and the last word, which may be unfinished."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 200
"""Characters that are read of what was typed."""

MOST = 12
"""Words and phrases that are looked for together."""

_TOO_COMMON = """
a about above after again against all am an and any are as at be because been before being below between both but by can
did do does doing don down during each few for from further had has have having he her here hers herself him himself his
how i if in into is it its itself just me more most my myself no nor not now of off on once only or other our ours
ourselves out over own s same she should so some such t than that the their theirs them themselves then there these they
this those through to too under until up very was we were what when where which while who whom why will with you your
yours yourself yourselves
"""
TOO_COMMON = frozenset(_TOO_COMMON.split())
"""Words that stand in nearly every entry: looked for only within quotes."""

_MARKS = re.compile("[\u0300-\u036f]")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


def folded(text: str) -> str:
    """Small letters without accents."""
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text.lower())))


def words_of(text: str) -> list[str]:
    """The words of a text, folded: letters and digits, whatever stands between them."""
    return re.findall(r"[^\W_]+", folded(text))


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed. Each phrase is its words one after another; `ends_open` when the last is a word that may go on."""

    text: str
    phrases: tuple[tuple[str, ...], ...] = ()
    ends_open: bool = False

    @property
    def words(self) -> list[str]:
        """Every word that is looked for."""
        return [word for phrase in self.phrases for word in phrase]

    def for_sqlite(self) -> str:
        """As FTS5 is asked."""
        asked = [f'"{" ".join(phrase)}"' for phrase in self.phrases]
        return " AND ".join(asked) + (" *" if self.ends_open else "")

    def for_postgres(self) -> str:
        """As `to_tsquery` is asked: the words hold nothing that it would take for an operator."""
        asked = [" <-> ".join(f"'{word}'" for word in phrase) for phrase in self.phrases]
        return (
            " & ".join(f"({one})" for one in asked[:-1])
            + (" & " if asked[1:] else "")
            + self._last(asked[-1])
        )

    def _last(self, asked: str) -> str:
        return f"{asked}:*" if self.ends_open else f"({asked})"

    def next_to_each_other(self) -> Typed | None:
        """All the words as one phrase; None where one word, or a phrase alone, was typed."""
        if len(self.phrases) < 2:
            return None
        return Typed(self.text, (tuple(self.words),), self.ends_open)


def typed(text: str) -> Typed:
    """Read what was typed. Whatever it is, it is words to look for: nothing in it is a command."""
    text = "".join(one if one.isprintable() else " " for one in text[:LONGEST].translate(_QUOTES))
    text = " ".join(text.split())
    parts = text.split('"')
    if len(parts) % 2 == 0:  # a quote that was left open quotes nothing
        parts[-2:] = [f"{parts[-2]} {parts[-1]}"]
    phrases: list[tuple[str, ...]] = []
    last_is_word = False
    for number, part in enumerate(parts):
        if number % 2:
            found = [tuple(words_of(part))]
        else:
            found = [tuple(words_of(one)) for one in part.split()]
            found = [one for one in found if not (len(one) == 1 and one[0] in TOO_COMMON)]
        found = [one for one in found if one]
        if found:
            last_is_word = not number % 2 and len(found[-1]) == 1
        phrases += found
    kept = tuple(phrases[:MOST])
    return Typed(text, kept, last_is_word and len(kept) == len(phrases) and len(kept[-1][0]) > 1)
