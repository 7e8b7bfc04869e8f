"""Notices: one model for every kind. Drafted by one person, issued whole by another, served, assessed, withdrawn."""

from __future__ import annotations

from datetime import date, timedelta

from domain.clocks.periods import days
from domain.practice.cites import standing_cites
from domain.practice.commands import (
    DraftBreachNotice,
    DraftRemedialNotice,
    FindNoticeNotSatisfied,
    FindNoticeSatisfied,
    IssueNotice,
    RecordNoticeReceipt,
    ServeNotice,
    WithdrawNotice,
)
from domain.practice.contract_state import Breach, Notice, NoticeStatus
from domain.practice.contractors import CONTRACTORS
from domain.practice.dates import day_of, day_since, in_full, in_order, not_in_the_future
from domain.practice.events import (
    BreachNoticeDrafted,
    FactCorrected,
    NoticeIssued,
    NoticeNotSatisfied,
    NoticeReceiptReturned,
    NoticeSatisfied,
    NoticeServed,
    NoticeWithdrawn,
    RemedialNoticeDrafted,
)
from domain.practice.kinds import NoticeKind, ShorterBecause
from domain.practice.standing_contract import standing_contract
from domain.practice.state import Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed

# --- drafting ---------------------------------------------------------------------------------------------------


def draft_remedial_notice(practice: Practice, command: DraftRemedialNotice, asked: Asked) -> list[Fact]:
    """A remedial notice is of breaches that can be put right, and gives its period or the ground for a shorter one."""
    breaches = _breaches(practice, command.breaches)
    refuse_unless(
        all(breach.remediable for breach in breaches),
        "a-remedial-notice-is-of-what-can-be-put-right",
        "This breach cannot be put right: draft a breach notice instead",
        "breaches",
    )
    day = _day_of_draft(breaches, command, asked)
    least = days("remedial-notice", on=day, kind=practice.kind)
    has_its_period(command.period_days, least, command.shorter_because, command.shorter_words)
    _withholds_lawfully(practice, command.withholds)
    return [
        RemedialNoticeDrafted(
            notice_id=command.notice_id,
            contract_id=breaches[0].contract_id,
            breaches=tuple(breach.breach_id for breach in breaches),
            provision=Sealed(command.provision),
            provision_words=sealed(command.provision_words),
            steps=Sealed(command.steps),
            period_days=command.period_days,
            shorter_because=command.shorter_because,
            shorter_words=sealed(command.shorter_words),
            withholds=sealed(command.withholds),
            reasons=Sealed(command.reasons),
            occurred_on=day,
        )
    ]


def draft_breach_notice(practice: Practice, command: DraftBreachNotice, asked: Asked) -> list[Fact]:
    """A breach notice is of breaches that cannot be put right: they must not be repeated."""
    breaches = _breaches(practice, command.breaches)
    refuse_unless(
        not any(breach.remediable for breach in breaches),
        "a-breach-notice-is-of-what-cannot-be-put-right",
        "This breach can be put right: draft a remedial notice instead",
        "breaches",
    )
    _withholds_lawfully(practice, command.withholds)
    return [
        BreachNoticeDrafted(
            notice_id=command.notice_id,
            contract_id=breaches[0].contract_id,
            breaches=tuple(breach.breach_id for breach in breaches),
            provision=Sealed(command.provision),
            provision_words=sealed(command.provision_words),
            withholds=sealed(command.withholds),
            reasons=Sealed(command.reasons),
            occurred_on=_day_of_draft(breaches, command, asked),
        )
    ]


def _breaches(practice: Practice, ids: tuple[str, ...]) -> list[Breach]:
    """Breaches of one contract that stands, of which no other notice is drafted, open or satisfied."""
    refuse_unless(bool(ids), "a-notice-is-of-breaches", "Choose at least one breach", "breaches")
    breaches = []
    for one in dict.fromkeys(ids):
        breach = practice.breaches.get(one)
        if breach is None:
            raise RuleBroken("a-breach-is-of-this-practice", "Choose a breach of this practice", "breaches")
        refuse_unless(
            not any(one in notice.breaches and _bars_another(notice) for notice in practice.notices.values()),
            "one-notice-of-a-breach-at-a-time",
            "There is a notice of this breach already: go on with it, withdraw it, or identify the breach that repeats it",
            "breaches",
        )
        breaches.append(breach)
    refuse_unless(
        len({breach.contract_id for breach in breaches}) == 1,
        "a-notice-is-of-one-contract",
        "Choose breaches of one contract: each contract has its own notice",
        "breaches",
    )
    standing_contract(practice, breaches[0].contract_id)
    return breaches


