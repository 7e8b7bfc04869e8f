"""A notice is given: issued whole by another than its drafter, served, and its receipt comes back."""

from __future__ import annotations

from datetime import date

from domain.practice.cites import standing_cites
from domain.practice.commands import IssueNotice, RecordNoticeReceipt, ServeNotice
from domain.practice.contract_state import Notice, NoticeStatus
from domain.practice.contractors import CONTRACTORS
from domain.practice.dates import day_since, in_order, not_in_the_future
from domain.practice.events import FactCorrected, NoticeIssued, NoticeReceiptReturned, NoticeServed
from domain.practice.notices import given_notice, notice_of, served_notice, settlement_tried
from domain.practice.standing_contract import standing_contract
from domain.practice.state import Practice
from domain.rules import Asked, Fact, RuleBroken, Sealed, refuse_unless, sealed


def issue_notice(practice: Practice, command: IssueNotice, asked: Asked) -> list[Fact]:
    """Another person than the drafter issues the notice, and it is complete: consulted, heard, with its way of appeal."""
    notice = notice_of(practice, command.notice_id)
    if barred := bar_to_issuing(practice, notice, asked):
        raise barred
    standing_contract(practice, notice.contract_id)
    day = day_since(notice.drafted_on, command, asked)
    is_complete(command)
    if command.consulted_on is not None:
        not_in_the_future(command.consulted_on, asked, "consulted_on")
        in_order(command.consulted_on, day, "occurred_on")
    _tried_first(practice, notice, command, day)
    contractor = CONTRACTORS[practice.kind]
    return [
        NoticeIssued(
            notice_id=notice.notice_id,
            committee=contractor.committee,
            consulted_on=command.consulted_on,
            not_consulted_because=sealed(command.not_consulted_because),
            answered=sealed(command.answered),
            answers=standing_cites(practice, command.answers, "answers"),
            not_waited_because=sealed(command.not_waited_because),
            no_local_resolution=command.no_local_resolution,
            appeal_route=contractor.appeal,
            appeal_rights=Sealed(command.appeal_rights),
            appeal_body=Sealed(command.appeal_body),
            appeal_address=Sealed(command.appeal_address),
            proportionality=Sealed(command.proportionality),
            letter_sha256=command.letter_sha256 or "",
            occurred_on=day,
        )
    ]


def bar_to_issuing(practice: Practice, notice: Notice, asked: Asked) -> RuleBroken | None:
    """Why somebody does not issue a notice, if they do not: it is no draft, or they wrote any of it."""
    if notice.status == NoticeStatus.WITHDRAWN:
        return RuleBroken("a-notice-is-issued-once", "This notice was withdrawn: draft another")
    if notice.status != NoticeStatus.DRAFT:
        return RuleBroken("a-notice-is-issued-once", "This notice was issued already")
    if asked.person in drafters(practice, notice):
        return RuleBroken("the-drafter-does-not-issue", "You drafted this notice: another person issues it")
    return None


def drafters(practice: Practice, notice: Notice) -> set[str]:
    """Whoever wrote any of the draft: a correction of it is a part of it."""
    corrected = [
        entry
        for entry in practice.history
        if isinstance(entry.fact, FactCorrected) and entry.fact.corrects == notice.version
    ]
    asked_for = {entry.fact.requested_by for entry in corrected if isinstance(entry.fact, FactCorrected)}
    wrote = {entry.person for entry in corrected if getattr(entry.fact, "request_id", None) is None}
    return {notice.drafted_by, *wrote} | {person for person in asked_for if person is not None}


def is_complete(issued: IssueNotice | NoticeIssued) -> None:
    """The contractor was heard, and its committee consulted; or it is said why not."""
    heard = bool(issued.answered or issued.not_waited_because)
    consulted = issued.consulted_on is not None or bool(issued.not_consulted_because)
    for lack in lacks(heard=heard, consulted=consulted):
        raise lack


def lacks(*, heard: bool, consulted: bool) -> list[RuleBroken]:
    """All that a notice does not say yet of what the contractor answered, and of its committee."""
    answer = RuleBroken(
        "a-notice-says-what-the-contractor-answered",
        "Say what the contractor answered; or, where it did not answer, why waiting longer was unsafe or of no use",
        "answered",
    )
    committee = RuleBroken(
        "the-committee-is-consulted-or-it-is-said-why-not",
        "Enter the day on which the committee of the profession was consulted; or say why it was not",
        "consulted_on",
    )
    return [*([] if heard else [answer]), *([] if consulted else [committee])]


def _tried_first(practice: Practice, notice: Notice, command: IssueNotice, day: date) -> None:
    """Before a notice to a pharmacy the parties try to settle it, but where the law lets the holder go on at once."""
    refuse_unless(
        command.no_local_resolution is not None or settlement_tried(practice, notice, day),
        "the-parties-try-to-settle-first",
        "Record what was tried by then to settle this with the contractor, and settled nothing; or choose why the law lets it "
        "go on at once",
        "no_local_resolution",
    )


def serve_notice(practice: Practice, command: ServeNotice, asked: Asked) -> list[Fact]:
    """What was issued is served once. It counts as given on the day it was sent, or on a later one."""
    notice = given_notice(practice, command.notice_id)
    refuse_unless(
        notice.status == NoticeStatus.ISSUED, "a-notice-is-served-once", "How this was served is recorded"
    )
    day = day_since(notice.issued_on, command, asked)
    standing_contract(practice, notice.contract_id, day)
    in_order(day, command.deemed_on, "deemed_on")
    return [
        NoticeServed(
            notice_id=notice.notice_id,
            method=command.method,
            address=Sealed(command.address),
            deemed_on=command.deemed_on,
            because=sealed(command.because),
            occurred_on=day,
        )
    ]


def record_notice_receipt(practice: Practice, command: RecordNoticeReceipt, asked: Asked) -> list[Fact]:
    """The declaration of receipt comes back once, after the notice was served."""
    notice = served_notice(practice, command.notice_id)
    refuse_unless(notice.receipt_on is None, "a-receipt-is-returned-once", "This is recorded already")
    day = day_since(notice.sent_on, command, asked)
    standing_contract(practice, notice.contract_id, day)
    return [NoticeReceiptReturned(notice_id=notice.notice_id, occurred_on=day)]
