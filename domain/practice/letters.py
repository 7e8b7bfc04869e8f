"""Ordinary letters: who writes to whom, about what. Casebook keeps the letter and prints it; people send it."""

from __future__ import annotations

from domain.practice.commands import WriteLetter
from domain.practice.dates import day_of, in_order
from domain.practice.events import LetterWritten
from domain.practice.state import Practice
from domain.rules import Asked, Fact, Sealed, sealed


def write_letter(practice: Practice, command: WriteLetter, asked: Asked) -> list[Fact]:
    """A letter is its writer's and their organisation's: nobody signs for another."""
    day = day_of(command, asked)
    in_order(practice.opened_on, day, "occurred_on")
    assert asked.organisation is not None
    return [
        LetterWritten(
            letter_id=command.letter_id,
            addressee=Sealed(command.addressee),
            address=sealed(command.address),
            subject=Sealed(command.subject),
            text=Sealed(command.text),
            signed_by=asked.person,
            signed_as=Sealed(command.signed_as),
            organisation=asked.organisation,
            heading=sealed(command.heading),
            occurred_on=day,
        )
    ]
