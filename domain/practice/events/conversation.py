"""What was said, and what was heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.kinds import Channel, IntelligenceSource, ParticipantRole, Side, Visibility
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Someone who took part: a side and a role of that side, and a name only where needed. Staff who sign in are
    person ids. `described` says which role it was where the list of roles lacks it, and only there.
    """

    side: Side
    role: ParticipantRole
    described: Sealed | None = None
    person: str | None = None
    name: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationRecorded(Fact):
    """What was said, when, how and by whom. It is *shared* when contract holder and local commissioner both
    took part, and *with the practice* when the practice did: computed from `participants`, never stored. A reminder to
    several practices is neither: nobody answered yet.

    `reply_to` is the entry it answers. `meeting` is shared by the entries, one a practice, of a meeting on several or of
    a reminder to several; each holds its whole text, what was said of all of them first, so that it stands alone.
    `documents` are SHA-256 digests.
    """

    NAME: ClassVar[str] = "practice.conversation-recorded"
    entry_id: str
    occurred_on: date
    channel: Channel
    participants: tuple[Participant, ...]
    subject: Sealed | None
    said: Sealed
    about_flags: tuple[str, ...]
    about_actions: tuple[str, ...]
    about_intelligence: tuple[str, ...]
    next_contact_on: date | None
    reply_to: str | None
    visibility: Visibility
    thread: str | None
    meeting: str | None
    documents: tuple[str, ...]

    @property
    def sides(self) -> frozenset[Side]:
        return frozenset([participant.side for participant in self.participants])

    @property
    def reminder(self) -> bool:
        return self.meeting is not None and self.meeting.startswith("reminder-")

    @property
    def shared(self) -> bool:
        return not self.reminder and {Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER} <= self.sides

    @property
    def with_practice(self) -> bool:
        return not self.reminder and Side.PRACTICE in self.sides


@dataclass(frozen=True, slots=True, kw_only=True)
class IntelligenceRecorded(Fact):
    """Soft intelligence: something heard, unverified until another person corroborates or discounts it."""

    NAME: ClassVar[str] = "practice.intelligence-recorded"
    intelligence_id: str
    source: IntelligenceSource
    received_from: Sealed | None
    summary: Sealed
    immediate_safety_risk: bool
    about_flags: tuple[str, ...]
    visibility: Visibility
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IntelligenceCorroborated(Fact):
    """Another person found the intelligence borne out; `evidence` cites facts of this practice."""

    NAME: ClassVar[str] = "practice.intelligence-corroborated"
    intelligence_id: str
    reason: Sealed
    evidence: tuple[str, ...]
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IntelligenceDiscounted(Fact):
    """Another person found the intelligence not borne out."""

    NAME: ClassVar[str] = "practice.intelligence-discounted"
    intelligence_id: str
    reason: Sealed
    evidence: tuple[str, ...]
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (
    ConversationRecorded,
    IntelligenceRecorded,
    IntelligenceCorroborated,
    IntelligenceDiscounted,
)
