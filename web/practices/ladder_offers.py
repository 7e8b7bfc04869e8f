"""What may be done next on the contract's ladder: the step that settles an entry first."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.practice import events as e
from domain.practice.breaches import formal_step_stands
from domain.practice.contract_state import Breach, Notice, NoticeStatus
from domain.practice.entitled import decided_for_contractor
from domain.practice.kinds import NoticeKind
from domain.practice.notice_assessing import bar_to_withdrawing
from domain.practice.notice_giving import bar_to_issuing
from domain.practice.notices import bars_another, period_has_passed
from domain.practice.sanctions import imposed_from, over, sanction_by
from domain.practice.standing_contract import terminated_on
from domain.practice.state import Practice
from domain.rules import Asked, Fact

Next = tuple[str, str, dict[str, str | int], bool]
"""The words of a button, the command behind it, what its form is told, and whether it settles the entry."""

ABOUT_A_CONTRACT = (
    ("A breach", "IdentifyBreach"),
    ("A remedial notice", "DraftRemedialNotice"),
    ("A breach notice", "DraftBreachNotice"),
    ("A contract sanction", "ProposeSanction"),
    ("A termination notice", "DraftTerminationNotice"),
    ("A suspension that touches the contract", "SuspendContractor"),
    ("The contractor’s notice", "RecordContractorNotice"),
    ("A dispute", "ReferDispute"),
    ("The end of a contract", "TerminateContract"),
)
"""What may be recorded where there is a contract, from the page's menu."""

TAKEN_AFTER_THE_END = frozenset({"SuspendContractor", "ReferDispute"})


def to_begin(practice: Practice) -> list[tuple[str, str]]:
    """Of these, what a contract that stands takes; where all have ended, what merely records what happened."""
    if any(_stands(practice, one) for one in practice.contracts):
        return list(ABOUT_A_CONTRACT)
    return [one for one in ABOUT_A_CONTRACT if one[1] in TAKEN_AFTER_THE_END]


def on_the_ladder(practice: Practice, fact: Fact, asked: Asked) -> list[Next]:
    """The steps that may follow an entry of the ladder; none for any other entry."""
    match fact:
        case e.BreachIdentified():
            return _on_breach(practice, practice.breaches.get(fact.breach_id))
        case (
            e.RemedialNoticeDrafted()
            | e.BreachNoticeDrafted()
            | e.SanctionProposed()
            | e.TerminationNoticeDrafted()
            | e.NoticeIssued()
            | e.NoticeServed()
        ):
            return _on_notice(practice, practice.notices.get(fact.notice_id), fact, asked)
        case e.SanctionImposed():
            sanction = practice.sanctions.get(fact.sanction_id)
            running = sanction is not None and sanction.imposed and not sanction.lifted
            running = running and _stands(practice, practice.notices[fact.notice_id].contract_id)
            return [("Lift it", "LiftSanction", {"sanction_id": fact.sanction_id}, False)] if running else []
        case e.ContractorSuspended():
            suspension = practice.suspensions.get(fact.suspension_id)
            running = suspension is not None and suspension.ended is None
            return (
                [("It ended", "EndSuspension", {"suspension_id": fact.suspension_id}, True)]
                if running
                else []
            )
        case e.ContractorNoticeGiven():
            ending = practice.terminations.get(fact.termination_id)
            stands = ending is not None and ending.withdrawn is None and _stands(practice, fact.contract_id)
            given: dict[str, str | int] = {"termination_id": fact.termination_id}
            return [("They took it back", "WithdrawContractorNotice", given, False)] if stands else []
        case e.DisputeReferred():
            dispute = practice.disputes.get(fact.dispute_id)
            about: dict[str, str | int] = {"dispute_id": fact.dispute_id}
            if dispute is None or not dispute.pending:
                return []
            return [
                ("It was determined", "DetermineDispute", about, True),
                ("It was withdrawn", "WithdrawDispute", about, False),
            ]
    return []


def _stands(practice: Practice, contract_id: str) -> bool:
    return terminated_on(practice, contract_id) is None


