"""Which facts of a practice the rules read. What is not read changes no recommendation, whatever it says."""

from __future__ import annotations

from collections.abc import Iterable

from domain.practice import events as e
from domain.rules import Fact, Recorded

UNREAD: frozenset[type[Fact]] = frozenset(
    {
        e.DetailsChanged,
        e.CaseworkerNamed,
        e.PracticeHandedOver,
        e.ContractSigned,
        e.ContractVaried,
        e.ProviderNamed,
        e.ConversationRecorded,
        e.DocumentAttached,
        e.LetterWritten,
        e.ActionAnswered,
        e.ActionProgressed,
        e.VisitStageReached,
        e.TierProposed,
        e.TierProposalDeclined,
        e.TierRecommended,
        e.TierViewStated,
        e.OverrideGiven,
        e.DissentRecorded,
        e.DecisionReviewAsked,
        e.DecisionChecked,
        e.DecisionReaffirmed,
        e.DecisionRevised,
        e.CorrectionRequested,
        e.CorrectionDeclined,
        e.EntryAgreed,
        e.EntryAmended,
        e.EntryDisputed,
        e.PositionStated,
        e.ThreadsJoined,
        e.ThreadsParted,
        e.VisibilityChanged,
        e.AccessRequested,
        e.AccessGranted,
        e.AccessDeclined,
        e.EmergencyAccessTaken,
        e.EmergencyAccessReviewed,
        e.PracticeTold,
        e.PracticeResponseReceived,
        e.FactualChallengeMade,
        e.FactualChallengeDecided,
        e.QualitySurveillanceGroupReferred,
        e.ExpectationSet,
        e.ExpectationAnswered,
        e.ExpectationMoved,
        e.ExpectationWithdrawn,
        e.ClockStopped,
        e.ClockRestarted,
        e.DeclarationAmended,
        e.ListClosureAppliedFor,
        e.ListClosureApproved,
        e.ListClosureRefused,
        e.ListClosureExtended,
        e.ListReopened,
        e.BranchClosureAppliedFor,
        e.BranchClosureApproved,
        e.BranchClosureRefused,
        e.MergerApproved,
        e.PracticesMerged,
        e.ContractorCompositionChanged,
        e.PracticeBoundaryChanged,
        e.ContractReviewHeld,
        e.BreachIdentified,
        e.BreachHandledInformally,
        e.LocalResolutionAttempted,
        e.NoticeServed,
        e.NoticeReceiptReturned,
        e.ContractorSuspended,
        e.SuspensionEnded,
        e.ContractorNoticeGiven,
        e.ContractorNoticeWithdrawn,
        e.ContractTerminated,
        e.DisputeReferred,
        e.DisputeDetermined,
        e.DisputeWithdrawn,
    }
)
"""Facts that no rule looks at. A new kind of fact counts as read until it is listed here."""

READ: tuple[type[Fact], ...] = tuple(fact for fact in e.FACTS if fact not in UNREAD)


def what_is_read(history: Iterable[Recorded]) -> list[Recorded]:
    """A practice's history, with what the rules read of it: corrections only of facts that they read."""
    found: list[Recorded] = []
    versions: set[int] = set()
    for entry in history:
        fact = entry.fact
        if type(fact) in UNREAD:
            continue
        if isinstance(fact, e.FactCorrected | e.FactWithdrawn) and fact.corrects not in versions:
            continue
        found.append(entry)
        versions.add(entry.version)
    return found
