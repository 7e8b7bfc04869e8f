"""The ladder's days: what entitled to a step, and what stayed it, is judged as of the step's own day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.practice import events as e
from domain.practice.contract_kinds import DisputeOutcome, Entitlement
from domain.practice.kinds import CorrectionKind, ShorterBecause
from tests.domain.test_ladder import (
    CONTRACT,
    NOTICE,
    OTHER,
    PROPOSED,
    SANCTION,
    SANCTION_SERVED,
    SIGNED,
    TO_UNMET,
)
from tests.support import factories as a
from tests.support.given import MANAGER, by, given

DAY = timedelta(days=1)
FOUND = date(2026, 10, 10)
LOST = DisputeOutcome.FOR_CONTRACTOR


def found_on(day: date):
    """Everything up to the finding that a remedial notice was not satisfied, which is of this day."""
    return (*TO_UNMET[:-1], by(MANAGER, a.notice_not_satisfied(notice_id=NOTICE, occurred_on=day)))


# --- entitled by then


def test_a_sanction_is_not_proposed_before_the_finding_on_which_it_rests() -> None:
    story = given(*found_on(FOUND))
    propose = a.propose_sanction(contract_id=CONTRACT, rests_on=(NOTICE,), from_on=date(2027, 1, 31))
    story.when(replace(propose, occurred_on=FOUND - DAY)).then_refused(
        "the-holder-is-entitled-to-end-the-contract", "rests_on"
    )
    story.when(replace(propose, occurred_on=FOUND)).then_a(e.SanctionProposed)


def test_a_termination_notice_is_not_drafted_before_the_finding_on_which_it_rests() -> None:
    story = given(*found_on(FOUND))
    draft = a.draft_termination_notice(
        contract_id=CONTRACT, rests_on=(NOTICE,), evidence=("X90001/4",), effective_on=date(2027, 1, 31)
    )
    story.when(replace(draft, occurred_on=FOUND - DAY)).then_refused(
        "the-holder-is-entitled-to-end-the-contract", "rests_on"
    )
    story.when(replace(draft, occurred_on=FOUND)).then_a(e.TerminationNoticeDrafted)


def test_a_finding_is_not_corrected_to_a_day_after_what_rests_on_it() -> None:
    assert isinstance(PROPOSED, e.SanctionProposed)
    later = a.request_correction(version=8, fields={"occurred_on": (PROPOSED.occurred_on + DAY).isoformat()})
    given(*TO_UNMET, PROPOSED).when(later).then_refused("the-holder-is-entitled-to-end-the-contract")
    given(*TO_UNMET).when(later).then_a(e.CorrectionRequested)


# --- disputes of then, and over a finding


def test_what_is_recorded_later_is_stayed_by_a_dispute_that_was_pending_on_its_day() -> None:
    dispute = a.dispute_referred(subject=OTHER, occurred_on=date(2026, 11, 9))
    ended = a.dispute_withdrawn(dispute_id=dispute.dispute_id, occurred_on=date(2026, 11, 18))
    story = given(*SANCTION_SERVED, dispute, ended)
    impose = a.impose_sanction(sanction_id=SANCTION, occurred_on=date(2026, 11, 17))
    story.when(impose, MANAGER).then_refused("a-timely-dispute-stays-action", "despite")
    urgent = replace(impose, despite=ShorterBecause.PATIENT_SAFETY, despite_words="Vaccines are kept warm.")
    story.when(urgent, MANAGER).then_a(e.SanctionImposed)
    story.when(replace(impose, occurred_on=date(2026, 11, 18)), MANAGER).then_a(e.SanctionImposed)


def test_a_contract_is_not_ended_on_a_day_on_which_a_dispute_was_pending() -> None:
    notice = a.termination_notice_drafted(
        notice_id=OTHER,
        contract_id=CONTRACT,
        rests_on=(NOTICE,),
        evidence=("X90001/4",),
        effective_on=date(2026, 11, 12),
    )
    served = (notice, *SANCTION_SERVED[-2:])
    dispute = a.dispute_referred(subject=OTHER, occurred_on=date(2026, 11, 9))
    ended = a.dispute_withdrawn(dispute_id=dispute.dispute_id, occurred_on=date(2026, 11, 18))
    story = given(*TO_UNMET, *served, dispute, ended)
    end = a.terminate_contract(contract_id=CONTRACT, because="holder_notice", occurred_on=date(2026, 11, 17))
    story.when(end, MANAGER).then_refused("a-timely-dispute-stays-action", "despite")
    story.when(replace(end, occurred_on=date(2026, 11, 18)), MANAGER).then_a(e.ContractTerminated)


def test_imposing_is_not_corrected_to_a_day_on_which_a_dispute_was_pending() -> None:
    dispute = a.dispute_referred(subject=OTHER, occurred_on=date(2026, 11, 9))
    ended = a.dispute_withdrawn(dispute_id=dispute.dispute_id, occurred_on=date(2026, 11, 18))
    imposed = by(
        MANAGER, a.sanction_imposed(sanction_id=SANCTION, notice_id=OTHER, occurred_on=date(2026, 11, 19))
    )
    story = given(*SANCTION_SERVED, dispute, ended, imposed)
    story.when(a.request_correction(version=14, fields={"occurred_on": "2026-11-17"})).then_refused(
        "a-timely-dispute-stays-action"
    )
    story.when(a.request_correction(version=14, fields={"occurred_on": "2026-11-18"})).then_a(
        e.CorrectionRequested
    )


@pytest.mark.parametrize(("days", "in_time"), [(28, True), (29, False)])
def test_the_time_to_dispute_a_finding_runs_from_the_finding_and_it_stays_what_rests_on_it(
    days: int, in_time: bool
) -> None:
    served = (*found_on(FOUND), *SANCTION_SERVED[-3:])
    dispute = a.dispute_referred(subject="X90001/8", occurred_on=FOUND + days * DAY)
    story = given(*served, dispute)
    assert story.practice().disputes[dispute.dispute_id].in_time is in_time
    story.when(a.impose_sanction(sanction_id=SANCTION), MANAGER)
    if in_time:
        story.then_refused("a-timely-dispute-stays-action", "despite")
    else:
        story.then_a(e.SanctionImposed)


def test_a_dispute_over_a_finding_keeps_that_it_is_over_the_finding() -> None:
    refer = a.refer_dispute(subject="X90001/8")
    given(*TO_UNMET).when(refer).then_a(e.DisputeReferred, subject="X90001/8")
    given(*TO_UNMET).when(replace(refer, subject="X90001/7")).then_a(e.DisputeReferred, subject=NOTICE)


def test_a_finding_is_not_withdrawn_while_a_dispute_is_over_it() -> None:
    dispute = a.dispute_referred(subject="X90001/8", occurred_on=FOUND)
    story = given(*TO_UNMET, dispute).when(a.request_correction(version=8, kind=CorrectionKind.WITHDRAW))
    story.then_refused("what-others-rest-on-is-not-withdrawn")


@pytest.mark.parametrize("subject", [NOTICE, "X90001/4"])
def test_a_notice_whose_dispute_the_contractor_won_is_not_found_unmet(subject: str) -> None:
    dispute = a.dispute_referred(subject=subject, occurred_on=date(2026, 9, 10))
    won = a.dispute_determined(dispute_id=dispute.dispute_id, outcome=LOST, occurred_on=date(2026, 9, 20))
    story = given(*TO_UNMET[:-1], dispute, won)
    over = "what-was-determined-for-the-contractor-is-not-done"
    story.when(a.find_notice_not_satisfied(notice_id=NOTICE), MANAGER).then_refused(over)
    story.when(a.find_notice_satisfied(notice_id=NOTICE), MANAGER).then_a(e.NoticeSatisfied)


def test_nothing_rests_on_a_notice_whose_dispute_the_contractor_won() -> None:
    dispute = a.dispute_referred(subject="X90001/8", occurred_on=FOUND)
    won = a.dispute_determined(dispute_id=dispute.dispute_id, outcome=LOST, occurred_on=date(2026, 10, 20))
    story = given(*TO_UNMET, dispute, won)
    over = "what-was-determined-for-the-contractor-is-not-done"
    story.when(a.propose_sanction(contract_id=CONTRACT, rests_on=(NOTICE,))).then_refused(over)
    story.when(a.draft_termination_notice(contract_id=CONTRACT, rests_on=(NOTICE,))).then_refused(over)
    drafted = given(*TO_UNMET, PROPOSED, dispute, won)
    drafted.when(a.issue_notice(notice_id=OTHER), MANAGER).then_refused(over)


# --- evidence that still shows it


def test_a_ground_without_a_notice_ends_with_the_evidence_that_shows_it() -> None:
    said = a.conversation_recorded()
    drafted = a.termination_notice_drafted(
        notice_id=OTHER,
        contract_id=CONTRACT,
        entitlement=Entitlement.UNTRUE_INFORMATION,
        rests_on=(),
        evidence=("X90001/4",),
        effective_on=date(2026, 12, 31),
    )
    in_error = a.fact_withdrawn(corrects=4)
    issue = a.issue_notice(notice_id=OTHER)
    given(SIGNED, said, drafted).when(issue, MANAGER).then_a(e.NoticeIssued)
    given(SIGNED, said, drafted, in_error).when(issue, MANAGER).then_refused(
        "a-termination-notice-rests-on-evidence"
    )
    served = (replace(drafted, effective_on=date(2026, 11, 12)), *SANCTION_SERVED[-2:])
    end = a.terminate_contract(contract_id=CONTRACT, because="holder_notice")
    given(SIGNED, said, *served).when(end, MANAGER).then_a(e.ContractTerminated)
    given(SIGNED, said, *served, in_error).when(end, MANAGER).then_refused(
        "what-needs-no-notice-rests-on-evidence"
    )


def test_a_sanction_on_a_ground_without_a_notice_ends_with_its_evidence_too() -> None:
    said = a.conversation_recorded()
    proposed = replace(PROPOSED, entitlement=Entitlement.SERIOUS_RISK, rests_on=(), evidence=("X90001/4",))
    in_error = a.fact_withdrawn(corrects=4)
    issue = a.issue_notice(notice_id=OTHER, occurred_on=date(2026, 10, 14))
    rule = "what-needs-no-notice-rests-on-evidence"
    given(SIGNED, said, proposed, in_error).when(issue, MANAGER).then_refused(rule)
    impose = a.impose_sanction(sanction_id=SANCTION)
    given(SIGNED, said, proposed, *SANCTION_SERVED[-2:], in_error).when(impose, MANAGER).then_refused(rule)
