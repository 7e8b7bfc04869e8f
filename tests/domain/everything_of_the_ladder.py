"""Every step of the contract's ladder, each with every field filled that may be, for the practice in everything.py.

The last fact of each kind has nothing that rests on it: its thing goes no further.
"""

from datetime import date
from typing import Any

from domain.practice.contract_kinds import Entitlement, NoLocalResolution, Services, TerminatedBecause
from domain.practice.kinds import SanctionKind, ShorterBecause
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import MANAGER, By, by

PUT_RIGHT, NEVER_TO_BE_PUT_RIGHT, INFORMAL = "breach-ladder0001", "breach-ladder0002", "breach-ladder0003"
UNMET, MET, ISSUED, SERVED, UNMET_TOO = (f"notice-ladder000{number}" for number in range(1, 6))
SANCTION, STANDING, END = "notice-ladder0011", "notice-ladder0012", "notice-ladder0013"
OCTOBER = date(2026, 10, 12)


def _issued(notice_id: str, **given: Any) -> By:
    whole = {
        "answers": ("X90001/7",),
        "no_local_resolution": NoLocalResolution.PATIENT_SAFETY,
        "consulted_on": date(2026, 9, 2),
        **given,
    }
    return by(MANAGER, a.notice_issued(notice_id=notice_id, **whole))


def _remedial(notice_id: str, breach_id: str, contract: str) -> Any:
    return a.remedial_notice_drafted(
        notice_id=notice_id, breaches=(breach_id,), contract_id=contract,
        provision_words=Sealed("Remedial notices and breach notices"), withholds=Sealed("£200 a month"), period_days=14,
        shorter_because=ShorterBecause.PATIENT_SAFETY, shorter_words=Sealed("Vaccines are at risk."))  # fmt: skip


def _sanction(notice_id: str, sanction_id: str, contract: str) -> Any:
    return a.sanction_proposed(
        notice_id=notice_id, sanction_id=sanction_id, contract_id=contract, rests_on=(UNMET,), kind=SanctionKind.SUSPEND_OBLIGATIONS,
        cumulative_effect=Sealed("Patients go elsewhere."), provision_words=Sealed("Contract sanctions"),
        services=(Services.ENHANCED,), obligations=Sealed("Minor surgery"), evidence=("X90001/7",), until_on=date(2027, 1, 31),
        shorter_because=ShorterBecause.FINANCIAL_LOSS, shorter_words=Sealed("Paid for and not given."))  # fmt: skip


def _termination(notice_id: str, termination_id: str, contract: str) -> Any:
    return a.termination_notice_drafted(
        notice_id=notice_id, termination_id=termination_id, contract_id=contract, rests_on=(UNMET,),
        entitlement=Entitlement.NOT_SATISFIED, cumulative_effect=Sealed("Patients go elsewhere."),
        provision_words=Sealed("Termination"), clause=Sealed("26.13"), evidence=("X90001/7",),
        shorter_because=ShorterBecause.PATIENT_SAFETY, shorter_words=Sealed("Vaccines are at risk."))  # fmt: skip


