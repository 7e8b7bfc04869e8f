"""A practice by two clocks: what was recorded by an instant, and of that what had happened by a day.

The first asks what was known. The second asks how things stood, as they are known: a correction says how a thing truly
was, whenever it was recorded, so that it is applied to whatever is left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from domain.practice.cites import cite
from domain.practice.corrections import effective
from domain.practice.events import (
    AccessRequested,
    CorrectionRequested,
    EmergencyAccessTaken,
    EntryAgreed,
    EntryAmended,
    EntryDisputed,
    FactCorrected,
    FactWithdrawn,
    PracticeRegistered,
    ThreadsJoined,
    VisibilityChanged,
)
from domain.rules import Fact, Recorded


class Moment(NamedTuple):
    """Where both clocks stand; None is now. What is recorded at one instant goes by its position in the record, which may
    be given instead of an instant.
    """

    recorded_by: datetime | int | None = None
    happened_on: date | None = None


NOW = Moment()


def at_moment(history: list[Recorded], moment: Moment) -> list[Recorded]:
    """The facts of a practice that were recorded by then, of things that had happened by then."""
    known = recorded_by(history, moment.recorded_by)
    return known if moment.happened_on is None else happened_by(known, moment.happened_on)


def recorded_by(history: list[Recorded], by: datetime | int | None) -> list[Recorded]:
    """The facts that were recorded by an instant, or up to a position of the record: itself included."""
    match by:
        case None:
            return history
        case int():
            kept = [entry for entry in history if entry.position <= by]
        case _:
            kept = [entry for entry in history if entry.recorded_at <= by]
    return history if len(kept) == len(history) else kept


def happened_by(history: list[Recorded], day: date) -> list[Recorded]:
    """Without what happened later, and without what is about that. That there is the practice is known on every day."""
    stands = effective(history)
    told = history if stands is history else [*history, *stands]
    on = {entry.version: _happened_on(entry.fact) for entry in told}
    begun: dict[str, int] = {}
    later: set[int] = set()
    kept = []
    for entry in history:
        fact = entry.fact
        if isinstance(fact, FactCorrected | FactWithdrawn):
            is_later = fact.corrects in later
        else:
            is_later = not isinstance(fact, PracticeRegistered) and on[entry.version] > day
            is_later = is_later or any(begun.get(named, 0) in later for named in _named(fact))
            is_later = is_later or not later.isdisjoint(_entries(fact))
        if is_later:
            later.add(entry.version)
        else:
            kept.append(entry)
        for named in (cite(entry.stream.partition("-")[2], entry.version), *_named(fact)):
            begun.setdefault(named, entry.version)
    return kept if later else history


def _happened_on(fact: Fact) -> date:
    return fact.occurred_on  # type: ignore[attr-defined,no-any-return]


def _named(fact: Fact) -> Iterable[str]:
    """The ids of the things that a fact begins or is about, and of the entries."""
    for name in _ids(type(fact)):  # type: ignore[arg-type]
        value: Any = getattr(fact, name)
        if isinstance(value, tuple):
            yield from (one for one in value if isinstance(one, str))
        elif isinstance(value, str):
            yield value


def _entries(fact: Fact) -> Iterable[int]:
    """The entries that a fact is about by their number."""
    if isinstance(fact, ThreadsJoined):
        return fact.entries
    version = getattr(fact, "version", None) if isinstance(fact, _ABOUT_AN_ENTRY) else None
    return () if version is None else (version,)


@cache
def _ids(kind: type[Fact]) -> tuple[str, ...]:
    return tuple(
        one.name for one in fields(kind) if one.name.endswith(("_id", "_ids")) or one.name in _NAMING
    )


_ABOUT_AN_ENTRY = (
    EntryAgreed,
    EntryDisputed,
    EntryAmended,
    CorrectionRequested,
    VisibilityChanged,
    AccessRequested,
    EmergencyAccessTaken,
)
"""Facts that begin something about an entry, which their `version` is."""

_NAMING = {"breaches", "rests_on", "subject"}
"""Fields that name things, by id or as entries, and are not called so."""
