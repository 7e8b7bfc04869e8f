"""The end of a contract, and what it takes afterwards."""

from dataclasses import replace
from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.contract_kinds import ContractorForm, TerminatedBecause
from domain.practice.kinds import CorrectionKind
from tests.domain.climbing import (
    BREACH,
    CONTRACT,
    DAY,
    DRAFTED,
    IDENTIFIED,
    ISSUED,
    NOTICE,
    SIGNED,
    TERMINATION,
)
from tests.support import factories as a
from tests.support.given import MANAGER, by, given


@pytest.mark.parametrize(
    ("form", "late", "earliest"),
    [
        (ContractorForm.PARTNERSHIP, False, date(2027, 5, 21)),
        (ContractorForm.COMPANY, False, date(2027, 5, 21)),
        (ContractorForm.INDIVIDUAL, False, date(2027, 2, 21)),
        (ContractorForm.PARTNERSHIP, True, date(2026, 12, 19)),
    ],
)
def test_a_contractors_notice_is_as_long_as_its_form_owes(form, late, earliest) -> None:
    command = a.record_contractor_notice(
        contract_id=CONTRACT, contractor_form=form, late_payment=late, effective_on=earliest
    )
    given(SIGNED).when(command).then_a(e.ContractorNoticeGiven)
    given(SIGNED).when(replace(command, effective_on=earliest - DAY)).then_refused(
        "a-contractor-gives-its-notice-in-time", "effective_on"
    )


def test_a_contract_ends_by_the_contractors_notice_on_its_day_and_not_after_it_was_taken_back() -> None:
    notice = a.contractor_notice_given(
        termination_id=TERMINATION,
        contract_id=CONTRACT,
        occurred_on=date(2026, 5, 1),
        effective_on=date(2026, 11, 1),
    )
    end = a.terminate_contract(contract_id=CONTRACT, because=TerminatedBecause.CONTRACTOR_NOTICE)
    given(SIGNED, notice).when(end, MANAGER).then_a(e.ContractTerminated, termination_id=TERMINATION)
    given(SIGNED, notice).when(replace(end, occurred_on=date(2026, 10, 31)), MANAGER).then_refused(
        "a-step-waits-for-its-day"
    )
    back = a.contractor_notice_withdrawn(termination_id=TERMINATION, occurred_on=date(2026, 9, 1))
    given(SIGNED, notice, back).when(end, MANAGER).then_refused("a-contract-ends-by-a-notice-that-was-given")


def test_a_contract_ends_on_its_last_day_by_agreement_or_by_death() -> None:
    limited = replace(SIGNED, ends_on=date(2026, 11, 20))
    end = a.terminate_contract(contract_id=CONTRACT, because=TerminatedBecause.EXPIRY, reason=None)
    given(limited).when(end, MANAGER).then_a(e.ContractTerminated, because=TerminatedBecause.EXPIRY)
    given(replace(SIGNED, ends_on=a.TODAY + DAY)).when(end, MANAGER).then_refused(
        "a-contract-expires-on-its-last-day"
    )
    given(SIGNED).when(end, MANAGER).then_refused("a-contract-expires-on-its-last-day")
    for because in (TerminatedBecause.AGREEMENT, TerminatedBecause.DEATH):
        given(SIGNED).when(replace(end, because=because), MANAGER).then_refused(
            "an-end-without-notice-says-how"
        )
        given(SIGNED).when(replace(end, because=because, reason="Both signed."), MANAGER).then_a(
            e.ContractTerminated
        )


def test_what_ended_takes_only_what_happened_before_disputes_and_corrections() -> None:
    ended = by(MANAGER, a.contract_terminated(contract_id=CONTRACT, occurred_on=date(2026, 11, 15)))
    story = given(SIGNED, IDENTIFIED, DRAFTED, ISSUED, ended)
    over = "a-terminated-contract-takes-no-new-steps"
    story.when(a.identify_breach(contract_id=CONTRACT)).then_refused(over)
    story.when(a.vary_contract(contract_id=CONTRACT, effective_on=date(2026, 12, 1))).then_refused(over)
    story.when(a.vary_contract(contract_id=CONTRACT, effective_on=date(2026, 11, 1))).then_a(e.ContractVaried)
    late = a.serve_notice(notice_id=NOTICE, occurred_on=date(2026, 11, 15), deemed_on=date(2026, 11, 17))
    story.when(late).then_a(e.NoticeServed)
    story.when(replace(late, occurred_on=date(2026, 11, 16))).then_refused(over)
    story.when(a.refer_dispute(subject=NOTICE)).then_a(e.DisputeReferred)
    story.when(a.sign_contract(reference="GMS 2")).then_a(e.ContractSigned)


