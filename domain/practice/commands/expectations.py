"""Expectations: who is asked for what by when, and their clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.practice.commands.base import PracticeCommand
from domain.practice.kinds import ExpectationAnswer, ExpectationKind, Side
from domain.text import NewId, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class SetExpectation(PracticeCommand):
    """Record that somebody was asked for something: by a day, or within so many working days.

    With neither, a view is expected within the time of the house rule. `about` are cites.
    """

    expectation_id: Annotated[str, NewId("expectation")]
    kind: ExpectationKind
    expected_of: Side
    words: Reason
    due_on: date | None = None
    working_days: int | None = None
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerExpectation(PracticeCommand):
    """Record what came: `entry` is the fact that holds it, by cite."""

    expectation_id: str
    answer: ExpectationAnswer
    entry: str | None = None
    words: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveExpectation(PracticeCommand):
    expectation_id: str
    due_on: date
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawExpectation(PracticeCommand):
    expectation_id: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class StopClock(PracticeCommand):
    expectation_id: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class RestartClock(PracticeCommand):
    expectation_id: str
    reason: Reason


COMMANDS: tuple[type[PracticeCommand], ...] = (
    SetExpectation,
    AnswerExpectation,
    MoveExpectation,
    WithdrawExpectation,
    StopClock,
    RestartClock,
)
