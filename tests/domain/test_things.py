"""Which answers conflict: two to the same flag, action, tier or contract do; two conversations do not."""

import pytest

from domain.practice.at_once import recorded_meanwhile
from domain.practice.kinds import FlagKind
from tests.support import factories as a
from tests.support.given import CASEWORKER, MANAGER, by, recorded


def conflict(command, fact, *before, asked=CASEWORKER) -> bool:
    """Whether a fact recorded since the form was drawn answers for what the command answers for, or rests on it."""
    known = before or (a.conversation_recorded(),)
    return bool(recorded_meanwhile(command, asked, recorded(*known, fact), len(known)))


FLAG, ACTION, HEARD, REQUEST = "flag-00000001", "action-00000001", "intelligence-00000001", "request-00000001"


@pytest.mark.parametrize(
    ("command", "fact"),
    [
        (a.clear_flag(flag_id=FLAG), a.flag_explained(flag_id=FLAG)),
        (a.explain_flag(flag_id=FLAG), a.flag_explained(flag_id=FLAG)),
        (a.withdraw_flag(flag_id=FLAG), a.flag_cleared(flag_id=FLAG)),
        (
            a.accept_explanation(explanation_id="explanation-00000001"),
            a.explanation_not_accepted(flag_id=FLAG, explanation_id="explanation-00000001"),
        ),
        (a.reopen_flag(flag_id=FLAG), a.flag_reopened(flag_id=FLAG)),
        (a.raise_flag(), a.flag_raised()),
        (a.agree_action(action_id=ACTION), a.action_rescheduled(action_id=ACTION)),
        (a.progress_action(action_id=ACTION), a.action_cancelled(action_id=ACTION)),
        (a.accept_evidence(action_id=ACTION), a.action_sent_back(action_id=ACTION)),
        (a.corroborate_intelligence(intelligence_id=HEARD), a.intelligence_discounted(intelligence_id=HEARD)),
        (a.decide_tier(), a.tier_decided()),
        (a.decide_tier(), a.tier_proposed()),
        (a.propose_tier(), a.tier_decided()),
        (a.decline_tier_proposal(proposal_id="proposal-00000001"), a.tier_decided()),
        (a.sign_contract(), a.contract_signed()),
        (a.name_provider(), a.provider_named()),
        (
            a.end_regulatory_action(regulatory_id="regulatory-00000001"),
            a.regulatory_action_ended(regulatory_id="regulatory-00000001"),
        ),
        (a.answer_expectation(), a.expectation_withdrawn()),
        (a.move_expectation(), a.clock_stopped()),
        (a.restart_clock(), a.clock_restarted()),
        (a.issue_notice(notice_id="notice-00000001"), a.notice_withdrawn(notice_id="notice-00000001")),
        (
            a.lift_sanction(sanction_id="sanction-00000001"),
            a.sanction_lifted(sanction_id="sanction-00000001"),
        ),
        (
            a.handle_breach_informally(breach_id="breach-00000001"),
            a.breach_handled_informally(breach_id="breach-00000001"),
        ),
        (
            a.determine_dispute(dispute_id="dispute-00000001"),
            a.dispute_withdrawn(dispute_id="dispute-00000001"),
        ),
        (
            a.end_suspension(suspension_id="suspension-00000001"),
            a.suspension_ended(suspension_id="suspension-00000001"),
        ),
        (a.terminate_contract(), a.contract_terminated()),
        (a.ask_for_declaration(), a.declaration_asked_for()),
        (a.record_declaration(), a.declaration_submitted()),
        (a.amend_declaration(), a.declaration_amended()),
        (a.apply_for_list_closure(), a.list_closure_applied_for()),
        (a.approve_list_closure(), a.list_closure_refused()),
        (a.refuse_list_closure(), a.list_closure_approved()),
        (a.extend_list_closure(), a.list_reopened()),
        (a.reopen_list(), a.list_closure_extended()),
        (a.merge_practices(), a.practices_merged()),
        (a.approve_branch_closure(), a.branch_closure_refused()),
        (a.refuse_branch_closure(), a.branch_closure_approved()),
        (a.change_contractor_composition(), a.contract_varied(contract_id="contract-00000001")),
        (a.change_practice_boundary(), a.practice_boundary_changed()),
        (
            a.vary_contract(contract_id="contract-00000001"),
            a.contract_varied(contract_id="contract-00000001"),
        ),
        (a.change_details(), a.details_changed()),
        (a.close_practice(), a.details_changed()),
        (a.reopen_practice(), a.practice_closed()),
        (a.assign_responsibility(), a.responsibility_assigned()),
        (a.name_caseworker(), a.caseworker_named()),
        (a.hand_over_practice(), a.caseworker_named()),
        (a.name_caseworker(), a.practice_handed_over()),
        (a.close_episode(), a.episode_closed()),
        (a.close_episode(), a.episode_reopened(closing_id="closing-0000aaaa")),
        (a.record_visit_stage(action_id=ACTION), a.visit_stage_reached(action_id=ACTION)),
        (a.correct_fact(version=3), a.fact_corrected(corrects=3)),
        (a.withdraw_fact(version=3), a.fact_corrected(corrects=3)),
        (a.request_correction(version=3), a.correction_requested(version=3)),
        (a.authorise_correction(request_id=REQUEST), a.correction_declined(request_id=REQUEST)),
        (a.decline_correction(request_id=REQUEST), a.fact_corrected(corrects=3, request_id=REQUEST)),
        (a.agree_plan(action_ids=(ACTION,)), a.action_rescheduled(action_id=ACTION)),
        (a.answer_plan(action_ids=(ACTION,)), a.action_answered(action_id=ACTION)),
        (
            a.decide_factual_challenge(challenge_id="challenge-00000001"),
            a.factual_challenge_decided(challenge_id="challenge-00000001"),
        ),
        (a.part_threads(join_id="join-00000001"), a.threads_parted(join_id="join-00000001", concern=FLAG)),
    ],
    ids=lambda part: type(part).__name__,
)
def test_two_answers_to_the_same_thing_conflict(command, fact) -> None:
    assert conflict(command, fact)


