"""Expectations: somebody was asked for something by a day; whether it came is worked out, so that silence can be told.

Not asked is no such fact; no reply is one that nobody answered by its day; nothing to say is an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import ExpectationAnswer, ExpectationKind, Side, Unit
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationSet(Fact):
    """Somebody was asked on `occurred_on` to answer by the end of `due_on`.

    `expected_of` is whose answer it is, `organisation` which one that was on the day, where it is one of the two.
    `about` are cites. Where the day was worked out, it is `length` of `unit` after the day of asking, which is not
    counted, by `rule` of `source`, or because the person said so many. The day stands here, so that no later rule or
    bank holiday moves it. That it lapsed is never stored.
    Source: this project's own; the response times are house rules (`domain/clocks/periods.py`).
    """

    NAME: ClassVar[str] = "practice.expectation-set"
    expectation_id: str
    kind: ExpectationKind
    expected_of: Side
    organisation: str | None
    words: Sealed
    about: tuple[str, ...]
    due_on: date
    length: int | None
    unit: Unit | None
    rule: str | None
    source: str | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationAnswered(Fact):
    """The answer came on `occurred_on`, which may be long before it was recorded: a reply, or that there is nothing to say.

    `entry` is the fact that holds it, by cite, or None where its words stand here.
    """

    NAME: ClassVar[str] = "practice.expectation-answered"
    expectation_id: str
    answer: ExpectationAnswer
    entry: str | None
    words: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationMoved(Fact):
    """The answer is expected by another day. The day first set is kept."""

    NAME: ClassVar[str] = "practice.expectation-moved"
    expectation_id: str
    due_on: date
    before_due_on: date
    first_due_on: date
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationWithdrawn(Fact):
    """The answer is no longer expected. This is neither an answer nor silence."""

    NAME: ClassVar[str] = "practice.expectation-withdrawn"
    expectation_id: str
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStopped(Fact):
    """The time to answer does not run from the day after `occurred_on`: `remaining` of it, in `unit`, is still to come."""

    NAME: ClassVar[str] = "practice.clock-stopped"
    expectation_id: str
    remaining: int
    unit: Unit
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRestarted(Fact):
    """The time to answer runs again from the day after `occurred_on`: what was left of it ends with `due_on`.

    `before_due_on` is when it would have ended had it not stood, `first_due_on` the day first set.
    """

    NAME: ClassVar[str] = "practice.clock-restarted"
    expectation_id: str
    due_on: date
    before_due_on: date
    first_due_on: date
    reason: Sealed
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (
    ExpectationSet,
    ExpectationAnswered,
    ExpectationMoved,
    ExpectationWithdrawn,
    ClockStopped,
    ClockRestarted,
)
