"""Which kinds of stream there are, and who answers for each: the literal table that `handle` reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from application.seen import seen_by
from domain import links, reading, register
from domain.access import organisations, people
from domain.access.commands import (
    COVER_COMMANDS,
    INTEREST_COMMANDS,
    ORGANISATION_COMMANDS,
    PERSON_COMMANDS,
)
from domain.access.permissions import check as permitted
from domain.access.permissions import check_role
from domain.framework import framework
from domain.framework.commands import FrameworkCommand
from domain.indicators import indicators
from domain.indicators.commands import IndicatorCommand
from domain.performers import performers
from domain.performers.commands import PerformerCommand
from domain.practice import practice
from domain.practice.at_once import recorded_meanwhile
from domain.practice.commands import PracticeCommand
from domain.register import RegisterCommand
from domain.releases import releases
from domain.releases.commands import ReleaseCommand
from domain.rules import Asked, Command, Fact, Recorded, refuse_unless

Meanwhile = Callable[[Any, Asked, list[Recorded], int], list[Recorded]]
"""What was recorded after a version and conflicts with a command of somebody."""


def _nothing(_command: Any, _asked: Asked, _history: list[Recorded], _version: int) -> list[Recorded]:
    return []


def by_itself(things: Callable[[Any], frozenset[str]]) -> Meanwhile:
    """Of streams whose facts and commands say themselves what they answer for."""

    def meanwhile(command: Any, _asked: Asked, history: list[Recorded], version: int) -> list[Recorded]:
        about = things(command)
        return [one for one in history if one.version > version and things(one.fact) & about]

    return meanwhile


def _everything(history: list[Recorded], _asked: Asked) -> list[Recorded]:
    return history


def _operator_only(asked: Asked, _command: Command, _state: Any) -> None:
    refuse_unless(asked.role == "operator", "the-role-may-do-this", "Your role does not allow this")


@dataclass(frozen=True)
class Aggregate:
    """A kind of stream: what its name begins with, its commands, and the pure functions that answer for it.

    `seen` takes out of a history what a person may not know, before a command of theirs is decided.
    """

    prefix: str
    commands: tuple[type[Command], ...]
    replay: Callable[[list[Recorded]], Any]
    decide: Callable[[Any, Any, Asked], list[Fact]]
    check: Callable[[Asked, Any, Any], None] = permitted
    meanwhile: Meanwhile = _nothing
    seen: Callable[[list[Recorded], Asked], list[Recorded]] = _everything

    def stream(self, key: str) -> str:
        """The stream of a key: `practice-X90001` of a code; a person's id names its stream as it is."""
        return key if key.startswith(f"{self.prefix}-") else f"{self.prefix}-{key}"


AGGREGATES: tuple[Aggregate, ...] = (
    Aggregate(
        "practice",
        (PracticeCommand,),
        practice.replay,
        practice.decide,
        meanwhile=recorded_meanwhile,
        seen=seen_by,
    ),
    Aggregate(
        "person", (*PERSON_COMMANDS, *INTEREST_COMMANDS, *COVER_COMMANDS), people.replay, people.decide
    ),
    Aggregate("organisation", ORGANISATION_COMMANDS, organisations.replay, organisations.decide),
    Aggregate("reading", (reading.OpenEntries,), reading.replay, reading.decide, check=reading.check),
    Aggregate("performer", (PerformerCommand,), performers.replay, performers.decide, check=check_role),
    Aggregate("link", (links.LinkCommand,), links.replay, links.decide, check=check_role),
    Aggregate(
        "indicator",
        (IndicatorCommand,),
        indicators.replay,
        indicators.decide,
        meanwhile=by_itself(indicators.things),
    ),
    Aggregate("release", (ReleaseCommand,), releases.replay, releases.decide, check=releases.check),
    Aggregate(
        "framework",
        (FrameworkCommand,),
        framework.replay,
        framework.decide,
        check=check_role,
        meanwhile=by_itself(framework.things),
    ),
    Aggregate("register", (RegisterCommand,), register.replay, register.decide, check=_operator_only),
)


def for_prefix(aggregates: Sequence[Aggregate], prefix: str) -> Aggregate:
    return next(aggregate for aggregate in aggregates if aggregate.prefix == prefix)


def for_command(aggregates: Sequence[Aggregate], command: Command) -> Aggregate:
    for aggregate in aggregates:
        if isinstance(command, aggregate.commands):
            return aggregate
    raise TypeError(f"no aggregate answers {type(command).__name__}")
