"""Facts in the shapes that they had: read for ever, and recorded no more. `application/upcasts.py` brings each to the present."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import Tier
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class TierDecided1(Fact):
    """A decision as it was recorded before there was a framework: its fields from `direction` to `immediate_safety` were
    never filled.
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


PAST: tuple[type[Fact], ...] = (TierDecided1,)
