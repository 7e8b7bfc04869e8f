"""Everything that a person may ask to record about a practice, grouped by facet.

Typed words carry their limit here and nowhere else. `occurred_on` left out means today. The id of a new thing
(`NewId`) is minted when the form is drawn.
"""

from domain.practice.commands import (
    actions,
    agreed,
    contract,
    contractor,
    conversation,
    corrections,
    declarations,
    episodes,
    expectations,
    flags,
    lists,
    register,
    regulator,
    threads,
    tier,
    visibility,
)
from domain.practice.commands.actions import (
    AcceptEvidence,
    AgreeAction,
    AnswerAction,
    CancelAction,
    CompleteAction,
    ProgressAction,
    ProposeAction,
    RecordVisitStage,
    ReopenAction,
    RescheduleAction,
    SendBackAction,
)
from domain.practice.commands.agreed import AgreeEntry, AmendEntry, DisputeEntry, StatePosition
from domain.practice.commands.base import Address, PracticeCommand
from domain.practice.commands.contract import NameProvider, SignContract, VaryContract
from domain.practice.commands.contractor import (
    ChangeContractorComposition,
    ChangePracticeBoundary,
    HoldContractReview,
)
from domain.practice.commands.conversation import (
    AttachDocument,
    Attendee,
    CorroborateIntelligence,
    DiscountIntelligence,
    Kept,
    RecordConversation,
    RecordIntelligence,
    WriteLetter,
)
from domain.practice.commands.corrections import (
    AuthoriseCorrection,
    CorrectFact,
    DeclineCorrection,
    RequestCorrection,
    WithdrawFact,
)
from domain.practice.commands.declarations import AmendDeclaration, AskForDeclaration, RecordDeclaration
from domain.practice.commands.episodes import CloseEpisode, ReopenEpisode
from domain.practice.commands.expectations import (
    AnswerExpectation,
    MoveExpectation,
    RestartClock,
    SetExpectation,
    StopClock,
    WithdrawExpectation,
)
from domain.practice.commands.flags import (
    AcceptExplanation,
    ClearFlag,
    DeclineExplanation,
    ExplainFlag,
    RaiseFlag,
    ReopenFlag,
    SettleFlags,
    SignalledFlag,
    WithdrawFlag,
)
from domain.practice.commands.lists import (
    ApplyForBranchClosure,
    ApplyForListClosure,
    ApproveBranchClosure,
    ApproveListClosure,
    ExtendListClosure,
    RefuseBranchClosure,
    RefuseListClosure,
    ReopenList,
)
from domain.practice.commands.register import (
    AssignResponsibility,
    ChangeDetails,
    ClosePractice,
    HandOverPractice,
    NameCaseworker,
    RegisterPractice,
    ReopenPractice,
)
from domain.practice.commands.regulator import (
    EndRegulatoryAction,
    RecordInspection,
    RecordRegulatoryAction,
)
from domain.practice.commands.threads import JoinThreads, PartThreads
from domain.practice.commands.tier import DecideTier, DeclineTierProposal, ProposeTier
from domain.practice.commands.visibility import (
    ChangeVisibility,
    DeclineAccess,
    GrantAccess,
    RequestAccess,
    ReviewEmergencyAccess,
    TakeEmergencyAccess,
)

__all__ = [
    "COMMANDS",
    "FOLLOWS",
    "AcceptEvidence",
    "AcceptExplanation",
    "Address",
    "AgreeAction",
    "AgreeEntry",
    "AmendDeclaration",
    "AmendEntry",
    "AnswerAction",
    "AnswerExpectation",
    "ApplyForBranchClosure",
    "ApplyForListClosure",
    "ApproveBranchClosure",
    "ApproveListClosure",
    "AskForDeclaration",
    "AssignResponsibility",
    "AttachDocument",
    "Attendee",
    "AuthoriseCorrection",
    "CancelAction",
    "ChangeContractorComposition",
    "ChangeDetails",
    "ChangePracticeBoundary",
    "ChangeVisibility",
    "ClearFlag",
    "CloseEpisode",
    "ClosePractice",
    "CompleteAction",
    "CorrectFact",
    "CorroborateIntelligence",
    "DecideTier",
    "DeclineAccess",
    "DeclineCorrection",
    "DeclineExplanation",
    "DeclineTierProposal",
    "DiscountIntelligence",
    "DisputeEntry",
    "EndRegulatoryAction",
    "ExplainFlag",
    "ExtendListClosure",
    "GrantAccess",
    "HandOverPractice",
    "HoldContractReview",
    "JoinThreads",
    "Kept",
    "MoveExpectation",
    "NameCaseworker",
    "NameProvider",
    "PartThreads",
    "PracticeCommand",
    "ProgressAction",
    "ProposeAction",
    "ProposeTier",
    "RaiseFlag",
    "RecordConversation",
    "RecordDeclaration",
    "RecordInspection",
    "RecordIntelligence",
    "RecordRegulatoryAction",
    "RecordVisitStage",
    "RefuseBranchClosure",
    "RefuseListClosure",
    "RegisterPractice",
    "ReopenAction",
    "ReopenEpisode",
    "ReopenFlag",
    "ReopenList",
    "ReopenPractice",
    "RequestAccess",
    "RequestCorrection",
    "RescheduleAction",
    "RestartClock",
    "ReviewEmergencyAccess",
    "SendBackAction",
    "SetExpectation",
    "SettleFlags",
    "SignContract",
    "SignalledFlag",
    "StatePosition",
    "StopClock",
    "TakeEmergencyAccess",
    "VaryContract",
    "WithdrawExpectation",
    "WithdrawFact",
    "WithdrawFlag",
    "WriteLetter",
]

COMMANDS: dict[str, type[PracticeCommand]] = {
    command.__name__: command
    for facet in (
        register,
        contract,
        flags,
        conversation,
        actions,
        episodes,
        expectations,
        tier,
        corrections,
        agreed,
        threads,
        visibility,
        regulator,
        declarations,
        lists,
        contractor,
    )
    for command in facet.COMMANDS
}

FOLLOWS: dict[str, type[PracticeCommand]] = {SettleFlags.__name__: SettleFlags}
"""What nobody asks about one practice: it follows from something else, and has no form."""
