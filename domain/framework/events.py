"""Facts of the tier framework, in the one stream `framework-tiers`: rule sets drafted, published and withdrawn, and drafts
declined.

A rule set names no person and no practice, and what it recommended is worked out from it decades on, so it is stored in
plain. Why somebody drafted, published or declined it is their own words, and sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.framework.parts import RuleSet
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetDrafted(Fact):
    """Somebody proposes a rule set, whole, in the place of version `follows` (None: of none). It is in force only when
    another person publishes it (domain reference 6.6: each threshold is a parameter of the versioned rule set).
    """

    NAME: ClassVar[str] = "framework.rule-set-drafted"
    draft_id: str
    follows: int | None
    rule_set: RuleSet
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetPublished(Fact):
    """A draft was approved, and is version `version` from `effective_from` on. It never changes: `digest` is of all that
    the draft's rule set says. Versions count from 1 without a gap.
    """

    NAME: ClassVar[str] = "framework.rule-set-published"
    draft_id: str
    version: int
    effective_from: date
    digest: str
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetDeclined(Fact):
    """A draft was looked at and is not published."""

    NAME: ClassVar[str] = "framework.rule-set-declined"
    draft_id: str
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetWithdrawn(Fact):
    """Version `version` was taken back before the day from which it would have been in force, and never is. Its number is
    given to no other.
    """

    NAME: ClassVar[str] = "framework.rule-set-withdrawn"
    version: int
    reason: Sealed
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (RuleSetDrafted, RuleSetPublished, RuleSetDeclined, RuleSetWithdrawn)
