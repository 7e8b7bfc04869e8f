"""A fact's fields as plain JSON values and back, so that any of them may be corrected and shown before and after."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from math import isfinite
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from domain.practice import commands, events
from domain.rules import Fact, RuleBroken, Sealed
from domain.text import Words, check_words, word_fields

TYPED_WITH: dict[type[Fact], type[commands.PracticeCommand]] = {
    events.PracticeRegistered: commands.RegisterPractice,
    events.DetailsChanged: commands.ChangeDetails,
    events.ResponsibilityAssigned: commands.AssignResponsibility,
    events.CaseworkerNamed: commands.NameCaseworker,
    events.PracticeHandedOver: commands.HandOverPractice,
    events.PracticeClosed: commands.ClosePractice,
    events.PracticeReopened: commands.ReopenPractice,
    events.ContractSigned: commands.SignContract,
    events.ContractVaried: commands.VaryContract,
    events.ProviderNamed: commands.NameProvider,
    events.FlagRaised: commands.RaiseFlag,
    events.FlagExplained: commands.ExplainFlag,
    events.ExplanationAccepted: commands.AcceptExplanation,
    events.ExplanationNotAccepted: commands.DeclineExplanation,
    events.FlagCleared: commands.ClearFlag,
    events.FlagWithdrawn: commands.WithdrawFlag,
    events.FlagReopened: commands.ReopenFlag,
    events.ConversationRecorded: commands.RecordConversation,
    events.DocumentAttached: commands.AttachDocument,
    events.LetterWritten: commands.WriteLetter,
    events.PracticeTold: commands.TellPractice,
    events.PracticeResponseReceived: commands.ReceivePracticeResponse,
    events.FactualChallengeMade: commands.MakeFactualChallenge,
    events.FactualChallengeDecided: commands.DecideFactualChallenge,
    events.QualitySurveillanceGroupReferred: commands.ReferToQualitySurveillanceGroup,
    events.IntelligenceRecorded: commands.RecordIntelligence,
    events.IntelligenceCorroborated: commands.CorroborateIntelligence,
    events.IntelligenceDiscounted: commands.DiscountIntelligence,
    events.ActionProposed: commands.ProposeAction,
    events.ActionAgreed: commands.AgreeAction,
    events.ActionAnswered: commands.AnswerAction,
    events.ActionProgressed: commands.ProgressAction,
    events.ActionRescheduled: commands.RescheduleAction,
    events.ActionCompleted: commands.CompleteAction,
    events.ActionEvidenceAccepted: commands.AcceptEvidence,
    events.ActionSentBack: commands.SendBackAction,
    events.ActionCancelled: commands.CancelAction,
    events.ActionReopened: commands.ReopenAction,
    events.VisitStageReached: commands.RecordVisitStage,
    events.EpisodeClosed: commands.CloseEpisode,
    events.EpisodeReopened: commands.ReopenEpisode,
    events.TierProposed: commands.ProposeTier,
    events.TierProposalDeclined: commands.DeclineTierProposal,
    events.TierViewStated: commands.StateTierView,
    events.OverrideGiven: commands.GiveOverride,
    events.TierDecided: commands.DecideTier,
    events.DissentRecorded: commands.RecordDissent,
    events.DecisionReaffirmed: commands.ReaffirmDecision,
    events.InspectionReported: commands.RecordInspection,
    events.RegulatoryActionRecorded: commands.RecordRegulatoryAction,
    events.RegulatoryActionEnded: commands.EndRegulatoryAction,
    events.DeclarationAskedFor: commands.AskForDeclaration,
    events.DeclarationSubmitted: commands.RecordDeclaration,
    events.DeclarationAmended: commands.AmendDeclaration,
    events.ListClosureAppliedFor: commands.ApplyForListClosure,
    events.ListClosureApproved: commands.ApproveListClosure,
    events.ListClosureRefused: commands.RefuseListClosure,
    events.ListClosureExtended: commands.ExtendListClosure,
    events.ListReopened: commands.ReopenList,
    events.BranchClosureAppliedFor: commands.ApplyForBranchClosure,
    events.BranchClosureApproved: commands.ApproveBranchClosure,
    events.BranchClosureRefused: commands.RefuseBranchClosure,
    events.ContractorCompositionChanged: commands.ChangeContractorComposition,
    events.PracticeBoundaryChanged: commands.ChangePracticeBoundary,
    events.ContractReviewHeld: commands.HoldContractReview,
    events.MergerApproved: commands.ApproveMerger,
    events.PracticesMerged: commands.MergePractices,
    events.BreachIdentified: commands.IdentifyBreach,
    events.BreachHandledInformally: commands.HandleBreachInformally,
    events.LocalResolutionAttempted: commands.AttemptLocalResolution,
    events.RemedialNoticeDrafted: commands.DraftRemedialNotice,
    events.BreachNoticeDrafted: commands.DraftBreachNotice,
    events.SanctionProposed: commands.ProposeSanction,
    events.TerminationNoticeDrafted: commands.DraftTerminationNotice,
    events.NoticeIssued: commands.IssueNotice,
    events.NoticeServed: commands.ServeNotice,
    events.NoticeReceiptReturned: commands.RecordNoticeReceipt,
    events.NoticeSatisfied: commands.FindNoticeSatisfied,
    events.NoticeNotSatisfied: commands.FindNoticeNotSatisfied,
    events.NoticeWithdrawn: commands.WithdrawNotice,
    events.SanctionImposed: commands.ImposeSanction,
    events.SanctionLifted: commands.LiftSanction,
    events.ContractorSuspended: commands.SuspendContractor,
    events.SuspensionEnded: commands.EndSuspension,
    events.ContractorNoticeGiven: commands.RecordContractorNotice,
    events.ContractorNoticeWithdrawn: commands.WithdrawContractorNotice,
    events.ContractTerminated: commands.TerminateContract,
    events.DisputeReferred: commands.ReferDispute,
    events.DisputeDetermined: commands.DetermineDispute,
    events.DisputeWithdrawn: commands.WithdrawDispute,
    events.ExpectationSet: commands.SetExpectation,
    events.ExpectationAnswered: commands.AnswerExpectation,
    events.ExpectationMoved: commands.MoveExpectation,
    events.ExpectationWithdrawn: commands.WithdrawExpectation,
    events.ClockStopped: commands.StopClock,
    events.ClockRestarted: commands.RestartClock,
}
"""The command whose words each fact keeps: a corrected field keeps to the limit it was typed under."""

_FIXED = frozenset(
    [
        "code",
        "kind_of_contractor",
        "indicator",
        "indicator_name",
        "indicator_version",
        "domain",
        "parameters",
        "person",
        "owner_id",
        "side",
        "organisation",
        "before",
        "before_due_on",
        "first_due_on",
        "before_contract_holder",
        "before_local_commissioner",
        "before_region",
        "changes",
        "source",
        "source_sha256",
        "proposed",
        "visibility",
        "thread",
        "meeting",
        "documents",
        "plan_id",
        "release",
        "reply_to",
        "recommended",
        "framework_version",
        "view",
        "override",
        "rule_set_version",
        "declaration_year",
    ]
)
"""Fields that say what the fact is about, or where it came from. A fact about the wrong thing is withdrawn."""

_OTHERWISE = Words(20_000)
_GREATEST = 2**53
"""Beyond this, JSON readers do not agree on whole numbers."""


_FIXED_IN: dict[type[Fact], frozenset[str]] = {
    events.PracticeClosed: frozenset({"occurred_on"}),
    events.TierRecommended: frozenset({"tier", "satisfied", "framework_digest", "because", "occurred_on"}),
    events.TierDecided: frozenset({"tier", "inputs", "effective_on", "occurred_on", "answers"}),
    events.LetterWritten: frozenset({"signed_by"}),
    events.PracticeTold: frozenset({"about", "by", "copy_to", "copy_sha256"}),
    events.PracticeResponseReceived: frozenset({"document"}),
    events.FactualChallengeMade: frozenset({"about", "document"}),
    events.PracticeHandedOver: frozenset({"caseworker"}),
    events.EpisodeClosed: frozenset({"caseworker", "concern", "concerns"}),
    events.EpisodeReopened: frozenset({"concern"}),
    events.VisitStageReached: frozenset({"stage"}),
    events.ListClosureRefused: frozenset({"barred_until"}),
    events.MergerApproved: frozenset({"other", "survives"}),
    events.PracticesMerged: frozenset({"other", "survives", "open_actions"}),
    events.BreachIdentified: frozenset({"repeats"}),
    events.RemedialNoticeDrafted: frozenset({"breaches"}),
    events.BreachNoticeDrafted: frozenset({"breaches"}),
    events.SanctionProposed: frozenset({"kind", "entitlement", "rests_on"}),
    events.TerminationNoticeDrafted: frozenset({"entitlement", "rests_on"}),
    events.NoticeIssued: frozenset(
        {
            "committee",
            "appeal_route",
            "appeal_rights",
            "appeal_body",
            "appeal_address",
            "letter_sha256",
            "occurred_on",
        }
    ),
    events.SanctionImposed: frozenset({"despite"}),
    events.ContractTerminated: frozenset({"because", "despite"}),
    events.DisputeReferred: frozenset({"subject"}),
    events.ExpectationSet: frozenset(
        {"expected_of", "about", "due_on", "length", "unit", "rule", "occurred_on"}
    ),
    events.ExpectationAnswered: frozenset({"entry"}),
    events.ExpectationMoved: frozenset({"due_on"}),
    events.ClockStopped: frozenset({"remaining", "unit", "occurred_on"}),
    events.ClockRestarted: frozenset({"due_on", "occurred_on"}),
    events.DocumentAttached: frozenset(
        {"file_name", "kind", "size", "sha256", "kept_as", "opens_with", "of_entry"}
    ),
}
"""A closure happened on the day it closed: that one day is corrected. A document is what it is: the wrong one is
withdrawn, and the right one attached. An issued notice says what its letter said. A day that was worked
out is withdrawn with what it was worked out from. What moved a tier is decided anew."""


def correctable_fields(fact: Fact) -> dict[str, Any]:
    """The fields of a fact that may be corrected, with their values as plain JSON. Empty when none may."""
    if type(fact) not in TYPED_WITH:
        return {}
    return {
        field.name: plain(getattr(fact, field.name))
        for field in fields(fact)
        if field.name not in _FIXED | _FIXED_IN.get(type(fact), frozenset())
        and not field.name.endswith("_id")
        and (field.name == "note" or not is_derived(fact))
    }


def is_derived(fact: Fact) -> bool:
    """Whether a release derived it: a flag says what its numbers come to. It is withdrawn, or its release restated."""
    return isinstance(fact, events.FlagRaised) and fact.source != "by_hand"


def plain(value: Any) -> Any:
    """A value of a fact as JSON has it: words as words, days as 2026-11-03."""
    if isinstance(value, Sealed):
        return value.words
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


def read_field(fact_type: type[Fact], name: str, value: Any) -> Any:
    """The value that a fact's field takes from plain JSON; RuleBroken when it cannot."""
    hint = _hints(_any(fact_type))[name]
    command = TYPED_WITH.get(fact_type)
    words = word_fields(command).get(name, (_OTHERWISE, True))[0] if command else _OTHERWISE
    try:
        return _read(hint, value, words, name)
    except (ValueError, TypeError, KeyError, OverflowError):
        shown = json.dumps(value, default=str, ensure_ascii=False)[:60]
        raise RuleBroken("a-corrected-value-is-of-its-kind", f"{shown} cannot stand there", name) from None


