"""The end of a contract: by the holder's notice, by the contractor's, by agreement, by death, or on its last day."""

from __future__ import annotations

from datetime import date

from domain.practice.commands import TerminateContract
from domain.practice.contract_kinds import AFTER_NOTICES, TerminatedBecause
from domain.practice.contract_state import Notice, NoticeStatus, Termination
from domain.practice.dates import day_of, in_full, in_order
from domain.practice.entitled import entitled, has_its_notice, nothing_stays
from domain.practice.events import ContractTerminated, TerminationNoticeDrafted
from domain.practice.standing_contract import no_notice_is_of_after, standing_contract
from domain.practice.state import Contract, Practice
from domain.practice.termination_notices import live_notice, states_its_evidence
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed


def terminate_contract(practice: Practice, command: TerminateContract, asked: Asked) -> list[Fact]:
    """A contract ends once: on the day of a notice that has run and is not stayed, as agreed, or on its last day."""
    contract = standing_contract(practice, command.contract_id)
    day = day_of(command, asked)
    in_order(contract.starts_on, day, "occurred_on")
    no_notice_is_of_after(practice, contract.contract_id, day)
    termination = _ended_by(practice, contract, command, day)
    return [
        ContractTerminated(
            termination_id=termination.termination_id if termination else None,
            contract_id=contract.contract_id,
            because=command.because,
            notice_id=termination.notice_id if termination else None,
            reason=sealed(command.reason),
            patients=Sealed(command.patients),
            despite=command.despite,
            despite_words=sealed(command.despite_words),
            occurred_on=day,
        )
    ]


def _ended_by(
    practice: Practice, contract: Contract, command: TerminateContract, day: date
) -> Termination | None:
    """The notice by which the contract ends, if it ends by one."""
    refuse_unless(
        command.despite is None or command.because == TerminatedBecause.HOLDER_NOTICE,
        "a-ground-goes-over-a-dispute",
        "A dispute stays only the holder’s own notice: leave the ground empty",
        "despite",
    )
    match command.because:
        case TerminatedBecause.HOLDER_NOTICE:
            return _by_the_holder(practice, contract, command, day)
        case TerminatedBecause.CONTRACTOR_NOTICE:
            termination = live_notice(practice, contract.contract_id, by_contractor=True)
            if termination is None:
                raise RuleBroken(
                    "a-contract-ends-by-a-notice-that-was-given",
                    "Record the contractor’s notice first",
                    "because",
                )
            _on_its_day(termination, day)
            return termination
        case TerminatedBecause.EXPIRY:
            refuse_unless(
                contract.ends_on is not None and day >= contract.ends_on,
                "a-contract-expires-on-its-last-day",
                "This contract has no last day that has come: choose how else it ended",
                "because",
            )
    says_how_it_ended(command)
    return None


def says_how_it_ended(ended: TerminateContract | ContractTerminated) -> None:
    refuse_unless(
        bool(ended.reason) or ended.because not in {TerminatedBecause.AGREEMENT, TerminatedBecause.DEATH},
        "an-end-without-notice-says-how",
        "Say what was agreed, or how the contract came to its end",
        "reason",
    )


def _by_the_holder(
    practice: Practice, contract: Contract, command: TerminateContract, day: date
) -> Termination:
    termination = live_notice(practice, contract.contract_id, by_contractor=False)
    notice = practice.notices.get(termination.notice_id or "") if termination else None
    if termination is None or notice is None or notice.status != NoticeStatus.SERVED:
        raise RuleBroken(
            "a-contract-ends-by-a-notice-that-was-given",
            "A termination notice is drafted, issued and served first",
            "because",
        )
    _on_its_day(termination, day)
    fact = its_notice_has_run(practice, notice, day)
    nothing_stays(practice, notice, command.despite, command.despite_words, day)
    entitled(practice, fact, day)
    states_its_evidence(practice, fact, day)
    return termination


def its_notice_has_run(practice: Practice, notice: Notice, day: date) -> TerminationNoticeDrafted:
    """A contract ends after its notice counts as given; after notices, no sooner than the whole period of notice."""
    fact = practice.standing[notice.version].fact
    assert isinstance(fact, TerminationNoticeDrafted)
    assert notice.served_on is not None
    in_order(notice.served_on, day, "occurred_on")
    if fact.entitlement in AFTER_NOTICES:
        has_its_notice(
            practice, "termination-notice", notice.served_on, day, notice.shorter_because, True, "occurred_on"
        )  # fmt: skip
    return fact


def _on_its_day(termination: Termination, day: date) -> None:
    refuse_unless(
        day >= termination.effective_on,
        "a-step-waits-for-its-day",
        f"Its notice says that the contract ends on {in_full(termination.effective_on)}",
        "occurred_on",
    )


# --- how facts change state -------------------------------------------------------------------------------------


def contract_terminated(practice: Practice, fact: ContractTerminated, entry: Recorded) -> None:
    """What ended without a notice has no termination before it: it is known by its contract."""
    termination = practice.terminations.get(fact.termination_id or "")
    if termination is None:
        termination = Termination(
            termination_id=fact.contract_id,
            contract_id=fact.contract_id,
            by_contractor=False,
            effective_on=fact.occurred_on,
            version=entry.version,
        )
        practice.terminations[fact.contract_id] = termination
    termination.because = fact.because
    termination.terminated_on, termination.terminated = fact.occurred_on, entry.version
