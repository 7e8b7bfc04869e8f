"""The national registers of contractors: which there are, and that an edition of one was taken in.

There is one of each kind, all of 27 columns: GP practices (ODS epraccur), pharmacies (edispensary), and sites of
opticians (eoptsite). Only the row of such a contractor changes anything, and only when it is active or closed. A
register is a source like any other: what it says is asked for by commands, and the practice's own rules answer them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, NamedTuple

from domain.practice.kinds import ContractorKind
from domain.rules import Asked, Command, Fact, Recorded, Sealed
from domain.text import Line, check_command

GP_PRACTICE = "4"
"""The prescribing setting (column 26) of a GP practice."""


class Source(NamedTuple):
    """A register: its `name` is the source of what it led to, and `register-epraccur` its stream. Of a contractor's row
    `setting` is kept beside its code, so that what it listed before is known by it.
    """

    name: str
    kind: ContractorKind
    setting: str


EPRACCUR = "epraccur"
SOURCES = {
    one.kind: one
    for one in (
        Source(EPRACCUR, ContractorKind.GENERAL_PRACTICE, GP_PRACTICE),
        Source("edispensary", ContractorKind.PHARMACY, "pharmacy"),
        Source("eoptsite", ContractorKind.OPHTHALMIC, "optician"),
    )
}
OF_PRACTICES = SOURCES[ContractorKind.GENERAL_PRACTICE]


class Outcome(StrEnum):
    """What one row came to. All but `vanished`, which tells of rows that are not there, add up to the rows read."""

    REGISTERED = "registered"
    CHANGED = "changed"
    CLOSED = "closed"
    REOPENED = "reopened"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    DORMANT = "dormant"
    VANISHED = "vanished"
    REJECTED = "rejected"


CHANGES = frozenset({Outcome.REGISTERED, Outcome.CHANGED, Outcome.CLOSED, Outcome.REOPENED})


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterImported(Fact):
    """An edition of the register was taken in and changed something. `counts` are outcomes and their numbers.

    `sha256` is of the file as given, in hexadecimal; the facts it led to carry it as `source_sha256`.
    """

    NAME: ClassVar[str] = "register.imported"
    register: str
    file: Sealed
    sha256: str
    rows: int
    counts: tuple[tuple[str, int], ...]
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (RegisterImported,)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCommand(Command):
    """Something asked for about a register as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRegister(RegisterCommand):
    """Record that an edition of the register was taken in."""

    file: Line
    sha256: str
    counts: dict[str, int]
    register: str = EPRACCUR


@dataclass(slots=True)
class Register:
    """What is known of a register: where in the record it was last said to have been taken in."""

    imported_at: int = 0


def replay(history: Iterable[Recorded]) -> Register:
    register = Register()
    for entry in history:
        register.imported_at = entry.position
    return register


def decide(_register: Register, command: RegisterCommand, asked: Asked) -> list[Fact]:
    """An edition that changed something is recorded, as often as it did."""
    assert isinstance(command, ImportRegister)
    check_command(command)
    counts = command.counts
    return [
        RegisterImported(
            register=command.register,
            file=Sealed(command.file),
            sha256=command.sha256,
            rows=sum(number for outcome, number in counts.items() if outcome != Outcome.VANISHED),
            counts=tuple((str(outcome), counts.get(outcome, 0)) for outcome in Outcome),
            occurred_on=asked.on,
        )
    ]
