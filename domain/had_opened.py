"""Who of each organisation had opened which entries by a decision, and who had not: opened, never "read".

Told of everybody who was there by then: who had recorded or opened anything of the practice, its caseworker, and who signed.
It goes by positions in the record, so that what somebody opens afterwards changes nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from domain.access.roles import Role
from domain.practice.events import CaseworkerNamed, EntryAgreed, EntryAmended, PracticeHandedOver
from domain.practice.visible import Withheld
from domain.reading import EntriesOpened
from domain.rules import Fact, Recorded


class Spoke(NamedTuple):
    """For which organisation somebody last spoke, and in which role."""

    organisation: str | None
    role: str


class HadOpened(NamedTuple):
    """Somebody who was there, for whom they last spoke, and which of the entries they had opened."""

    person: str
    spoke: Spoke
    opened: frozenset[int]


def who_had_opened(
    seen: Iterable[Recorded],
    openings: Iterable[Recorded],
    entries: Iterable[int],
    before: int | None,
    signer: tuple[str, Spoke],
) -> list[HadOpened]:
    """`seen` are the practice's facts that the reader may know, and nothing is told that only others tell of. `before` is
    the position of the decision; None where it is not taken yet. Whoever recorded, agreed or amended an entry knows it.
    """
    wanted, theirs = frozenset(entries), {signer[0]: (signer[1], set[int]())}
    known: set[int] = set()
    caseworker = None
    for entry in seen:
        if isinstance(entry.fact, Withheld) or not _earlier(entry, before):
            continue
        known.add(entry.version)
        if isinstance(entry.fact, CaseworkerNamed | PracticeHandedOver):
            caseworker = entry.fact.caseworker, Spoke(entry.organisation, Role.CASEWORKER.value)
        _add(theirs, entry, {entry.version, *_answered(entry.fact)})
    for one in openings:
        if isinstance(one.fact, EntriesOpened) and _earlier(one, before) and known & {*one.fact.versions}:
            _add(theirs, one, known & {*one.fact.versions})
    if caseworker and caseworker[0]:
        theirs.setdefault(caseworker[0], (caseworker[1], set()))
    return [
        HadOpened(person, spoke, wanted & opened)
        for person, (spoke, opened) in theirs.items()
        if person != "operator"
    ]


def _answered(fact: Fact) -> set[int]:
    """The entry whose text somebody agreed to or amended: they had it before them."""
    return {fact.version} if isinstance(fact, EntryAgreed | EntryAmended) else set()


def _earlier(entry: Recorded, before: int | None) -> bool:
    return before is None or entry.position < before


def _add(theirs: dict[str, tuple[Spoke, set[int]]], one: Recorded, versions: set[int]) -> None:
    _, opened = theirs.get(one.person, (None, set()))
    theirs[one.person] = Spoke(one.organisation, one.role), opened | versions
