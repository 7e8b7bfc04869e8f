"""The annual electronic declaration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.practice.commands.base import PracticeCommand
from domain.text import Form, Line, Reason, Words

DeclarationYear = Annotated[
    str,
    Words(7, lines=False, scanned=False, form=Form(r"[0-9]{4}-[0-9]{2}", "a contract year, such as 2026-27")),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForDeclaration(PracticeCommand):
    """Say that a year's declaration was asked for, and by when."""

    declaration_year: DeclarationYear
    opens_on: date | None = None
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDeclaration(PracticeCommand):
    """Say that the practice submitted its declaration of a year; `occurred_on` is the day it did."""

    declaration_year: DeclarationYear
    kept_at: Line | None = None
    exceptions: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendDeclaration(PracticeCommand):
    """Say what the practice changed in a declaration that it had submitted."""

    declaration_year: DeclarationYear
    words: Reason
    exceptions: Reason | None = None


COMMANDS: tuple[type[PracticeCommand], ...] = (AskForDeclaration, RecordDeclaration, AmendDeclaration)
