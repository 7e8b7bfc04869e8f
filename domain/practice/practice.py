"""The index of the practice aggregate: which rule answers which command, and which facts change what.

decide(practice, command, asked) -> facts      or RuleBroken
replay(history) -> practice
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from domain.practice import (
    action_agreeing,
    action_ending,
    actions,
    agreed,
    branches,
    breaches,
    challenges,
    contract,
    contractor,
    conversation,
    corrections,
    declarations,
    disputes,
    documents,
    episodes,
    expectations,
    explanations,
    flags,
    handing_over,
    heard,
    intelligence,
    letters,
    lists,
    mergers,
    notice_assessing,
    notice_drafting,
    notice_giving,
    notices,
    overrides,
    plans,
    provider,
    recommended,
    register,
    regulator,
    reviews,
    sanctions,
    settling,
    termination_notices,
    terminations,
    threads,
    tier,
    visibility,
    visits,
)
from domain.practice import commands as c
from domain.practice import events as e
from domain.practice.after_closure import late_entries_only
from domain.practice.copied import copier
from domain.practice.corrections import as_if_corrected, effective
from domain.practice.dates import in_full
from domain.practice.kinds import NoticeKind
from domain.practice.standing_contract import is_under_a_standing_contract
from domain.practice.state import Practice
from domain.practice.tier_rests_on import the_tier_still_rests_on_what_moved_it
from domain.practice.true_together import keeps_what_is_always_true
from domain.practice.visible import closes, closures
from domain.rules import Asked, Fact, Recorded, RuleBroken
from domain.text import blank_is_absent, check_command, new_ids


def name_caseworker(practice: Practice, command: c.NameCaseworker, asked: Asked) -> list[Fact]:
    """Whose practice it is, nobody takes from them but a manager."""
    facts = register.name_caseworker(practice, command, asked)
    if facts and not handing_over.may_name_anew(practice, asked):
        raise RuleBroken(
            "a-practice-is-handed-over-by-its-caseworker",
            "Only the named caseworker, whoever covers for them, or a manager can name another",
        )
    return facts


def complete_action(practice: Practice, command: c.CompleteAction, asked: Asked) -> list[Fact]:
    facts = action_ending.complete_action(practice, command, asked)
    visits.nothing_is_missing(practice.actions[command.action_id])
    return facts


def decide_tier(practice: Practice, command: c.DecideTier, asked: Asked) -> list[Fact]:
    """A decision may be the answer to a review that was asked of an earlier one, which it revises."""
    decided, *beside = tier.decide_tier(practice, command, asked)
    revised = reviews.revised_by(practice, command, asked) if command.asking_id else []
    return [decided, *revised, *beside]


def issue_notice(practice: Practice, command: c.IssueNotice, asked: Asked) -> list[Fact]:
    """What entitles the holder to a sanction or a termination does so still when its notice is issued."""
    facts = notice_giving.issue_notice(practice, command, asked)
    notice = practice.notices[command.notice_id]
    day = command.occurred_on or asked.on
    if notice.kind == NoticeKind.SANCTION:
        sanctions.may_be_issued(practice, notice, day)
    if notice.kind == NoticeKind.TERMINATION:
        termination_notices.may_be_issued(practice, notice, day)
    return facts


def sign_contract(practice: Practice, command: c.SignContract, asked: Asked) -> list[Fact]:
    contractor.a_contract_is_of_the_contractors_kind(practice, command.contract_type)
    return contract.sign_contract(practice, command, asked)


def agree_plan(practice: Practice, command: c.AgreePlan, asked: Asked) -> list[Fact]:
    """Several actions of one plan are agreed in one go, each as if it were agreed alone."""
    named = plans.of_one_plan(practice, command.action_ids)
    of_each = (c.AgreeAction(action_id=one, occurred_on=command.occurred_on) for one in named)
    return [fact for one in of_each for fact in action_agreeing.agree_action(practice, one, asked)]


def answer_plan(practice: Practice, command: c.AnswerPlan, asked: Asked) -> list[Fact]:
    """The practice's one answer to several actions of a plan is its answer to each."""
    named = plans.of_one_plan(practice, command.action_ids)
    of_each = (
        c.AnswerAction(
            action_id=one,
            answer=command.answer,
            answered_by=command.answered_by,
            words=command.words,
            occurred_on=command.occurred_on,
        )
        for one in named
    )
    return [fact for one in of_each for fact in actions.answer_action(practice, one, asked)]