def _bars_another(notice: Notice) -> bool:
    return notice.status not in {NoticeStatus.WITHDRAWN, NoticeStatus.NOT_SATISFIED}


def _day_of_draft(
    breaches: list[Breach], command: DraftRemedialNotice | DraftBreachNotice, asked: Asked
) -> date:
    return day_since(max(breach.identified_on for breach in breaches), command, asked)


def has_its_period(period_days: int, least: int, ground: ShorterBecause | None, words: object) -> None:
    """No less than the law's period, but for a recorded ground; and no ground where the period is whole."""
    if not 0 < period_days <= 3_660:
        raise RuleBroken("a-period-has-days", "Enter the period in days, such as 28", "period_days")
    if period_days >= least:
        refuse_unless(
            ground is None,
            "a-whole-period-needs-no-ground",
            f"{period_days} days is no shorter than {least}: leave the ground empty",
            "shorter_because",
        )
        return
    refuse_unless(
        ground is not None,
        "a-remedial-notice-gives-its-period",
        f"Give at least {least} days, or the ground for fewer: to protect patients, or from material financial loss",
        "period_days",
    )
    refuse_unless(
        bool(words), "a-ground-has-its-reason", "Say why a shorter period is necessary", "shorter_words"
    )


def _withholds_lawfully(practice: Practice, withholds: str | None) -> None:
    refuse_unless(
        not withholds or CONTRACTORS[practice.kind].withholding,
        "a-notice-withholds-only-where-the-law-lets-it",
        "A notice to this kind of contractor withholds nothing: propose a sanction when you are entitled to one",
        "withholds",
    )


# --- issuing and serving ----------------------------------------------------------------------------------------


def issue_notice(practice: Practice, command: IssueNotice, asked: Asked) -> list[Fact]:
    """Another person than the drafter issues the notice, and it is complete: consulted, heard, with its way of appeal."""
    notice = notice_of(practice, command.notice_id)
    refuse_unless(
        notice.status == NoticeStatus.DRAFT, "a-notice-is-issued-once", "This notice was issued already"
    )
    standing_contract(practice, notice.contract_id)
    refuse_unless(
        asked.person not in _drafters(practice, notice),
        "the-drafter-does-not-issue",
        "You drafted this: another manager must issue it",
    )
    day = day_since(notice.drafted_on, command, asked)
    is_complete(command)
    if command.consulted_on is not None:
        not_in_the_future(command.consulted_on, asked, "consulted_on")
        in_order(command.consulted_on, day, "occurred_on")
    _tried_first(practice, notice, command)
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


def _drafters(practice: Practice, notice: Notice) -> set[str]:
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
    refuse_unless(
        bool(issued.answered or issued.not_waited_because),
        "a-notice-says-what-the-contractor-answered",
        "Say what the contractor answered; or, where it did not answer, why waiting longer was unsafe or of no use",
        "answered",
    )
    refuse_unless(
        issued.consulted_on is not None or bool(issued.not_consulted_because),
        "the-committee-is-consulted-or-it-is-said-why-not",
        "Enter the day on which the committee of the profession was consulted; or say why it was not",
        "consulted_on",
    )


