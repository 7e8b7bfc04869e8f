"""For which purposes somebody looks back at what was known, or takes something out: a dated list, from which one chooses.

A purpose keeps its name for ever: the access log holds it. One that is no longer offered gets a last day.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from domain.rules import RuleBroken
from domain.text import Words, check_words, is_blank

OTHER = "other"
"""The purpose that is told in words: they are kept sealed, beside the access log and not in it."""


class Purpose(NamedTuple):
    name: str
    called: str
    from_on: date
    to_on: date | None = None


_FIRST = date(2013, 4, 1)

PURPOSES = (
    Purpose("decision_review", "Review of a decision", _FIRST),
    Purpose("complaint", "A complaint", _FIRST),
    Purpose("appeal", "An appeal, or a case before a tribunal or court", _FIRST),
    Purpose("audit", "An audit", _FIRST),
    Purpose(
        "information_request", "A request under the Freedom of Information Act or for personal data", _FIRST
    ),
    Purpose("training", "Training", _FIRST),
    Purpose(OTHER, "Something else", _FIRST),
)


def offered(on: date) -> list[Purpose]:
    """The purposes that may be chosen on a day."""
    return [one for one in PURPOSES if one.from_on <= on and (one.to_on is None or on <= one.to_on)]


def called(name: str) -> str:
    """What a stored purpose is called, offered still or not."""
    return next((one.called for one in PURPOSES if one.name == name), name)


def stated(name: str, words: str, on: date) -> str:
    """The words that are kept with a purpose: those of another one, which is told in words; "" for one of the list."""
    if name not in {one.name for one in offered(on)}:
        raise RuleBroken("a-purpose-is-of-the-list", "Choose what it is for", "purpose")
    if name != OTHER:
        return ""
    if is_blank(words):
        raise RuleBroken("another-purpose-is-told-in-words", "Say in a few words what it is for", "words")
    check_words(words, Words(200, lines=False), "words")
    return words
