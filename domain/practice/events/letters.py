"""Ordinary letters to the practice. Notices that the contract gives rise to are facts of their own, and not these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWritten(Fact):
    """A letter to the practice, whole: printed from this fact, it says the same for ever. Both organisations read it.

    `addressee` is by role, `address` as it stood on the letter. `signed_by` is the person whose letter it is, by id, and
    `signed_as` their name and office as they stood beneath it; `organisation` is whose paper it was written on, and
    `heading` what that was called then.
    """

    NAME: ClassVar[str] = "practice.letter-written"
    letter_id: str
    addressee: Sealed
    address: Sealed | None
    subject: Sealed
    text: Sealed
    signed_by: str
    signed_as: Sealed
    organisation: str
    heading: Sealed | None
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (LetterWritten,)
