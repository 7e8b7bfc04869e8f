"""What is due about a practice, when, and why: worked out from where it stands and the day, and never stored.

`clocks` are all that run, whatever the day is: a view keeps their days. `due` is what there is on one day, by
consequence. A day that passes by itself (the last for a dispute, the first of a variation) is due until it has passed;
what somebody has to do about is due until they did.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from domain.clocks.periods import Rule, rule
from domain.clocks.sums import counted, so_many
from domain.practice.contract_state import Notice, NoticeStatus
from domain.practice.dates import in_full
from domain.practice.events import ContractSigned, ContractVaried
from domain.practice.expectation_state import Expectation
from domain.practice.kinds import NoticeKind, RegulatoryActionKind, Side, Unit
from domain.practice.state import Practice
from domain.rules import RuleBroken, Sealed


class Clock(StrEnum):
    """What kind of day it is, in the order of what follows from missing it."""

    NOTICE_PERIOD = "notice_period"
    NOTICE_TO_SERVE = "notice_to_serve"
    TERMINATION = "termination"
    SANCTION_ENDS = "sanction_ends"
    NOTICE_RUNS = "notice_runs"
    DISPUTE_WINDOW = "dispute_window"
    REGULATOR_COMPLY = "regulator_comply"
    REGULATOR_REPRESENTATIONS = "regulator_representations"
    REGULATOR_APPEAL = "regulator_appeal"
    DECLARATION = "declaration"
    EXPECTATION = "expectation"
    REVIEW = "review"
    CONTRACT_ENDS = "contract_ends"
    VARIATION = "variation"


RANK = {clock: rank for rank, clock in enumerate(Clock)}

PASSES = frozenset(
    {
        Clock.NOTICE_RUNS,
        Clock.DISPUTE_WINDOW,
        Clock.REGULATOR_REPRESENTATIONS,
        Clock.REGULATOR_APPEAL,
        Clock.CONTRACT_ENDS,
        Clock.VARIATION,
    }
)
"""Days after which nothing is left to do: nobody is late."""


class Due(NamedTuple):
    """A day, and why it is that day. `version` is the fact that it follows from, `of` whose move it is.

    `rule` names a dated rule and `source` where it is from; `sum` is how the day was worked out. `words` are what was
    asked for, where a person typed it. `asked_by` is the side that follows it up, where not the contract holder.
    """

    clock: Clock
    thing_id: str
    version: int
    due_on: date
    of: Side
    rule: str | None
    source: str | None
    sum: str
    words: Sealed | None = None
    asked_by: Side | None = None

    @property
    def passes(self) -> bool:
        return self.clock in PASSES

    def late(self, on: date) -> bool:
        """Whether somebody should have done something about it by now."""
        return not self.passes and self.due_on < on


def due(practice: Practice, on: date) -> list[Due]:
    """What is due on a day: what is late by consequence, then what comes by its day."""
    if practice.closed_on is not None and practice.closed_on <= on:
        return []
    found = [one for one in (*clocks(practice), *_review(practice, on)) if on <= one.due_on or not one.passes]
    return sorted(found, key=lambda one: _by_consequence(one, on))


def _by_consequence(one: Due, on: date) -> tuple[bool, int, date, int, int]:
    late = one.late(on)
    return not late, RANK[one.clock] if late else 0, one.due_on, RANK[one.clock], one.version


def clocks(practice: Practice) -> Iterator[Due]:
    """Every clock that runs, but the review of the tier, which depends on the day that is asked about."""
    yield from _notices(practice)
    yield from _sanctions_and_terminations(practice)
    yield from _regulator(practice)
    yield from _declarations(practice)
    yield from _contracts(practice)
    yield from (
        _expectation(one) for one in practice.expectations.values() if one.open and one.stopped_on is None
    )


# --- notices ----------------------------------------------------------------------------------------------------

NAME_OF = {NoticeKind.REMEDIAL: "remedial-notice", NoticeKind.SANCTION: "sanction-notice"}
HOLDER = Side.CONTRACT_HOLDER


def _notices(practice: Practice) -> Iterator[Due]:
    referred = {dispute.subject for dispute in practice.disputes.values()}
    for notice in practice.notices.values():
        if notice.status == NoticeStatus.ISSUED and notice.issued_on and notice.issued:
            words = (
                f"issued on {in_full(notice.issued_on)}; its period does not run before service is recorded"
            )
            yield Due(
                Clock.NOTICE_TO_SERVE,
                notice.notice_id,
                notice.issued,
                notice.issued_on,
                HOLDER,
                None,
                None,
                words,
            )
        if notice.served_on is None or notice.served is None:
            continue
        if notice.open and notice.ends_on is not None:
            yield _period(practice, notice, notice.served_on, notice.ends_on)
        if (
            notice.status in {NoticeStatus.SERVED, NoticeStatus.NOT_SATISFIED}
            and notice.notice_id not in referred
        ):
            yield from _last_for_a_dispute(practice, notice, notice.served_on)


def _period(practice: Practice, notice: Notice, served_on: date, ends_on: date) -> Due:
    """The period of a notice: in it the contractor acts; when it has run, a remedial notice is to be assessed."""
    clock = Clock.NOTICE_PERIOD if notice.kind == NoticeKind.REMEDIAL else Clock.NOTICE_RUNS
    known = _rule(practice, NAME_OF.get(notice.kind, ""), served_on)
    length = (ends_on - served_on).days
    shorter = (
        f", shorter than {so_many(known.length, known.unit)} for a recorded reason"
        if known and notice.shorter_because and length < known.length
        else ""
    )
    words = f"served on {in_full(served_on)}: {counted(length, Unit.DAYS, served_on, ends_on)}{shorter}"
    assert notice.served is not None
    return Due(clock, notice.notice_id, notice.served, ends_on, Side.PRACTICE, *_from(known), words)


def _last_for_a_dispute(practice: Practice, notice: Notice, served_on: date) -> Iterator[Due]:
    if known := _rule(practice, "dispute-referral", served_on):
        last = known.after(served_on)
        words = f"notice served on {in_full(served_on)}: {_counted(known, served_on, last)}"
        assert notice.served is not None
        yield Due(
            Clock.DISPUTE_WINDOW, notice.notice_id, notice.served, last, Side.PRACTICE, *_from(known), words
        )


def _sanctions_and_terminations(practice: Practice) -> Iterator[Due]:
    for sanction in practice.sanctions.values():
        if sanction.imposed and not sanction.lifted and sanction.until_on is not None:
            words = f"it was imposed until {in_full(sanction.until_on)}"
            yield Due(
                Clock.SANCTION_ENDS,
                *(sanction.sanction_id, sanction.imposed, sanction.until_on, HOLDER, None, None, words),
            )
    for ending in practice.terminations.values():
        if not ending.withdrawn and not ending.terminated:
            words = f"notice says that the contract ends on {in_full(ending.effective_on)}"
            yield Due(
                Clock.TERMINATION,
                *(ending.termination_id, ending.version, ending.effective_on, HOLDER, None, None, words),
            )


# --- the regulator, declarations, contracts -----------------------------------------------------------------------

_OF_THE_REGULATOR = {
    RegulatoryActionKind.NOTICE_OF_PROPOSAL: (Clock.REGULATOR_REPRESENTATIONS, "cqc-representations"),
    RegulatoryActionKind.NOTICE_OF_DECISION: (Clock.REGULATOR_APPEAL, "cqc-appeal"),
}


def _regulator(practice: Practice) -> Iterator[Due]:
    for action in practice.regulatory_actions.values():
        if action.ended:
            continue
        if action.comply_by is not None:
            words = f"the regulator set {in_full(action.comply_by)}"
            yield Due(
                Clock.REGULATOR_COMPLY,
                *(action.regulatory_id, action.version, action.comply_by, Side.PRACTICE, None, None, words),
            )
        clock, name = _OF_THE_REGULATOR.get(action.kind, (None, ""))
        from_on = action.notice_on or action.from_on
        known = _rule(practice, name, from_on)
        if clock and known:
            last = known.after(from_on)
            words = f"notice of {in_full(from_on)}: {_counted(known, from_on, last)}"
            yield Due(clock, action.regulatory_id, action.version, last, Side.PRACTICE, *_from(known), words)


def _declarations(practice: Practice) -> Iterator[Due]:
    for one in practice.declarations.values():
        if one.submitted is None:
            words = f"asked for by {in_full(one.due_on)}"
            yield Due(
                Clock.DECLARATION,
                f"declaration-{one.year}",
                one.version,
                one.due_on,
                Side.PRACTICE,
                None,
                None,
                words,
            )


def _contracts(practice: Practice) -> Iterator[Due]:
    """Contracts that end on a day, and variations from a day on. Most practices have neither, and are not gone through."""
    ended = {one.contract_id for one in practice.terminations.values() if one.terminated}
    dated = (one for one in practice.contracts.values() if one.varied_on or one.ends_on)
    if all(one.contract_id in ended for one in dated):
        return
    for entry in practice.standing.values():
        fact = entry.fact
        if isinstance(fact, ContractSigned) and fact.ends_on and fact.contract_id not in ended:
            words = f"the contract was signed to {in_full(fact.ends_on)}"
            yield Due(
                Clock.CONTRACT_ENDS, fact.contract_id, entry.version, fact.ends_on, HOLDER, None, None, words
            )
        elif isinstance(fact, ContractVaried) and fact.contract_id not in ended:
            yield _variation(practice, fact, entry.version)


def _variation(practice: Practice, fact: ContractVaried, version: int) -> Due:
    known = _rule(practice, "unilateral-variation", fact.notice_given_on) if fact.unilateral else None
    words = f"the variation says {in_full(fact.effective_on)}"
    if known and fact.notice_given_on:
        earliest = known.after(fact.notice_given_on)
        words += f"; {_counted(known, fact.notice_given_on, earliest)}, the earliest that the notice allowed"
    return Due(
        Clock.VARIATION, f"variation-{version}", version, fact.effective_on, HOLDER, *_from(known), words
    )


# --- expectations and reviews ---------------------------------------------------------------------------------------


def _expectation(one: Expectation) -> Due:
    if one.restarted_on is not None:
        words = f"the clock ran again from {in_full(one.restarted_on)}; first expected by {in_full(one.first_due_on)}"
    elif one.moved:
        words = f"moved; first expected by {in_full(one.first_due_on)}"
    elif one.length and one.unit:
        words = f"asked on {in_full(one.asked_on)}: {counted(one.length, one.unit, one.asked_on, one.due_on)}"
    else:
        words = f"asked on {in_full(one.asked_on)} to answer by {in_full(one.due_on)}"
    return Due(
        clock=Clock.EXPECTATION,
        thing_id=one.expectation_id,
        version=one.version,
        due_on=one.due_on,
        of=one.expected_of,
        rule=one.rule,
        source=one.source,
        sum=words,
        words=one.words,
        asked_by=one.set_by,
    )


def _review(practice: Practice, on: date) -> Iterator[Due]:
    decision = practice.decision_on(on)
    if decision is not None and decision.review_on is not None:
        words = f"the decision of {in_full(decision.decided_on)} says {in_full(decision.review_on)}"
        yield Due(
            Clock.REVIEW,
            decision.decision_id,
            decision.version,
            decision.review_on,
            HOLDER,
            None,
            None,
            words,
        )


def _rule(practice: Practice, name: str, on: date | None) -> Rule | None:
    """The rule of a day; None where there is none, and then no day is worked out by it."""
    if not name or on is None:
        return None
    try:
        return rule(name, on=on, kind=practice.kind)
    except RuleBroken:
        return None


def _from(known: Rule | None) -> tuple[str | None, str | None]:
    return (known.name, known.source) if known else (None, None)


def _counted(known: Rule, from_on: date, to_on: date) -> str:
    return counted(known.length, known.unit, from_on, to_on)
