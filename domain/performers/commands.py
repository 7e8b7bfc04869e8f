"""What may be asked about references to concerns about performers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.rules import Command
from domain.text import Form, NewId, PracticeCode, Reason, Words

CaseNumber = Annotated[
    str,
    Words(
        24,
        lines=False,
        form=Form(
            r"(?=.*[0-9])(?!.*[A-Z]{6})[A-Z0-9]{1,8}(?:[-/][A-Z0-9]{1,8}){0,3}",
            "the number of the case, such as PAG/2026/114: capital letters, digits, hyphens and slashes, without spaces. Never "
            "a name",
        ),
    ),
]
"""The number of a case, too short and too plain to say anything of anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformerCommand(Command):
    """Something about a practice's references to concerns about performers."""

    code: PracticeCode
    occurred_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPerformerReference(PerformerCommand):
    """Record that a case about a performer is held elsewhere, by its number there and nothing else."""

    reference_id: Annotated[str, NewId("performer")]
    reference: CaseNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePerformerReference(PerformerCommand):
    """Say that a reference is of no more use here, and why."""

    reference_id: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantPerformerAccess(PerformerCommand):
    """Let an auditor read a practice's references to performers until a day."""

    person: str
    until_on: date
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPerformerAccess(PerformerCommand):
    """Let an auditor read them no more."""

    person: str
    reason: Reason


COMMANDS: dict[str, type[PerformerCommand]] = {
    command.__name__: command
    for command in (
        RecordPerformerReference,
        ClosePerformerReference,
        GrantPerformerAccess,
        EndPerformerAccess,
    )
}