def holds_words(fact_type: type[Fact], name: str) -> bool:
    """Whether a field of a fact is typed words, or may be."""
    hint = _hints(_any(fact_type))[name]
    return hint is Sealed or Sealed in get_args(hint)


def _read(hint: Any, value: Any, words: Words, name: str) -> Any:
    if get_origin(hint) in {Union, UnionType}:
        if value is None:
            return None
        return _read(next(part for part in get_args(hint) if part is not type(None)), value, words, name)
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise TypeError
        return tuple(_read(get_args(hint)[0], item, words, name) for item in value)
    if is_dataclass(hint):
        known = get_type_hints(hint)
        if not isinstance(value, dict) or not value.keys() <= known.keys():
            raise TypeError
        return hint(**{key: _read(known[key], item, words, name) for key, item in value.items()})  # type: ignore[operator]
    return _read_one(hint, value, words, name)


def _read_one(hint: Any, value: Any, words: Words, name: str) -> Any:
    if hint in {Sealed, str}:
        if not isinstance(value, str):
            raise TypeError
        if not value.strip():
            raise ValueError
        check_words(value, words, name)
        return hint(value)
    if hint is date or issubclass(hint, StrEnum):
        if not isinstance(value, str):
            raise TypeError
        return date.fromisoformat(value) if hint is date else hint(value)
    if hint is float and type(value) in {int, float}:
        if not isfinite(value):
            raise ValueError
        return float(value)
    if type(value) is not hint or (hint is int and abs(value) > _GREATEST):
        raise TypeError
    return value


@cache
def _hints(fact_type: Any) -> dict[str, Any]:
    return get_type_hints(fact_type)


def _any(fact_type: type[Fact]) -> Any:
    """The class as what a cache may hold, as in domain.text."""
    return fact_type
