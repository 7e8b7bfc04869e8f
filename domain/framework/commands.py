"""What may be asked about the tier framework."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.framework.parts import RuleSet, Thresholds
from domain.practice.kinds import Tier
from domain.rules import Command
from domain.text import NewId, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleNumbers:
    """One rule's numbers, and whether it counts."""

    rule: str
    counted: bool
    thresholds: Thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseTimes:
    """How soon what is expected at a tier follows."""

    tier: Tier
    times: Thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkCommand(Command):
    """Something about the tier framework, of which an installation has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRuleSet(FrameworkCommand):
    """Propose a rule set, whole, and say why."""

    draft_id: Annotated[str, NewId("draft")]
    rules: tuple[RuleNumbers, ...]
    responses: tuple[ResponseTimes, ...]
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRuleSet(FrameworkCommand):
    """Approve somebody else's draft: it is the next version, from a day on."""

    draft_id: str
    effective_from: date
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineRuleSet(FrameworkCommand):
    """Say that a draft will not be published, and why."""

    draft_id: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawRuleSet(FrameworkCommand):
    """Take back the latest version before it is in force, and say why."""

    version: int
    reason: Reason


COMMANDS: dict[str, type[FrameworkCommand]] = {
    one.__name__: one for one in (DraftRuleSet, PublishRuleSet, DeclineRuleSet, WithdrawRuleSet)
}


def numbers_of(rule_set: RuleSet) -> tuple[tuple[RuleNumbers, ...], tuple[ResponseTimes, ...]]:
    """What a command says of a whole rule set."""
    return (
        tuple(
            RuleNumbers(rule=one.rule, counted=one.counted, thresholds=one.thresholds)
            for one in rule_set.rules
        ),
        tuple(ResponseTimes(tier=one.tier, times=one.times) for one in rule_set.responses),
    )
