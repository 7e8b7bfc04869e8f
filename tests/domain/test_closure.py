"""What a closed practice takes: late entries about earlier days, replies, corrections and re-opening; nothing else."""

from datetime import date

import pytest

from domain.practice import commands as c
from domain.practice import events as e
from domain.practice.kinds import CorrectionKind
from domain.practice.practice import TAKEN_AFTER_CLOSURE
from domain.practice.resting import TAKEN_WHILE_CLOSED
from tests.support import factories as a
from tests.support.given import ADVISER, CASEWORKER, LEAD, MANAGER, OPERATOR, by, given

CLOSED = a.practice_closed(closed_on=date(2026, 10, 31))


def test_a_practice_is_closed_on_a_day() -> None:
    given().when(a.close_practice(closed_on=date(2026, 10, 31)), MANAGER).then(a.practice_closed())


def test_a_practice_closes_once() -> None:
    given(CLOSED).when(a.close_practice(), MANAGER).then_refused("a-closed-practice-takes-no-new-work")


def test_a_practice_is_not_closed_in_the_future() -> None:
    given().when(a.close_practice(closed_on=date(2026, 11, 22)), MANAGER).then_refused(
        "what-happened-is-not-in-the-future", "closed_on"
    )


TAKES_NOTHING_NEW = [
    (a.register_practice(), MANAGER),
    (a.change_details(name="Other"), CASEWORKER),
    (a.assign_responsibility(contract_holder="Q98"), OPERATOR),
    (a.name_caseworker(), CASEWORKER),
    (a.close_practice(), MANAGER),
    (a.sign_contract(), CASEWORKER),
    (a.vary_contract(contract_id="contract-00000000"), CASEWORKER),
    (a.name_provider(), CASEWORKER),
    (a.set_expectation(), CASEWORKER),
    (a.move_expectation(), CASEWORKER),
    (a.stop_clock(), CASEWORKER),
    (a.restart_clock(), CASEWORKER),
    (a.end_regulatory_action(), CASEWORKER),
    (a.ask_for_declaration(), CASEWORKER),
    (a.record_declaration(), CASEWORKER),
    (a.amend_declaration(), CASEWORKER),
    (a.identify_breach(contract_id="contract-00000000"), CASEWORKER),
    (a.handle_breach_informally(breach_id="breach-00000000"), CASEWORKER),
    (a.draft_remedial_notice(), CASEWORKER),
    (a.draft_breach_notice(), CASEWORKER),
    (a.propose_sanction(), CASEWORKER),
    (a.draft_termination_notice(), CASEWORKER),
    (a.issue_notice(notice_id="notice-00000000"), MANAGER),
    (a.find_notice_satisfied(notice_id="notice-00000000"), MANAGER),
    (a.find_notice_not_satisfied(notice_id="notice-00000000"), MANAGER),
    (a.withdraw_notice(notice_id="notice-00000000"), MANAGER),
    (a.impose_sanction(sanction_id="sanction-00000000"), MANAGER),
    (a.lift_sanction(sanction_id="sanction-00000000"), MANAGER),
    (a.suspend_contractor(), CASEWORKER),
    (a.record_contractor_notice(), CASEWORKER),
    (a.withdraw_contractor_notice(termination_id="termination-00000000"), CASEWORKER),
    (a.apply_for_list_closure(), CASEWORKER),
    (a.approve_list_closure(), MANAGER),
    (a.refuse_list_closure(), MANAGER),
    (a.extend_list_closure(), MANAGER),
    (a.reopen_list(), MANAGER),
    (a.apply_for_branch_closure(), CASEWORKER),
    (a.approve_branch_closure(), MANAGER),
    (a.refuse_branch_closure(), MANAGER),
    (a.approve_merger(), MANAGER),
    (a.change_contractor_composition(), CASEWORKER),
    (a.change_practice_boundary(), CASEWORKER),
    (a.hold_contract_review(), CASEWORKER),
    (a.raise_flag(), CASEWORKER),
    (a.explain_flag(flag_id="flag-00000000"), CASEWORKER),
    (a.accept_explanation(explanation_id="explanation-00000000"), MANAGER),
    (a.decline_explanation(explanation_id="explanation-00000000"), MANAGER),
    (a.clear_flag(flag_id="flag-00000000"), CASEWORKER),
    (a.withdraw_flag(flag_id="flag-00000000"), CASEWORKER),
    (a.reopen_flag(flag_id="flag-00000000"), CASEWORKER),
    (a.corroborate_intelligence(intelligence_id="intelligence-00000000"), MANAGER),
    (a.discount_intelligence(intelligence_id="intelligence-00000000"), MANAGER),
    (a.propose_action(), CASEWORKER),
    (a.agree_action(action_id="action-00000000"), MANAGER),
    (a.answer_action(action_id="action-00000000"), CASEWORKER),
    (a.progress_action(action_id="action-00000000"), CASEWORKER),
    (a.reschedule_action(action_id="action-00000000"), CASEWORKER),
    (a.complete_action(action_id="action-00000000"), CASEWORKER),
    (a.accept_evidence(action_id="action-00000000"), MANAGER),
    (a.send_back_action(action_id="action-00000000"), MANAGER),
    (a.cancel_action(action_id="action-00000000"), CASEWORKER),
    (a.reopen_action(action_id="action-00000000"), CASEWORKER),
    (a.record_visit_stage(action_id="action-00000000"), CASEWORKER),
    (a.close_episode(), CASEWORKER),
    (a.reopen_episode(closing_id="closing-00000000"), CASEWORKER),
    (a.hand_over_practice(), CASEWORKER),
    (a.write_letter(), CASEWORKER),
    (a.propose_tier(), CASEWORKER),
    (a.decline_tier_proposal(proposal_id="proposal-00000000"), MANAGER),
    (a.decide_tier(), MANAGER),
    (a.open_tier_decision(), MANAGER),
    (a.state_tier_view(), LEAD),
    (a.give_override(), ADVISER),
    (a.record_dissent(), MANAGER),
    (a.refer_to_quality_surveillance_group(), MANAGER),
    (a.agree_plan(), MANAGER),
    (a.answer_plan(), CASEWORKER),
    (a.join_threads(concern="flag-00000000"), CASEWORKER),
]
TAKEN = {
    c.RecordConversation,
    c.AttachDocument,
    c.RecordIntelligence,
    c.AnswerExpectation,
    c.WithdrawExpectation,
    c.RecordInspection,
    c.RecordRegulatoryAction,
    c.MergePractices,
    c.AttemptLocalResolution,
    c.ServeNotice,
    c.RecordNoticeReceipt,
    c.EndSuspension,
    c.TerminateContract,
    c.ReferDispute,
    c.DetermineDispute,
    c.WithdrawDispute,
    c.CorrectFact,
    c.WithdrawFact,
    c.RequestCorrection,
    c.AuthoriseCorrection,
    c.DeclineCorrection,
    c.ReaffirmDecision,
    c.ReopenPractice,
    c.AgreeEntry,
    c.DisputeEntry,
    c.AmendEntry,
    c.StatePosition,
    c.PartThreads,
    c.TellPractice,
    c.ReceivePracticeResponse,
    c.MakeFactualChallenge,
    c.DecideFactualChallenge,
    c.ChangeVisibility,
    c.RequestAccess,
    c.GrantAccess,
    c.DeclineAccess,
    c.TakeEmergencyAccess,
    c.ReviewEmergencyAccess,
}


