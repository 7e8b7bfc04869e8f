"""What becomes of a notice: found satisfied or not when its period allows, or withdrawn."""

from __future__ import annotations

from datetime import date

from domain.clocks.counting import days_after
from domain.practice.cites import standing_cites
from domain.practice.commands import FindNoticeNotSatisfied, FindNoticeSatisfied, WithdrawNotice
from domain.practice.contract_state import Notice, NoticeStatus
from domain.practice.contractors import CONTRACTORS
from domain.practice.dates import day_of, day_since, in_full, in_order
from domain.practice.entitled import not_decided_for_contractor
from domain.practice.events import NoticeNotSatisfied, NoticeSatisfied, NoticeWithdrawn
from domain.practice.kinds import NoticeKind
from domain.practice.notices import notice_of, period_has_passed, served_notice
from domain.practice.standing_contract import standing_contract
from domain.practice.state import Practice
from domain.rules import Asked, Fact, RuleBroken, Sealed, refuse_unless


def find_notice_satisfied(practice: Practice, command: FindNoticeSatisfied, asked: Asked) -> list[Fact]:
    """The steps may be found taken from the day on which the notice was sent: also before it counts as given."""
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
    not_decided_for_contractor(practice, notice)
    refuse_unless(
        period_has_passed(notice, day),
        "a-period-passes-before-its-notice-is-not-satisfied",
        f"It can be found not satisfied from {in_full(days_after(notice.ends_on, 1))}, the day after the last day of its period",
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
    return notice, day_since(notice.sent_on, command, asked)


def withdraw_notice(practice: Practice, command: WithdrawNotice, asked: Asked) -> list[Fact]:
    """A draft or an open notice is withdrawn; one that was assessed only where the contractor's kind lets it be rescinded."""
    notice = notice_of(practice, command.notice_id)
    standing_contract(practice, notice.contract_id)
    day = day_of(command, asked)
    if (bar := bar_to_withdrawing(practice, notice, day)) is not None:
        raise bar
    for before in (notice.drafted_on, notice.issued_on, notice.assessed_on):
        in_order(before, day, "occurred_on")
    return [
        NoticeWithdrawn(notice_id=notice.notice_id, reason=Sealed(command.reason), occurred_on=day),
    ]


def bar_to_withdrawing(practice: Practice, notice: Notice, day: date) -> RuleBroken | None:
    """Why a notice is not withdrawn on a day, if it is not: assessed, done, or with a later notice that rests on it."""
    rescindable_from = CONTRACTORS[practice.kind].rescindable_from
    if notice.assessed_on is not None and (rescindable_from is None or day < rescindable_from):
        return RuleBroken(
            "an-assessed-notice-is-not-withdrawn",
            "This notice was assessed: its story is complete, and nothing in it is taken back",
        )
    if any(
        one.notice_id == notice.notice_id and one.imposed is not None for one in practice.sanctions.values()
    ):
        return RuleBroken(
            "an-imposed-sanction-is-lifted",
            "The sanction of this notice is imposed: lift the sanction instead",
        )
    if any(
        notice.notice_id in other.rests_on and other.status != NoticeStatus.WITHDRAWN
        for other in practice.notices.values()
    ):
        return RuleBroken(
            "a-notice-that-others-rest-on-is-not-withdrawn",
            "Withdraw first the sanction’s or termination’s notice that rests on it",
        )
    return None