def _on_breach(practice: Practice, breach: Breach | None) -> list[Next]:
    """The less formal step is offered beside the formal one."""
    if breach is None:
        return []
    given: dict[str, str | int] = {"breach_id": breach.breach_id}
    found: list[Next] = [("Record an attempt to settle it", "AttemptLocalResolution", given, False)]
    if terminated_on(practice, breach.contract_id) is not None:
        return found
    named = [one for one in practice.notices.values() if breach.breach_id in one.breaches]
    if not formal_step_stands(practice, breach) and breach.informal is None:
        found.append(("Handle it informally", "HandleBreachInformally", given, False))
    if not any(bars_another(one) for one in named):
        draft = "DraftRemedialNotice" if breach.remediable else "DraftBreachNotice"
        found.append(("Draft a notice", draft, given, False))
    return found


def _on_notice(practice: Practice, notice: Notice | None, fact: Any, asked: Asked) -> list[Next]:
    """The next step stands by the entry of the last one: draft, issue, service."""
    if notice is None:
        return []
    today = asked.on
    given: dict[str, str | int] = {"notice_id": notice.notice_id}
    if terminated_on(practice, notice.contract_id) is not None:
        return _always(practice, notice, given, today) if isinstance(fact, e.NoticeServed) else []
    match notice.status, fact:
        case NoticeStatus.DRAFT, _:
            to_issue: list[Next] = [("Issue it", "IssueNotice", given, True)]
            barred = bar_to_issuing(practice, notice, asked) is not None
            withdrawn = _withdrawn(practice, notice, today, "Withdraw the draft")
            return [*([] if barred else to_issue), *withdrawn]
        case NoticeStatus.ISSUED, e.NoticeIssued():
            return [
                ("Record how it was served", "ServeNotice", given, True),
                ("Record a dispute", "ReferDispute", given, False),
                *_withdrawn(practice, notice, today),
            ]
        case NoticeStatus.SERVED, e.NoticeServed():
            return [*_after_service(practice, notice, given, today), *_always(practice, notice, given, today)]
        case NoticeStatus.NOT_SATISFIED, e.NoticeServed():
            return [("Record a dispute", "ReferDispute", given, False)]
    return []


def _after_service(
    practice: Practice, notice: Notice, given: dict[str, str | int], today: date
) -> list[Next]:
    if notice.kind == NoticeKind.REMEDIAL:
        found: list[Next] = [("Satisfied", "FindNoticeSatisfied", given, True)]
        if period_has_passed(notice, today) and not decided_for_contractor(practice, notice):
            found.append(("Not satisfied", "FindNoticeNotSatisfied", given, False))
        return found
    sanction = sanction_by(practice, notice)
    if sanction is not None:
        first = imposed_from(practice, sanction, notice)
        may = first is not None and today >= first and not decided_for_contractor(practice, notice)
        may = may and not over(sanction, today)
        given = {"sanction_id": sanction.sanction_id}
        return [("Impose it", "ImposeSanction", given, True)] if may and sanction.imposed is None else []
    for ending in practice.terminations.values():
        if ending.notice_id == notice.notice_id and not ending.terminated and today >= ending.effective_on:
            return [("The contract ended", "TerminateContract", {}, True)]
    return []


def _always(practice: Practice, notice: Notice, given: dict[str, str | int], today: date) -> list[Next]:
    found: list[Next] = [
        ("Record a dispute", "ReferDispute", given, False),
        *_withdrawn(practice, notice, today),
    ]
    if notice.receipt_on is None:
        found.insert(0, ("Its receipt came back", "RecordNoticeReceipt", given, False))
    return found


def _withdrawn(practice: Practice, notice: Notice, today: date, words: str = "Withdraw it") -> list[Next]:
    """To withdraw it is offered where the rules let it be withdrawn."""
    ended = terminated_on(practice, notice.contract_id) is not None
    if ended or bar_to_withdrawing(practice, notice, today) is not None:
        return []
    return [(words, "WithdrawNotice", {"notice_id": notice.notice_id}, False)]
