"""Everything that a person may ask to record about a practice.

Typed words carry their limit here and nowhere else. `occurred_on` left out means today. The id of a new thing
(`NewId`) is minted when the form is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar

from domain.indicators.signals import Signal
from domain.practice.kinds import (
    ActionKind,
    Channel,
    ClearedBecause,
    ContractorKind,
    ContractType,
    CorrectionKind,
    Direction,
    ExplanationCategory,
    FlagKind,
    IndicatorDomain,
    IntelligenceSource,
    Level,
    ParticipantRole,
    PracticeAnswer,
    Side,
    Tier,
    Visibility,
    VisitStage,
    WithdrawnBecause,
)
from domain.rules import Command
from domain.text import (
    Code,
    Line,
    Narrative,
    NewId,
    OrganisationCode,
    Period,
    Postcode,
    PracticeCode,
    Reason,
    Sha256,
    Telephone,
    Words,
)

Address = Annotated[str, Words(500)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeCommand(Command):
    """Something asked for about one practice. TOUCHES names what it answers for the whole practice, so that two
    people's answers to the same thing are told apart from two people adding things.
    """

    TOUCHES: ClassVar[str | None] = None
    occurred_on: date | None = None


# --- registration and details -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPractice(PracticeCommand):
    """Begin a practice's record. `source` and `source_sha256` say which register, when it was not typed."""

    TOUCHES: ClassVar[str | None] = "details"
    code: Code
    kind: ContractorKind = ContractorKind.GENERAL_PRACTICE
    name: Line
    contract_holder: OrganisationCode
    local_commissioner: OrganisationCode | None = None
    region: OrganisationCode | None = None
    responsible_from: date | None = None
    address: Address | None = None
    postcode: Postcode | None = None
    telephone: Telephone | None = None
    opened_on: date | None = None
    list_size: int | None = None
    source: Code = "form"
    source_sha256: Sha256 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDetails(PracticeCommand):
    """Give the details as they should stand: all of them, changed or not."""

    TOUCHES: ClassVar[str | None] = "details"
    name: Line
    address: Address | None = None
    postcode: Postcode | None = None
    telephone: Telephone | None = None
    list_size: int | None = None
    source: Code = "form"
    source_sha256: Sha256 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignResponsibility(PracticeCommand):
    """Say which organisations answer for the practice from a day on."""

    TOUCHES: ClassVar[str | None] = "responsibility"
    contract_holder: OrganisationCode
    local_commissioner: OrganisationCode | None = None
    region: OrganisationCode | None = None
    from_on: date
    reason: Reason | None = None
    source: Code = "form"
    source_sha256: Sha256 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCaseworker(PracticeCommand):
    """Name the practice's caseworker by person id, or nobody."""

    TOUCHES: ClassVar[str | None] = "caseworker"
    caseworker: Code | None = None
    from_on: date | None = None
    note: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverPractice(PracticeCommand):
    """Hand the practice over to another caseworker, with a note.

    `hand_over_id` is shared by all that a manager hands over when somebody leaves; `whose` is who is its caseworker, as
    far as the sender knows.
    """

    TOUCHES: ClassVar[str | None] = "caseworker"
    caseworker: Code
    note: Reason
    from_on: date | None = None
    hand_over_id: str | None = None
    whose: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePractice(PracticeCommand):
    TOUCHES: ClassVar[str | None] = "details"
    closed_on: date
    reason: Reason | None = None
    successor: PracticeCode | None = None
    source: Code = "form"
    source_sha256: Sha256 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenPractice(PracticeCommand):
    TOUCHES: ClassVar[str | None] = "details"
    reason: Reason | None = None
    source: Code = "form"
    source_sha256: Sha256 | None = None


# --- contract -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SignContract(PracticeCommand):
    TOUCHES: ClassVar[str | None] = "contract"
    contract_id: Annotated[str, NewId("contract")]
    reference: Code
    contract_type: ContractType
    parties: tuple[Line, ...]
    notice_address: Address | None = None
    starts_on: date
    ends_on: date | None = None
    services: tuple[Line, ...] = ()
    practice_area: Reason | None = None
    nhs_contract: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class VaryContract(PracticeCommand):
    TOUCHES: ClassVar[str | None] = "contract"
    contract_id: str
    variation: Code
    clauses: Line | None = None
    wording: Narrative
    unilateral: bool = False
    legal_basis: Reason | None = None
    notice_given_on: date | None = None
    signed_by_holder_on: date | None = None
    signed_by_contractor_on: date | None = None
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NameProvider(PracticeCommand):
    """Say which organisation or partnership the practice's contract is with from a day on, and its code if it has one."""

    TOUCHES: ClassVar[str | None] = "provider"
    provider_name: Line
    provider_code: OrganisationCode | None = None
    from_on: date


# --- indicator flags ----------------------------------------------------------------------------------------


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


# --- conversation and intelligence --------------------------------------------------------------------------


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


# --- actions ------------------------------------------------------------------------------------------------


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


