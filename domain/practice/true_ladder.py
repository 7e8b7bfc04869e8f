"""What stays true of the contract's ladder when one of its facts is corrected or withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from domain.clocks.periods import days
from domain.practice import events
from domain.practice.contract_kinds import TerminatedBecause
from domain.practice.contract_state import Notice, NoticeStatus, Termination
from domain.practice.dates import in_full
from domain.practice.disputes import decided_on
from domain.practice.entitled import entitled, has_its_notice, stayed_by
from domain.practice.kinds import NoticeKind
from domain.practice.notice_drafting import has_its_period, withholds_lawfully
from domain.practice.notice_giving import is_complete
from domain.practice.notices import Draft, period_has_passed, settlement_tried
from domain.practice.sanctions import sanction_is_lawful, says_who_covers_by_role
from domain.practice.standing_contract import done_after_the_end, terminated_on
from domain.practice.state import Practice
from domain.practice.suspended_services import suspends_no_longer_in_all
from domain.practice.termination_notices import gives_its_notice, states_its_evidence, waits_its_notice
from domain.practice.terminations import its_notice_has_run, says_how_it_ended
from domain.rules import Fact, RuleBroken, refuse_unless

LADDER_ORDERED: dict[type[Fact], tuple[tuple[str, str], ...]] = {
    events.BreachIdentified: (("breached_on", "occurred_on"),),
    events.NoticeIssued: (("consulted_on", "occurred_on"),),
    events.NoticeServed: (("occurred_on", "deemed_on"),),
    events.SanctionProposed: (("from_on", "until_on"),),
    events.ContractorSuspended: (("occurred_on", "until_on"),),
}
"""Days of one fact that stand in an order."""


_OF_ITS_PERIOD = frozenset({"period_days", "shorter_because", "shorter_words", "occurred_on"})
"""Only these ask for the law's period again: a word of an older draft is corrected whatever the law said then."""


def an_issued_notice_stands_as_sent(practice: Practice, fact: Fact) -> None:
    """A draft is corrected until it is issued. From then on it is what the contractor was sent."""
    if isinstance(fact, Draft) and (notice := practice.notices.get(fact.notice_id)) and notice.given:
        raise RuleBroken(
            "an-issued-notice-says-what-was-sent",
            "This notice was issued as it stands: withdraw the notice, and draft another",
        )


def keeps_the_ladders_rules(practice: Practice, fact: Fact, changed: Collection[str]) -> None:
    """Refuse a corrected step that nobody could have taken."""
    if isinstance(fact, events.RemedialNoticeDrafted | events.BreachNoticeDrafted) and "withholds" in changed:
        withholds_lawfully(practice, fact.withholds)
    match fact:
        case events.RemedialNoticeDrafted() if not _OF_ITS_PERIOD.isdisjoint(changed):
            least = days("remedial-notice", on=fact.occurred_on, kind=practice.kind)
            has_its_period(fact.period_days, least, fact.shorter_because, fact.shorter_words)
        case events.SanctionProposed():
            entitled(practice, fact, fact.occurred_on)
            sanction_is_lawful(practice.kind, fact, fact.occurred_on)
            suspends_no_longer_in_all(practice, fact, fact.occurred_on)
            has_its_notice(
                practice, "sanction-notice", fact.occurred_on, fact.from_on, fact.shorter_because, fact.shorter_words,
                "from_on",
            )  # fmt: skip
        case events.TerminationNoticeDrafted():
            states_its_evidence(practice, fact, fact.occurred_on)
            entitled(practice, fact, fact.occurred_on)
            waits_its_notice(practice, fact, fact.occurred_on, "effective_on")
        case events.NoticeIssued():
            is_complete(fact)
        case events.ContractorSuspended():
            says_who_covers_by_role(fact)
        case events.ContractorNoticeGiven():
            gives_its_notice(practice, fact, fact.occurred_on)
        case events.ContractTerminated():
            says_how_it_ended(fact)
    if isinstance(fact, events.SanctionImposed | events.ContractTerminated):
        refuse_unless(
            fact.despite is None or fact.despite_words is not None,
            "a-ground-has-its-reason",
            "Say why this could not wait",
            "despite_words",
        )
        _not_moved_into_a_dispute(practice, fact)