@pytest.mark.parametrize(("command", "asked"), TAKES_NOTHING_NEW, ids=lambda part: type(part).__name__)
def test_a_closed_practice_takes_no_new_work(command, asked) -> None:
    given(CLOSED).when(command, asked).then_refused("a-closed-practice-takes-no-new-work")


def test_every_command_is_either_taken_or_refused_after_closure() -> None:
    refused = {type(command) for command, _ in TAKES_NOTHING_NEW}
    assert refused | TAKEN == set(c.COMMANDS.values())
    assert not refused & TAKEN


@pytest.mark.parametrize("asked", [CASEWORKER, LEAD])
@pytest.mark.parametrize("day", [date(2026, 10, 30), date(2026, 10, 31)])
def test_late_entries_about_earlier_days_are_taken(asked, day) -> None:
    given(CLOSED).when(a.record_conversation(occurred_on=day), asked).then_a(
        e.ConversationRecorded, occurred_on=day
    )
    given(CLOSED).when(a.record_intelligence(occurred_on=day), asked).then_a(
        e.IntelligenceRecorded, occurred_on=day
    )


@pytest.mark.parametrize("command", [a.record_conversation, a.record_intelligence])
@pytest.mark.parametrize("day", [date(2026, 11, 1), a.TODAY])
def test_entries_about_later_days_are_not(command, day) -> None:
    given(CLOSED).when(command(occurred_on=day)).then_refused(
        "a-closed-practice-takes-late-entries-only", "occurred_on"
    )


def test_intelligence_without_a_day_is_of_today_and_so_too_late() -> None:
    given(CLOSED).when(a.record_intelligence(occurred_on=None)).then_refused(
        "a-closed-practice-takes-late-entries-only", "occurred_on"
    )


def test_a_reply_is_taken_whenever_it_was_given() -> None:
    first = a.conversation_recorded(occurred_on=date(2026, 10, 20))
    given(first, CLOSED).when(a.record_conversation(reply_to=first.entry_id), LEAD).then_a(
        e.ConversationRecorded, reply_to=first.entry_id, occurred_on=a.TODAY
    )
    given(CLOSED).when(a.record_conversation(reply_to="entry-elsewhere")).then_refused(
        "what-it-is-about-is-of-this-practice", "reply_to"
    )


