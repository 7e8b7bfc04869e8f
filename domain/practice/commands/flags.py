"""Indicator flags and their explanations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.indicators.signals import Signal
from domain.practice.commands.base import PracticeCommand
from domain.practice.kinds import (
    ClearedBecause,
    Direction,
    ExplanationCategory,
    FlagKind,
    IndicatorDomain,
    Level,
    Side,
    WithdrawnBecause,
)
from domain.text import Code, NewId, Period, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseFlag(PracticeCommand):
    flag_id: Annotated[str, NewId("flag")]
    indicator: Code
    kind: FlagKind
    direction: Direction = Direction.ADVERSE
    level: Level
    period: Period | None = None
    note: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainFlag(PracticeCommand):
    flag_id: str
    explanation_id: Annotated[str, NewId("explanation")]
    category: ExplanationCategory
    words: Reason
    given_by: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptExplanation(PracticeCommand):
    """Say that another person's explanation of a flag holds, and why."""

    explanation_id: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineExplanation(PracticeCommand):
    """Say that another person's explanation of a flag does not answer its question, and why."""

    explanation_id: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearFlag(PracticeCommand):
    flag_id: str
    because: ClearedBecause
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawFlag(PracticeCommand):
    flag_id: str
    because: WithdrawnBecause = WithdrawnBecause.RAISED_IN_ERROR
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenFlag(PracticeCommand):
    flag_id: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalledFlag:
    """What a release says of one indicator of the practice: a signal, and the definition and rules that it is by."""

    flag_id: str
    indicator: str
    indicator_version: int
    indicator_name: str
    domain: IndicatorDomain
    release: str
    rule_set_version: int
    signal: Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleFlags(PracticeCommand):
    """Let the practice's flags follow a release: of these indicators, it has these signals and no others.

    `because` is given where the release was restated or withdrawn, with the reason.
    """

    release: str
    indicators: tuple[str, ...]
    signals: tuple[SignalledFlag, ...] = ()
    because: WithdrawnBecause | None = None
    reason: Reason | None = None


COMMANDS: tuple[type[PracticeCommand], ...] = (
    RaiseFlag,
    ExplainFlag,
    AcceptExplanation,
    DeclineExplanation,
    ClearFlag,
    WithdrawFlag,
    ReopenFlag,
)