def _not_moved_into_a_dispute(
    practice: Practice, fact: events.SanctionImposed | events.ContractTerminated
) -> None:
    """What a dispute would have stayed was not done while it was pending."""
    if isinstance(fact, events.SanctionImposed):
        sanction = practice.sanctions.get(fact.sanction_id)
        was = sanction.imposed_on if sanction else None
    else:
        was = terminated_on(practice, fact.contract_id)
    notice = practice.notices.get(fact.notice_id or "")
    if notice is not None and fact.despite is None and fact.occurred_on != was:
        refuse_unless(
            all(one.referred_on > fact.occurred_on for one in stayed_by(practice, notice, fact.occurred_on)),
            "a-timely-dispute-stays-action",
            "A dispute referred in time was pending on that day",
            "occurred_on",
        )


def what_is_broken(practice: Practice) -> Iterator[RuleBroken]:
    """Each rule of the ladder that a practice would break as it stands."""
    for notice in practice.notices.values():
        yield from _of_its_kind(practice, notice)
        yield from _in_its_time(notice)
        yield from _tried_first(practice, notice)
        yield from _entitled_by_then(practice, notice)
    yield from _done_too_soon(practice)
    yield from _suspended_too_long(practice)
    for notice_id in done_after_the_end(practice):
        yield broken_of(
            "a-contract-ends-after-its-notices",
            "A notice would have been issued after its contract ended: withdraw the notice first",
            notice_id,
        )
    for what, first, last in _spans(practice):
        if first is not None and last is not None and last < first:
            yield broken_of(
                "an-end-is-not-before-its-start", f"{what} would come before what it follows", what
            )


def _of_its_kind(practice: Practice, notice: Notice) -> Iterator[RuleBroken]:
    for one in notice.breaches:
        breach = practice.breaches.get(one)
        if breach and notice.status != NoticeStatus.WITHDRAWN:
            if notice.kind == NoticeKind.REMEDIAL and not breach.remediable:
                yield broken_of(
                    "a-remedial-notice-is-of-what-can-be-put-right",
                    "A remedial notice would be of a breach that cannot be put right",
                    notice.notice_id,
                )
            if notice.kind == NoticeKind.BREACH and breach.remediable:
                yield broken_of(
                    "a-breach-notice-is-of-what-cannot-be-put-right",
                    "A breach notice would be of a breach that can be put right",
                    notice.notice_id,
                )


def _in_its_time(notice: Notice) -> Iterator[RuleBroken]:
    if notice.status != NoticeStatus.NOT_SATISFIED or notice.ends_on is None or notice.assessed_on is None:
        return
    if not period_has_passed(notice, notice.assessed_on):
        yield broken_of(
            "a-period-passes-before-its-notice-is-not-satisfied",
            f"Its period would run to {in_full(notice.ends_on)}, and it was found not satisfied by then",
            notice.notice_id,
        )


def _tried_first(practice: Practice, notice: Notice) -> Iterator[RuleBroken]:
    entry = practice.standing.get(notice.issued or 0)
    if entry is None:
        return
    assert isinstance(entry.fact, events.NoticeIssued)
    if entry.fact.no_local_resolution is None and not settlement_tried(
        practice, notice, entry.fact.occurred_on
    ):
        yield broken_of(
            "the-parties-try-to-settle-first",
            "A notice would have been issued without anything tried to settle it",
            notice.notice_id,
        )


_BY_DAYS = {
    "the-holder-is-entitled-to-end-the-contract",
    "a-repeat-follows-two-notices",
    "a-step-rests-on-notices-that-stand",
}


def _entitled_by_then(practice: Practice, notice: Notice) -> Iterator[RuleBroken]:
    """What a sanction's or termination's notice rests on was found, repeated and served by the day of its draft."""
    entry = practice.standing.get(notice.version)
    if entry is None or notice.status == NoticeStatus.WITHDRAWN:
        return
    if not isinstance(entry.fact, events.SanctionProposed | events.TerminationNoticeDrafted):
        return
    try:
        entitled(practice, entry.fact, entry.fact.occurred_on)
    except RuleBroken as broken:
        if broken.rule in _BY_DAYS:
            broken.args = (broken.rule, notice.notice_id)
            yield broken


