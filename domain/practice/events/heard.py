"""The practice's side: what it was told, what it answered, and what it says is wrong in its record.

Whether a practice was heard is asked of every formal step, for years after it: so each of these is a fact, with a day and
a person of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import ChallengeOutcome, Channel
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeTold(Fact):
    """The practice was told something: what, how, about which facts, and by which letter or document of this record.

    `told` is what it was told, `told_to` the role of who was told; `about` and `by` are cites. Where it was given a copy
    of its record, `copy_to` is the version up to which the copy goes, and `copy_sha256` the digest of the copy's words.
    Source: single operating model 2012, that action is informed and the practice engaged early.
    """

    NAME: ClassVar[str] = "practice.practice-told"
    told_id: str
    told: Sealed
    told_to: Sealed
    channel: Channel
    about: tuple[str, ...]
    by: str | None
    copy_to: int | None
    copy_sha256: str | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredPoint:
    """One point of a practice's response: the fact that it answers, by cite, or none; and its words."""

    about: str | None
    words: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeResponseReceived(Fact):
    """The practice's own response arrived, point by point. `told_id` is what it answers; a practice may write unasked.

    `nothing_to_say` is true where the practice said that it has no comment, and then there are no points: this is
    neither silence nor not having been asked. `responded_by` is a role, `document` the cite of what it sent. The day is
    the day on which it arrived.
    """

    NAME: ClassVar[str] = "practice.practice-response-received"
    response_id: str
    told_id: str | None
    channel: Channel
    responded_by: Sealed
    nothing_to_say: bool
    points: tuple[AnsweredPoint, ...]
    document: str | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FactualChallengeMade(Fact):
    """The practice says that a fact of its record is wrong. `about` is that fact, `response_id` where it said so.

    `wrong` is what it says is wrong, `instead` what it says is right, `document` the cite of what it sent to show it.
    Nothing in the record changes by it.
    Source: SSP Health v CQC [2016] EWHC 2086 (Admin).
    """

    NAME: ClassVar[str] = "practice.factual-challenge-made"
    challenge_id: str
    about: str | None
    response_id: str | None
    wrong: Sealed
    instead: Sealed | None
    document: str | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FactualChallengeDecided(Fact):
    """Somebody who recorded neither the challenge nor what it is about decided it, with reasons.

    Where it is upheld, what is wrong is then corrected or withdrawn by a fact of its own.
    Source: SSP Health v CQC [2016] EWHC 2086 (Admin), a safeguard against unfair refusal.
    """

    NAME: ClassVar[str] = "practice.factual-challenge-decided"
    challenge_id: str
    outcome: ChallengeOutcome
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class QualitySurveillanceGroupReferred(Fact):
    """The practice was referred to a Quality Surveillance Group, where those who oversee care share what they know.

    `evidence` are the facts that it rests on. Source: National Quality Board, Quality Surveillance Groups, 2013.
    """

    NAME: ClassVar[str] = "practice.quality-surveillance-group-referred"
    referral_id: str
    group: Sealed
    reason: Sealed
    evidence: tuple[str, ...]
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (
    PracticeTold,
    PracticeResponseReceived,
    FactualChallengeMade,
    FactualChallengeDecided,
    QualitySurveillanceGroupReferred,
)