def _tried_first(practice: Practice, notice: Notice, command: IssueNotice) -> None:
    """Before a notice to a pharmacy the parties try to settle it, but where the law lets the holder go on at once."""
    tried = all(practice.breaches[one].tried for one in notice.breaches if one in practice.breaches)
    refuse_unless(
        tried
        or command.no_local_resolution is not None
        or not CONTRACTORS[practice.kind].local_resolution_first,
        "the-parties-try-to-settle-first",
        "Record what was tried to settle this with the contractor; or choose why the law lets it go on at once",
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


# --- assessing and withdrawing ----------------------------------------------------------------------------------


def find_notice_satisfied(practice: Practice, command: FindNoticeSatisfied, asked: Asked) -> list[Fact]:
    """The steps may be found taken on any day from service on."""
    notice, day = _to_be_assessed(practice, command, asked)
    return [
        NoticeSatisfied(
            notice_id=notice.notice_id,
            evidence=standing_cites(practice, command.evidence, "evidence"),
            reason=Sealed(command.reason),
            occurred_on=day,
        )
    ]


def find_notice_not_satisfied(
    practice: Practice, command: FindNoticeNotSatisfied, asked: Asked
) -> list[Fact]:
    """The steps are found not taken only when the last day of the period has passed."""
    notice, day = _to_be_assessed(practice, command, asked)
    assert notice.ends_on is not None
    refuse_unless(
        day > notice.ends_on,
        "a-period-passes-before-its-notice-is-not-satisfied",
        f"The last day of its period is {in_full(notice.ends_on)}: it can be found not satisfied from the day after",
        "occurred_on",
    )
    return [
        NoticeNotSatisfied(
            notice_id=notice.notice_id,
            evidence=standing_cites(practice, command.evidence, "evidence"),
            reason=Sealed(command.reason),
            occurred_on=day,
        )
    ]


def _to_be_assessed(
    practice: Practice, command: FindNoticeSatisfied | FindNoticeNotSatisfied, asked: Asked
) -> tuple[Notice, date]:
    notice = served_notice(practice, command.notice_id)
    refuse_unless(
        notice.kind == NoticeKind.REMEDIAL,
        "only-a-remedial-notice-is-assessed",
        "Only a remedial notice asks for steps: a breach notice stands until it is withdrawn",
    )
    refuse_unless(
        notice.status == NoticeStatus.SERVED, "a-notice-is-assessed-once", "This notice was assessed already"
    )
    standing_contract(practice, notice.contract_id)
    return notice, day_since(notice.served_on, command, asked)


def withdraw_notice(practice: Practice, command: WithdrawNotice, asked: Asked) -> list[Fact]:
    """A draft or an open notice is withdrawn; one that was assessed only where the contractor's kind lets it be rescinded."""
    notice = notice_of(practice, command.notice_id)
    standing_contract(practice, notice.contract_id)
    day = day_of(command, asked)
    rescindable_from = CONTRACTORS[practice.kind].rescindable_from
    refuse_unless(
        notice.assessed_on is None or (rescindable_from is not None and day >= rescindable_from),
        "an-assessed-notice-is-not-withdrawn",
        "This notice was assessed: its story is complete, and nothing in it is taken back",
    )
    _nothing_goes_on(practice, notice)
    for before in (notice.drafted_on, notice.issued_on, notice.assessed_on):
        in_order(before, day, "occurred_on")
    return [
        NoticeWithdrawn(notice_id=notice.notice_id, reason=Sealed(command.reason), occurred_on=day),
    ]


def _nothing_goes_on(practice: Practice, notice: Notice) -> None:
    """Nothing that was done by it stands, and no later notice rests on it."""
    refuse_unless(
        not any(
            one.notice_id == notice.notice_id and one.imposed is not None
            for one in practice.sanctions.values()
        ),
        "an-imposed-sanction-is-lifted",
        "The sanction of this notice is imposed: lift the sanction instead",
    )
    refuse_unless(
        not any(
            notice.notice_id in other.rests_on and other.status != NoticeStatus.WITHDRAWN
            for other in practice.notices.values()
        ),
        "a-notice-that-others-rest-on-is-not-withdrawn",
        "Withdraw first the sanction’s or termination’s notice that rests on it",
    )


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


# --- how facts change state -------------------------------------------------------------------------------------


def remedial_notice_drafted(practice: Practice, fact: RemedialNoticeDrafted, entry: Recorded) -> None:
    practice.notices[fact.notice_id] = Notice(
        notice_id=fact.notice_id,
        kind=NoticeKind.REMEDIAL,
        contract_id=fact.contract_id,
        breaches=fact.breaches,
        drafted_by=entry.person,
        drafted_on=fact.occurred_on,
        version=entry.version,
        period_days=fact.period_days,
        shorter_because=fact.shorter_because,
    )


def breach_notice_drafted(practice: Practice, fact: BreachNoticeDrafted, entry: Recorded) -> None:
    practice.notices[fact.notice_id] = Notice(
        notice_id=fact.notice_id,
        kind=NoticeKind.BREACH,
        contract_id=fact.contract_id,
        breaches=fact.breaches,
        drafted_by=entry.person,
        drafted_on=fact.occurred_on,
        version=entry.version,
    )


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
            notice.ends_on = fact.deemed_on + timedelta(days=notice.period_days)


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
