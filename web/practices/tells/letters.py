"""Letters to the practice, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from web.practices.told import Told, listed, typed

if TYPE_CHECKING:
    from web.practices.telling import Telling


def letter_written(t: Telling, fact: e.LetterWritten) -> Told:
    version = next(
        (
            entry.version
            for entry in t.practice.standing.values()
            if isinstance(entry.fact, e.LetterWritten) and entry.fact.letter_id == fact.letter_id
        ),
        None,
    )
    return Told(
        title=fact.subject.words,
        group="documents",
        how=f"letter to {_in_a_sentence(fact.addressee.words)}",
        words=typed(("", fact.text)),
        rows=listed(("From", fact.signed_as), ("Of", t.names.organisation(fact.organisation))),
        tag="Letter",
        letter=version,
    )


def _in_a_sentence(addressee: str) -> str:
    """The practice manager, who begins a letter, within a sentence."""
    return f"the{addressee[3:]}" if addressee.startswith("The ") else addressee
