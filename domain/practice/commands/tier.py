"""The tier: proposed, declined, decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from domain.practice.commands.base import PracticeCommand
from domain.practice.kinds import Tier
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
class DecideTier(PracticeCommand):
    TOUCHES: ClassVar[str | None] = "tier"
    decision_id: Annotated[str, NewId("decision")]
    proposal_id: str | None = None
    tier: Tier
    rationale: Narrative
    inputs: tuple[str, ...]
    effective_on: date
    review_on: date | None = None
    over_dispute: Reason | None = None


COMMANDS: tuple[type[PracticeCommand], ...] = (
    ProposeTier,
    DeclineTierProposal,
    DecideTier,
)