DECIDES: dict[type[c.PracticeCommand], Callable[..., list[Fact]]] = {
    c.RegisterPractice: register.register_practice,
    c.ChangeDetails: register.change_details,
    c.AssignResponsibility: register.assign_responsibility,
    c.NameCaseworker: name_caseworker,
    c.HandOverPractice: handing_over.hand_over_practice,
    c.ClosePractice: register.close_practice,
    c.ReopenPractice: register.reopen_practice,
    c.SignContract: sign_contract,
    c.VaryContract: contract.vary_contract,
    c.NameProvider: provider.name_provider,
    c.RecordInspection: regulator.record_inspection,
    c.RecordRegulatoryAction: regulator.record_regulatory_action,
    c.EndRegulatoryAction: regulator.end_regulatory_action,
    c.AskForDeclaration: declarations.ask_for_declaration,
    c.RecordDeclaration: declarations.record_declaration,
    c.AmendDeclaration: declarations.amend_declaration,
    c.ApplyForListClosure: lists.apply_for_list_closure,
    c.ApproveListClosure: lists.approve_list_closure,
    c.RefuseListClosure: lists.refuse_list_closure,
    c.ExtendListClosure: lists.extend_list_closure,
    c.ReopenList: lists.reopen_list,
    c.ApproveMerger: mergers.approve_merger,
    c.MergePractices: mergers.merge_practices,
    c.ApplyForBranchClosure: branches.apply_for_branch_closure,
    c.ApproveBranchClosure: branches.approve_branch_closure,
    c.RefuseBranchClosure: branches.refuse_branch_closure,
    c.ChangeContractorComposition: contractor.change_contractor_composition,
    c.ChangePracticeBoundary: contractor.change_practice_boundary,
    c.HoldContractReview: contractor.hold_contract_review,
    c.IdentifyBreach: breaches.identify_breach,
    c.HandleBreachInformally: breaches.handle_breach_informally,
    c.AttemptLocalResolution: breaches.attempt_local_resolution,
    c.DraftRemedialNotice: notice_drafting.draft_remedial_notice,
    c.DraftBreachNotice: notice_drafting.draft_breach_notice,
    c.ProposeSanction: sanctions.propose_sanction,
    c.DraftTerminationNotice: termination_notices.draft_termination_notice,
    c.IssueNotice: issue_notice,
    c.ServeNotice: notice_giving.serve_notice,
    c.RecordNoticeReceipt: notice_giving.record_notice_receipt,
    c.FindNoticeSatisfied: notice_assessing.find_notice_satisfied,
    c.FindNoticeNotSatisfied: notice_assessing.find_notice_not_satisfied,
    c.WithdrawNotice: notice_assessing.withdraw_notice,
    c.ImposeSanction: sanctions.impose_sanction,
    c.LiftSanction: sanctions.lift_sanction,
    c.SuspendContractor: sanctions.suspend_contractor,
    c.EndSuspension: sanctions.end_suspension,
    c.RecordContractorNotice: termination_notices.record_contractor_notice,
    c.WithdrawContractorNotice: termination_notices.withdraw_contractor_notice,
    c.TerminateContract: terminations.terminate_contract,
    c.ReferDispute: disputes.refer_dispute,
    c.DetermineDispute: disputes.determine_dispute,
    c.WithdrawDispute: disputes.withdraw_dispute,
    c.RaiseFlag: flags.raise_flag,
    c.ExplainFlag: flags.explain_flag,
    c.AcceptExplanation: explanations.accept_explanation,
    c.DeclineExplanation: explanations.decline_explanation,
    c.ClearFlag: flags.clear_flag,
    c.WithdrawFlag: flags.withdraw_flag,
    c.ReopenFlag: flags.reopen_flag,
    c.SettleFlags: settling.settle_flags,
    c.RecordConversation: conversation.record_conversation,
    c.AttachDocument: documents.attach_document,
    c.WriteLetter: letters.write_letter,
    c.RecordIntelligence: intelligence.record_intelligence,
    c.CorroborateIntelligence: intelligence.corroborate_intelligence,
    c.DiscountIntelligence: intelligence.discount_intelligence,
    c.ProposeAction: actions.propose_action,
    c.AgreeAction: action_agreeing.agree_action,
    c.AnswerAction: actions.answer_action,
    c.ProgressAction: actions.progress_action,
    c.RescheduleAction: actions.reschedule_action,
    c.CompleteAction: complete_action,
    c.AcceptEvidence: action_ending.accept_evidence,
    c.SendBackAction: action_ending.send_back_action,
    c.CancelAction: action_ending.cancel_action,
    c.ReopenAction: action_ending.reopen_action,
    c.RecordVisitStage: visits.record_visit_stage,
    c.CloseEpisode: episodes.close_episode,
    c.ReopenEpisode: episodes.reopen_episode,
    c.SetExpectation: expectations.set_expectation,
    c.AnswerExpectation: expectations.answer_expectation,
    c.MoveExpectation: expectations.move_expectation,
    c.WithdrawExpectation: expectations.withdraw_expectation,
    c.StopClock: expectations.stop_clock,
    c.RestartClock: expectations.restart_clock,
    c.ProposeTier: tier.propose_tier,
    c.DeclineTierProposal: tier.decline_tier_proposal,
    c.OpenTierDecision: recommended.open_tier_decision,
    c.StateTierView: overrides.state_tier_view,
    c.GiveOverride: overrides.give_override,
    c.DecideTier: decide_tier,
    c.ReaffirmDecision: reviews.reaffirm_decision,
    c.RecordDissent: overrides.record_dissent,
    c.CorrectFact: corrections.correct_fact,
    c.WithdrawFact: corrections.withdraw_fact,
    c.RequestCorrection: corrections.request_correction,
    c.AuthoriseCorrection: corrections.authorise_correction,
    c.DeclineCorrection: corrections.decline_correction,
    c.AgreeEntry: agreed.agree_entry,
    c.DisputeEntry: agreed.dispute_entry,
    c.AmendEntry: agreed.amend_entry,
    c.StatePosition: agreed.state_position,
    c.JoinThreads: threads.join_threads,
    c.PartThreads: threads.part_threads,
    c.TellPractice: heard.tell_practice,
    c.ReceivePracticeResponse: heard.receive_practice_response,
    c.MakeFactualChallenge: challenges.make_factual_challenge,
    c.DecideFactualChallenge: challenges.decide_factual_challenge,
    c.ReferToQualitySurveillanceGroup: heard.refer_to_quality_surveillance_group,
    c.AgreePlan: agree_plan,
    c.AnswerPlan: answer_plan,
    c.ChangeVisibility: visibility.change_visibility,
    c.RequestAccess: visibility.request_access,
    c.GrantAccess: visibility.grant_access,
    c.DeclineAccess: visibility.decline_access,
    c.TakeEmergencyAccess: visibility.take_emergency_access,
    c.ReviewEmergencyAccess: visibility.review_emergency_access,
}