def _done_too_soon(practice: Practice) -> Iterator[RuleBroken]:
    for sanction in practice.sanctions.values():
        notice = practice.notices.get(sanction.notice_id)
        if notice is None or sanction.imposed_on is None or notice.served_on is None:
            continue
        try:
            has_its_notice(
                practice, "sanction-notice", notice.served_on, sanction.imposed_on, notice.shorter_because, True, ""
            )  # fmt: skip
        except RuleBroken as broken:
            broken.args = (broken.rule, sanction.sanction_id)
            yield broken
        if sanction.imposed_on < sanction.from_on:
            yield broken_of(
                "a-step-waits-for-its-day",
                "A sanction would have been imposed before its day",
                sanction.sanction_id,
            )
    for one in practice.terminations.values():
        by_notice = one.because in {TerminatedBecause.HOLDER_NOTICE, TerminatedBecause.CONTRACTOR_NOTICE}
        if by_notice and one.terminated_on is not None and one.terminated_on < one.effective_on:
            yield broken_of(
                "a-step-waits-for-its-day",
                "A contract would have ended before its notice's day",
                one.termination_id,
            )
        if one.because == TerminatedBecause.HOLDER_NOTICE:
            yield from _ended_before_its_notice_ran(practice, one)


def _suspended_too_long(practice: Practice) -> Iterator[RuleBroken]:
    """Without its lifting, one suspension may run on beside another."""
    for sanction in practice.sanctions.values():
        fact = practice.standing[sanction.version].fact
        notice = practice.notices.get(sanction.notice_id)
        if not isinstance(fact, events.SanctionProposed) or notice is None:
            continue
        if fact.until_on is None or notice.status == NoticeStatus.WITHDRAWN:
            continue
        last = min(fact.until_on, sanction.lifted_on or fact.until_on)
        try:
            suspends_no_longer_in_all(practice, replace(fact, until_on=last), fact.occurred_on)
        except RuleBroken as broken:
            broken.args = (broken.rule, sanction.sanction_id)
            yield broken


def _ended_before_its_notice_ran(practice: Practice, ended: Termination) -> Iterator[RuleBroken]:
    notice = practice.notices.get(ended.notice_id or "")
    if notice is None or notice.served_on is None or ended.terminated_on is None:
        return
    try:
        its_notice_has_run(practice, notice, ended.terminated_on)
    except RuleBroken as broken:
        broken.args = (broken.rule, ended.termination_id)
        yield broken


def _spans(practice: Practice) -> Iterator[tuple[str, date | None, date | None]]:
    for breach in practice.breaches.values():
        yield f"The breach {breach.breach_id}", breach.breached_on, breach.identified_on
    for notice in practice.notices.values():
        steps = (
            ("issuing", notice.issued_on),
            ("sending", notice.sent_on),
            ("assessing", notice.assessed_on),
            ("withdrawing", notice.withdrawn_on),
        )
        named = [practice.breaches[one].identified_on for one in notice.breaches if one in practice.breaches]
        yield f"The draft of {notice.notice_id}", max(named, default=None), notice.drafted_on
        before = notice.drafted_on
        for step, on in steps:
            yield f"The {step} of {notice.notice_id}", before, on
            before = on or before
    for sanction in practice.sanctions.values():
        given = practice.notices.get(sanction.notice_id)
        yield (
            f"The imposing of {sanction.sanction_id}",
            given.served_on if given else None,
            sanction.imposed_on,
        )
        yield f"The last day of {sanction.sanction_id}", sanction.imposed_on, sanction.until_on
        yield f"The lifting of {sanction.sanction_id}", sanction.imposed_on, sanction.lifted_on
    for suspension in practice.suspensions.values():
        yield f"The suspension {suspension.suspension_id}", suspension.from_on, suspension.ended_on
    for dispute in practice.disputes.values():
        yield f"The dispute {dispute.dispute_id}", decided_on(practice, dispute.subject), dispute.referred_on
        yield f"The end of {dispute.dispute_id}", dispute.referred_on, dispute.ended_on
    for contract in practice.contracts.values():
        ended = [
            one.terminated_on
            for one in practice.terminations.values()
            if one.contract_id == contract.contract_id
        ]
        yield (
            f"The end of contract {contract.contract_id}",
            contract.starts_on,
            next(filter(None, ended), None),
        )


def broken_of(rule: str, message: str, what: str) -> RuleBroken:
    """A rule that would not hold, and of what: by these two it is known again, whatever days its message names."""
    broken = RuleBroken(rule, message)
    broken.args = (rule, what)
    return broken
