"""What the rules look at of expectations: who was to answer by when, whether the clock stands, and what came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.practice.kinds import ExpectationAnswer, ExpectationKind, Side, Unit
from domain.rules import Sealed


class Outcome(StrEnum):
    """What became of an expectation, as of a day. It is worked out, and never stored."""

    WAITING = "waiting"
    STOPPED = "stopped"
    LAPSED = "lapsed"
    MET = "met"
    MET_RECORDED_LATE = "met_recorded_late"
    MET_LATE = "met_late"
    WITHDRAWN = "withdrawn"


@dataclass(slots=True)
class Expectation:
    """Somebody was asked for something by a day. `set_by` is the side that asked; versions are of the facts.

    `due_on` is the day as it stands, `first_due_on` as it was first set. While `stopped_on` is a day, the clock stands,
    with `left` days of `left_in` to go.
    """

    expectation_id: str
    kind: ExpectationKind
    expected_of: Side
    set_by: Side | None
    words: Sealed
    about: tuple[str, ...]
    asked_on: date
    due_on: date
    first_due_on: date
    length: int | None
    unit: Unit | None
    rule: str | None
    source: str | None
    version: int
    moved: int = 0
    due_since: int = 0
    stopped_on: date | None = None
    stopped: int | None = None
    left: int = 0
    left_in: Unit = Unit.DAYS
    restarted_on: date | None = None
    answer: ExpectationAnswer | None = None
    answered_on: date | None = None
    answer_recorded_on: date | None = None
    answered: int | None = None
    withdrawn_on: date | None = None
    withdrawn: int | None = None

    @property
    def open(self) -> bool:
        """Neither answered nor withdrawn."""
        return self.answered is None and self.withdrawn is None

    def outcome(self, on: date) -> Outcome:
        """What had become of it by the end of a day before which everything that is known of it was recorded."""
        if self.answered_on is not None:
            return self._answered(self.answered_on)
        if self.withdrawn is not None:
            return Outcome.WITHDRAWN
        if self.stopped_on is not None:
            return Outcome.STOPPED
        return Outcome.WAITING if on <= self.due_on else Outcome.LAPSED

    def _answered(self, answered_on: date) -> Outcome:
        """An answer in time that was recorded after the day turns what looked like silence into an answer."""
        if self.stopped_on is not None and self.stopped_on <= answered_on:
            return Outcome.MET
        if answered_on > self.due_on:
            return Outcome.MET_LATE
        late = self.answer_recorded_on is not None and self.answer_recorded_on > self.due_on
        return Outcome.MET_RECORDED_LATE if late else Outcome.MET
