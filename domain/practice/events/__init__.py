"""Every fact of a practice, grouped by facet: the auditor's file.

A stored NAME and VERSION never changes meaning. A field that a later capability fills is None, or its constant,
until then. Days are London days. Words that a person typed, and names of people, are `Sealed`.
`cite`s are a stream's code and version, such as X90001/27.
"""

from domain.practice.events import (
    actions,
    agreed,
    contract,
    conversation,
    corrections,
    declarations,
    documents,
    episodes,
    expectations,
    flags,
    letters,
    register,
    regulator,
    threads,
    tier,
    visibility,
)
from domain.practice.events.actions import (
    ActionAgreed,
    ActionAnswered,
    ActionCancelled,
    ActionCompleted,
    ActionEvidenceAccepted,
    ActionProgressed,
    ActionProposed,
    ActionReopened,
    ActionRescheduled,
    ActionSentBack,
    VisitStageReached,
)
from domain.practice.events.agreed import (
    EntryAgreed,
    EntryAmended,
    EntryDisputed,
    PositionStated,
)
from domain.practice.events.contract import (
    ContractSigned,
    ContractVaried,
    ProviderNamed,
)
from domain.practice.events.conversation import (
    ConversationRecorded,
    IntelligenceCorroborated,
    IntelligenceDiscounted,
    IntelligenceRecorded,
    Participant,
)
from domain.practice.events.corrections import (
    CorrectedField,
    CorrectionDeclined,
    CorrectionRequested,
    FactCorrected,
    FactWithdrawn,
)
from domain.practice.events.declarations import (
    DeclarationAmended,
    DeclarationAskedFor,
    DeclarationSubmitted,
)
from domain.practice.events.documents import DocumentAttached
from domain.practice.events.episodes import (
    EpisodeClosed,
    EpisodeReopened,
    PracticeHandedOver,
)
from domain.practice.events.expectations import (
    ClockRestarted,
    ClockStopped,
    ExpectationAnswered,
    ExpectationMoved,
    ExpectationSet,
    ExpectationWithdrawn,
)
from domain.practice.events.flags import (
    ExplanationAccepted,
    ExplanationNotAccepted,
    FlagCleared,
    FlagExplained,
    FlagRaised,
    FlagReopened,
    FlagWithdrawn,
)
from domain.practice.events.letters import LetterWritten
from domain.practice.events.register import (
    CaseworkerNamed,
    Change,
    DetailsChanged,
    PracticeClosed,
    PracticeRegistered,
    PracticeReopened,
    ResponsibilityAssigned,
)
from domain.practice.events.regulator import (
    InspectionReported,
    RegulatoryActionEnded,
    RegulatoryActionRecorded,
)
from domain.practice.events.threads import (
    ThreadsJoined,
    ThreadsParted,
)
from domain.practice.events.tier import (
    TierDecided,
    TierProposalDeclined,
    TierProposed,
)
from domain.practice.events.visibility import (
    AccessDeclined,
    AccessGranted,
    AccessRequested,
    EmergencyAccessReviewed,
    EmergencyAccessTaken,
    VisibilityChanged,
)

FACTS = (
    *register.FACTS,
    *contract.FACTS,
    *flags.FACTS,
    *conversation.FACTS,
    *actions.FACTS,
    *tier.FACTS,
    *corrections.FACTS,
    *agreed.FACTS,
    *threads.FACTS,
    *documents.FACTS,
    *letters.FACTS,
    *episodes.FACTS,
    *expectations.FACTS,
    *visibility.FACTS,
    *regulator.FACTS,
    *declarations.FACTS,
)

__all__ = [
    "FACTS",
    "AccessDeclined",
    "AccessGranted",
    "AccessRequested",
    "ActionAgreed",
    "ActionAnswered",
    "ActionCancelled",
    "ActionCompleted",
    "ActionEvidenceAccepted",
    "ActionProgressed",
    "ActionProposed",
    "ActionReopened",
    "ActionRescheduled",
    "ActionSentBack",
    "CaseworkerNamed",
    "Change",
    "ClockRestarted",
    "ClockStopped",
    "ContractSigned",
    "ContractVaried",
    "ConversationRecorded",
    "CorrectedField",
    "CorrectionDeclined",
    "CorrectionRequested",
    "DeclarationAmended",
    "DeclarationAskedFor",
    "DeclarationSubmitted",
    "DetailsChanged",
    "DocumentAttached",
    "EmergencyAccessReviewed",
    "EmergencyAccessTaken",
    "EntryAgreed",
    "EntryAmended",
    "EntryDisputed",
    "EpisodeClosed",
    "EpisodeReopened",
    "ExpectationAnswered",
    "ExpectationMoved",
    "ExpectationSet",
    "ExpectationWithdrawn",
    "ExplanationAccepted",
    "ExplanationNotAccepted",
    "FactCorrected",
    "FactWithdrawn",
    "FlagCleared",
    "FlagExplained",
    "FlagRaised",
    "FlagReopened",
    "FlagWithdrawn",
    "InspectionReported",
    "IntelligenceCorroborated",
    "IntelligenceDiscounted",
    "IntelligenceRecorded",
    "LetterWritten",
    "Participant",
    "PositionStated",
    "PracticeClosed",
    "PracticeHandedOver",
    "PracticeRegistered",
    "PracticeReopened",
    "ProviderNamed",
    "RegulatoryActionEnded",
    "RegulatoryActionRecorded",
    "ResponsibilityAssigned",
    "ThreadsJoined",
    "ThreadsParted",
    "TierDecided",
    "TierProposalDeclined",
    "TierProposed",
    "VisibilityChanged",
    "VisitStageReached",
]
