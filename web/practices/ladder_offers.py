"""What may be done next on the contract's ladder: the step that settles an entry first."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.practice import events as e
from domain.practice.contract_state import Breach, Notice, NoticeStatus
from domain.practice.kinds import NoticeKind
from domain.practice.state import Practice
from domain.rules import Fact

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


def on_the_ladder(practice: Practice, fact: Fact, today: date) -> list[Next]:
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
            return _on_notice(practice, practice.notices.get(fact.notice_id), fact, today)
        case e.SanctionImposed():
            sanction = practice.sanctions.get(fact.sanction_id)
            running = sanction is not None and sanction.imposed and not sanction.lifted
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
            stands = ending is not None and ending.withdrawn is None and ending.terminated is None
            given: dict[str, str | int] = {"termination_id": fact.termination_id}
            return [("They took it back", "WithdrawContractorNotice", given, False)] if stands else []
        case e.DisputeReferred():
            dispute = practice.disputes.get(fact.dispute_id)
            about: dict[str, str | int] = {"dispute_id": fact.dispute_id}
            if dispute is None or not dispute.pending:
                return []
            return [
                ("Determined", "DetermineDispute", about, True),
                ("Withdrawn", "WithdrawDispute", about, False),
            ]
    return []


def _on_breach(practice: Practice, breach: Breach | None) -> list[Next]:
    """The less formal step is offered beside the formal one."""
    if breach is None:
        return []
    given: dict[str, str | int] = {"breach_id": breach.breach_id}
    found: list[Next] = [("Tried to settle it", "AttemptLocalResolution", given, False)]
    named = [one for one in practice.notices.values() if breach.breach_id in one.breaches]
    if all(one.status == NoticeStatus.WITHDRAWN for one in named) and breach.informal is None:
        found.append(("Handle it informally", "HandleBreachInformally", given, False))
    if all(one.status in {NoticeStatus.WITHDRAWN, NoticeStatus.NOT_SATISFIED} for one in named):
        draft = "DraftRemedialNotice" if breach.remediable else "DraftBreachNotice"
        found.append(("Draft a notice", draft, {}, False))
    return found


def _on_notice(practice: Practice, notice: Notice | None, fact: Any, today: date) -> list[Next]:
    """The next step stands by the entry of the last one: draft, issue, service."""
    if notice is None:
        return []
    given: dict[str, str | int] = {"notice_id": notice.notice_id}
    match notice.status, fact:
        case NoticeStatus.DRAFT, _:
            return [
                ("Issue it", "IssueNotice", given, True),
                ("Withdraw the draft", "WithdrawNotice", given, False),
            ]
        case NoticeStatus.ISSUED, e.NoticeIssued():
            return [
                ("How it was served", "ServeNotice", given, True),
                ("Disputed", "ReferDispute", given, False),
                ("Withdraw it", "WithdrawNotice", given, False),
            ]
        case NoticeStatus.SERVED, e.NoticeServed():
            return [*_after_service(practice, notice, given, today), *_always(notice, given)]
    return []


def _after_service(
    practice: Practice, notice: Notice, given: dict[str, str | int], today: date
) -> list[Next]:
    if notice.kind == NoticeKind.REMEDIAL:
        found: list[Next] = [("Satisfied", "FindNoticeSatisfied", given, True)]
        if notice.ends_on is not None and today > notice.ends_on:
            found.append(("Not satisfied", "FindNoticeNotSatisfied", given, False))
        return found
    for sanction in practice.sanctions.values():
        if sanction.notice_id == notice.notice_id and sanction.imposed is None and today >= sanction.from_on:
            return [("Impose it", "ImposeSanction", {"sanction_id": sanction.sanction_id}, True)]
    for ending in practice.terminations.values():
        if ending.notice_id == notice.notice_id and not ending.terminated and today >= ending.effective_on:
            return [("The contract ended", "TerminateContract", {}, True)]
    return []


def _always(notice: Notice, given: dict[str, str | int]) -> list[Next]:
    found: list[Next] = [
        ("Disputed", "ReferDispute", given, False),
        ("Withdraw it", "WithdrawNotice", given, False),
    ]
    if notice.receipt_on is None:
        found.insert(0, ("Receipt came back", "RecordNoticeReceipt", given, False))
    return found