def test_an_end_without_a_notice_is_told_by_its_contract() -> None:
    ended = by(MANAGER, a.contract_terminated(contract_id=CONTRACT))
    (found,) = given(SIGNED, ended).practice().terminations.values()
    assert (found.contract_id, found.because, found.terminated_on) == (
        CONTRACT,
        TerminatedBecause.AGREEMENT,
        date(2026, 11, 15),
    )


ENDED = by(
    MANAGER,
    a.contract_terminated(
        contract_id=CONTRACT, because=TerminatedBecause.AGREEMENT, termination_id=None, notice_id=None,
        occurred_on=date(2026, 9, 10),
    ),
)  # fmt: skip
LIMITED = replace(SIGNED, ends_on=date(2026, 9, 10))
AFTER, UP_TO = {"effective_on": date(2026, 9, 11)}, {"effective_on": date(2026, 9, 10)}


@pytest.mark.parametrize(
    "command",
    [
        a.change_contractor_composition(contract_id=CONTRACT, **AFTER),
        a.change_practice_boundary(contract_id=CONTRACT, **AFTER),
        a.apply_for_list_closure(),
        a.apply_for_branch_closure(),
    ],
)
def test_what_ended_takes_nothing_of_a_later_day(command) -> None:
    given(SIGNED, ENDED).when(command).then_refused("a-terminated-contract-takes-no-new-steps")
    given(LIMITED).when(command).then_refused("an-expired-contract-takes-no-new-steps")
    assert (
        given(LIMITED, a.contract_signed(contract_id="contract-ladder02"))
        .when(
            replace(
                command, **({"contract_id": "contract-ladder02"} if hasattr(command, "contract_id") else {})
            )
        )
        .facts
    )


@pytest.mark.parametrize("facts", [(SIGNED, ENDED), (LIMITED,)])
def test_what_had_effect_by_the_last_day_is_recorded_late(facts) -> None:
    given(*facts).when(a.change_practice_boundary(contract_id=CONTRACT, **UP_TO)).then_a(
        e.PracticeBoundaryChanged
    )


def test_a_contract_that_expired_takes_no_breach_and_no_notice_of_a_later_day() -> None:
    later = {"breached_on": date(2026, 9, 11), "occurred_on": date(2026, 9, 12)}
    breach = a.identify_breach(contract_id=CONTRACT, **later)
    given(LIMITED).when(breach).then_refused("an-expired-contract-takes-no-new-steps", "breached_on")
    given(LIMITED).when(replace(breach, breached_on=date(2026, 9, 10))).then_a(e.BreachIdentified)
    draft = a.draft_remedial_notice(breaches=(BREACH,), occurred_on=date(2026, 9, 11))
    given(LIMITED, IDENTIFIED).when(draft).then_refused("an-expired-contract-takes-no-new-steps")
    issue = a.issue_notice(
        notice_id=NOTICE, occurred_on=date(2026, 9, 11), consulted_on=None, not_consulted_because="Urgent."
    )
    given(LIMITED, IDENTIFIED, DRAFTED).when(issue, MANAGER).then_refused(
        "an-expired-contract-takes-no-new-steps"
    )


def test_a_contract_does_not_end_before_the_notices_under_it() -> None:
    end = a.terminate_contract(
        contract_id=CONTRACT,
        because=TerminatedBecause.AGREEMENT,
        reason="Agreed.",
        occurred_on=date(2026, 9, 1),
    )
    story = given(SIGNED, IDENTIFIED, DRAFTED, ISSUED)
    story.when(end, MANAGER).then_refused("a-contract-ends-after-its-notices", "occurred_on")
    story.when(replace(end, occurred_on=date(2026, 9, 3)), MANAGER).then_a(e.ContractTerminated)
    withdrawn = by(MANAGER, a.notice_withdrawn(notice_id=NOTICE))
    given(SIGNED, IDENTIFIED, DRAFTED, ISSUED, withdrawn).when(end, MANAGER).then_a(e.ContractTerminated)


def test_no_correction_has_a_contract_end_before_the_notices_under_it() -> None:
    story = given(SIGNED, IDENTIFIED, DRAFTED, ISSUED, ENDED)
    story.when(
        a.request_correction(version=7, kind=CorrectionKind.CORRECT, fields={"occurred_on": "2026-09-01"}),
        MANAGER,
    ).then_refused("a-contract-ends-after-its-notices")