def responsibility_assigned(practice: Practice, fact: e.ResponsibilityAssigned, entry: Recorded) -> None:
    register.responsibility_assigned(practice, fact, entry)
    action_agreeing.responsibility_moved(practice, fact, entry)


def conversation_recorded(practice: Practice, fact: e.ConversationRecorded, entry: Recorded) -> None:
    conversation.conversation_recorded(practice, fact, entry)
    agreed.conversation_recorded(practice, fact, entry)
    threads.conversation_recorded(practice, fact, entry)


def flag_raised(practice: Practice, fact: e.FlagRaised, entry: Recorded) -> None:
    flags.flag_raised(practice, fact, entry)
    episodes.concern_opened(practice, fact, entry)


def flag_reopened(practice: Practice, fact: e.FlagReopened, entry: Recorded) -> None:
    flags.flag_reopened(practice, fact, entry)
    if fact.flag_id in practice.flags:
        episodes.concern_opened(practice, fact, entry)


def intelligence_recorded(practice: Practice, fact: e.IntelligenceRecorded, entry: Recorded) -> None:
    intelligence.intelligence_recorded(practice, fact, entry)
    episodes.concern_opened(practice, fact, entry)


def fact_corrected(practice: Practice, fact: e.FactCorrected, entry: Recorded) -> None:
    corrections.corrected_or_withdrawn(practice, fact, entry)
    agreed.fact_corrected(practice, fact, entry)


