"""Every practice of somebody who leaves, handed over at once: a fact on each practice, all with one id.

Some practices are recorded in each commit. What is broken off midway leaves whole facts: asked again, it goes on with
the practices that are left, and records nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, NamedTuple

from application.casebook import Casebook
from domain.practice.commands import HandOverPractice
from domain.rules import Asked, Command, RuleBroken
from domain.text import Code, NewId, Reason, Words

AT_ONCE = 20
"""Practices in one commit: few enough that nobody else waits long."""


MOST_HANDED_OVER = 10_000
"""Practices that one person may look after: more than are open in England. A code has six characters at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverAll(Command):
    """Hand over every practice of a person, who is the stream's key, to a colleague. `listed` are the codes that the form named:
    what they were given since, nobody has looked at.
    """

    hand_over_id: Annotated[str, NewId("handover")]
    caseworker: Code
    note: Reason
    from_on: date | None = None
    listed: Annotated[str, Words(MOST_HANDED_OVER * (6 + 1), lines=False, scanned=False)] = ""


class HandedOver(NamedTuple):
    """How many practices were handed over, and which were not, by code, with why."""

    done: int
    refused: list[tuple[str, RuleBroken]]


def hand_over_all(
    casebook: Casebook,
    asked: Asked,
    whose: str,
    command: HandOverAll,
    codes: Sequence[str],
    command_id: str,
) -> HandedOver:
    """Hand over these practices of somebody's. The id of each practice's command follows from `command_id`."""
    done, refused = 0, list[tuple[str, RuleBroken]]()
    for some in _in_turn(codes):
        commands = [(code, _of_one(command, whose), f"{command_id}:{code}") for code in some]
        for code, outcome in zip(some, casebook.handle_many(commands, asked), strict=True):
            if isinstance(outcome, RuleBroken):
                refused.append((code, outcome))
            else:
                done += len(outcome.recorded)
    return HandedOver(done, refused)


def _in_turn(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(codes), AT_ONCE):
        yield codes[at : at + AT_ONCE]


def _of_one(command: HandOverAll, whose: str) -> HandOverPractice:
    return HandOverPractice(
        caseworker=command.caseworker,
        note=command.note,
        from_on=command.from_on,
        hand_over_id=command.hand_over_id,
        whose=whose,
    )
