"""The tier: proposed, declined, decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from domain.practice.commands.base import PracticeCommand
from domain.practice.kinds import LesserStep, Tier, Travel
from domain.text import Narrative, NewId, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeTier(PracticeCommand):
    TOUCHES: ClassVar[str | None] = "tier"
    proposal_id: Annotated[str, NewId("proposal")]
    tier: Tier
    rationale: Narrative
    inputs: tuple[str, ...]
    effective_on: date
    review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineTierProposal(PracticeCommand):
    TOUCHES: ClassVar[str | None] = "tier"
    proposal_id: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTierDecision(PracticeCommand):
    """Say that one is about to decide the tier: what the framework recommends now is recorded, if it is not yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateTierView(PracticeCommand):
    """Say for the local commissioner which tier it would choose, and why."""

    view_id: Annotated[str, NewId("view")]
    tier: Tier
    words: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveOverride(PracticeCommand):
    """Say, as medical or quality lead, why the practice may be moved to cause for concern before it was talked about."""

    TOUCHES: ClassVar[str | None] = "override"
    override_id: Annotated[str, NewId("override")]
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideTier(PracticeCommand):
    """Decide the tier. `tried` are the less formal steps that were taken; the words on each say what came of it, or why it
    was not taken. `answers` cite what the practice answered. `asking_id` names the review that this revises a decision for.
    """

    TOUCHES: ClassVar[str | None] = "tier"
    decision_id: Annotated[str, NewId("decision")]
    proposal_id: str | None = None
    asking_id: str | None = None
    tier: Tier
    rationale: Narrative
    inputs: tuple[str, ...]
    effective_on: date
    review_on: date | None = None
    direction: Travel | None = None
    differs_because: Reason | None = None
    tried: tuple[LesserStep, ...] = ()
    on_validation: Reason | None = None
    on_conversation: Reason | None = None
    on_support: Reason | None = None
    on_action_plan: Reason | None = None
    on_visit: Reason | None = None
    asked_for: Reason | None = None
    outcome: Reason | None = None
    de_escalation: Reason | None = None
    consulted: Reason | None = None
    no_view_because: Reason | None = None
    answers: tuple[str, ...] = ()
    answered: Reason | None = None
    not_waited_because: Reason | None = None
    immediate_safety: Reason | None = None
    over_dispute: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDissent(PracticeCommand):
    """Say for one's own organisation that it does not agree with a decision on the tier, and why. The decision stands."""

    dissent_id: Annotated[str, NewId("dissent")]
    decision_id: str
    words: Reason


COMMANDS: tuple[type[PracticeCommand], ...] = (
    ProposeTier,
    DeclineTierProposal,
    OpenTierDecision,
    StateTierView,
    GiveOverride,
    DecideTier,
    RecordDissent,
)
