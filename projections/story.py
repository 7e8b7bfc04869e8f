"""A stream's history as read models are given it: replayed once, with what several of them ask of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from application.aggregates import AGGREGATES
from application.at_hand import state_of
from domain.practice.events import (
    FactCorrected,
    FactWithdrawn,
)
from domain.practice.kinds import Tier, Visibility
from domain.practice.state import Decision, Practice
from domain.practice.visible import as_seen_by
from domain.rules import Asked, Fact, Recorded

F = TypeVar("F", bound=Fact)

REPLAY: dict[str, Callable[[list[Recorded]], Any]] = {found.prefix: found.replay for found in AGGREGATES}


NOBODY = Asked(person="", organisation=None, role="", at=datetime(1970, 1, 1, tzinfo=UTC))
"""Who sees only what both organisations do."""


class TierStep(NamedTuple):
    """A tier from a day on, and the decision that made it so; None for the starting tier, not yet reviewed."""

    on: date
    tier: Tier
    decision: Decision | None


class PracticeStory:
    """A practice's history, and where it stands."""

    def __init__(self, history: list[Recorded], on: date | None = None) -> None:
        self.history = history
        self._told_on = on
        self.code = history[0].stream.removeprefix("practice-")
        self.practice: Practice = state_of(history, REPLAY["practice"])
        self.standing = self.practice.standing
        self.amended: dict[int, list[int]] = {}
        """Versions of corrections and withdrawals, by the version of the fact that they are about."""
        for entry in history:
            if isinstance(entry.fact, FactCorrected | FactWithdrawn):
                self.amended.setdefault(entry.fact.corrects, []).append(entry.version)

    @cached_property
    def known_on(self) -> date:
        """The day on which its last fact was recorded: later days are to come. A past day that it is told of is that day,
        though what is known of it may have been recorded since.
        """
        recorded_on = self.history[-1].recorded_on
        return recorded_on if self._told_on is None else min(recorded_on, self._told_on)

    @property
    def shared(self) -> PracticeStory:
        """The story as both organisations know it: without what is internal to one of them."""
        return self._with_less or self

    @cached_property
    def _with_less(self) -> PracticeStory | None:
        """None where nothing is kept from anybody: a story that held itself would outlive a rebuild's every chunk."""
        seen = as_seen_by(self.history, self.practice.closed, NOBODY, {})
        return None if seen is self.history else PracticeStory(seen)

    def internal_to(self, version: int) -> str | None:
        """The organisation that alone sees a fact; None for one that both know is there."""
        closure = self.practice.closed.get(version)
        return closure.organisation if closure and closure.visibility == Visibility.INTERNAL else None

    def restricted_to(self, version: int) -> str | None:
        """The organisation that alone may read a fact which both know is there; None for one that both may read."""
        closure = self.practice.closed.get(version)
        return closure.organisation if closure and closure.visibility == Visibility.RESTRICTED else None

    def mark(self, version: int) -> str:
        """What the words of a fact, as it stands, come from: its version, and those of its corrections."""
        amended = self.amended.get(version)
        return f"{version}+{'+'.join(map(str, amended))}" if amended else str(version)

    @cached_property
    def _by_kind(self) -> dict[type[Fact], list[tuple[Recorded, Fact]]]:
        found: dict[type[Fact], list[tuple[Recorded, Fact]]] = {}
        for entry in self.standing.values():
            found.setdefault(type(entry.fact), []).append((entry, entry.fact))
        return found

    def facts(self, kind: type[F]) -> list[tuple[Recorded, F]]:
        """The facts of a kind that stand, in the order in which they were recorded."""
        return self._by_kind.get(kind, [])  # type: ignore[return-value]

    @cached_property
    def tier_steps(self) -> list[TierStep]:
        """The tier from the practice's registration on, each step with its decision, in order of day."""
        practice = self.practice
        assert practice.registered_on is not None
        days = sorted({decision.effective_on for decision in practice.decisions})
        steps = []
        if not days or practice.registered_on < days[0]:
            steps.append(TierStep(practice.registered_on, Tier.ASSURANCE_BASED, None))
        for day in days:
            decision = practice.decision_on(day)
            assert decision is not None
            if not steps or decision is not steps[-1].decision:
                steps.append(TierStep(day, decision.tier, decision))
        return steps


class PlainStory:
    """The history of a stream that only its own view reads."""

    def __init__(self, history: list[Recorded]) -> None:
        self.history = history
        self.stream = history[0].stream
        self.state = state_of(history, REPLAY[self.stream.partition("-")[0]])


STORIES: dict[str, Callable[[list[Recorded]], Any]] = {
    "practice": PracticeStory,
    "person": PlainStory,
    "organisation": PlainStory,
    "reading": PlainStory,
    "link": PlainStory,
}
"""How each category of stream is told to its read models."""
