"""The key indicator set, as it is first recorded: the thirty that Casebook begins with, and finer ones of a mapping."""

from __future__ import annotations

from collections.abc import Iterable

from application.casebook import Casebook
from application.elsewhere import OF_FRAMEWORK, OF_INDICATORS
from application.stores import Stores
from domain.indicators.catalogue import INDICATORS
from domain.indicators.commands import as_command
from domain.indicators.definitions import Definition
from domain.indicators.indicators import could_all_be_defined
from domain.rules import Asked, RuleBroken, operator


def record_key_set(casebook: Casebook) -> list[str]:
    """Record version 1 of each indicator that Casebook begins with and the record lacks. Again, it records nothing."""
    return define_missing(casebook, INDICATORS.values(), operator(casebook.clock()))


def define_missing(casebook: Casebook, definitions: Iterable[Definition], asked: Asked) -> list[str]:
    """Record as version 1 those of the definitions whose code is not known, in one commit. Gives their codes.

    An indicator that is known stays as the record has it, whatever is declared here. Where one would be refused, that is
    raised and none is recorded. A finer indicator may be of one that is declared with it.
    """
    known = casebook.key_set()
    missing = {one.code: as_command(one) for one in definitions if one.code not in known}
    could_all_be_defined(missing.values(), known, asked)
    commands = [(code, command, f"define-{code}") for code, command in missing.items()]
    outcomes = casebook.handle_many(commands, asked)
    for outcome in outcomes:
        if isinstance(outcome, RuleBroken):
            raise outcome
    return [code for code, outcome in zip(missing, outcomes, strict=True) if not outcome.repeated]  # type: ignore[union-attr]


def holds_more_than_the_key_set(stores: Stores) -> bool:
    """Whether anything was ever recorded beside what indicators are and the tier framework's rules, which `casebook init`
    records of itself.
    """
    recorder = stores.recorder
    begun = recorder.tally("indicator", OF_INDICATORS)[0] + recorder.tally("framework", OF_FRAMEWORK)[0]
    return recorder.count() > begun
