"""Decisions on the tier that are checked again, because what they rest on was corrected or something became known late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import GivenBecause, RestsOn, Tier
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionReviewAsked(Fact):
    """A decision on the tier is to be re-affirmed or revised, because something arrived that it might have turned on.

    `arrived` are the entries that arrived with the command that this is recorded with: a correction, a withdrawal, or what
    had happened before the decision and was recorded after it; and those that arrived since the decision was taken or last
    looked at and were not answered. A review of fewer of them waits no more. `replaced` are those that it corrects or withdraws, and
    `rests` is how the decision rested on them. `before` and `after` are what the rules of the decision's own day,
    `framework_version`, recommend for that day without and with it, `before_rules` and `after_rules` those that hold, and
    `facts` the entries by which they do; None and empty where no rules were in force. `given_to` is whose it is to settle,
    None where any manager of the contract holder's is asked, and `given_because` says why.
    """

    NAME: ClassVar[str] = "practice.decision-review-asked"
    asking_id: str
    decision_id: str
    arrived: tuple[str, ...]
    replaced: tuple[str, ...]
    rests: tuple[RestsOn, ...]
    before: Tier | None
    before_rules: tuple[str, ...]
    after: Tier | None
    after_rules: tuple[str, ...]
    facts: tuple[str, ...]
    framework_version: int | None
    given_to: str | None
    given_because: GivenBecause
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionChecked(Fact):
    """A decision on the tier was checked again by the rules of its day, and what arrived has no effect on it.

    `arrived`, `replaced` and `rests` are as in `DecisionReviewAsked`; where a review waited that was asked for nothing else, it
    has lapsed. `recommended` and `rules` are what is recommended for
    its day without and with what arrived alike.
    """

    NAME: ClassVar[str] = "practice.decision-checked"
    decision_id: str
    arrived: tuple[str, ...]
    replaced: tuple[str, ...]
    rests: tuple[RestsOn, ...]
    recommended: Tier | None
    rules: tuple[str, ...]
    facts: tuple[str, ...]
    framework_version: int | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionReaffirmed(Fact):
    """Who was asked to look at a decision again would decide the same, and says why. The decision stands as it was."""

    NAME: ClassVar[str] = "practice.decision-reaffirmed"
    asking_id: str
    decision_id: str
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRevised(Fact):
    """Who was asked to look at a decision again decided the tier anew: `revised_by` is that decision, recorded with this."""

    NAME: ClassVar[str] = "practice.decision-revised"
    asking_id: str
    decision_id: str
    revised_by: str
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (DecisionReviewAsked, DecisionChecked, DecisionReaffirmed, DecisionRevised)
