"""Who of each organisation had opened which entries by a decision, and who had not: opened, never "read".

Told of everybody who was there by then: who had recorded or opened anything of the practice, its caseworker, and who signed.
It goes by positions in the record, so that what somebody opens afterwards changes nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from domain.practice.events import CaseworkerNamed, PracticeHandedOver
from domain.practice.visible import Withheld
from domain.reading import EntriesOpened
from domain.rules import Recorded


class HadOpened(NamedTuple):
    """Somebody who was there, for the organisation that they last spoke for, and which of the entries they had opened."""

    person: str
    organisation: str | None
    opened: frozenset[int]


def who_had_opened(
    seen: Iterable[Recorded],
    openings: Iterable[Recorded],
    entries: Iterable[int],
    before: int | None,
    signer: tuple[str, str | None],
) -> list[HadOpened]:
    """`seen` are the practice's facts that the reader may know, and nothing is told that only others tell of. `before` is
    the position of the decision; None where it is not taken yet. Whoever recorded an entry knows it.
    """
    wanted, theirs = frozenset(entries), {signer[0]: (signer[1], set[int]())}
    known: set[int] = set()
    caseworker = None
    for entry in seen:
        if isinstance(entry.fact, Withheld) or not _earlier(entry, before):
            continue
        known.add(entry.version)
        if isinstance(entry.fact, CaseworkerNamed | PracticeHandedOver):
            caseworker = entry.fact.caseworker, entry.organisation
        _add(theirs, entry.person, entry.organisation, {entry.version})
    for one in openings:
        if isinstance(one.fact, EntriesOpened) and _earlier(one, before) and known & {*one.fact.versions}:
            _add(theirs, one.person, one.organisation, known & {*one.fact.versions})
    if caseworker and caseworker[0]:
        theirs.setdefault(caseworker[0], (caseworker[1], set()))
    return [
        HadOpened(person, organisation, wanted & opened)
        for person, (organisation, opened) in theirs.items()
        if person != "operator"
    ]


def _earlier(entry: Recorded, before: int | None) -> bool:
    return before is None or entry.position < before


def _add(
    theirs: dict[str, tuple[str | None, set[int]]], person: str, organisation: str | None, versions: set[int]
) -> None:
    _, opened = theirs.get(person, (None, set()))
    theirs[person] = organisation, opened | versions