def test_corrections_withdrawals_and_requests_are_taken() -> None:
    spoken = a.conversation_recorded(occurred_on=date(2026, 10, 20))
    given(spoken, CLOSED).when(a.correct_fact(version=3, fields={"channel": "visit"})).then_a(e.FactCorrected)
    given(spoken, CLOSED).when(a.withdraw_fact(version=3)).then_a(e.FactWithdrawn)
    given(spoken, CLOSED).when(a.request_correction(version=3, kind=CorrectionKind.WITHDRAW), LEAD).then_a(
        e.CorrectionRequested
    )
    asked = by(LEAD, a.correction_requested(request_id="request-00000000", version=3))
    given(spoken, CLOSED, asked).when(a.authorise_correction(request_id="request-00000000"), MANAGER).then_a(
        e.FactWithdrawn
    )
    given(spoken, CLOSED, asked).when(a.decline_correction(request_id="request-00000000"), MANAGER).then_a(
        e.CorrectionDeclined
    )


def test_a_closed_practice_is_reopened_with_a_reason_and_then_takes_everything_again() -> None:
    given(CLOSED).when(a.reopen_practice(), MANAGER).then(a.practice_reopened())
    given(CLOSED, a.practice_reopened()).when(a.raise_flag()).then_a(e.FlagRaised)
    given(CLOSED, a.practice_reopened()).when(a.close_practice(), MANAGER).then_a(e.PracticeClosed)


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_person_who_reopens_says_why(reason) -> None:
    given(CLOSED).when(a.reopen_practice(reason=reason), MANAGER).then_refused(
        "reopening-has-a-reason", "reason"
    )


def test_the_register_reopens_without_a_reason_of_its_own() -> None:
    given(CLOSED).when(a.reopen_practice(reason=None, source="epraccur"), OPERATOR).then_a(
        e.PracticeReopened, reason=None, source="epraccur"
    )


def test_only_a_closed_practice_reopens_and_not_before_it_closed() -> None:
    given().when(a.reopen_practice(), MANAGER).then_refused("only-a-closed-practice-reopens")
    given(CLOSED).when(a.reopen_practice(occurred_on=date(2026, 10, 30)), MANAGER).then_refused(
        "an-end-is-not-before-its-start", "occurred_on"
    )


RECORDS = {
    c.RecordConversation: e.ConversationRecorded,
    c.AttachDocument: e.DocumentAttached,
    c.RecordIntelligence: e.IntelligenceRecorded,
    c.RecordInspection: e.InspectionReported,
    c.RecordRegulatoryAction: e.RegulatoryActionRecorded,
    c.MergePractices: e.PracticesMerged,
    c.AttemptLocalResolution: e.LocalResolutionAttempted,
    c.ServeNotice: e.NoticeServed,
    c.RecordNoticeReceipt: e.NoticeReceiptReturned,
    c.EndSuspension: e.SuspensionEnded,
    c.TerminateContract: e.ContractTerminated,
    c.ReferDispute: e.DisputeReferred,
    c.DetermineDispute: e.DisputeDetermined,
    c.WithdrawDispute: e.DisputeWithdrawn,
    c.CorrectFact: e.FactCorrected,
    c.WithdrawFact: e.FactWithdrawn,
    c.RequestCorrection: e.CorrectionRequested,
    c.AuthoriseCorrection: e.FactCorrected,
    c.DeclineCorrection: e.CorrectionDeclined,
    c.ReaffirmDecision: e.DecisionReaffirmed,
    c.AnswerExpectation: e.ExpectationAnswered,
    c.WithdrawExpectation: e.ExpectationWithdrawn,
    c.AgreeEntry: e.EntryAgreed,
    c.DisputeEntry: e.EntryDisputed,
    c.AmendEntry: e.EntryAmended,
    c.StatePosition: e.PositionStated,
    c.PartThreads: e.ThreadsParted,
    c.TellPractice: e.PracticeTold,
    c.ReceivePracticeResponse: e.PracticeResponseReceived,
    c.MakeFactualChallenge: e.FactualChallengeMade,
    c.DecideFactualChallenge: e.FactualChallengeDecided,
    c.ChangeVisibility: e.VisibilityChanged,
    c.RequestAccess: e.AccessRequested,
    c.GrantAccess: e.AccessGranted,
    c.DeclineAccess: e.AccessDeclined,
    c.TakeEmergencyAccess: e.EmergencyAccessTaken,
    c.ReviewEmergencyAccess: e.EmergencyAccessReviewed,
}


def test_what_is_taken_after_closure_does_not_rest_on_a_reopening() -> None:
    assert set(RECORDS) == set(TAKEN_AFTER_CLOSURE) - {c.ReopenPractice, c.SettleFlags}
    follows = {e.DecisionReviewAsked, e.DecisionChecked}
    assert set(RECORDS.values()) | follows == set(TAKEN_WHILE_CLOSED)