EVOLVES: dict[type[Fact], Callable[[Practice, Any, Recorded], None]] = {
    e.PracticeRegistered: register.practice_registered,
    e.DetailsChanged: register.details_changed,
    e.ResponsibilityAssigned: responsibility_assigned,
    e.CaseworkerNamed: register.caseworker_named,
    e.PracticeHandedOver: handing_over.practice_handed_over,
    e.PracticeClosed: register.practice_closed,
    e.PracticeReopened: register.practice_reopened,
    e.ContractSigned: contract.contract_signed,
    e.ContractVaried: contract.contract_varied,
    e.ProviderNamed: provider.provider_named,
    e.InspectionReported: regulator.inspection_reported,
    e.RegulatoryActionRecorded: regulator.regulatory_action_recorded,
    e.RegulatoryActionEnded: regulator.regulatory_action_ended,
    e.DeclarationAskedFor: declarations.declaration_asked_for,
    e.DeclarationSubmitted: declarations.declaration_submitted,
    e.DeclarationAmended: declarations.declaration_amended,
    e.ListClosureAppliedFor: lists.list_closure_applied_for,
    e.ListClosureApproved: lists.list_closure_approved,
    e.ListClosureRefused: lists.list_closure_refused,
    e.ListClosureExtended: lists.list_closure_extended,
    e.ListReopened: lists.list_reopened,
    e.MergerApproved: mergers.merger_approved,
    e.PracticesMerged: mergers.practices_merged,
    e.BranchClosureAppliedFor: branches.branch_closure_applied_for,
    e.BranchClosureApproved: branches.branch_closure_approved,
    e.BranchClosureRefused: branches.branch_closure_refused,
    e.PracticeBoundaryChanged: contractor.practice_boundary_changed,
    e.BreachIdentified: breaches.breach_identified,
    e.BreachHandledInformally: breaches.breach_handled_informally,
    e.LocalResolutionAttempted: breaches.local_resolution_attempted,
    e.RemedialNoticeDrafted: notices.remedial_notice_drafted,
    e.BreachNoticeDrafted: notices.breach_notice_drafted,
    e.SanctionProposed: sanctions.sanction_proposed,
    e.TerminationNoticeDrafted: termination_notices.termination_notice_drafted,
    e.NoticeIssued: notices.notice_issued,
    e.NoticeServed: notices.notice_served,
    e.NoticeReceiptReturned: notices.notice_receipt_returned,
    e.NoticeSatisfied: notices.notice_satisfied,
    e.NoticeNotSatisfied: notices.notice_not_satisfied,
    e.NoticeWithdrawn: notices.notice_withdrawn,
    e.SanctionImposed: sanctions.sanction_imposed,
    e.SanctionLifted: sanctions.sanction_lifted,
    e.ContractorSuspended: sanctions.contractor_suspended,
    e.SuspensionEnded: sanctions.suspension_ended,
    e.ContractorNoticeGiven: termination_notices.contractor_notice_given,
    e.ContractorNoticeWithdrawn: termination_notices.contractor_notice_withdrawn,
    e.ContractTerminated: terminations.contract_terminated,
    e.DisputeReferred: disputes.dispute_referred,
    e.DisputeDetermined: disputes.dispute_determined,
    e.DisputeWithdrawn: disputes.dispute_withdrawn,
    e.FlagRaised: flag_raised,
    e.FlagExplained: explanations.flag_explained,
    e.ExplanationAccepted: explanations.explanation_accepted,
    e.ExplanationNotAccepted: explanations.explanation_not_accepted,
    e.FlagCleared: flags.flag_cleared,
    e.FlagWithdrawn: flags.flag_withdrawn,
    e.FlagReopened: flag_reopened,
    e.ConversationRecorded: conversation_recorded,
    e.DocumentAttached: documents.document_attached,
    e.IntelligenceRecorded: intelligence_recorded,
    e.IntelligenceCorroborated: intelligence.intelligence_corroborated,
    e.IntelligenceDiscounted: intelligence.intelligence_discounted,
    e.ActionProposed: actions.action_proposed,
    e.ActionAgreed: action_agreeing.action_agreed,
    e.ActionAnswered: actions.action_answered,
    e.ActionRescheduled: actions.action_rescheduled,
    e.ActionCompleted: action_ending.action_completed,
    e.ActionEvidenceAccepted: action_ending.action_evidence_accepted,
    e.ActionSentBack: action_ending.action_sent_back,
    e.ActionCancelled: action_ending.action_cancelled,
    e.ActionReopened: action_ending.action_reopened,
    e.VisitStageReached: visits.visit_stage_reached,
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
    e.TierRecommended: recommended.tier_recommended,
    e.TierViewStated: overrides.tier_view_stated,
    e.OverrideGiven: overrides.override_given,
    e.TierDecided: tier.tier_decided,
    e.DissentRecorded: overrides.dissent_recorded,
    e.DecisionReviewAsked: reviews.decision_review_asked,
    e.DecisionChecked: reviews.decision_checked,
    e.DecisionReaffirmed: reviews.decision_reaffirmed,
    e.DecisionRevised: reviews.decision_revised,
    e.CorrectionRequested: corrections.correction_requested,
    e.CorrectionDeclined: corrections.correction_declined,
    e.FactCorrected: fact_corrected,
    e.FactWithdrawn: corrections.corrected_or_withdrawn,
    e.EntryAgreed: agreed.entry_agreed,
    e.EntryAmended: agreed.entry_amended,
    e.EntryDisputed: agreed.entry_disputed,
    e.PositionStated: agreed.position_stated,
    e.ThreadsJoined: threads.threads_joined,
    e.ThreadsParted: threads.threads_parted,
    e.PracticeTold: heard.practice_told,
    e.PracticeResponseReceived: heard.practice_response_received,
    e.FactualChallengeMade: challenges.factual_challenge_made,
    e.FactualChallengeDecided: challenges.factual_challenge_decided,
    e.QualitySurveillanceGroupReferred: heard.quality_surveillance_group_referred,
    e.AccessRequested: visibility.access_requested,
    e.AccessGranted: visibility.access_granted,
    e.AccessDeclined: visibility.access_declined,
    e.EmergencyAccessTaken: visibility.emergency_access_taken,
    e.EmergencyAccessReviewed: visibility.emergency_access_reviewed,
}

