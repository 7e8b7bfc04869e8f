"""Notice that a contract ends: drafted by the holder who is entitled to end it, or given by the contractor."""

from __future__ import annotations

from datetime import date

from domain.clocks.periods import rule
from domain.practice.cites import standing_cites
from domain.practice.commands import DraftTerminationNotice, RecordContractorNotice, WithdrawContractorNotice
from domain.practice.contract_kinds import AFTER_NOTICES, ContractorForm
from domain.practice.contract_state import Notice, Termination
from domain.practice.dates import day_of, day_since, in_full, in_order
from domain.practice.entitled import entitled, has_its_notice, stated, still_shown
from domain.practice.events import ContractorNoticeGiven, ContractorNoticeWithdrawn, TerminationNoticeDrafted
from domain.practice.kinds import ContractorKind, NoticeKind
from domain.practice.notices import as_drafted
from domain.practice.standing_contract import standing_contract
from domain.practice.state import Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed


def draft_termination_notice(practice: Practice, command: DraftTerminationNotice, asked: Asked) -> list[Fact]:
    """A termination notice says by what the holder is entitled, and the evidence that led to it."""
    contract = standing_contract(practice, command.contract_id)
    day = day_of(command, asked)
    refuse_unless(
        live_notice(practice, contract.contract_id, by_contractor=False) is None,
        "one-notice-ends-a-contract",
        "There is a termination notice of this contract already: go on with it, or withdraw it",
        "contract_id",
    )
    evidence = standing_cites(practice, command.evidence, "evidence")
    states_its_evidence(practice, command, day)
    entitled(practice, command, day)
    waits_its_notice(practice, command, day, "effective_on")
    return [
        TerminationNoticeDrafted(
            **stated(command, evidence),
            termination_id=command.termination_id,
            clause=sealed(command.clause),
            effective_on=command.effective_on,
            patients=Sealed(command.patients),
            occurred_on=day,
        )
    ]


def states_its_evidence(
    practice: Practice, notice: DraftTerminationNotice | TerminationNoticeDrafted, day: date
) -> None:
    """A termination notice states evidence that stands, and that had happened by its day."""
    refuse_unless(
        still_shown(practice, notice.evidence, day),
        "a-termination-notice-rests-on-evidence",
        "Choose the entries that show why: the notice states the evidence relied on",
        "evidence",
    )


def waits_its_notice(
    practice: Practice, notice: DraftTerminationNotice | TerminationNoticeDrafted, day: date, field: str
) -> None:
    """After notices the end waits for as long as a dispute may be raised; other grounds may be immediate."""
    in_order(day, notice.effective_on, field)
    if notice.shorter_because is not None or notice.entitlement in AFTER_NOTICES:
        has_its_notice(
            practice, "termination-notice", day, notice.effective_on, notice.shorter_because, notice.shorter_words, field
        )  # fmt: skip


def may_be_issued(practice: Practice, notice: Notice, day: date) -> None:
    """What entitled the holder when it was drafted still does, and the notice that is left is long enough."""
    fact = practice.standing[notice.version].fact
    assert isinstance(fact, TerminationNoticeDrafted)
    states_its_evidence(practice, fact, day)
    entitled(practice, fact, day)
    waits_its_notice(practice, fact, day, "notice_id")


def record_contractor_notice(practice: Practice, command: RecordContractorNotice, asked: Asked) -> list[Fact]:
    """A contractor ends its contract after the notice that its form owes."""
    contract = standing_contract(practice, command.contract_id)
    day = day_of(command, asked)
    in_order(contract.starts_on, day, "occurred_on")
    refuse_unless(
        live_notice(practice, contract.contract_id, by_contractor=True) is None,
        "one-notice-ends-a-contract",
        "The contractor’s notice is recorded already",
        "contract_id",
    )
    gives_its_notice(practice, command, day)
    return [
        ContractorNoticeGiven(
            termination_id=command.termination_id,
            contract_id=command.contract_id,
            contractor_form=command.contractor_form,
            late_payment=command.late_payment,
            reason=sealed(command.reason),
            effective_on=command.effective_on,
            occurred_on=day,
        )
    ]


def gives_its_notice(
    practice: Practice, notice: RecordContractorNotice | ContractorNoticeGiven, day: date
) -> None:
    """A contractor's notice is as long as its form owes."""
    name = "contractor-termination"
    if notice.late_payment:
        name = "late-payment-notice"
    elif (
        notice.contractor_form == ContractorForm.INDIVIDUAL
        and practice.kind == ContractorKind.GENERAL_PRACTICE
    ):
        name = "contractor-termination-individual"
    earliest = rule(name, on=day, kind=practice.kind).after(day)
    refuse_unless(
        notice.effective_on >= earliest,
        "a-contractor-gives-its-notice-in-time",
        f"The contractor’s notice ends the contract on {in_full(earliest)} at the earliest: an earlier end is by agreement",
        "effective_on",
    )


def withdraw_contractor_notice(
    practice: Practice, command: WithdrawContractorNotice, asked: Asked
) -> list[Fact]:
    """The contractor takes back its own notice while the contract stands."""
    termination = practice.terminations.get(command.termination_id)
    if termination is None or not termination.by_contractor:
        raise RuleBroken(
            "a-contractors-notice-is-of-this-practice", "Choose a notice of this contractor", "termination_id"
        )
    standing_contract(practice, termination.contract_id)
    refuse_unless(
        termination.withdrawn is None, "a-contractors-notice-is-withdrawn-once", "This is recorded already"
    )
    return [
        ContractorNoticeWithdrawn(
            termination_id=termination.termination_id,
            reason=sealed(command.reason),
            occurred_on=day_since(termination.notice_given_on, command, asked),
        )
    ]


def live_notice(practice: Practice, contract_id: str, *, by_contractor: bool) -> Termination | None:
    """The one side's notice to end a contract that was not withdrawn."""
    for one in practice.terminations.values():
        if one.contract_id == contract_id and one.by_contractor is by_contractor and one.withdrawn is None:
            return one
    return None


# --- how facts change state -------------------------------------------------------------------------------------


def termination_notice_drafted(practice: Practice, fact: TerminationNoticeDrafted, entry: Recorded) -> None:
    as_drafted(
        practice, fact, entry, NoticeKind.TERMINATION,
        rests_on=fact.rests_on, shorter_because=fact.shorter_because,
    )  # fmt: skip
    practice.terminations[fact.termination_id] = Termination(
        termination_id=fact.termination_id,
        contract_id=fact.contract_id,
        by_contractor=False,
        effective_on=fact.effective_on,
        version=entry.version,
        notice_id=fact.notice_id,
    )


def contractor_notice_given(practice: Practice, fact: ContractorNoticeGiven, entry: Recorded) -> None:
    practice.terminations[fact.termination_id] = Termination(
        termination_id=fact.termination_id,
        contract_id=fact.contract_id,
        by_contractor=True,
        effective_on=fact.effective_on,
        version=entry.version,
        notice_given_on=fact.occurred_on,
    )


def contractor_notice_withdrawn(practice: Practice, fact: ContractorNoticeWithdrawn, entry: Recorded) -> None:
    if termination := practice.terminations.get(fact.termination_id):
        termination.withdrawn = entry.version
