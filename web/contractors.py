"""What pages call a contractor of each kind: dated, as the names of organisations are. Another word is another line.

Our own sentences are written of a practice. `said_of` says them of a pharmacy or of another contractor; nothing that
somebody typed is put through it.
"""

from __future__ import annotations

import re
from datetime import date

from domain.practice.kinds import ContractorKind

PRACTICE = "practice"
NHS_BEGAN = date(1948, 7, 5)
CALLED: dict[ContractorKind, tuple[tuple[date, str], ...]] = {
    ContractorKind.GENERAL_PRACTICE: ((NHS_BEGAN, PRACTICE),),
    ContractorKind.PHARMACY: ((NHS_BEGAN, "pharmacy"),),
    ContractorKind.OPHTHALMIC: ((NHS_BEGAN, "contractor"),),
}
"""From which day, latest first."""

# The practice manager and the practice area are called so whoever the contractor is.
_WORD = re.compile(r"\b([Pp])ractice\b(?! (?:manager|area|nurse))")


def called(kind: ContractorKind, on: date) -> str:
    """What a contractor of a kind is called on a day: practice, pharmacy."""
    names = CALLED[kind]
    return next((word for first, word in names if first <= on), names[-1][1])


def said_of(words: str, contractor: str) -> str:
    """Words about a practice, as they are said of what a contractor is called."""
    if contractor == PRACTICE:
        return words
    return _WORD.sub(lambda found: contractor.capitalize() if found[1] == "P" else contractor, words)
