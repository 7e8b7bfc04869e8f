"""What became of what was known when the tier was decided: which entries were corrected, withdrawn or answered since, which
came to be known since of things that had happened before, and what happened since.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from domain.practice import events as e
from domain.practice.state import Practice
from domain.practice.visible import Withheld
from domain.rules import Recorded

ENDS = {
    e.FlagWithdrawn: "flag withdrawn since",
    e.FlagCleared: "flag cleared since",
    e.FlagReopened: "flag reopened since",
    e.ExplanationAccepted: "explanation accepted since",
    e.IntelligenceCorroborated: "corroborated since",
    e.IntelligenceDiscounted: "discounted since",
    e.EntryDisputed: "disputed since",
    e.EntryAmended: "amended since",
}
"""What is said of an entry by a later fact about it."""

CORRECTED, WITHDRAWN = "corrected since", "withdrawn since"


class Came(StrEnum):
    """When an entry came to be known that was not when the tier was decided."""

    LATE = "happened before, recorded after"
    SAME_DAY = "of the same day, recorded after"
    SHOWN = "shown to you since"
    AFTER = "happened since"


class Then(NamedTuple):
    """What somebody knew when a decision was taken. `known` are the entries that they saw then and may know of today;
    `kept` those that were open to them then and are not now; `first` and `last` the facts of the decision's own command.
    """

    decided_on: date
    first: int
    last: int
    known: frozenset[int]
    kept: frozenset[int]


def known_by(seen_then: Iterable[Recorded], today: Practice) -> tuple[frozenset[int], frozenset[int]]:
    """Of what was seen then, the entries that may be known of today; and those that are kept from the reader since."""
    were = _open(seen_then)
    now = _open(today.history)
    return were & now, were - now


def what_became(practice: Practice, then: Then) -> dict[int, list[Recorded]]:
    """The facts that were recorded after a decision, by the earlier entry that they are about."""
    found: dict[int, list[Recorded]] = {}
    for entry in practice.history:
        if entry.version <= then.last:
            continue
        about = _about(practice, entry)
        if about and about <= then.last:
            found.setdefault(about, []).append(entry)
    return found


def came(practice: Practice, then: Then) -> dict[int, Came]:
    """What is known today and was not then, and why: but the decision itself, and corrections, which stand by their entry."""
    found = {}
    for entry in practice.history:
        of_it = then.first <= entry.version <= then.last
        amends = isinstance(entry.fact, e.FactCorrected | e.FactWithdrawn | Withheld)
        if of_it or amends or entry.version in then.known:
            continue
        stands = practice.standing.get(entry.version, entry)
        found[entry.version] = _when(entry.version, stands.fact, then)
    return found


def said_of(entry: Recorded) -> str:
    """What a later fact makes of the entry that it is about, in words."""
    if isinstance(entry.fact, e.FactCorrected):
        return CORRECTED
    return WITHDRAWN if isinstance(entry.fact, e.FactWithdrawn) else ENDS[type(entry.fact)]


def _open(history: Iterable[Recorded]) -> frozenset[int]:
    return frozenset(entry.version for entry in history if not isinstance(entry.fact, Withheld))


def _when(version: int, fact: Any, then: Then) -> Came:
    if version < then.first:
        return Came.SHOWN
    if fact.occurred_on < then.decided_on:
        return Came.LATE
    return Came.SAME_DAY if fact.occurred_on == then.decided_on else Came.AFTER


def _about(practice: Practice, entry: Recorded) -> int:
    """The entry that a correction or answer is about; 0 for any other fact, and for an answer that was withdrawn."""
    fact: Any = entry.fact
    if isinstance(fact, e.FactCorrected | e.FactWithdrawn):
        return fact.corrects
    if type(fact) not in ENDS or entry.version not in practice.standing:
        return 0
    if isinstance(fact, e.EntryDisputed | e.EntryAmended):
        return fact.version
    if isinstance(fact, e.IntelligenceCorroborated | e.IntelligenceDiscounted):
        heard = practice.intelligence.get(fact.intelligence_id)
        return heard.version if heard else 0
    flag = practice.flags.get(fact.flag_id)
    return flag.version if flag else 0
