"""What is due about a practice, when, and why: worked out from where it stands and the day, and never stored.

`clocks` are all that run, whatever the day is: a view keeps their days. `due` is what there is on one day, by
consequence. A day that passes by itself (the last for a dispute, the first of a variation) is due until it has passed;
what somebody has to do about is due until they did.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.clocks import contract
from domain.clocks.counting import ONE_DAY
from domain.clocks.responses import responses
from domain.clocks.sums import counted
from domain.clocks.what import RANK, Clock, Due, in_sum, named, rule_of, said
from domain.practice.afterwards import conversation_is_owed
from domain.practice.dates import in_full
from domain.practice.expectation_state import Expectation
from domain.practice.kinds import RegulatoryActionKind, Side
from domain.practice.state import Practice
from domain.rules import RuleBroken

HOLDER = Side.CONTRACT_HOLDER


def due(practice: Practice, on: date) -> list[Due]:
    """What is due on a day: what is late by consequence, then what comes by its day. What the framework's rules expect at a
    tier is among it where they are handed in with the practice.
    """
    if practice.closed_on is not None and practice.closed_on <= on:
        return []
    running = (*clocks(practice), *responses(practice, on), *_review(practice, on))
    found = [one for one in running if on <= one.due_on or not one.passes]
    return sorted((_on_its_day(one, on) for one in found), key=lambda one: _by_consequence(one, on))


def _on_its_day(one: Due, on: date) -> Due:
    """While a remedial notice runs, the contractor acts; when it has run, the holder assesses it."""
    ran_out = one.clock == Clock.NOTICE_PERIOD and one.late(on)
    return one._replace(of=HOLDER) if ran_out else one


def _by_consequence(one: Due, on: date) -> tuple[bool, int, date, int, int]:
    late = one.late(on)
    return not late, RANK[one.clock] if late else 0, one.due_on, RANK[one.clock], one.version


def clocks(practice: Practice) -> Iterator[Due]:
    """Every clock that runs, but the review of the tier, which depends on the day that is asked about."""
    yield from _safety(practice)
    yield from contract.notices(practice)
    yield from contract.sanctions_and_terminations(practice)
    yield from contract.disputes(practice)
    yield from contract.suspensions(practice)
    yield from contract.mergers(practice)
    yield from contract.lists(practice)
    yield from contract.branches(practice)
    yield from _challenges(practice)
    yield from _regulator(practice)
    yield from _declarations(practice)
    yield from contract.contracts(practice)
    yield from (
        _expectation(one) for one in practice.expectations.values() if one.open and one.stopped_on is None
    )


# --- what immediate safety put off -------------------------------------------------------------------------


def _safety(practice: Practice) -> Iterator[Due]:
    """The shared conversation after a decision for immediate safety. It is expected also where nobody can count working
    days: then on the next day.
    """
    for decision in practice.decisions:
        if not conversation_is_owed(practice, decision):
            continue
        decided = decision.decided_on
        words = f"decided for immediate safety on {in_full(decided)}"
        known = rule_of(practice, "safety-conversation", decided)
        try:
            last = known.after(decided) if known else decided + ONE_DAY
        except RuleBroken:
            known, last = None, decided + ONE_DAY
        counted_as = f": {in_sum(known, decided, last)}" if known else ""
        yield Due(
            Clock.SAFETY_CONVERSATION,
            decision.decision_id,
            decision.version,
            last,
            HOLDER,
            *named(known),
            f"{words}{counted_as}",
        )


# --- what the practice says is wrong -----------------------------------------------------------------------


def _challenges(practice: Practice) -> Iterator[Due]:
    for one in practice.challenges.values():
        if one.open:
            words = f"recorded for {in_full(one.made_on)}; somebody decides it who recorded neither it nor what it is about"
            of = (Clock.CHALLENGE_TO_DECIDE, one.challenge_id, one.version, one.made_on, HOLDER)
            yield said(*of, words)._replace(began_by=one.made_by)


# --- the regulator, and declarations -----------------------------------------------------------------------

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
            yield said(
                Clock.REGULATOR_COMPLY,
                action.regulatory_id,
                action.version,
                action.comply_by,
                Side.PRACTICE,
                words,
            )
        clock, name = _OF_THE_REGULATOR.get(action.kind, (None, ""))
        from_on = action.notice_on or action.from_on
        known = rule_of(practice, name, from_on)
        if clock and known:
            last = known.after(from_on)
            words = f"notice of {in_full(from_on)}: {in_sum(known, from_on, last)}"
            yield Due(clock, action.regulatory_id, action.version, last, Side.PRACTICE, *named(known), words)


def _declarations(practice: Practice) -> Iterator[Due]:
    for one in practice.declarations.values():
        if one.submitted is None:
            words = f"asked for by {in_full(one.due_on)}"
            yield said(
                Clock.DECLARATION, f"declaration-{one.year}", one.version, one.due_on, Side.PRACTICE, words
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
        yield said(Clock.REVIEW, decision.decision_id, decision.version, decision.review_on, HOLDER, words)