@pytest.mark.parametrize(
    ("command", "fact"),
    [
        (a.record_conversation(), a.conversation_recorded()),
        (a.close_episode(), a.conversation_recorded()),
        (a.record_conversation(about_flags=(FLAG,)), a.flag_cleared(flag_id=FLAG)),
        (a.clear_flag(flag_id=FLAG), a.conversation_recorded(about_flags=(FLAG,))),
        (a.record_intelligence(), a.intelligence_recorded()),
        (a.write_letter(), a.letter_written()),
        (a.tell_practice(), a.practice_told()),
        (a.receive_practice_response(), a.practice_response_received()),
        (a.make_factual_challenge(about="X90001/1"), a.factual_challenge_made(about="X90001/2")),
        (a.agree_plan(action_ids=(ACTION,)), a.action_agreed(action_id="action-00000002")),
        (a.attach_document(), a.document_attached()),
        (a.propose_action(), a.action_proposed()),
        (a.clear_flag(flag_id=FLAG), a.flag_cleared(flag_id="flag-00000002")),
        (a.agree_action(action_id=ACTION), a.action_agreed(action_id="action-00000002")),
        (a.raise_flag(), a.flag_raised(kind=FlagKind.SHIFTING)),
        (a.raise_flag(), a.flag_raised(indicator="PS01")),
        (a.decide_tier(), a.contract_signed()),
        (a.name_provider(), a.contract_signed()),
        (a.record_inspection(), a.inspection_reported()),
        (a.apply_for_branch_closure(), a.branch_closure_applied_for()),
        (a.hold_contract_review(), a.contract_review_held()),
        (a.set_expectation(), a.expectation_set()),
        (a.record_regulatory_action(), a.regulatory_action_recorded()),
        (a.record_declaration(declaration_year="2025-26"), a.declaration_submitted()),
        (a.decide_tier(), a.conversation_recorded()),
        (a.sign_contract(), a.tier_decided()),
        (a.correct_fact(version=3), a.fact_corrected(corrects=4)),
        (a.change_details(), a.caseworker_named()),
        (a.authorise_correction(request_id=REQUEST), a.correction_declined(request_id="request-00000002")),
    ],
    ids=lambda part: type(part).__name__,
)
def test_what_commutes_does_not_conflict(command, fact) -> None:
    assert not conflict(command, fact)


NOTICE, BREACH, EARLIER = "notice-00000002", "breach-00000001", "notice-00000001"
SAYS = a.sanction_proposed(notice_id=NOTICE, rests_on=(EARLIER,), evidence=("X90001/3",))
LETTERS = (
    a.practice_registered(),
    a.breach_identified(breach_id=BREACH),
    a.conversation_recorded(),
    a.remedial_notice_drafted(notice_id=EARLIER, breaches=(BREACH,)),
    by(MANAGER, a.notice_not_satisfied(notice_id=EARLIER)),
    SAYS,
)


@pytest.mark.parametrize(
    ("notice_id", "meanwhile"),
    [
        (EARLIER, a.fact_corrected(corrects=4)),
        (EARLIER, a.correction_requested(version=4)),
        (EARLIER, a.fact_corrected(corrects=2)),
        (EARLIER, a.details_changed()),
        (EARLIER, a.contract_varied(contract_id="contract-00000001")),
        (NOTICE, a.fact_corrected(corrects=6)),
        (NOTICE, a.fact_withdrawn(corrects=5)),
        (NOTICE, a.fact_withdrawn(corrects=3)),
        (NOTICE, a.fact_corrected(corrects=1)),
    ],
)
def test_nobody_issues_a_notice_whose_words_were_changed_since_they_read_them(notice_id, meanwhile) -> None:
    assert conflict(a.issue_notice(notice_id=notice_id), meanwhile, *LETTERS)


def test_what_no_letter_says_may_change_while_a_notice_is_issued() -> None:
    for meanwhile in (a.fact_corrected(corrects=3), a.fact_corrected(corrects=6), a.conversation_recorded()):
        assert not conflict(a.issue_notice(notice_id=EARLIER), meanwhile, *LETTERS)
