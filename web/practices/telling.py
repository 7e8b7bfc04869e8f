"""Every fact of a practice in plain words: what it is called, what was said, what changed, and what it is about.

`TELLS` is the index: how each fact is told is in `web/practices/tells/`, by facet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from application.sealing import KeyMissing, SealBroken
from domain.practice import events as e
from domain.practice.kinds import Side
from domain.practice.state import Practice
from domain.practice.visible import Withheld
from domain.rules import Fact, Recorded
from web.practices.fields import words_or_why
from web.practices.flags import flag_called
from web.practices.tells import (
    actions,
    agreed,
    contract,
    contractor,
    corrections,
    declarations,
    documents,
    episodes,
    expectations,
    flags,
    heard,
    ladder,
    letters,
    lists,
    mergers,
    register,
    regulator,
    reviews,
    said,
    sanctions,
    threads,
    tier,
    visibility,
)
from web.practices.told import About, Names, Told, happened_on, joined, role_in_words, short
from web.words import day

DOES_NOT_OPEN = Told(
    title="An entry whose words do not open",
    group="record",
    words=(
        (
            "",
            "What is stored here was altered, or its key is gone. Tell an auditor: `casebook doctor` says more.",
        ),
    ),
)


class Telling:
    """Tells the facts of one practice. `told` are those that it has told: a page shows no words of others."""

    def __init__(self, practice: Practice, names: Names) -> None:
        self.practice = practice
        self.names = names
        self.told: list[Fact] = []
        self._citing = 0
        self._amended: dict[int, list[Recorded]] = {}
        for entry in practice.history:
            if isinstance(entry.fact, e.FactCorrected | e.FactWithdrawn):
                self._amended.setdefault(entry.fact.corrects, []).append(entry)

    def tell(self, fact: Fact, version: int = 0) -> Told:
        """`version` is the fact's own, where it says how what it rests on was amended since."""
        before, self._citing = self._citing, version
        self.told.append(fact)
        try:
            return TELLS[type(fact)](self, fact)
        except (SealBroken, KeyMissing):
            # One altered entry must not take the page, and every other entry, with it.
            return DOES_NOT_OPEN
        finally:
            self._citing = before

    # --- what things are called --------------------------------------------------------------------------------

    def flag(self, flag_id: str) -> About:
        flag = self.practice.flags.get(flag_id)
        return About(flag_called(flag), flag.version) if flag else About("a flag that was withdrawn", None)

    def action(self, action_id: str) -> About:
        action = self.practice.actions.get(action_id)
        if action is None:
            return About("an action that was withdrawn", None)
        return About(short(words_or_why(action.issue)), action.version)

    def intelligence(self, intelligence_id: str) -> About:
        heard = self.practice.intelligence.get(intelligence_id)
        if heard is None:
            return About("soft intelligence that was withdrawn", None)
        return About(f"soft intelligence of {day(heard.recorded_on)}", heard.version)

    def cited(self, cite: str) -> About:
        """A cite such as X90001/27: what the entry is called, its day and first words, and what became of it since."""
        version = int(cite.partition("/")[2])
        since = self._since(version)
        entry = self.practice.standing.get(version)
        if entry is None:
            entry = self.practice.recorded(version)
        if entry is None:
            return About(f"entry {version}", version)
        told = self.tell(entry.fact)
        text = f"{told.title}, {day(happened_on(entry.fact))}"
        if told.words and since != "withdrawn since":
            text += f": {short(told.words[0][1])}"
        return About(f"{text} ({since})" if since else text, version)

    def _since(self, version: int) -> str:
        """What became of an entry after the one that is being told: withdrawn, corrected, or nothing."""
        if version not in self.practice.standing and self.practice.recorded(version) is not None:
            return "withdrawn since"
        later = (one for one in self._amended.get(version, ()) if one.version > self._citing > 0)
        return "corrected since" if any(later) else ""

    def proposal(self, proposal_id: str | None) -> About | None:
        """The proposal that a decision answers, by who made it."""
        proposal = self.practice.proposals.get(proposal_id) if proposal_id else None
        if proposal is None:
            return None
        by = self.names.person(proposal.proposed_by)
        return About(f"the proposal by {by}, entry {proposal.version}", proposal.version)

    def entry(self, version: int) -> About:
        entry = self.practice.standing.get(version)
        if entry is None:
            entry = self.practice.recorded(version)
        return About(self.title(entry.fact) if entry else f"entry {version}", version)

    def title(self, fact: Fact) -> str:
        return self.tell(fact).title

    def about(self, fact: Any) -> tuple[About, ...]:
        """The flags, actions and intelligence that a fact says it is about."""
        return (
            *map(self.flag, getattr(fact, "about_flags", ())),
            *map(self.action, getattr(fact, "about_actions", ())),
            *map(self.intelligence, getattr(fact, "about_intelligence", ())),
        )

    def who(self, participants: Iterable[e.Participant]) -> str:
        """Area team and CCG with the practice manager: our side by organisation, the practice's people by role."""
        participants = tuple(participants)
        ours = [
            self.names.side(side)
            for side in (Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER)
            if any(participant.side == side for participant in participants)
        ]
        theirs = [
            f"the {role_in_words(participant)}"
            for participant in participants
            if participant.side == Side.PRACTICE
        ]
        others = [
            role_in_words(participant) for participant in participants if participant.side == Side.OTHER
        ]
        return f"{joined(ours)} with {joined([*theirs, *others])}" if theirs or others else joined(ours)


