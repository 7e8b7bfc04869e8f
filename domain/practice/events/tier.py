"""The tier: recommended by the rules of the framework, proposed, and decided by a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import LesserStep, RecommendedBecause, Side, Tier, Travel
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class TierProposed(Fact):
    """Somebody proposes a tier, with reasons and the facts it rests on."""

    NAME: ClassVar[str] = "practice.tier-proposed"
    proposal_id: str
    before: Tier
    tier: Tier
    rationale: Sealed
    inputs: tuple[str, ...]
    effective_on: date
    review_on: date | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TierProposalDeclined(Fact):
    """A manager declined a proposal, with reasons. The tier stays as it was."""

    NAME: ClassVar[str] = "practice.tier-proposal-declined"
    proposal_id: str
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SatisfiedRule:
    """A rule of the framework that holds, the tier that it recommends, and the facts of the practice that satisfy it."""

    rule: str
    tier: Tier
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TierRecommended(Fact):
    """What version `framework_version` of the tier framework recommends from the practice's facts on a day.

    It is made of what the contract holder sees, which decides, and moves nothing. `satisfied` are all rules that held, none
    where assurance based is recommended; `framework_digest` is the SHA-256 of the rule set as published. It is recorded
    with the command that changed it and when a decision is opened, and never twice the same.
    """

    NAME: ClassVar[str] = "practice.tier-recommended"
    tier: Tier
    satisfied: tuple[SatisfiedRule, ...]
    framework_version: int
    framework_digest: str
    because: RecommendedBecause
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TierViewStated(Fact):
    """The local commissioner says which tier it would choose, and why, before the contract holder decides alone.

    `organisation` is whose view it is.
    """

    NAME: ClassVar[str] = "practice.tier-view-stated"
    view_id: str
    organisation: str
    tier: Tier
    words: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideGiven(Fact):
    """The contract holder's medical or quality lead says that the practice may be moved to cause for concern though no
    shared conversation about it was held, and why. It holds for one decision, for 28 days.
    """

    NAME: ClassVar[str] = "practice.override-given"
    override_id: str
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DissentRecorded(Fact):
    """An organisation does not agree with a decision on the tier, which stands. `side` and `organisation` say whose."""

    NAME: ClassVar[str] = "practice.dissent-recorded"
    dissent_id: str
    decision_id: str
    side: Side
    organisation: str
    words: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWeighed:
    """A less formal step: taken, and what came of it; or not taken, and why."""

    step: LesserStep
    taken: bool
    words: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class TierDecided(Fact):
    """A person decided the tier. Only a decision moves a tier; a decision for the same tier is a review of it.

    `steps` are the less formal ones, each weighed; `asked_for` is what is asked of the practice, `outcome` what is to come
    of it, `consulted` who was. `view` cites what the local commissioner said, `no_view_because` is why it was not waited
    for. `answers` cite what the practice answered, `answered` sums it up, `not_waited_because` is why waiting was unsafe.
    `recommended` is what that version of the framework recommended then (the last `TierRecommended` before it, or
    with it, says by which facts), and `differs_because` why the decision differs from it.
    `de_escalation` says in advance what would lead down again. `override` cites the medical or quality lead's, and
    `immediate_safety` is the ground on which a shared conversation was not waited for. `over_dispute` says why it was
    decided though an entry that it rests on is disputed. All of these are None where no framework was in force.
    """

    NAME: ClassVar[str] = "practice.tier-decided"
    VERSION: ClassVar[int] = 2
    decision_id: str
    proposal_id: str | None
    before: Tier
    tier: Tier
    rationale: Sealed
    inputs: tuple[str, ...]
    effective_on: date
    review_on: date | None
    occurred_on: date
    direction: Travel | None = None
    steps: tuple[StepWeighed, ...] = ()
    asked_for: Sealed | None = None
    outcome: Sealed | None = None
    consulted: Sealed | None = None
    view: str | None = None
    no_view_because: Sealed | None = None
    answers: tuple[str, ...] = ()
    answered: Sealed | None = None
    not_waited_because: Sealed | None = None
    recommended: Tier | None = None
    framework_version: int | None = None
    differs_because: Sealed | None = None
    de_escalation: Sealed | None = None
    override: str | None = None
    immediate_safety: Sealed | None = None
    over_dispute: Sealed | None = None


FACTS: tuple[type[Fact], ...] = (
    TierRecommended,
    TierViewStated,
    OverrideGiven,
    TierProposed,
    TierProposalDeclined,
    TierDecided,
    DissentRecorded,
)
