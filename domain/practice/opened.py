"""Whoever signs a decision on the tier has opened what it cites, as it stands: a page or the command line showed it whole.

What others have not opened is told before the decision and beside it, and stops nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.practice.cites import cite
from domain.practice.events import EntryAgreed, EntryAmended, FactCorrected
from domain.practice.state import Practice
from domain.rules import Asked, Recorded, RuleBroken


def signs_what_was_opened(practice: Practice, cited: Iterable[str], asked: Asked) -> None:
    """Refuse while the signer has not opened an entry that is cited."""
    for refused in still_to_be_opened(practice, cited, asked):
        raise refused


def still_to_be_opened(practice: Practice, cited: Iterable[str], asked: Asked) -> Iterator[RuleBroken]:
    """The refusal that names every cited entry that the signer has not opened; none where all were."""
    if unopened := not_opened(practice, cited, asked):
        named = " and ".join(cite(practice.code, version) for version in unopened)
        yield RuleBroken(
            "what-is-cited-was-opened-by-the-signer",
            f"You have not opened {named}: open each entry that you cite before you sign",
            "inputs",
        )


def not_opened(practice: Practice, cited: Iterable[str], asked: Asked) -> list[int]:
    """The cited entries that the signer has not opened as they stand; none where it is not known who opened what.

    Whoever recorded an entry knows it, and so does whoever agreed to its text or amended it; a correction of it is opened
    with it.
    """
    if practice.opened is None:
        return []
    wanted, found = set(cited), set()
    texts = {
        version
        for one in practice.history
        if isinstance(one.fact, EntryAgreed | EntryAmended) and one.person == asked.person
        for version in (one.fact.version, one.fact.text_version)
    }
    for entry in practice.history:
        of_it = _entry_of(entry)
        knows = entry.version in practice.opened or entry.version in texts or entry.person == asked.person
        if not knows and cite(practice.code, of_it) in wanted:
            found.add(of_it)
    return sorted(found)


def _entry_of(entry: Recorded) -> int:
    """The entry whose words a fact says: a correction and an amendment say another's."""
    fact = entry.fact
    if isinstance(fact, FactCorrected):
        return fact.corrects
    return fact.version if isinstance(fact, EntryAmended) else entry.version