TAKEN_AFTER_CLOSURE: dict[type[c.PracticeCommand], Callable[..., None] | None] = {
    c.RecordConversation: conversation.taken_after_closure,
    c.AttachDocument: documents.taken_after_closure,
    c.RecordIntelligence: late_entries_only,
    c.RecordInspection: late_entries_only,
    c.RecordRegulatoryAction: late_entries_only,
    c.MergePractices: None,
    c.AttemptLocalResolution: late_entries_only,
    c.ServeNotice: late_entries_only,
    c.RecordNoticeReceipt: late_entries_only,
    c.EndSuspension: late_entries_only,
    c.TerminateContract: late_entries_only,
    c.ReferDispute: None,
    c.DetermineDispute: None,
    c.WithdrawDispute: None,
    c.CorrectFact: None,
    c.WithdrawFact: None,
    c.RequestCorrection: None,
    c.AuthoriseCorrection: None,
    c.DeclineCorrection: None,
    c.ReaffirmDecision: None,
    c.ReopenPractice: None,
    c.AnswerExpectation: None,
    c.WithdrawExpectation: None,
    c.SettleFlags: settling.taken_after_closure,
    c.AgreeEntry: None,
    c.DisputeEntry: None,
    c.AmendEntry: None,
    c.StatePosition: None,
    c.PartThreads: None,
    c.TellPractice: late_entries_only,
    c.ReceivePracticeResponse: None,
    c.MakeFactualChallenge: None,
    c.DecideFactualChallenge: None,
    c.ChangeVisibility: None,
    c.RequestAccess: None,
    c.GrantAccess: None,
    c.DeclineAccess: None,
    c.TakeEmergencyAccess: None,
    c.ReviewEmergencyAccess: None,
}
"""What a closed practice's record still takes, and the condition on it, if any (domain reference 6.5 item 10)."""


