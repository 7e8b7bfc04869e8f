"""Agreed actions, from proposal to accepted evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import ActionKind, PracticeAnswer, Side, Visibility, VisitStage
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionProposed(Fact):
    """An action somebody proposes: the issue, who owns it, by when, and how success will be known."""

    NAME: ClassVar[str] = "practice.action-proposed"
    action_id: str
    kind: ActionKind
    issue: Sealed
    owner: Side
    due_on: date
    success_measure: Sealed
    plan_id: Sealed | None
    about_flags: tuple[str, ...]
    about_intelligence: tuple[str, ...]
    visibility: Visibility
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionAgreed(Fact):
    """One organisation agreed the action. Each agreement is its own fact, by a person of that organisation.

    `organisation` is the one that is responsible for the practice. Where another has succeeded it, a person of that one
    agrees in its place: the envelope says which.
    """

    NAME: ClassVar[str] = "practice.action-agreed"
    action_id: str
    side: Side
    organisation: str
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionAnswered(Fact):
    """What the practice answered to the action, and the role of the person who answered."""

    NAME: ClassVar[str] = "practice.action-answered"
    action_id: str
    answer: PracticeAnswer
    answered_by: Sealed
    words: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionProgressed(Fact):
    """What has been done so far."""

    NAME: ClassVar[str] = "practice.action-progressed"
    action_id: str
    words: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRescheduled(Fact):
    """The action is due on another day. The day first set is kept."""

    NAME: ClassVar[str] = "practice.action-rescheduled"
    action_id: str
    due_on: date
    before_due_on: date
    first_due_on: date
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionCompleted(Fact):
    """Its owner's work is done, with evidence: facts of this practice, a document, or both."""

    NAME: ClassVar[str] = "practice.action-completed"
    action_id: str
    words: Sealed | None
    evidence: tuple[str, ...]
    evidence_document: Sealed | None
    evidence_sha256: str | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionEvidenceAccepted(Fact):
    """Another person accepted the evidence."""

    NAME: ClassVar[str] = "practice.action-evidence-accepted"
    action_id: str
    words: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSentBack(Fact):
    """Another person found the evidence wanting: the action is open again."""

    NAME: ClassVar[str] = "practice.action-sent-back"
    action_id: str
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionCancelled(Fact):
    """The action will not be done. `not_done` is true when it ought to have been, and was not."""

    NAME: ClassVar[str] = "practice.action-cancelled"
    action_id: str
    reason: Sealed
    not_done: bool
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionReopened(Fact):
    """An accepted or cancelled action is open again, due on `due_on`."""

    NAME: ClassVar[str] = "practice.action-reopened"
    action_id: str
    reason: Sealed
    due_on: date
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitStageReached(Fact):
    """A visit was offered, accepted or held, or its report was sent, on `occurred_on`.

    `visit_on` is the day for which it was offered or accepted, where one was named.
    """

    NAME: ClassVar[str] = "practice.visit-stage-reached"
    action_id: str
    stage: VisitStage
    visit_on: date | None
    words: Sealed | None
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (
    ActionProposed,
    ActionAgreed,
    ActionAnswered,
    ActionProgressed,
    ActionRescheduled,
    ActionCompleted,
    ActionEvidenceAccepted,
    ActionSentBack,
    ActionCancelled,
    ActionReopened,
    VisitStageReached,
)
