"""Episodes: what is open about a practice, from the first concern to its close; and whose practice it is to look after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeClosed(Fact):
    """The episode that was open was closed by the named caseworker, or by whoever covered for them that day.

    When an episode opened is worked out from its concerns, and no fact of its own. `concerns` are those that it had, as
    who closed it saw them: flags and intelligence, by their ids. `caseworker` is the named one; where the recorder is
    another, they covered. `concern` is set where neither concern is seen by both organisations: the closing is then
    seen by whoever sees that one.
    """

    NAME: ClassVar[str] = "practice.episode-closed"
    closing_id: str
    concerns: tuple[str, ...]
    concern: str | None
    caseworker: str
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeReopened(Fact):
    """A closing was undone: the episode goes on since it opened. `concern` is that of the closing."""

    NAME: ClassVar[str] = "practice.episode-reopened"
    closing_id: str
    concern: str | None
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeHandedOver(Fact):
    """From `from_on` another person is the practice's named caseworker; the note says what they need to know.

    `before` was the caseworker until then. `hand_over_id` is shared by every practice that a manager handed over at once
    when somebody left; without one, the caseworker handed it over, or whoever covered for them.
    """

    NAME: ClassVar[str] = "practice.handed-over"
    caseworker: str
    before: str
    from_on: date
    note: Sealed
    hand_over_id: str | None
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (EpisodeClosed, EpisodeReopened, PracticeHandedOver)
