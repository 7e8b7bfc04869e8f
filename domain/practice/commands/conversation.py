"""What was said, heard, written and attached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.practice.commands.base import PracticeCommand
from domain.practice.kinds import Channel, IntelligenceSource, ParticipantRole, Side, Visibility
from domain.text import Address, Line, Narrative, NewId, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Someone who took part: a side and a role of that side, and a signed-in person's id. A name only where needed.

    `described` says in up to 200 characters which role it was where the role is `other`, and only there.
    """

    side: Side
    role: ParticipantRole
    described: str | None = None
    person: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordConversation(PracticeCommand):
    """Record what was said. `meeting` is shared by what one meeting, or one reminder, of several practices recorded."""

    entry_id: Annotated[str, NewId("entry")]
    channel: Channel
    attendees: tuple[Attendee, ...]
    subject: Line | None = None
    said: Narrative
    about_flags: tuple[str, ...] = ()
    about_actions: tuple[str, ...] = ()
    about_intelligence: tuple[str, ...] = ()
    next_contact_on: date | None = None
    reply_to: str | None = None
    visibility: Visibility = Visibility.BOTH
    meeting: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How a document's bytes are kept: sealed, under their own digest, with the key and the document's digest."""

    kept_as: str
    key: str
    sha256: str
    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachDocument(PracticeCommand):
    """Attach a document: `content` is its bytes. `kept` is how they are kept, and recording fills it in."""

    document_id: Annotated[str, NewId("document")]
    title: Line
    file_name: Line
    content: bytes
    about_flags: tuple[str, ...] = ()
    about_actions: tuple[str, ...] = ()
    of_entry: str | None = None
    visibility: Visibility = Visibility.BOTH
    kept: Kept | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteLetter(PracticeCommand):
    """Write an ordinary letter to the practice, signed by oneself. `heading` is what one's organisation is called on it."""

    letter_id: Annotated[str, NewId("letter")]
    addressee: Line
    address: Address | None = None
    subject: Line
    text: Narrative
    signed_as: Reason
    heading: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordIntelligence(PracticeCommand):
    intelligence_id: Annotated[str, NewId("intelligence")]
    source: IntelligenceSource
    received_from: Line | None = None
    summary: Narrative
    immediate_safety_risk: bool = False
    about_flags: tuple[str, ...] = ()
    visibility: Visibility = Visibility.BOTH


@dataclass(frozen=True, slots=True, kw_only=True)
class CorroborateIntelligence(PracticeCommand):
    intelligence_id: str
    reason: Reason
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscountIntelligence(PracticeCommand):
    intelligence_id: str
    reason: Reason
    evidence: tuple[str, ...] = ()


COMMANDS: tuple[type[PracticeCommand], ...] = (
    RecordConversation,
    AttachDocument,
    WriteLetter,
    RecordIntelligence,
    CorroborateIntelligence,
    DiscountIntelligence,
)
