"""What was asked for, what came, and when the clock stood, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clocks.sums import counted, so_many
from domain.practice import events as e
from domain.practice.expectation_state import Outcome
from web.practices.told import About, Told, short, typed
from web.words import day, label

if TYPE_CHECKING:
    from web.practices.telling import Telling

CAME = {
    Outcome.MET: "in time",
    Outcome.MET_RECORDED_LATE: "in time, recorded late",
    Outcome.MET_LATE: "late",
}


def expectation(t: Telling, expectation_id: str) -> About:
    one = t.practice.expectations.get(expectation_id)
    return About(short(one.words.words), one.version) if one else About("what was withdrawn since", None)


def expectation_set(t: Telling, fact: e.ExpectationSet) -> Told:
    rows = [("By", day(fact.due_on))]
    if fact.length and fact.unit:
        rows.append(("Worked out", counted(fact.length, fact.unit, fact.occurred_on, fact.due_on)))
    if fact.source:
        rows.append(("Rule", fact.source))
    if came := _came(t, fact.expectation_id):
        rows.append(("What came", came))
    return Told(
        title=f"{label(fact.kind)} asked of the {t.names.side(fact.expected_of)}",
        group="actions",
        how=f"by {day(fact.due_on)}",
        words=typed(("", fact.words)),
        rows=tuple(rows),
        about=tuple(map(t.cited, fact.about)),
    )


def _came(t: Telling, expectation_id: str) -> str:
    """What is known of it whatever day it is: silence is told where there is a day to tell it of."""
    one = t.practice.expectations.get(expectation_id)
    if one is None or one.answered_on is None or one.answer is None:
        return ""
    return f"{label(one.answer)} on {day(one.answered_on)}, {CAME[one.outcome(one.answered_on)]}"


def expectation_answered(t: Telling, fact: e.ExpectationAnswered) -> Told:
    one = t.practice.expectations.get(fact.expectation_id)
    who = f" by the {t.names.side(one.expected_of)}" if one else ""
    entry = (t.cited(fact.entry),) if fact.entry else ()
    return Told(
        title=f"{label(fact.answer)}{who}",
        group="actions",
        how=CAME[one.outcome(fact.occurred_on)] if one and one.answered_on else "",
        words=typed(("", fact.words)),
        about=(expectation(t, fact.expectation_id), *entry),
    )


def expectation_moved(t: Telling, fact: e.ExpectationMoved) -> Told:
    return Told(
        title=f"Answer expected by {day(fact.due_on)}",
        group="actions",
        words=typed(("", fact.reason)),
        rows=(("Before", day(fact.before_due_on)), ("First", day(fact.first_due_on))),
        about=(expectation(t, fact.expectation_id),),
    )


def expectation_withdrawn(t: Telling, fact: e.ExpectationWithdrawn) -> Told:
    return Told(
        title="Answer no longer expected",
        group="actions",
        words=typed(("", fact.reason)),
        about=(expectation(t, fact.expectation_id),),
    )


def clock_stopped(t: Telling, fact: e.ClockStopped) -> Told:
    return Told(
        title="Clock stopped",
        group="actions",
        words=typed(("", fact.reason)),
        rows=(("Left", so_many(fact.remaining, fact.unit)),),
        about=(expectation(t, fact.expectation_id),),
    )


def clock_restarted(t: Telling, fact: e.ClockRestarted) -> Told:
    return Told(
        title=f"Clock restarted: answer expected by {day(fact.due_on)}",
        group="actions",
        words=typed(("", fact.reason)),
        rows=(("Before it stood", day(fact.before_due_on)), ("First", day(fact.first_due_on))),
        about=(expectation(t, fact.expectation_id),),
    )