TELLS: dict[type[Fact], Callable[[Telling, Any], Told]] = {
    e.PracticeRegistered: register.registered,
    e.DetailsChanged: register.details_changed,
    e.ResponsibilityAssigned: register.responsibility_assigned,
    e.CaseworkerNamed: register.caseworker_named,
    e.PracticeHandedOver: episodes.practice_handed_over,
    e.PracticeClosed: register.closed,
    e.PracticeReopened: register.reopened,
    e.ContractSigned: contract.contract_signed,
    e.ContractVaried: contract.contract_varied,
    e.ProviderNamed: contract.provider_named,
    e.InspectionReported: regulator.inspection_reported,
    e.RegulatoryActionRecorded: regulator.regulatory_action_recorded,
    e.RegulatoryActionEnded: regulator.regulatory_action_ended,
    e.DeclarationAskedFor: declarations.declaration_asked_for,
    e.DeclarationSubmitted: declarations.declaration_submitted,
    e.DeclarationAmended: declarations.declaration_amended,
    e.BreachIdentified: ladder.breach_identified,
    e.BreachHandledInformally: ladder.breach_handled_informally,
    e.LocalResolutionAttempted: ladder.local_resolution_attempted,
    e.RemedialNoticeDrafted: ladder.remedial_notice_drafted,
    e.BreachNoticeDrafted: ladder.breach_notice_drafted,
    e.SanctionProposed: ladder.sanction_proposed,
    e.TerminationNoticeDrafted: ladder.termination_notice_drafted,
    e.NoticeIssued: ladder.notice_issued,
    e.NoticeServed: ladder.notice_served,
    e.NoticeReceiptReturned: ladder.notice_receipt_returned,
    e.NoticeSatisfied: ladder.notice_satisfied,
    e.NoticeNotSatisfied: ladder.notice_not_satisfied,
    e.NoticeWithdrawn: ladder.notice_withdrawn,
    e.SanctionImposed: sanctions.sanction_imposed,
    e.SanctionLifted: sanctions.sanction_lifted,
    e.ContractorSuspended: sanctions.contractor_suspended,
    e.SuspensionEnded: sanctions.suspension_ended,
    e.ContractorNoticeGiven: sanctions.contractor_notice_given,
    e.ContractorNoticeWithdrawn: sanctions.contractor_notice_withdrawn,
    e.ContractTerminated: sanctions.contract_terminated,
    e.DisputeReferred: sanctions.dispute_referred,
    e.DisputeDetermined: sanctions.dispute_determined,
    e.DisputeWithdrawn: sanctions.dispute_withdrawn,
    e.ListClosureAppliedFor: lists.list_closure_applied_for,
    e.ListClosureApproved: lists.list_closure_approved,
    e.ListClosureRefused: lists.list_closure_refused,
    e.ListClosureExtended: lists.list_closure_extended,
    e.ListReopened: lists.list_reopened,
    e.MergerApproved: mergers.merger_approved,
    e.PracticesMerged: mergers.practices_merged,
    e.BranchClosureAppliedFor: lists.branch_closure_applied_for,
    e.BranchClosureApproved: lists.branch_closure_approved,
    e.BranchClosureRefused: lists.branch_closure_refused,
    e.ContractorCompositionChanged: contractor.contractor_composition_changed,
    e.PracticeBoundaryChanged: contractor.practice_boundary_changed,
    e.ContractReviewHeld: contractor.contract_review_held,
    e.FlagRaised: flags.flag_raised,
    e.FlagExplained: flags.flag_explained,
    e.ExplanationAccepted: flags.explanation_accepted,
    e.ExplanationNotAccepted: flags.explanation_not_accepted,
    e.FlagCleared: flags.flag_cleared,
    e.FlagWithdrawn: flags.flag_withdrawn,
    e.FlagReopened: flags.flag_reopened,
    e.ConversationRecorded: said.conversation,
    e.DocumentAttached: documents.document_attached,
    e.LetterWritten: letters.letter_written,
    e.IntelligenceRecorded: said.intelligence,
    e.IntelligenceCorroborated: said.intelligence_answered,
    e.IntelligenceDiscounted: said.intelligence_answered,
    e.ActionProposed: actions.action_proposed,
    e.ActionAgreed: actions.action_agreed,
    e.ActionAnswered: actions.action_answered,
    e.ActionProgressed: actions.action_progressed,
    e.ActionRescheduled: actions.action_rescheduled,
    e.ActionCompleted: actions.action_completed,
    e.ActionEvidenceAccepted: actions.action_accepted,
    e.ActionSentBack: actions.action_sent_back,
    e.ActionCancelled: actions.action_cancelled,
    e.ActionReopened: actions.action_reopened,
    e.VisitStageReached: episodes.visit_stage_reached,
    e.EpisodeClosed: episodes.episode_closed,
    e.EpisodeReopened: episodes.episode_reopened,
    e.ExpectationSet: expectations.expectation_set,
    e.ExpectationAnswered: expectations.expectation_answered,
    e.ExpectationMoved: expectations.expectation_moved,
    e.ExpectationWithdrawn: expectations.expectation_withdrawn,
    e.ClockStopped: expectations.clock_stopped,
    e.ClockRestarted: expectations.clock_restarted,
    e.TierProposed: tier.tier_proposed,
    e.TierProposalDeclined: tier.tier_proposal_declined,
    e.TierDecided: tier.tier_decided,
    e.TierRecommended: tier.tier_recommended,
    e.TierViewStated: tier.tier_view_stated,
    e.OverrideGiven: tier.override_given,
    e.DissentRecorded: tier.dissent_recorded,
    e.DecisionReviewAsked: reviews.decision_review_asked,
    e.DecisionChecked: reviews.decision_checked,
    e.DecisionReaffirmed: reviews.decision_reaffirmed,
    e.DecisionRevised: reviews.decision_revised,
    e.CorrectionRequested: corrections.correction_requested,
    e.CorrectionDeclined: corrections.correction_declined,
    e.FactCorrected: corrections.fact_corrected,
    e.FactWithdrawn: corrections.fact_withdrawn,
    e.EntryAgreed: agreed.entry_agreed,
    e.EntryDisputed: agreed.entry_disputed,
    e.EntryAmended: agreed.entry_amended,
    e.PositionStated: agreed.position_stated,
    e.ThreadsJoined: threads.threads_joined,
    e.ThreadsParted: threads.threads_parted,
    e.VisibilityChanged: visibility.visibility_changed,
    e.AccessRequested: visibility.access_requested,
    e.AccessGranted: visibility.access_granted,
    e.AccessDeclined: visibility.access_declined,
    e.EmergencyAccessTaken: visibility.emergency_access_taken,
    e.EmergencyAccessReviewed: visibility.emergency_access_reviewed,
    e.PracticeTold: heard.practice_told,
    e.PracticeResponseReceived: heard.practice_response_received,
    e.FactualChallengeMade: heard.factual_challenge_made,
    e.FactualChallengeDecided: heard.factual_challenge_decided,
    e.QualitySurveillanceGroupReferred: heard.quality_surveillance_group_referred,
    Withheld: visibility.withheld,
}
