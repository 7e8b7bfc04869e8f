"""Two people at once: what the matrix of `docs/concurrency.md` says of two commands is so, in random histories."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.practice.at_once import recorded_meanwhile
from domain.practice.kinds import ActionKind, CorrectionKind, RecommendedBecause, Side
from tests.architecture.answered import facts_of
from tests.architecture.concurrency_page import COMMUTE, RULE, relation
from tests.projections.at_once import pairs, send, stands
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, recorded


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # a seed is no smaller for being a smaller number
    suppress_health_check=list(HealthCheck),
)
@given(seed=st.integers(0, 100_000))
def test_two_commands_at_once_give_one_of_the_serial_orders_or_one_comes_back(seed):
    history, found = pairs(seed, length=70, tries=40)
    for one, other in found:
        kinds = type(one.command), type(other.command)
        for sent in (one, other):
            assert {type(fact) for fact in sent.facts} <= facts_of(type(sent.command))
        orders = [_one_after_the_other(history, *order) for order in ((one, other), (other, one))]
        conflict = any(second.conflicts for _, second in orders)
        if relation(*kinds) == COMMUTE:
            assert not conflict, kinds
        if conflict or relation(*kinds) == RULE:
            continue
        assert all(second.applied for _, second in orders), (
            kinds,
            orders[0][1].refused,
            orders[1][1].refused,
        )
        assert (orders[0][1].facts, orders[1][1].facts) == (other.facts, one.facts), kinds
        assert stands(orders[0][1].history) == stands(orders[1][1].history), kinds


def _one_after_the_other(history, first, second):
    """Both forms drawn at the same version. What comes back, or is refused, leaves nothing in the record."""
    became = send(history, len(history), first)
    after = send(became.history, len(history), second)
    if not after.applied:
        assert after.history == became.history
    return became, after


# --- the smallest examples of what the search found, each mended ---------------------------------------------------

FLAG, EXPLANATION, BREACH, ACTION = "flag-00000001", "explanation-01", "breach-000001", "action-000001"
RAISED = a.flag_raised(flag_id=FLAG)
VISIT = a.action_proposed(action_id=ACTION, kind=ActionKind.VISIT)
TALK = a.conversation_recorded()


def conflict(command, before, fact, asked=CASEWORKER):
    """Whether a fact that was recorded after some others, when the form had been drawn, brings it back."""
    return bool(recorded_meanwhile(command, asked, recorded(*before, fact), len(before)))


@pytest.mark.parametrize(
    ("command", "before", "fact"),
    [
        (
            a.accept_explanation(explanation_id=EXPLANATION),
            (RAISED, a.flag_explained(flag_id=FLAG, explanation_id=EXPLANATION)),
            a.flag_withdrawn(flag_id=FLAG),
        ),
        (a.reopen_flag(flag_id=FLAG), (RAISED, a.flag_cleared(flag_id=FLAG)), a.flag_raised()),
        (a.raise_flag(), (RAISED, a.flag_cleared(flag_id=FLAG)), a.flag_reopened(flag_id=FLAG)),
        (a.propose_action(kind=ActionKind.VISIT), (), VISIT),
        (a.reopen_action(action_id=ACTION), (VISIT,), a.action_proposed(kind=ActionKind.VISIT)),
        (a.draft_breach_notice(breaches=(BREACH,)), (), a.remedial_notice_drafted(breaches=(BREACH,))),
        (a.handle_breach_informally(breach_id=BREACH), (), a.breach_notice_drafted(breaches=(BREACH,))),
        (a.draft_breach_notice(breaches=(BREACH,)), (), a.breach_handled_informally(breach_id=BREACH)),
        (a.identify_breach(contract_id="contract-1"), (), a.contract_terminated()),
        (a.correct_fact(version=1), (VISIT,), a.action_cancelled(action_id=ACTION)),
        (
            a.request_correction(version=1, kind=CorrectionKind.WITHDRAW),
            (VISIT,),
            a.action_cancelled(action_id=ACTION),
        ),
        (
            a.authorise_correction(request_id="request-000001"),
            (VISIT, a.correction_requested(request_id="request-000001", version=1)),
            a.action_cancelled(action_id=ACTION),
        ),
        (a.request_access(version=1), (TALK,), a.visibility_changed(version=1)),
        (
            a.grant_access(access_id="access-000001"),
            (TALK, a.access_requested(access_id="access-000001", version=1)),
            a.emergency_access_taken(version=1),
        ),
        (a.state_tier_view(), (), a.tier_decided()),
        (a.join_threads(concern=FLAG), (RAISED,), a.flag_withdrawn(flag_id=FLAG)),
        (a.make_factual_challenge(about="X90001/1"), (TALK,), a.factual_challenge_made(about="X90001/1")),
        (a.refer_dispute(subject="notice-000001"), (), a.dispute_referred(subject="notice-000001")),
        (a.refer_dispute(subject="notice-000001"), (), a.notice_withdrawn(notice_id="notice-000001")),
        (
            a.record_contractor_notice(contract_id="contract-1"),
            (),
            a.contractor_notice_given(contract_id="contract-1"),
        ),
    ],
    ids=lambda part: type(part).__name__,
)
def test_what_slipped_through_comes_back(command, before, fact):
    assert conflict(command, before, fact)


@pytest.mark.parametrize(
    "fact",
    [
        a.fact_withdrawn(corrects=1),
        a.fact_corrected(corrects=1),
        a.correction_requested(version=1),
        a.entry_amended(version=1, text_version=1),
        a.entry_disputed(version=1, text_version=1),
        a.factual_challenge_made(about="X90001/1"),
        a.tier_view_stated(),
        a.override_given(),
        a.tier_recommended(because=RecommendedBecause.FACTS_CHANGED),
        a.flag_cleared(flag_id=FLAG),
        a.flag_explained(flag_id=FLAG),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_nobody_decides_a_tier_on_what_was_changed_while_they_wrote(fact):
    decide = a.decide_tier(inputs=("X90001/1", "X90001/2"))
    assert conflict(decide, (TALK, RAISED), fact, MANAGER)


@pytest.mark.parametrize(
    "fact",
    [
        a.entry_agreed(version=1, text_version=1),
        a.tier_recommended(because=RecommendedBecause.DECISION_OPENED),
        a.fact_corrected(corrects=3),
        a.flag_cleared(flag_id="flag-00000002"),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_a_decision_goes_through_beside_what_it_does_not_rest_on(fact):
    decide = a.decide_tier(inputs=("X90001/1", "X90001/2"))
    assert not conflict(decide, (TALK, RAISED, TALK), fact, MANAGER)


def test_a_finding_comes_back_when_its_evidence_was_withdrawn_and_the_withdrawal_when_somebody_found_on_it():
    found = a.corroborate_intelligence(intelligence_id="intelligence-1", evidence=("X90001/1",))
    assert conflict(found, (TALK,), a.fact_withdrawn(corrects=1))
    corroborated = a.intelligence_corroborated(intelligence_id="intelligence-1", evidence=("X90001/1",))
    assert conflict(a.withdraw_fact(version=1), (TALK,), corroborated)


def test_two_findings_may_rest_on_the_same_evidence():
    one = a.complete_action(action_id=ACTION, evidence=("X90001/1",))
    assert not conflict(one, (TALK,), a.action_completed(action_id="action-000002", evidence=("X90001/1",)))


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (a.agree_action(action_id=ACTION), lambda side: a.action_agreed(action_id=ACTION, side=side)),
        (a.agree_plan(action_ids=(ACTION,)), lambda side: a.action_agreed(action_id=ACTION, side=side)),
        (a.state_position(concern=FLAG), lambda side: a.position_stated(concern=FLAG, side=side)),
        (
            a.record_dissent(decision_id="decision-1"),
            lambda side: a.dissent_recorded(decision_id="decision-1", side=side),
        ),
    ],
    ids=lambda part: type(part).__name__,
)
def test_each_organisation_speaks_for_itself(command, said):
    assert not conflict(command, (), said(Side.LOCAL_COMMISSIONER), MANAGER)
    assert conflict(command, (), said(Side.CONTRACT_HOLDER), MANAGER)
    assert not conflict(command, (), said(Side.CONTRACT_HOLDER), LEAD)


def test_two_people_may_each_ask_to_see_one_entry():
    assert not conflict(a.request_access(version=1), (TALK,), a.access_requested(version=1))
