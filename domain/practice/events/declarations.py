"""The annual electronic declaration: asked for, submitted, amended. That one is overdue is worked out, and no fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationAskedFor(Fact):
    """The contract holder asked for a year's electronic declaration (eDEC): it may be made from `opens_on` to `due_on`.

    `declaration_year` is the contract year that it is of, such as 2026-27.
    """

    NAME: ClassVar[str] = "practice.declaration-asked-for"
    declaration_year: str
    opens_on: date | None
    due_on: date
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationSubmitted(Fact):
    """The practice made its declaration of a year. `kept_at` says where its answers are kept; `exceptions` are the statements
    that it could not make, in its own words. Where it makes all of them there are none.
    """

    NAME: ClassVar[str] = "practice.declaration-submitted"
    declaration_year: str
    kept_at: Sealed | None
    exceptions: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationAmended(Fact):
    """The practice changed what it had declared, after it was submitted."""

    NAME: ClassVar[str] = "practice.declaration-amended"
    declaration_year: str
    words: Sealed
    exceptions: Sealed | None
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (DeclarationAskedFor, DeclarationSubmitted, DeclarationAmended)
