"""The provider: the organisation or partnership that a practice's contract is with, and maybe others' contracts too.

Who the partners are, and what kind of contractor it is, is the contract's own matter: this says only which provider.
"""

from __future__ import annotations

from datetime import date

from domain.practice.commands import NameProvider
from domain.practice.dates import day_of
from domain.practice.events import ProviderNamed
from domain.practice.state import Practice, Provider
from domain.rules import Asked, Fact, Recorded, Sealed


def name_provider(practice: Practice, command: NameProvider, asked: Asked) -> list[Fact]:
    """A practice has one provider at a time, and it is known from when; the same one again records nothing."""
    before = provider_on(practice, command.from_on)
    name, code = Sealed(command.provider_name), command.provider_code or None
    if before and (before.name, before.code) == (name, code):
        return []
    return [
        ProviderNamed(
            provider_name=name,
            provider_code=code,
            from_on=command.from_on,
            occurred_on=day_of(command, asked),
        )
    ]


def provider_named(practice: Practice, fact: ProviderNamed, entry: Recorded) -> None:
    practice.providers.append(Provider(fact.from_on, fact.provider_name, fact.provider_code, entry.version))


def in_turn(practice: Practice) -> list[Provider]:
    """A practice's providers, each once it has its turn: of two that begin on one day, the one recorded last."""
    by_day = {one.from_on: one for one in sorted(practice.providers, key=lambda one: one.version)}
    return [by_day[day] for day in sorted(by_day)]


def provider_on(practice: Practice, day: date) -> Provider | None:
    """The provider on a day: the last to have begun by then. One that is recorded late takes its own time only."""
    return next((one for one in reversed(in_turn(practice)) if one.from_on <= day), None)
