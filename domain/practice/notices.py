"""Notices: one model for every kind. Which notice is meant, what may be said of it, and how its facts change it.

Drafted by one person (`notice_drafting`), issued whole by another and served (`notice_giving`), assessed or withdrawn
(`notice_assessing`). The functions that say something of a notice are asked by the rules and by the pages alike.
"""

from __future__ import annotations

from datetime import date

from domain.clocks.counting import days_after
from domain.practice.contract_kinds import LocalOutcome
from domain.practice.contract_state import Breach, Notice, NoticeStatus
from domain.practice.contractors import CONTRACTORS
from domain.practice.events import (
    BreachNoticeDrafted,
    LocalResolutionAttempted,
    NoticeIssued,
    NoticeNotSatisfied,
    NoticeReceiptReturned,
    NoticeSatisfied,
    NoticeServed,
    NoticeWithdrawn,
    RemedialNoticeDrafted,
    SanctionProposed,
    TerminationNoticeDrafted,
)
from domain.practice.kinds import NoticeKind, ShorterBecause
from domain.practice.state import Practice
from domain.rules import Recorded, RuleBroken, refuse_unless

Draft = RemedialNoticeDrafted | BreachNoticeDrafted | SanctionProposed | TerminationNoticeDrafted
"""What a notice begins with: each kind has a draft of its own."""

# --- which notice -----------------------------------------------------------------------------------------------


def notice_of(practice: Practice, notice_id: str) -> Notice:
    """A notice or draft of this practice that was not withdrawn."""
    notice = practice.notices.get(notice_id)
    if notice is None:
        raise RuleBroken("a-notice-is-of-this-practice", "Choose a notice of this practice", "notice_id")
    refuse_unless(
        notice.status != NoticeStatus.WITHDRAWN,
        "a-withdrawn-notice-takes-no-steps",
        "This notice was withdrawn: draft another",
    )
    return notice


def given_notice(practice: Practice, notice_id: str) -> Notice:
    notice = notice_of(practice, notice_id)
    refuse_unless(
        notice.given,
        "a-draft-is-issued-first",
        "This is a draft: somebody other than its drafter must issue it first",
    )
    return notice


def served_notice(practice: Practice, notice_id: str) -> Notice:
    notice = given_notice(practice, notice_id)
    refuse_unless(
        notice.served is not None,
        "a-notice-is-served-first",
        "Record first how and when this notice was served: its period runs from then",
    )
    return notice


# --- what may be said of it -------------------------------------------------------------------------------------


def bars_another(notice: Notice) -> bool:
    """Whether no other notice may be of the same breach: one that was withdrawn or not satisfied leaves room for it."""
    return notice.status not in {NoticeStatus.WITHDRAWN, NoticeStatus.NOT_SATISFIED}


def settlement_tried(practice: Practice, notice: Notice, day: date) -> bool:
    """Whether the parties had tried by a day to settle each breach of it, and had not; of a contractor whose law asks for no
    try, always.
    """
    return not CONTRACTORS[practice.kind].local_resolution_first or all(
        _tried_in_vain(practice, practice.breaches[one], day)
        for one in notice.breaches
        if one in practice.breaches
    )


def _tried_in_vain(practice: Practice, breach: Breach, day: date) -> bool:
    """What was tried last by then settled nothing: what was settled needs no notice."""
    tried = (practice.standing[one].fact for one in breach.tried)
    by_then = [one for one in tried if isinstance(one, LocalResolutionAttempted) and one.occurred_on <= day]
    by_then.sort(key=lambda one: one.occurred_on)
    return bool(by_then) and by_then[-1].outcome != LocalOutcome.SETTLED


def period_has_passed(notice: Notice, day: date) -> bool:
    """Whether the last day of its period is over: never before it is served."""
    return notice.ends_on is not None and day > notice.ends_on


# --- how facts change state -------------------------------------------------------------------------------------


def as_drafted(
    practice: Practice,
    fact: Draft,
    entry: Recorded,
    kind: NoticeKind,
    *,
    breaches: tuple[str, ...] = (),
    rests_on: tuple[str, ...] = (),
    period_days: int | None = None,
    shorter_because: ShorterBecause | None = None,
) -> None:
    """A notice of any kind begins as its drafter's draft: of breaches, or resting on the notices before it."""
    practice.notices[fact.notice_id] = Notice(
        notice_id=fact.notice_id,
        kind=kind,
        contract_id=fact.contract_id,
        breaches=breaches,
        drafted_by=entry.person,
        drafted_on=fact.occurred_on,
        version=entry.version,
        period_days=period_days,
        shorter_because=shorter_because,
        rests_on=rests_on,
    )


def remedial_notice_drafted(practice: Practice, fact: RemedialNoticeDrafted, entry: Recorded) -> None:
    as_drafted(
        practice, fact, entry, NoticeKind.REMEDIAL,
        breaches=fact.breaches, period_days=fact.period_days, shorter_because=fact.shorter_because,
    )  # fmt: skip


def breach_notice_drafted(practice: Practice, fact: BreachNoticeDrafted, entry: Recorded) -> None:
    as_drafted(practice, fact, entry, NoticeKind.BREACH, breaches=fact.breaches)


def notice_issued(practice: Practice, fact: NoticeIssued, entry: Recorded) -> None:
    if notice := practice.notices.get(fact.notice_id):
        notice.status = NoticeStatus.ISSUED
        notice.issued_by, notice.issued_on, notice.issued = entry.person, fact.occurred_on, entry.version
    for termination in practice.terminations.values():
        if termination.notice_id == fact.notice_id:
            termination.notice_given_on = fact.occurred_on


def notice_served(practice: Practice, fact: NoticeServed, entry: Recorded) -> None:
    if notice := practice.notices.get(fact.notice_id):
        notice.status = NoticeStatus.SERVED
        notice.sent_on, notice.served_on, notice.served = fact.occurred_on, fact.deemed_on, entry.version
        if notice.period_days is not None:
            notice.ends_on = days_after(fact.deemed_on, notice.period_days)


def notice_receipt_returned(practice: Practice, fact: NoticeReceiptReturned, entry: Recorded) -> None:
    if notice := practice.notices.get(fact.notice_id):
        notice.receipt_on = fact.occurred_on


def notice_satisfied(practice: Practice, fact: NoticeSatisfied, entry: Recorded) -> None:
    if notice := practice.notices.get(fact.notice_id):
        notice.status = NoticeStatus.SATISFIED
        notice.assessed_on, notice.assessed = fact.occurred_on, entry.version


def notice_not_satisfied(practice: Practice, fact: NoticeNotSatisfied, entry: Recorded) -> None:
    if notice := practice.notices.get(fact.notice_id):
        notice.status = NoticeStatus.NOT_SATISFIED
        notice.assessed_on, notice.assessed = fact.occurred_on, entry.version


def notice_withdrawn(practice: Practice, fact: NoticeWithdrawn, entry: Recorded) -> None:
    if notice := practice.notices.get(fact.notice_id):
        notice.status = NoticeStatus.WITHDRAWN
        notice.withdrawn_on, notice.withdrawn = fact.occurred_on, entry.version
    for termination in practice.terminations.values():
        if termination.notice_id == fact.notice_id:
            termination.withdrawn = entry.version
