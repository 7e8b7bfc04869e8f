"""The days of a contract: of notices, sanctions, terminations, closed lists, variations, and of its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.clocks.sums import counted, counted_back, so_many
from domain.clocks.what import Clock, Due, in_sum, named, rule_of, said
from domain.practice.changes_state import Asked
from domain.practice.contract_kinds import AFTER_NOTICES, DisputeOutcome
from domain.practice.contract_state import Notice, NoticeStatus, Sanction, Termination
from domain.practice.dates import in_full
from domain.practice.entitled import disputes_over
from domain.practice.events import ContractSigned, ContractVaried, TerminationNoticeDrafted
from domain.practice.kinds import NoticeKind, Side, Unit
from domain.practice.sanctions import imposed_from
from domain.practice.state import Practice

HOLDER = Side.CONTRACT_HOLDER


def notices(practice: Practice) -> Iterator[Due]:
    """The days of every notice. One of a contract that has ended may be disputed still, and takes no other step."""
    referred = {dispute.subject for dispute in practice.disputes.values()}
    over = _ended(practice)
    for notice in practice.notices.values():
        if notice.contract_id not in over:
            yield from _to_be_given(notice)
        if notice.served_on is None or notice.served is None:
            continue
        if (
            notice.open
            and notice.ends_on
            and notice.kind == NoticeKind.REMEDIAL
            and notice.contract_id not in over
        ):
            yield _period(practice, notice, notice.served_on, notice.ends_on)
        if (
            notice.status in {NoticeStatus.SERVED, NoticeStatus.NOT_SATISFIED}
            and notice.notice_id not in referred
        ):
            yield from _last_for_a_dispute(practice, notice, notice.served_on)


def _ended(practice: Practice) -> set[str]:
    return {one.contract_id for one in practice.terminations.values() if one.terminated}


def _to_be_given(notice: Notice) -> Iterator[Due]:
    """A draft waits for another than its drafter to issue it; what was issued is to be served."""
    if notice.status == NoticeStatus.DRAFT:
        words = f"drafted on {in_full(notice.drafted_on)}; another person than its drafter issues it"
        of = (Clock.NOTICE_TO_ISSUE, notice.notice_id, notice.version, notice.drafted_on, HOLDER)
        yield said(*of, words)._replace(began_by=notice.drafted_by)
    if notice.status == NoticeStatus.ISSUED and notice.issued_on and notice.issued:
        words = f"issued on {in_full(notice.issued_on)}; its period does not run before service is recorded"
        yield said(Clock.NOTICE_TO_SERVE, notice.notice_id, notice.issued, notice.issued_on, HOLDER, words)


def _period(practice: Practice, notice: Notice, served_on: date, ends_on: date) -> Due:
    """The period of a remedial notice: in it the contractor acts, and when it has run, the notice is to be assessed."""
    known = rule_of(practice, "remedial-notice", served_on)
    length = (ends_on - served_on).days
    shorter = (
        f", shorter than {so_many(known.length, known.unit)} for a recorded reason"
        if known and notice.shorter_because and length < known.length
        else ""
    )
    words = (
        f"counts as given on {in_full(served_on)}: {counted(length, Unit.DAYS, served_on, ends_on)}{shorter}"
    )
    assert notice.served is not None
    return Due(
        Clock.NOTICE_PERIOD, notice.notice_id, notice.served, ends_on, Side.PRACTICE, *named(known), words
    )


def _last_for_a_dispute(practice: Practice, notice: Notice, served_on: date) -> Iterator[Due]:
    if known := rule_of(practice, "dispute-referral", served_on):
        last = known.after(served_on)
        words = f"the notice counts as given on {in_full(served_on)}: {in_sum(known, served_on, last)}"
        assert notice.served is not None
        yield Due(
            Clock.DISPUTE_WINDOW, notice.notice_id, notice.served, last, Side.PRACTICE, *named(known), words
        )


def sanctions_and_terminations(practice: Practice) -> Iterator[Due]:
    over = _ended(practice)
    for sanction in practice.sanctions.values():
        notice = practice.notices.get(sanction.notice_id)
        if notice and notice.contract_id in over:
            continue
        if notice and sanction.imposed and not sanction.lifted:
            yield from _to_lift(practice, sanction, notice)
        if not sanction.imposed and notice and notice.open and notice.served:
            yield _sanction_begins(practice, sanction, notice, notice.served)
        if sanction.imposed and not sanction.lifted and sanction.until_on is not None:
            words = f"it was imposed until {in_full(sanction.until_on)}"
            yield said(
                Clock.SANCTION_ENDS, sanction.sanction_id, sanction.imposed, sanction.until_on, HOLDER, words
            )
    for ending in practice.terminations.values():
        if _stands(practice, ending):
            yield _contract_ends(practice, ending)


def _sanction_begins(practice: Practice, sanction: Sanction, notice: Notice, served: int) -> Due:
    """The day that the rule of imposing takes: what the letter says, or later, where it counts as given late."""
    known = None if notice.shorter_because else rule_of(practice, "sanction-notice", notice.served_on)
    words = f"its notice says {in_full(sanction.from_on)}"
    if known and notice.served_on:
        words += f"; {in_sum(known, notice.served_on, known.after(notice.served_on))}"
    elif notice.shorter_because and notice.served_on:
        words += (
            f"; it counts as given on {in_full(notice.served_on)}, and need not run for a recorded reason"
        )
    first = (
        imposed_from(practice, sanction, notice) if known or notice.shorter_because else None
    ) or sanction.from_on
    return Due(Clock.SANCTION_BEGINS, sanction.sanction_id, served, first, HOLDER, *named(known), words)


def _contract_ends(practice: Practice, ending: Termination) -> Due:
    """The day that the notice names, or later, where it counts as given late."""
    words = f"notice says that the contract ends on {in_full(ending.effective_on)}"
    found = said(Clock.TERMINATION, ending.termination_id, ending.version, ending.effective_on, HOLDER, words)
    notice = practice.notices.get(ending.notice_id or "")
    entry = practice.standing.get(notice.version) if notice else None
    if notice is None or notice.shorter_because or entry is None:
        return found
    after_notices = (
        isinstance(entry.fact, TerminationNoticeDrafted) and entry.fact.entitlement in AFTER_NOTICES
    )
    known = rule_of(practice, "termination-notice", notice.served_on) if after_notices else None
    if known is None or notice.served_on is None or known.after(notice.served_on) <= ending.effective_on:
        return found
    last = known.after(notice.served_on)
    words += f"; {in_sum(known, notice.served_on, last)}, and it does not end before"
    return Due(*found[:3], last, HOLDER, *named(known), words)


def _to_lift(practice: Practice, sanction: Sanction, notice: Notice) -> Iterator[Due]:
    """What a dispute was determined against is not left running."""
    lost = [one for one in disputes_over(practice, notice) if one.outcome == DisputeOutcome.FOR_CONTRACTOR]
    if lost and lost[0].ended_on and lost[0].ended:
        words = f"a dispute over it was determined for the contractor on {in_full(lost[0].ended_on)}"
        yield said(
            Clock.SANCTION_TO_LIFT,
            sanction.sanction_id,
            sanction.imposed or 0,
            lost[0].ended_on,
            HOLDER,
            words,
        )


def disputes(practice: Practice) -> Iterator[Due]:
    """A dispute is pending until it is determined or withdrawn."""
    for one in practice.disputes.values():
        if one.pending:
            words = f"referred on {in_full(one.referred_on)}; neither determined nor withdrawn"
            yield said(Clock.DISPUTE_PENDING, one.dispute_id, one.version, one.referred_on, HOLDER, words)


def _stands(practice: Practice, ending: Termination) -> bool:
    """Whether notice of it was given: one that is only drafted, or was withdrawn, ends no contract."""
    notice = practice.notices.get(ending.notice_id or "")
    given = notice.given and notice.status != NoticeStatus.WITHDRAWN if notice else ending.notice_id is None
    return given and not ending.withdrawn and not ending.terminated


def suspensions(practice: Practice) -> Iterator[Due]:
    for one in practice.suspensions.values():
        if one.until_on is not None and one.ended is None:
            words = f"it was recorded as lasting until {in_full(one.until_on)}"
            yield said(Clock.SUSPENSION_ENDS, one.suspension_id, one.version, one.until_on, HOLDER, words)


def mergers(practice: Practice) -> Iterator[Due]:
    """A merger that was approved has effect on its day; payments are told of it long before."""
    for one in practice.mergers.values():
        if one.merged is not None:
            continue
        words = f"it was approved for {in_full(one.effective_on)}"
        yield said(Clock.MERGER, one.merger_id, one.version, one.effective_on, HOLDER, words)
        if known := rule_of(practice, "merger-notice", one.approved_on):
            last = known.before(one.effective_on)
            words = counted_back(known.length, known.unit, one.effective_on, last)
            yield Due(Clock.MERGER_NOTICE, one.merger_id, one.version, last, HOLDER, *named(known), words)


def lists(practice: Practice) -> Iterator[Due]:
    """A closed list opens on its day; to stay closed longer must be asked for long before. One refused bars another."""
    for closure in practice.list_closures.values():
        if closure.status == Asked.WAITING:
            words = f"asked for on {in_full(closure.asked_on)}"
            yield said(
                Clock.LIST_TO_DECIDE, closure.application_id, closure.version, closure.asked_on, HOLDER, words
            )
        of = (closure.application_id, closure.decided or closure.version)
        if closure.status == Asked.REFUSED and closure.barred_until and closure.decided_on:
            known = rule_of(practice, "list-closure-refused", closure.decided_on)
            words = f"refused on {in_full(closure.decided_on)}"
            words += f": {in_sum(known, closure.decided_on, closure.barred_until)}" if known else ""
            yield Due(Clock.LIST_BARRED, *of, closure.barred_until, Side.PRACTICE, *named(known), words)
        if closure.ended or closure.reopens_on is None or closure.reopened_on:
            continue
        words = f"the closure notice says {in_full(closure.reopens_on)}"
        yield said(Clock.LIST_OPENS, *of, closure.reopens_on, Side.PRACTICE, words)
        if known := rule_of(practice, "list-closure-extension", closure.decided_on):
            last = known.before(closure.reopens_on)
            words = counted_back(known.length, known.unit, closure.reopens_on, last)
            yield Due(Clock.LIST_EXTENSION, *of, last, Side.PRACTICE, *named(known), words)


def branches(practice: Practice) -> Iterator[Due]:
    for one in practice.branch_closures.values():
        if one.status == Asked.WAITING:
            words = f"asked for on {in_full(one.asked_on)}"
            yield said(Clock.BRANCH_TO_DECIDE, one.branch_id, one.version, one.asked_on, HOLDER, words)


def contracts(practice: Practice) -> Iterator[Due]:
    """Contracts that end on a day, and variations from a day to come. Most practices have neither, and are not gone
    through.
    """
    ended = _ended(practice)
    dated = (one for one in practice.contracts.values() if one.varied_on or one.ends_on)
    if all(one.contract_id in ended for one in dated):
        return
    for entry in practice.standing.values():
        fact = entry.fact
        # Every fact of a long record comes by here: its kind is asked in the quickest way.
        if type(fact) is ContractSigned and fact.ends_on and fact.contract_id not in ended:
            words = f"the contract was signed to {in_full(fact.ends_on)}"
            yield said(Clock.CONTRACT_ENDS, fact.contract_id, entry.version, fact.ends_on, HOLDER, words)
        elif type(fact) is ContractVaried and fact.effective_on > entry.recorded_on:
            yield _variation(practice, fact, entry.version)


def _variation(practice: Practice, fact: ContractVaried, version: int) -> Due:
    known = rule_of(practice, "unilateral-variation", fact.notice_given_on) if fact.unilateral else None
    words = f"the variation says {in_full(fact.effective_on)}"
    if known and fact.notice_given_on:
        earliest = known.after(fact.notice_given_on)
        words += f"; {in_sum(known, fact.notice_given_on, earliest)}, the earliest that the notice allowed"
    return Due(
        Clock.VARIATION, f"variation-{version}", version, fact.effective_on, HOLDER, *named(known), words
    )