def ladder(contract: str) -> tuple[Any, ...]:
    breach: dict[str, Any] = {"contract_id": contract, "provision_words": Sealed("Opening hours")}
    return (
        a.breach_identified(breach_id=PUT_RIGHT, **breach),
        a.breach_identified(breach_id=NEVER_TO_BE_PUT_RIGHT, remediable=False, **breach),
        a.breach_identified(breach_id=INFORMAL, **breach),
        a.local_resolution_attempted(resolution_id="resolution-ladder01", breach_id=INFORMAL),
        a.breach_handled_informally(breach_id=INFORMAL),
        a.breach_identified(breach_id="breach-ladder0004", repeats=PUT_RIGHT, evidence=("X90001/7",), **breach),
        _remedial(UNMET, PUT_RIGHT, contract),
        _issued(UNMET),
        a.notice_served(notice_id=UNMET),
        a.notice_receipt_returned(notice_id=UNMET),
        by(MANAGER, a.notice_not_satisfied(notice_id=UNMET)),
        _sanction(SANCTION, "sanction-ladder0001", contract),
        _issued(SANCTION, occurred_on=OCTOBER),
        a.notice_served(notice_id=SANCTION, occurred_on=OCTOBER, deemed_on=OCTOBER),
        by(MANAGER, a.sanction_imposed(sanction_id="sanction-ladder0001", notice_id=SANCTION)),
        by(MANAGER, a.sanction_lifted(sanction_id="sanction-ladder0001")),
        _sanction(STANDING, "sanction-ladder0002", contract),
        _issued(STANDING, occurred_on=OCTOBER),
        a.notice_served(notice_id=STANDING, occurred_on=OCTOBER, deemed_on=OCTOBER),
        by(MANAGER, a.sanction_imposed(
            sanction_id="sanction-ladder0002", notice_id=STANDING, despite=ShorterBecause.PATIENT_SAFETY,
            despite_words=Sealed("Vaccines are at risk."))),
        _sanction("notice-ladder0014", "sanction-ladder0003", contract),
        _termination(END, "termination-ladder01", contract),
        _issued(END, occurred_on=OCTOBER),
        a.notice_served(notice_id=END, occurred_on=OCTOBER, deemed_on=OCTOBER),
        _termination("notice-ladder0015", "termination-ladder02", contract),
        a.contractor_notice_given(termination_id="termination-ladder03", contract_id=contract),
        a.contractor_notice_withdrawn(termination_id="termination-ladder03", reason=Sealed("A partner joins.")),
        a.contractor_notice_given(
            termination_id="termination-ladder04", contract_id=contract, reason=Sealed("The partners retire.")),
        a.contractor_suspended(suspension_id="suspension-ladder001", contract_id=contract),
        a.suspension_ended(suspension_id="suspension-ladder001"),
        a.contractor_suspended(
            suspension_id="suspension-ladder002", contract_id=contract, until_on=date(2026, 12, 1)),
        a.dispute_referred(dispute_id="dispute-ladder0001", subject=UNMET),
        a.dispute_determined(dispute_id="dispute-ladder0001"),
        a.dispute_referred(dispute_id="dispute-ladder0002", subject=UNMET),
        a.dispute_withdrawn(dispute_id="dispute-ladder0002", reason=Sealed("Settled.")),
        a.dispute_referred(dispute_id="dispute-ladder0003", subject="X90001/7", reference=Sealed("SHA/123")),
        _remedial(MET, PUT_RIGHT, contract),
        _issued(MET),
        a.notice_served(notice_id=MET),
        by(MANAGER, a.notice_satisfied(notice_id=MET, evidence=("X90001/7",))),
        _remedial(UNMET_TOO, PUT_RIGHT, contract),
        _issued(UNMET_TOO),
        a.notice_served(notice_id=UNMET_TOO),
        by(MANAGER, a.notice_not_satisfied(notice_id=UNMET_TOO, evidence=("X90001/7",))),
        a.breach_notice_drafted(notice_id=SERVED, breaches=(NEVER_TO_BE_PUT_RIGHT,), contract_id=contract),
        _issued(SERVED),
        a.notice_served(notice_id=SERVED, because=Sealed("Clause 28.2: the second working day after posting.")),
        a.breach_notice_drafted(notice_id=ISSUED, breaches=(NEVER_TO_BE_PUT_RIGHT,), contract_id=contract),
        _issued(ISSUED),
        by(MANAGER, a.notice_withdrawn(notice_id=ISSUED)),
        a.breach_notice_drafted(notice_id="notice-ladder0006", breaches=(NEVER_TO_BE_PUT_RIGHT,), contract_id=contract),
        _issued("notice-ladder0006"),
        a.breach_notice_drafted(
            notice_id="notice-ladder0007", breaches=(NEVER_TO_BE_PUT_RIGHT,), contract_id=contract,
            provision_words=Sealed("Remedial notices and breach notices"), withholds=Sealed("£200 a month")),
        _remedial("notice-ladder0008", PUT_RIGHT, contract),
        by(MANAGER, a.contract_terminated(
            contract_id=contract, because=TerminatedBecause.HOLDER_NOTICE, termination_id="termination-ladder01", notice_id=END,
            despite=ShorterBecause.PATIENT_SAFETY, despite_words=Sealed("Vaccines are at risk."))),
    )  # fmt: skip