def decide(practice: Practice, command: c.PracticeCommand, asked: Asked) -> list[Fact]:
    """Answer a command with the facts that follow from it, in order; none when nothing would change.

    Raises RuleBroken when a rule does not hold.
    """
    check_command(command)
    command = blank_is_absent(command)
    if not practice.registered and not isinstance(command, c.RegisterPractice):
        raise RuleBroken("a-practice-is-registered-first", "No practice is registered under this code")
    if practice.closed_on is not None:
        if type(command) not in TAKEN_AFTER_CLOSURE:
            raise RuleBroken(
                "a-closed-practice-takes-no-new-work",
                f"This practice closed on {in_full(practice.closed_on)}: its record takes late entries and corrections",
            )
        if condition := TAKEN_AFTER_CLOSURE[type(command)]:
            condition(practice, command)
    facts = DECIDES[type(command)](practice, command, asked)
    _new_ids_are_new(practice, command)
    for fact in facts:
        is_under_a_standing_contract(practice, fact)
        if (corrected := as_if_corrected(fact)) is not None:
            after = _as_if(practice, corrected)
            keeps_what_is_always_true(practice, after, asked)
            the_tier_still_rests_on_what_moved_it(practice, after, replay)
    return facts


def _new_ids_are_new(practice: Practice, command: c.PracticeCommand) -> None:
    """An id is used once, even when what first had it was withdrawn."""
    for name in new_ids(type(command)):
        value = getattr(command, name)
        if any(getattr(entry.fact, name, None) == value for entry in practice.history):
            raise RuleBroken(
                "ids-are-used-once", "This was recorded before, and withdrawn: open the form again"
            )


def _as_if(practice: Practice, fact: Fact) -> Practice:
    """The practice as it would stand if this were recorded next."""
    last = practice.history[-1]
    return replay([*practice.history, last._replace(version=last.version + 1, fact=fact)])


def replay(history: list[Recorded]) -> Practice:
    """The practice as its facts tell it, corrections applied. Facts that follow from nothing change nothing."""
    return _told(Practice(closed=closures(history)), history, effective(history))


def go_on(practice: Practice, history: list[Recorded]) -> Practice:
    """What `replay` gives of a history of which the practice is how it stood at a beginning. The practice is left as it
    is. What was said is not gone through again, unless a later fact changes how an earlier one reads or who sees it.
    """
    later = history[len(practice.history) :]
    if any(looks_back(entry.fact) for entry in later):
        return replay(history)
    following = _copy(practice)
    if practice.closed:
        following.closed = closures(history)
    return _told(following, history, later)


_copy: Any = copier(Practice)


def looks_back(fact: Fact) -> bool:
    """Whether a fact may change how an earlier one reads, or who sees it."""
    return isinstance(fact, e.FactCorrected | e.FactWithdrawn) or closes(fact)


def _told(practice: Practice, history: list[Recorded], facts: Iterable[Recorded]) -> Practice:
    practice.history, practice.version = history, history[-1].version if history else 0
    for entry in facts:
        practice.standing[entry.version] = entry
        evolve = EVOLVES.get(type(entry.fact))
        if evolve is not None:
            evolve(practice, entry.fact, entry)
    return practice
