"""Whether an entry reads otherwise in what counts: it was withdrawn, or its days, kinds or words say something else.

Only capitals, spaces and stops at the end of words do not count, what is to follow, and a note beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from domain.practice import events as e
from domain.practice.correctable import plain
from domain.practice.corrections import effective
from domain.rules import DoesNotOpen, Fact, Recorded

_BESIDE = frozenset({"next_contact_on", "review_on", "note"})
"""Fields that say what is to follow, or that stand beside what happened. No decision turned on them."""


def reads_otherwise(then: list[Recorded], now: list[Recorded], versions: Iterable[int]) -> bool:
    """Whether any of these entries reads otherwise in one history than in another."""
    one, other = ({entry.version: entry for entry in effective(history)} for history in (then, now))
    return any(_as_read(then, one, version) != _as_read(now, other, version) for version in versions)


def counts(fact: Fact) -> bool:
    """Whether it may change what a decision went by: a correction does of anything that counts."""
    if not isinstance(fact, e.FactCorrected):
        return True
    return any(
        one.field not in _BESIDE and _words(one.before.words) != _words(one.after.words)
        for one in fact.fields
    )


def raised_in_error(history: list[Recorded], since: int) -> set[str]:
    """The flags that were withdrawn after a fact, and stand so."""
    gone: set[str] = set()
    for entry in effective(history):
        if entry.version > since:
            if isinstance(entry.fact, e.FlagWithdrawn):
                gone.add(entry.fact.flag_id)
            elif isinstance(entry.fact, e.FlagReopened):
                gone.discard(entry.fact.flag_id)
    return gone


def _as_read(history: list[Recorded], stands: dict[int, Recorded], version: int) -> dict[str, Any] | None:
    """What an entry says by name; None where it was withdrawn, or is a flag that should not have been raised."""
    entry = stands.get(version)
    if entry is None:
        return None
    if isinstance(entry.fact, e.FlagRaised) and entry.fact.flag_id in raised_in_error(history, version):
        return None
    said = {
        one.name: _value(getattr(entry.fact, one.name))
        for one in fields(entry.fact)
        if one.name not in _BESIDE
    }
    if (text := _amended(history, stands, version)) is not None:
        said["said"] = _value(text)
    return said


def _amended(history: list[Recorded], stands: dict[int, Recorded], version: int) -> Any:
    """The text that was put in place of an entry's, unless the entry was corrected after it."""
    text = None
    for entry in history:
        fact = entry.fact
        if isinstance(fact, e.FactCorrected) and fact.corrects == version:
            text = None
        elif isinstance(fact, e.EntryAmended) and fact.version == version and entry.version in stands:
            text = fact.said
    return text


def _value(value: Any) -> Any:
    try:
        value = plain(value)
    except DoesNotOpen:
        return None
    return _words(value) if isinstance(value, str) else value


def _words(said: str) -> str:
    return " ".join(said.split()).rstrip(". ").casefold()