# --- episodes -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseEpisode(PracticeCommand):
    """Close the episode that is open, when nothing in it is left open."""

    TOUCHES: ClassVar[str | None] = "episode"
    closing_id: Annotated[str, NewId("closing")]
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenEpisode(PracticeCommand):
    """Undo the last closing: its episode goes on."""

    TOUCHES: ClassVar[str | None] = "episode"
    closing_id: str
    reason: Reason


# --- tier ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeTier(PracticeCommand):
    TOUCHES: ClassVar[str | None] = "tier"
    proposal_id: Annotated[str, NewId("proposal")]
    tier: Tier
    rationale: Narrative
    inputs: tuple[str, ...]
    effective_on: date
    review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineTierProposal(PracticeCommand):
    TOUCHES: ClassVar[str | None] = "tier"
    proposal_id: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideTier(PracticeCommand):
    TOUCHES: ClassVar[str | None] = "tier"
    decision_id: Annotated[str, NewId("decision")]
    proposal_id: str | None = None
    tier: Tier
    rationale: Narrative
    inputs: tuple[str, ...]
    effective_on: date
    review_on: date | None = None
    over_dispute: Reason | None = None


# --- corrections --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectFact(PracticeCommand):
    """Correct an own fact. `fields` gives each field's new value as it would stand in the fact, words as words."""

    version: int
    fields: dict[str, Any]
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawFact(PracticeCommand):
    """Withdraw an own fact as entered in error."""

    version: int
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCorrection(PracticeCommand):
    """Ask a manager to have another's fact, a decision or a contract fact corrected or withdrawn."""

    request_id: Annotated[str, NewId("request")]
    version: int
    kind: CorrectionKind
    fields: dict[str, Any]
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoriseCorrection(PracticeCommand):
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineCorrection(PracticeCommand):
    request_id: str
    reason: Reason


# --- the agreed record --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeEntry(PracticeCommand):
    """Agree to the other side's text of a conversation. `digest` is that of the text as stored: recording fills it in.

    `text_version` is the text that was read, where many are agreed to at once: another since is not agreed to.
    """

    version: int
    digest: Sha256 | None = None
    text_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeEntry(PracticeCommand):
    """Dispute the other side's text of a conversation, saying what is wrong with it."""

    version: int
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendEntry(PracticeCommand):
    """Put one's own text in place of the other side's text of a conversation."""

    version: int
    said: Narrative
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatePosition(PracticeCommand):
    """Say where one's own organisation stands on a concern: a flag or a piece of intelligence, by its id."""

    concern: str
    position: Narrative


# --- threads ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinThreads(PracticeCommand):
    """Join what the other side says about a concern: a flag or a piece of intelligence, by its id.

    `avoided_contact` says that one's own organisation will not contact the practice separately about it.
    """

    join_id: Annotated[str, NewId("join")]
    concern: str
    avoided_contact: bool = False
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartThreads(PracticeCommand):
    """Undo a joining: each side's entries on the concern are a thread of their own again."""

    join_id: str
    reason: Reason


# --- who sees what ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeVisibility(PracticeCommand):
    """Say who sees an entry of one's own organisation: both, this organisation alone, or the other only that it is there."""

    version: int
    visibility: Visibility
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAccess(PracticeCommand):
    """Ask to read a restricted entry of the other organisation."""

    access_id: Annotated[str, NewId("access")]
    version: int
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantAccess(PracticeCommand):
    """Let the person who asked read the entry, to the end of a day."""

    access_id: str
    until_on: date
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineAccess(PracticeCommand):
    """Decline to let the person who asked read the entry."""

    access_id: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeEmergencyAccess(PracticeCommand):
    """Read a restricted entry at once. The other organisation sees it, and a manager reviews it."""

    access_id: Annotated[str, NewId("access")]
    version: int
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEmergencyAccess(PracticeCommand):
    """Say whether another person's emergency access was justified."""

    access_id: str
    justified: bool
    reason: Reason


COMMANDS: dict[str, type[PracticeCommand]] = {
    command.__name__: command
    for command in (
        RegisterPractice,
        ChangeDetails,
        AssignResponsibility,
        NameCaseworker,
        HandOverPractice,
        ClosePractice,
        ReopenPractice,
        SignContract,
        VaryContract,
        NameProvider,
        RaiseFlag,
        ExplainFlag,
        AcceptExplanation,
        DeclineExplanation,
        ClearFlag,
        WithdrawFlag,
        ReopenFlag,
        RecordConversation,
        WriteLetter,
        AttachDocument,
        RecordIntelligence,
        CorroborateIntelligence,
        DiscountIntelligence,
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
        CloseEpisode,
        ReopenEpisode,
        ProposeTier,
        DeclineTierProposal,
        DecideTier,
        CorrectFact,
        WithdrawFact,
        RequestCorrection,
        AuthoriseCorrection,
        DeclineCorrection,
        AgreeEntry,
        DisputeEntry,
        AmendEntry,
        StatePosition,
        JoinThreads,
        PartThreads,
        ChangeVisibility,
        RequestAccess,
        GrantAccess,
        DeclineAccess,
        TakeEmergencyAccess,
        ReviewEmergencyAccess,
    )
}

FOLLOWS: dict[str, type[PracticeCommand]] = {SettleFlags.__name__: SettleFlags}
"""What nobody asks about one practice: it follows from something else, and has no form."""
