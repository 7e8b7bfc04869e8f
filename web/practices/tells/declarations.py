"""The annual declaration, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from web.practices.told import About, Told, listed, typed
from web.words import day, plural

if TYPE_CHECKING:
    from web.practices.telling import Telling


def declaration_asked_for(_t: Telling, fact: e.DeclarationAskedFor) -> Told:
    return Told(
        title=f"Declaration {fact.declaration_year} asked for",
        group="contract",
        how=f"due by {day(fact.due_on)}",
        rows=listed(("Open from", fact.opens_on)),
        tag="Declaration",
    )


def declaration_submitted(t: Telling, fact: e.DeclarationSubmitted) -> Told:
    declaration = t.practice.declarations.get(fact.declaration_year)
    late = (fact.occurred_on - declaration.due_on).days if declaration else 0
    return Told(
        title=f"Declaration {fact.declaration_year} submitted",
        group="contract",
        how=f"{plural(late, 'day')} after it was due" if late > 0 else "in time" if declaration else "",
        words=typed(("Exceptions", fact.exceptions)),
        rows=listed(("Answers", fact.kept_at), ("Exceptions", "" if fact.exceptions else "none declared")),
        about=_asked_for(t, fact.declaration_year),
        tag="Declaration",
    )


def declaration_amended(t: Telling, fact: e.DeclarationAmended) -> Told:
    return Told(
        title=f"Declaration {fact.declaration_year} amended",
        group="contract",
        words=typed(("", fact.words), ("Exceptions", fact.exceptions)),
        about=_asked_for(t, fact.declaration_year),
        tag="Declaration",
    )


def _asked_for(t: Telling, year: str) -> tuple[About, ...]:
    declaration = t.practice.declarations.get(year)
    return (
        (About(f"what was asked for, entry {declaration.version}", declaration.version),)
        if declaration
        else ()
    )
