"""The tier: proposed and decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import Tier
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
class TierDecided(Fact):
    """A person decided the tier. Only a decision moves a tier; a decision for the same tier is a review of it.

    The fields from `direction` to `immediate_safety` belong to the tier framework and are None until a framework is in
    force. `over_dispute` says why it was decided though an entry that it rests on is disputed.
    """

    NAME: ClassVar[str] = "practice.tier-decided"
    decision_id: str
    proposal_id: str | None
    before: Tier
    tier: Tier
    rationale: Sealed
    inputs: tuple[str, ...]
    effective_on: date
    review_on: date | None
    occurred_on: date
    direction: str | None = None
    proportionality: Sealed | None = None
    asked_for: Sealed | None = None
    outcome: str | None = None
    consulted: tuple[str, ...] = ()
    commissioner_view: Sealed | None = None
    recommended: Tier | None = None
    framework_version: int | None = None
    rules_satisfied: tuple[str, ...] = ()
    differs_because: Sealed | None = None
    de_escalation: Sealed | None = None
    override: Sealed | None = None
    immediate_safety: Sealed | None = None
    over_dispute: Sealed | None = None


FACTS: tuple[type[Fact], ...] = (
    TierProposed,
    TierProposalDeclined,
    TierDecided,
)
