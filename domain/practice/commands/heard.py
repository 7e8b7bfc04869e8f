"""The practice's side: what it was told, what it answered and challenges, and plans as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.practice.commands.base import PracticeCommand
from domain.practice.kinds import ChallengeOutcome, Channel, PracticeAnswer
from domain.text import Form, Line, NewId, Reason, Words

Digest = Annotated[
    str, Words(64, lines=False, scanned=False, form=Form(r"[0-9a-f]{64}", "the digest of a copy"))
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TellPractice(PracticeCommand):
    """Record that the practice was told something. `about` are cites; `by` cites a letter or document."""

    told_id: Annotated[str, NewId("told")]
    told: Reason
    told_to: Line
    channel: Channel
    about: tuple[str, ...] = ()
    by: str | None = None
    copy_to: int | None = None
    copy_sha256: Digest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsePoint:
    """One point of a response: the fact that it answers, by cite, and up to 2,000 characters of words."""

    words: str
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivePracticeResponse(PracticeCommand):
    """Record what the practice answered, point by point, or that it has nothing to say."""

    response_id: Annotated[str, NewId("response")]
    told_id: str | None = None
    channel: Channel
    responded_by: Line
    nothing_to_say: bool = False
    points: tuple[ResponsePoint, ...] = ()
    document: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeFactualChallenge(PracticeCommand):
    """Record that the practice says a fact is wrong: `about` is that fact, by cite."""

    challenge_id: Annotated[str, NewId("challenge")]
    about: str
    response_id: str | None = None
    wrong: Reason
    instead: Reason | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideFactualChallenge(PracticeCommand):
    """Decide a challenge, with reasons."""

    challenge_id: str
    outcome: ChallengeOutcome
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferToQualitySurveillanceGroup(PracticeCommand):
    """Record a referral to a Quality Surveillance Group. `evidence` are cites."""

    referral_id: Annotated[str, NewId("referral")]
    group: Line
    reason: Reason
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreePlan(PracticeCommand):
    """Agree, for one's own organisation, these actions of one plan in one go: each is then agreed by itself."""

    action_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPlan(PracticeCommand):
    """Record the practice's one answer to these actions of one plan: agreement, refusal, or silence."""

    action_ids: tuple[str, ...]
    answer: PracticeAnswer
    answered_by: Line
    words: Reason | None = None


COMMANDS: tuple[type[PracticeCommand], ...] = (
    TellPractice,
    ReceivePracticeResponse,
    MakeFactualChallenge,
    DecideFactualChallenge,
    ReferToQualitySurveillanceGroup,
    AgreePlan,
    AnswerPlan,
)
