"""Every fact of a practice, grouped by facet: the auditor's file.

A stored NAME and VERSION never changes meaning. A field that a later capability fills is None, or its constant,
until then. Days are London days. Words that a person typed, and names of people, are `Sealed`.
`cite`s are a stream's code and version, such as X90001/27.
"""

from domain.practice.events import actions, contract, conversation, corrections, flags, register, tier
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
)
from domain.practice.events.contract import (
    ContractSigned,
    ContractVaried,
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
from domain.practice.events.flags import (
    FlagCleared,
    FlagExplained,
    FlagRaised,
    FlagReopened,
    FlagWithdrawn,
)
from domain.practice.events.register import (
    CaseworkerNamed,
    Change,
    DetailsChanged,
    PracticeClosed,
    PracticeRegistered,
    PracticeReopened,
    ResponsibilityAssigned,
)
from domain.practice.events.tier import (
    TierDecided,
    TierProposalDeclined,
    TierProposed,
)

FACTS = (
    *register.FACTS,
    *contract.FACTS,
    *flags.FACTS,
    *conversation.FACTS,
    *actions.FACTS,
    *tier.FACTS,
    *corrections.FACTS,
)

__all__ = [
    "FACTS",
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
    "ContractSigned",
    "ContractVaried",
    "ConversationRecorded",
    "CorrectedField",
    "CorrectionDeclined",
    "CorrectionRequested",
    "DetailsChanged",
    "FactCorrected",
    "FactWithdrawn",
    "FlagCleared",
    "FlagExplained",
    "FlagRaised",
    "FlagReopened",
    "FlagWithdrawn",
    "IntelligenceCorroborated",
    "IntelligenceDiscounted",
    "IntelligenceRecorded",
    "Participant",
    "PracticeClosed",
    "PracticeRegistered",
    "PracticeReopened",
    "ResponsibilityAssigned",
    "TierDecided",
    "TierProposalDeclined",
    "TierProposed",
]
