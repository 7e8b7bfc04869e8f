"""The annual electronic declaration. Nothing follows from a late one by itself: it is for somebody to weigh."""

from __future__ import annotations

from domain.practice.commands import AmendDeclaration, AskForDeclaration, RecordDeclaration
from domain.practice.contract_state import Declaration
from domain.practice.dates import day_of, day_since, in_full, in_order
from domain.practice.events import DeclarationAmended, DeclarationAskedFor, DeclarationSubmitted
from domain.practice.state import Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed


def ask_for_declaration(practice: Practice, command: AskForDeclaration, asked: Asked) -> list[Fact]:
    """A year's declaration is asked for once, with the day by which it is due."""
    year = command.declaration_year
    follows = f"{(int(year[:4]) + 1) % 100:02d}"
    refuse_unless(
        year[5:] == follows,
        "a-contract-year-is-two-years-that-follow",
        f"Enter the contract year as {year[:4]}-{follows}",
        "declaration_year",
    )
    refuse_unless(
        year not in practice.declarations,
        "a-declaration-is-asked-for-once",
        f"The declaration of {year} has been asked for already",
        "declaration_year",
    )
    day = day_of(command, asked)
    in_order(day, command.due_on, "due_on")
    in_order(command.opens_on, command.due_on, "due_on")
    return [
        DeclarationAskedFor(
            declaration_year=year, opens_on=command.opens_on, due_on=command.due_on, occurred_on=day
        )
    ]


def record_declaration(practice: Practice, command: RecordDeclaration, asked: Asked) -> list[Fact]:
    """A declaration that was asked for is submitted once; what is changed later is an amendment."""
    declaration = _asked_for(practice, command.declaration_year)
    if declaration.submitted_on is not None:
        raise RuleBroken(
            "a-declaration-is-submitted-once",
            f"It was submitted on {in_full(declaration.submitted_on)}: record what was changed as an amendment",
            "declaration_year",
        )
    return [
        DeclarationSubmitted(
            declaration_year=command.declaration_year,
            kept_at=sealed(command.kept_at),
            exceptions=sealed(command.exceptions),
            occurred_on=day_since(declaration.asked_on, command, asked),
        )
    ]


def amend_declaration(practice: Practice, command: AmendDeclaration, asked: Asked) -> list[Fact]:
    """Only a declaration that was submitted is amended."""
    declaration = _asked_for(practice, command.declaration_year)
    refuse_unless(
        declaration.submitted_on is not None,
        "only-a-submitted-declaration-is-amended",
        f"The declaration of {command.declaration_year} has not been submitted",
        "declaration_year",
    )
    return [
        DeclarationAmended(
            declaration_year=command.declaration_year,
            words=Sealed(command.words),
            exceptions=sealed(command.exceptions),
            occurred_on=day_since(declaration.submitted_on, command, asked),
        )
    ]


def _asked_for(practice: Practice, year: str) -> Declaration:
    declaration = practice.declarations.get(year)
    if declaration is None:
        raise RuleBroken(
            "a-declaration-is-asked-for-first",
            f"The declaration of {year} has not been asked for: record that first, with the day it was due",
            "declaration_year",
        )
    return declaration


def declaration_asked_for(practice: Practice, fact: DeclarationAskedFor, entry: Recorded) -> None:
    practice.declarations[fact.declaration_year] = Declaration(
        fact.declaration_year, fact.due_on, entry.version, asked_on=fact.occurred_on
    )


def declaration_submitted(practice: Practice, fact: DeclarationSubmitted, entry: Recorded) -> None:
    if declaration := practice.declarations.get(fact.declaration_year):
        declaration.submitted_on, declaration.submitted = fact.occurred_on, entry.version


def declaration_amended(practice: Practice, fact: DeclarationAmended, entry: Recorded) -> None:
    if declaration := practice.declarations.get(fact.declaration_year):
        declaration.amended_on, declaration.amended = fact.occurred_on, entry.version
