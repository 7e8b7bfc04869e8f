"""Whether a contract of a practice stands. What ended takes only what happened before, and disputes over it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.practice import events as e
from domain.practice.contract_state import NoticeStatus
from domain.practice.dates import in_full
from domain.practice.state import Contract, Practice
from domain.rules import Fact, RuleBroken


def terminated_on(practice: Practice, contract_id: str) -> date | None:
    """The day on which a contract came to its end; None while it stands."""
    for one in practice.terminations.values():
        if one.contract_id == contract_id and one.terminated_on is not None:
            return one.terminated_on
    return None


def standing_contract(practice: Practice, contract_id: str, day: date | None = None) -> Contract:
    """A contract of this practice that has not ended; or had not on `day`, for what merely records what happened."""
    contract = practice.contracts.get(contract_id)
    if contract is None:
        raise RuleBroken(
            "a-contract-is-of-this-practice", "Choose a contract of this practice", "contract_id"
        )
    ended = terminated_on(practice, contract_id)
    if ended is not None and (day is None or day > ended):
        raise RuleBroken(
            "a-terminated-contract-takes-no-new-steps",
            f"This contract ended on {in_full(ended)}: record only what happened up to then, disputes and corrections",
        )
    return contract


_STEPS: dict[type[Fact], str] = {
    e.BreachIdentified: "breached_on",
    e.RemedialNoticeDrafted: "occurred_on",
    e.BreachNoticeDrafted: "occurred_on",
    e.SanctionProposed: "occurred_on",
    e.TerminationNoticeDrafted: "occurred_on",
    e.NoticeIssued: "occurred_on",
    e.SanctionImposed: "occurred_on",
    e.ContractorSuspended: "occurred_on",
    e.ContractorNoticeGiven: "occurred_on",
    e.ContractVaried: "effective_on",
    e.ContractorCompositionChanged: "effective_on",
    e.PracticeBoundaryChanged: "effective_on",
}
"""What is done under one contract, and the field that says of which day. What was begun under it is finished after its end:
served, assessed, withdrawn, lifted, disputed.
"""

_OF_ANY_CONTRACT = (
    e.ListClosureAppliedFor,
    e.ListClosureApproved,
    e.ListClosureExtended,
    e.BranchClosureAppliedFor,
    e.BranchClosureApproved,
)
"""What is asked and allowed under whichever contract stands."""


def day_of_step(fact: Fact) -> str | None:
    """The field that says of which day a step under one contract is; None of what is no such step."""
    return _STEPS.get(type(fact))


def is_under_a_standing_contract(practice: Practice, fact: Fact) -> None:
    """Refuse a step of a day on which its contract had ended, or, of no one contract, every contract had."""
    if field := day_of_step(fact):
        _had_not_ended(practice, _contracts_of(practice, fact), getattr(fact, field), field)
    elif isinstance(fact, _OF_ANY_CONTRACT):
        _had_not_ended(practice, list(practice.contracts.values()), fact.occurred_on, None)


def _contracts_of(practice: Practice, fact: Fact) -> list[Contract]:
    """The contract that a step is of: it names it, or its notice does."""
    contract_id = getattr(fact, "contract_id", None)
    if contract_id is None:
        notice = practice.notices.get(getattr(fact, "notice_id", ""))
        contract_id = notice.contract_id if notice else ""
    contract = practice.contracts.get(contract_id)
    return [contract] if contract else []


def _had_not_ended(practice: Practice, contracts: list[Contract], day: date, field: str | None) -> None:
    """Where no contract is recorded, as of a practice of the register, none has ended."""
    ended = [_ended_on(practice, one) for one in contracts]
    last = max((one for one in ended if one is not None), default=None)
    if last is None or None in ended or day <= last:
        return
    if any(terminated_on(practice, one.contract_id) == last for one in contracts):
        raise RuleBroken(
            "a-terminated-contract-takes-no-new-steps",
            f"The contract ended on {in_full(last)}: record only what happened up to then, disputes and corrections",
            field,
        )
    raise RuleBroken(
        "an-expired-contract-takes-no-new-steps",
        f"The last day of the contract was {in_full(last)}: enter a day up to then. If it went on, sign the next contract, or "
        "have its last day corrected",
        field,
    )


def _ended_on(practice: Practice, contract: Contract) -> date | None:
    """The day on which it came to an end, or on which it was signed to."""
    return terminated_on(practice, contract.contract_id) or contract.ends_on


def done_after_the_end(practice: Practice) -> Iterator[str]:
    """Each notice that was issued after its contract came to an end, and was not withdrawn."""
    for notice in practice.notices.values():
        contract = practice.contracts.get(notice.contract_id)
        ended = _ended_on(practice, contract) if contract else None
        if (
            ended
            and notice.issued_on
            and notice.issued_on > ended
            and notice.status != NoticeStatus.WITHDRAWN
        ):
            yield notice.notice_id


def no_notice_is_of_after(practice: Practice, contract_id: str, day: date) -> None:
    """A contract that came to an end on a day gave no notice after it."""
    issued = (
        one.issued_on
        for one in practice.notices.values()
        if one.contract_id == contract_id and one.status != NoticeStatus.WITHDRAWN
    )
    last = max((one for one in issued if one is not None), default=day)
    if last > day:
        raise RuleBroken(
            "a-contract-ends-after-its-notices",
            f"A notice of this contract was issued on {in_full(last)}: enter a day from then, or withdraw the notice first",
            "occurred_on",
        )
