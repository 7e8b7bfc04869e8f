"""Commands in the demonstration's mix, of practices of our own: planned as the demonstration plans its tales."""

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import cache
from unittest.mock import patch

from argon2 import PasswordHasher

from application.casebook import Casebook
from application.demonstration.cast import AMIRA, JO, TODAY, TOM
from application.demonstration.clock import DEMONSTRATION
from application.demonstration.fill import PRACTICES, ScriptedClock, _bring_in_the_cast
from application.demonstration.opened import open_before
from application.demonstration.plan import Act
from application.demonstration.tale import Tale
from application.demonstration.themes import THEMES
from application.stores import Stores
from domain.practice.commands import DecideTier
from domain.rules import Asked, Command, operator

FIRST_CODE = 1_000
"""The demonstration's own codes are below it."""


def planned(numbers: Iterable[int]) -> list[tuple[Act, Tale]]:
    """Every act of some of the demonstration's practices, in the order of the clock."""
    tales = {}
    for number in numbers:
        name, commissioner, arc = PRACTICES[number % len(PRACTICES)]
        code = code_of(number)
        tale = Tale(
            code=code,
            name=name,
            commissioner=commissioner,
            theme=THEMES[number % len(THEMES)],
            rng=random.Random(code),
            caseworker=(AMIRA, AMIRA, JO, TOM)[number % 4],
        )
        arc(tale)
        tales[code] = tale
    return [(act, tales[act.code]) for act in sorted(act for tale in tales.values() for act in tale.acts)]


def code_of(number: int) -> str:
    return f"X9{FIRST_CODE + number:04d}"


def bring_in_the_cast(stores: Stores) -> None:
    """The demonstration's people, accounts and organisations, and the day it lives on."""
    clock = ScriptedClock()
    stores.set_mark(DEMONSTRATION, TODAY.isoformat())
    with patch("application.demonstration.fill.PasswordHasher", _HashedOnce):
        _bring_in_the_cast(stores, Casebook(stores, clock=clock, ids=str), clock)


class _HashedOnce:
    """A hash is slow on purpose. One of the one password that everybody has does for every account and store."""

    hash = staticmethod(cache(PasswordHasher().hash))


class Teller:
    """Sends planned acts, one after another, at the instants they are planned for."""

    def __init__(self, book: Casebook, clock: ScriptedClock) -> None:
        self.book = book
        self.clock = clock

    def asked(self, act: Act) -> Asked:
        self.clock.at = act.at
        return operator(self.clock()) if act.who == "operator" else self.book.asked_as(act.who, self.clock())

    def made(self, act: Act, tale: Tale) -> Command:
        """The command of an act. Who signs a decision has opened what it cites, as in the demonstration."""
        command = act.make()
        if isinstance(command, DecideTier):
            self.clock.at = act.at
            open_before(self.book, tale, act, f"told-{act.code}-{act.number}")
        return command

    def tell(self, act: Act, tale: Tale, command: Command, asked: Asked) -> None:
        outcome = self.book.handle(act.code, command, asked, command_id=f"told-{act.code}-{act.number}")
        if act.label is not None and outcome.recorded:
            tale.cites.setdefault(act.label, f"{act.code}/{outcome.recorded[0].version}")
