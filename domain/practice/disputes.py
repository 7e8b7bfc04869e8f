"""Disputes over a notice or another decision of the holder's. While one referred in time is pending, it stays action."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.clocks.periods import rule
from domain.practice.cites import standing_cites, version_of
from domain.practice.commands import DetermineDispute, ReferDispute, WithdrawDispute
from domain.practice.contract_state import Dispute
from domain.practice.dates import day_since
from domain.practice.events import (
    BranchClosureApproved,
    BranchClosureRefused,
    BreachIdentified,
    ContractTerminated,
    ContractVaried,
    DisputeDetermined,
    DisputeReferred,
    DisputeWithdrawn,
    ListClosureApproved,
    ListClosureExtended,
    ListClosureRefused,
    MergerApproved,
    NoticeNotSatisfied,
    NoticeSatisfied,
    NoticeWithdrawn,
    PracticeBoundaryChanged,
    SanctionImposed,
)
from domain.practice.state import Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed

DECIDED = (
    BreachIdentified,
    NoticeNotSatisfied,
    SanctionImposed,
    ContractTerminated,
    ContractVaried,
    ListClosureApproved,
    ListClosureRefused,
    ListClosureExtended,
    BranchClosureApproved,
    BranchClosureRefused,
    PracticeBoundaryChanged,
    MergerApproved,
)
"""What the holder of the contract decided about it, beside its notices: what somebody else said or did is not disputed."""

_DECIDED_LATER = (NoticeSatisfied, NoticeNotSatisfied, NoticeWithdrawn, SanctionImposed, ContractTerminated)
"""Decisions of their own about a notice that was given before."""


def refer_dispute(practice: Practice, command: ReferDispute, asked: Asked) -> list[Fact]:
    """What was decided is disputed, by one dispute of a route at a time. Whether it was in time follows from the facts."""
    subject, decided_on = _disputed(practice, command.subject)
    refuse_unless(
        not any(
            one.subject == subject and one.route == command.route and one.pending
            for one in practice.disputes.values()
        ),
        "one-dispute-of-a-route-at-a-time",
        "A dispute over this is pending by the same route",
        "subject",
    )
    return [
        DisputeReferred(
            dispute_id=command.dispute_id,
            subject=subject,
            route=command.route,
            reference=sealed(command.reference),
            words=Sealed(command.words),
            occurred_on=day_since(decided_on, command, asked),
        )
    ]


def _disputed(practice: Practice, subject: str) -> tuple[str, date]:
    """What is disputed and the day of it: a notice, by its id or by the cite of giving it; or another decision, such as a
    finding on a notice, from which its own time runs.
    """
    notice_id = subject
    if subject not in practice.notices:
        (cited,) = standing_cites(practice, (subject,), "subject")
        fact: Any = practice.standing[version_of(practice, cited, "subject")].fact
        notice_id = getattr(fact, "notice_id", None) or ""
        if notice_id not in practice.notices or isinstance(fact, _DECIDED_LATER):
            refuse_unless(
                isinstance(fact, DECIDED),
                "what-is-disputed-was-decided",
                "Choose a notice, or another decision of the contract’s holder",
                "subject",
            )
            return cited, fact.occurred_on
    notice = practice.notices[notice_id]
    if notice.issued_on is None:
        raise RuleBroken(
            "what-is-disputed-was-decided", "This is a draft: there is nothing to dispute yet", "subject"
        )
    return notice_id, notice.issued_on


def decided_on(practice: Practice, subject: str) -> date | None:
    """The day of what a dispute is about, a notice or an entry, if that stands."""
    if notice := practice.notices.get(subject):
        return notice.issued_on
    version = subject.rpartition("/")[2]
    entry = practice.standing.get(int(version)) if version.isdecimal() else None
    return getattr(entry.fact, "occurred_on", None) if entry else None


def determine_dispute(practice: Practice, command: DetermineDispute, asked: Asked) -> list[Fact]:
    """A pending dispute is determined once."""
    dispute = _pending(practice, command.dispute_id)
    return [
        DisputeDetermined(
            dispute_id=dispute.dispute_id,
            outcome=command.outcome,
            words=Sealed(command.words),
            occurred_on=day_since(dispute.referred_on, command, asked),
        )
    ]


def withdraw_dispute(practice: Practice, command: WithdrawDispute, asked: Asked) -> list[Fact]:
    """A pending dispute is taken back."""
    dispute = _pending(practice, command.dispute_id)
    return [
        DisputeWithdrawn(
            dispute_id=dispute.dispute_id,
            reason=sealed(command.reason),
            occurred_on=day_since(dispute.referred_on, command, asked),
        )
    ]


def _pending(practice: Practice, dispute_id: str) -> Dispute:
    dispute = practice.disputes.get(dispute_id)
    if dispute is None:
        raise RuleBroken("a-dispute-is-of-this-practice", "Choose a dispute of this practice", "dispute_id")
    refuse_unless(dispute.pending, "a-dispute-ends-once", "This dispute is no longer pending")
    return dispute


def referred_in_time(practice: Practice, subject: str, referred_on: date) -> bool:
    """Whether a dispute was referred within its period after what it is about; of what is not served yet, always."""
    if notice := practice.notices.get(subject):
        began = notice.served_on
    else:
        entry = practice.standing.get(int(subject.partition("/")[2]))
        began = getattr(entry.fact, "occurred_on", None) if entry else None
    if began is None:
        return True
    try:
        return referred_on <= rule("dispute-referral", on=began, kind=practice.kind).after(began)
    except RuleBroken:
        # No rule of that day is known: nothing is done over a dispute that may have been in time.
        return True


# --- how facts change state -------------------------------------------------------------------------------------


def dispute_referred(practice: Practice, fact: DisputeReferred, entry: Recorded) -> None:
    practice.disputes[fact.dispute_id] = Dispute(
        dispute_id=fact.dispute_id,
        subject=fact.subject,
        route=fact.route,
        referred_on=fact.occurred_on,
        in_time=referred_in_time(practice, fact.subject, fact.occurred_on),
        version=entry.version,
    )


def dispute_determined(practice: Practice, fact: DisputeDetermined, entry: Recorded) -> None:
    if dispute := practice.disputes.get(fact.dispute_id):
        dispute.ended_on, dispute.ended, dispute.outcome = fact.occurred_on, entry.version, fact.outcome


def dispute_withdrawn(practice: Practice, fact: DisputeWithdrawn, entry: Recorded) -> None:
    if dispute := practice.disputes.get(fact.dispute_id):
        dispute.ended_on, dispute.ended = fact.occurred_on, entry.version
