"""Agreed actions, and the stages of visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.practice.commands.base import PracticeCommand
from domain.practice.kinds import ActionKind, PracticeAnswer, Side, VisitStage
from domain.text import Code, Line, NewId, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeAction(PracticeCommand):
    action_id: Annotated[str, NewId("action")]
    kind: ActionKind
    issue: Reason
    owner: Side
    due_on: date
    success_measure: Reason
    plan_id: Code | None = None
    about_flags: tuple[str, ...] = ()
    about_intelligence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeAction(PracticeCommand):
    action_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAction(PracticeCommand):
    action_id: str
    answer: PracticeAnswer
    answered_by: Line
    words: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressAction(PracticeCommand):
    action_id: str
    words: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class RescheduleAction(PracticeCommand):
    action_id: str
    due_on: date
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteAction(PracticeCommand):
    action_id: str
    words: Reason | None = None
    evidence: tuple[str, ...] = ()
    evidence_document: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptEvidence(PracticeCommand):
    action_id: str
    words: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBackAction(PracticeCommand):
    action_id: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelAction(PracticeCommand):
    action_id: str
    reason: Reason
    not_done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenAction(PracticeCommand):
    action_id: str
    reason: Reason
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVisitStage(PracticeCommand):
    """Record that a visit was offered, accepted or held, or its report sent. `visit_on` is the day it is arranged for."""

    action_id: str
    stage: VisitStage
    visit_on: date | None = None
    words: Reason | None = None


COMMANDS: tuple[type[PracticeCommand], ...] = (
    ProposeAction,
    AgreeAction,
    AnswerAction,
    ProgressAction,
    RescheduleAction,
    CompleteAction,
    AcceptEvidence,
    SendBackAction,
    CancelAction,
    ReopenAction,
    RecordVisitStage,
)
