"""The ladder's days: what entitled to a step, and what stayed it, is judged as of the step's own day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.practice import events as e
from domain.practice.contract_kinds import (
    DisputeOutcome,
    Entitlement,
    LocalOutcome,
    Services,
    TerminatedBecause,
)
from domain.practice.kinds import ContractorKind, CorrectionKind, SanctionKind, ShorterBecause
from domain.rules import Sealed
from tests.domain.climbing import (
    BREACH,
    CONTRACT,
    DRAFTED,
    IDENTIFIED,
    NOTICE,
    OTHER,
    PROPOSED,
    SANCTION,
    SANCTION_SERVED,
    SIGNED,
    TO_UNMET,
    kind_of,
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


# --- suspensions: six months in all, and not after their last day

SUSPENDED = replace(
    PROPOSED,
    kind=SanctionKind.SUSPEND_OBLIGATIONS,
    services=(Services.ENHANCED,),
    obligations=Sealed("Minor surgery"),
    from_on=date(2026, 11, 12),
    until_on=date(2027, 2, 11),
)
AGAIN = a.propose_sanction(
    contract_id=CONTRACT,
    rests_on=(NOTICE,),
    kind=SanctionKind.SUSPEND_OBLIGATIONS,
    services=(Services.ENHANCED, Services.ADDITIONAL),
    obligations="Minor surgery",
    from_on=date(2027, 2, 12),
    until_on=date(2027, 5, 12),
)
IN_ALL = "suspensions-last-six-months-in-all"


def test_suspensions_of_a_service_on_one_ground_last_six_months_in_all() -> None:
    story = given(*TO_UNMET, SUSPENDED)
    story.when(AGAIN).then_a(e.SanctionProposed)
    story.when(replace(AGAIN, until_on=date(2027, 5, 13))).then_refused(IN_ALL, "until_on")
    others = replace(AGAIN, until_on=date(2027, 8, 12), services=(Services.ADDITIONAL,))
    story.when(others).then_a(e.SanctionProposed)
    withdrawn = by(MANAGER, a.notice_withdrawn(notice_id=OTHER, occurred_on=date(2026, 10, 13)))
    whole = replace(AGAIN, until_on=date(2027, 8, 12))
    given(*TO_UNMET, SUSPENDED, withdrawn).when(whole).then_a(e.SanctionProposed)


def test_what_a_suspension_was_lifted_short_of_may_still_be_suspended() -> None:
    imposed = by(MANAGER, a.sanction_imposed(sanction_id=SANCTION, notice_id=OTHER))
    lifted = by(MANAGER, a.sanction_lifted(sanction_id=SANCTION, occurred_on=date(2026, 11, 13)))
    longer = replace(AGAIN, until_on=date(2027, 8, 9))
    given(*TO_UNMET, SUSPENDED, *SANCTION_SERVED[-2:], imposed).when(longer).then_refused(IN_ALL)
    given(*TO_UNMET, SUSPENDED, *SANCTION_SERVED[-2:], imposed, lifted).when(longer).then_a(
        e.SanctionProposed
    )


def test_a_suspension_is_not_corrected_to_last_longer_beside_another() -> None:
    again = replace(
        SUSPENDED,
        notice_id="notice-ladder03",
        sanction_id="sanction-ladder02",
        from_on=date(2027, 2, 12),
        until_on=date(2027, 5, 12),
    )
    longer = a.request_correction(version=10, fields={"until_on": "2027-05-13"})
    given(*TO_UNMET, SUSPENDED, again).when(longer).then_refused(IN_ALL)


def test_a_sanction_is_imposed_before_its_last_day_has_passed() -> None:
    short = (*TO_UNMET, replace(SUSPENDED, until_on=date(2026, 11, 19)), *SANCTION_SERVED[-2:])
    impose = a.impose_sanction(sanction_id=SANCTION, occurred_on=date(2026, 11, 19))
    given(*short).when(impose, MANAGER).then_a(e.SanctionImposed)
    given(*short).when(replace(impose, occurred_on=date(2026, 11, 20)), MANAGER).then_refused(
        "a-sanction-is-imposed-before-it-is-over", "occurred_on"
    )
    imposed = by(
        MANAGER, a.sanction_imposed(sanction_id=SANCTION, notice_id=OTHER, occurred_on=date(2026, 11, 19))
    )
    later = a.request_correction(version=12, fields={"occurred_on": "2026-11-20"})
    given(*short, imposed).when(later).then_refused("an-end-is-not-before-its-start")


# --- the end of a contract keeps its notice


@pytest.mark.parametrize(
    ("deemed_on", "rule"),
    [
        ("2026-10-14", None),
        ("2026-10-15", "a-step-waits-its-notice"),
        ("2026-11-15", "an-end-is-not-before-its-start"),
    ],
)
def test_the_service_of_a_notice_that_ended_a_contract_is_corrected_within_its_period(
    deemed_on, rule
) -> None:
    notice = a.termination_notice_drafted(
        notice_id=OTHER,
        termination_id="termination-ladder01",
        contract_id=CONTRACT,
        rests_on=(NOTICE,),
        evidence=("X90001/4",),
        effective_on=date(2026, 11, 11),
    )
    ended = by(
        MANAGER,
        a.contract_terminated(
            contract_id=CONTRACT,
            termination_id="termination-ladder01",
            notice_id=OTHER,
            because=TerminatedBecause.HOLDER_NOTICE,
            occurred_on=date(2026, 11, 11),
        ),
    )
    story = given(*TO_UNMET, notice, *SANCTION_SERVED[-2:], ended)
    story.when(a.request_correction(version=11, fields={"deemed_on": deemed_on}))
    if rule:
        story.then_refused(rule)
    else:
        story.then_a(e.CorrectionRequested)


# --- a pharmacy's try to settle


@pytest.mark.parametrize(
    ("tries", "enough"),
    [
        ([(date(2026, 9, 3), "not_settled")], True),
        ([(date(2026, 9, 4), "not_settled")], False),
        ([(date(2026, 9, 2), "settled")], False),
        ([(date(2026, 9, 2), "not_settled"), (date(2026, 9, 3), "settled")], False),
        ([(date(2026, 9, 2), "settled"), (date(2026, 9, 3), "not_settled")], True),
        ([(date(2026, 9, 2), "not_settled"), (date(2026, 9, 4), "settled")], True),
    ],
)
def test_only_what_was_tried_by_then_and_settled_nothing_comes_before_a_pharmacys_notice(
    tries, enough
) -> None:
    tried = [
        a.local_resolution_attempted(breach_id=BREACH, outcome=LocalOutcome(outcome), occurred_on=day)
        for day, outcome in tries
    ]
    story = kind_of(ContractorKind.PHARMACY, SIGNED, IDENTIFIED, *tried, DRAFTED)
    story.when(
        a.issue_notice(
            notice_id=NOTICE, occurred_on=date(2026, 9, 3), consulted_on=None, not_consulted_because="None."
        ),
        MANAGER,
    )
    if enough:
        story.then_a(e.NoticeIssued)
    else:
        story.then_refused("the-parties-try-to-settle-first", "no_local_resolution")
