"""Whether a contract of a practice stands. What ended takes only what happened before, and disputes over it."""

from __future__ import annotations

from datetime import date

from domain.practice.commands import PracticeCommand
from domain.practice.dates import in_full
from domain.practice.state import Contract, Practice
from domain.rules import RuleBroken


def terminated_on(practice: Practice, contract_id: str) -> date | None:
    """The day on which a contract came to its end; None while it stands."""
    for one in practice.terminations.values():
        if one.contract_id == contract_id and one.terminated_on is not None:
            return one.terminated_on
    return None


def standing_contract(practice: Practice, contract_id: str, day: date | None = None) -> Contract:
    """A contract of this practice that has not ended; or had not on `day`, for what merely records what happened."""
    contract = practice.contracts.get(contract_id)
    if contract is None:
        raise RuleBroken(
            "a-contract-is-of-this-practice", "Choose a contract of this practice", "contract_id"
        )
    ended = terminated_on(practice, contract_id)
    if ended is not None and (day is None or day > ended):
        raise RuleBroken(
            "a-terminated-contract-takes-no-new-steps",
            f"This contract ended on {in_full(ended)}: record only what happened up to then, disputes and corrections",
        )
    return contract


def taken_after_closure(practice: Practice, command: PracticeCommand) -> None:
    """After the practice closed, what happened by then is taken; nothing new is."""
    assert practice.closed_on is not None
    if command.occurred_on is None or command.occurred_on > practice.closed_on:
        raise RuleBroken(
            "a-closed-practice-takes-late-entries-only",
            f"This practice closed on {in_full(practice.closed_on)}: enter a day up to then",
            "occurred_on",
        )
