"""Expectations: somebody is asked for something by a day, and silence can then be told from not having been asked.

Whether an answer came in time is worked out from the facts and the day, never stored. The side that asked moves,
withdraws, stops and restarts; statutory periods have no such clock, because no party may stop what the law has fixed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from domain.access.roles import SIDE_OF
from domain.clocks.counting import after, between
from domain.clocks.periods import rule
from domain.practice.cites import standing_cites
from domain.practice.commands import (
    AnswerExpectation,
    MoveExpectation,
    RestartClock,
    SetExpectation,
    StopClock,
    WithdrawExpectation,
)
from domain.practice.dates import day_of, day_since, in_full, in_order, latest
from domain.practice.events import (
    ClockRestarted,
    ClockStopped,
    ExpectationAnswered,
    ExpectationMoved,
    ExpectationSet,
    ExpectationWithdrawn,
)
from domain.practice.expectation_state import Expectation
from domain.practice.kinds import ExpectationAnswer, ExpectationKind, Side, Unit
from domain.practice.state import Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed

MAY_BE_ASKED = frozenset({Side.PRACTICE, Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER})
MOST_WORKING_DAYS = 260
"""A year of them: beyond that a day is named."""

HOUSE_RULES = {ExpectationKind.VIEW: "commissioner-view"}
"""The rule by which a kind of answer is expected where neither a day nor a number of days is given."""


class _By(NamedTuple):
    """The day by which, and how it was worked out, where it was."""

    due_on: date
    length: int | None = None
    unit: Unit | None = None
    rule: str | None = None
    source: str | None = None


def set_expectation(practice: Practice, command: SetExpectation, asked: Asked) -> list[Fact]:
    """Somebody in particular is asked for something in particular, by a day."""
    refuse_unless(
        command.expected_of in MAY_BE_ASKED,
        "an-expectation-is-of-somebody",
        "Choose who is expected to answer",
        "expected_of",
    )
    day = day_of(command, asked)
    by = _by(practice, command, day)
    in_order(day, by.due_on, "due_on")
    return [
        ExpectationSet(
            expectation_id=command.expectation_id,
            kind=command.kind,
            expected_of=command.expected_of,
            organisation=_organisation(practice, command.expected_of, day),
            words=Sealed(command.words),
            about=standing_cites(practice, command.about, "about"),
            **by._asdict(),
            occurred_on=day,
        )
    ]


def _by(practice: Practice, command: SetExpectation, day: date) -> _By:
    if command.due_on is not None and command.working_days is not None:
        raise RuleBroken(
            "an-expectation-has-one-day",
            "Enter a date or a number of working days, not both",
            "working_days",
        )
    if command.due_on is not None:
        return _By(command.due_on)
    if command.working_days is not None:
        if not 1 <= command.working_days <= MOST_WORKING_DAYS:
            raise RuleBroken(
                "working-days-are-a-year-at-most",
                f"Enter a number of working days from 1 to {MOST_WORKING_DAYS}",
                "working_days",
            )
        by = after(day, command.working_days, Unit.WORKING_DAYS)
        return _By(by, command.working_days, Unit.WORKING_DAYS)
    if command.kind not in HOUSE_RULES:
        raise RuleBroken(
            "an-expectation-has-a-day", "Enter the date by which, or a number of working days", "due_on"
        )
    found = rule(HOUSE_RULES[command.kind], on=day, kind=practice.kind)
    return _By(found.after(day), found.length, found.unit, found.name, found.source)


def _organisation(practice: Practice, of: Side, day: date) -> str | None:
    """Which organisation that side was on the day; refused where there was none to ask."""
    if of == Side.PRACTICE:
        return None
    responsible = practice.responsible_on(day)
    organisation: str | None = getattr(responsible, of.value, None)
    if organisation is None:
        raise RuleBroken(
            "who-is-asked-is-there", "No such organisation answered for this practice then", "expected_of"
        )
    return organisation


def answer_expectation(practice: Practice, command: AnswerExpectation, asked: Asked) -> list[Fact]:
    """An answer is shown by its entry or its words, and another organisation's by an entry of the record."""
    one = _expectation(practice, command.expectation_id)
    refuse_unless(one.answered is None, "an-expectation-is-answered-once", "This has an answer already")
    refuse_unless(
        one.withdrawn is None,
        "what-is-withdrawn-is-not-answered",
        "This is no longer expected. Record what came as a conversation",
    )
    entry = standing_cites(practice, (command.entry,), "entry")[0] if command.entry else None
    if command.answer == ExpectationAnswer.REPLIED and entry is None and not command.words:
        raise RuleBroken(
            "a-reply-is-shown", "Choose the entry that holds the reply, or enter what they said", "words"
        )
    if one.expected_of not in {Side.PRACTICE, SIDE_OF.get(asked.role)} and entry is None:
        raise RuleBroken(
            "an-organisation-answers-for-itself",
            "Choose the entry that shows what the other organisation answered, or leave the answer to them",
            "entry",
        )
    return [
        ExpectationAnswered(
            expectation_id=one.expectation_id,
            answer=command.answer,
            entry=entry,
            words=sealed(command.words),
            occurred_on=day_since(one.asked_on, command, asked),
        )
    ]


def move_expectation(practice: Practice, command: MoveExpectation, asked: Asked) -> list[Fact]:
    """More or less time, given before the time was over; the same day again records nothing."""
    one = _ours(practice, command.expectation_id, asked)
    _runs(one)
    day = day_since(latest_of(one), command, asked)
    _has_not_lapsed(one, asked.on)
    in_order(day, command.due_on, "due_on")
    if command.due_on == one.due_on:
        return []
    return [
        ExpectationMoved(
            expectation_id=one.expectation_id,
            due_on=command.due_on,
            before_due_on=one.due_on,
            first_due_on=one.first_due_on,
            reason=Sealed(command.reason),
            occurred_on=day,
        )
    ]


def withdraw_expectation(practice: Practice, command: WithdrawExpectation, asked: Asked) -> list[Fact]:
    """Whoever asked may say that they no longer expect an answer, also when none came in time."""
    one = _ours(practice, command.expectation_id, asked)
    return [
        ExpectationWithdrawn(
            expectation_id=one.expectation_id,
            reason=Sealed(command.reason),
            occurred_on=day_since(latest_of(one), command, asked),
        )
    ]


def stop_clock(practice: Practice, command: StopClock, asked: Asked) -> list[Fact]:
    """The time stands while there is a reason, and what is left of it is kept."""
    one = _ours(practice, command.expectation_id, asked)
    _runs(one)
    day = day_since(latest_of(one), command, asked)
    _has_not_lapsed(one, asked.on)
    unit = Unit.WORKING_DAYS if one.unit == Unit.WORKING_DAYS else Unit.DAYS
    return [
        ClockStopped(
            expectation_id=one.expectation_id,
            remaining=between(day, one.due_on, unit),
            unit=unit,
            reason=Sealed(command.reason),
            occurred_on=day,
        )
    ]


def restart_clock(practice: Practice, command: RestartClock, asked: Asked) -> list[Fact]:
    """What was left of the time runs from the day after; the day first set is kept."""
    one = _ours(practice, command.expectation_id, asked)
    refuse_unless(one.stopped_on is not None, "a-clock-that-stands-is-restarted", "This clock runs already")
    day = day_since(one.stopped_on, command, asked)
    return [
        ClockRestarted(
            expectation_id=one.expectation_id,
            due_on=after(day, one.left, one.left_in),
            before_due_on=one.due_on,
            first_due_on=one.first_due_on,
            reason=Sealed(command.reason),
            occurred_on=day,
        )
    ]


def _expectation(practice: Practice, expectation_id: str) -> Expectation:
    one = practice.expectations.get(expectation_id)
    if one is None:
        raise RuleBroken(
            "an-expectation-is-of-this-practice",
            "Choose something that was asked about this practice",
            "expectation_id",
        )
    return one


def _ours(practice: Practice, expectation_id: str, asked: Asked) -> Expectation:
    """One that is open, and that the sender's own side set."""
    one = _expectation(practice, expectation_id)
    refuse_unless(
        one.open,
        "what-is-over-stays-as-it-is",
        "This was answered, or is no longer expected: it stays as it is",
    )
    refuse_unless(
        one.set_by == SIDE_OF.get(asked.role),
        "whoever-asked-changes-what-they-asked",
        "The other organisation asked for this: only it can change that",
    )
    return one


def _runs(one: Expectation) -> None:
    refuse_unless(
        one.stopped_on is None,
        "a-clock-that-stands-is-restarted-first",
        "This clock stands. Restart it first",
    )


def _has_not_lapsed(one: Expectation, today: date) -> None:
    """What lapsed by what was recorded then is not revived by what is said of an earlier day."""
    if today > one.due_on:
        raise RuleBroken(
            "what-has-lapsed-has-lapsed",
            f"The time ended on {in_full(one.due_on)}. Withdraw it with a reason, and ask anew",
            "occurred_on",
        )


def latest_of(one: Expectation) -> date:
    """The last day on which anything happened to the clock."""
    return max(filter(None, (one.asked_on, one.stopped_on, one.restarted_on)))


def spans(practice: Practice) -> Iterator[tuple[str, date | None, date | None]]:
    """What stands in order, whatever is corrected."""
    for one in practice.expectations.values():
        what = f"The expectation {one.expectation_id}"
        yield what, one.asked_on, one.due_on
        yield f"{what}, which was answered,", one.asked_on, one.answered_on
        yield f"{what}, which was withdrawn,", one.asked_on, one.withdrawn_on
        yield f"The clock of {one.expectation_id}", one.asked_on, one.stopped_on


# --- how facts change state -----------------------------------------------------------------------------------


def expectation_set(practice: Practice, fact: ExpectationSet, entry: Recorded) -> None:
    practice.expectations[fact.expectation_id] = Expectation(
        expectation_id=fact.expectation_id,
        kind=fact.kind,
        expected_of=fact.expected_of,
        set_by=SIDE_OF.get(entry.role),
        words=fact.words,
        about=fact.about,
        asked_on=fact.occurred_on,
        due_on=fact.due_on,
        first_due_on=fact.due_on,
        length=fact.length,
        unit=fact.unit,
        rule=fact.rule,
        source=fact.source,
        version=entry.version,
        due_since=entry.version,
    )


def expectation_answered(practice: Practice, fact: ExpectationAnswered, entry: Recorded) -> None:
    if one := practice.expectations.get(fact.expectation_id):
        one.answer, one.answered_on, one.answered = fact.answer, fact.occurred_on, entry.version
        one.answer_recorded_on = entry.recorded_on


def expectation_moved(practice: Practice, fact: ExpectationMoved, entry: Recorded) -> None:
    if one := practice.expectations.get(fact.expectation_id):
        one.due_on, one.due_since, one.moved = fact.due_on, entry.version, one.moved + 1
        one.length, one.unit, one.rule, one.source = None, None, None, None


def expectation_withdrawn(practice: Practice, fact: ExpectationWithdrawn, entry: Recorded) -> None:
    if one := practice.expectations.get(fact.expectation_id):
        one.withdrawn_on, one.withdrawn = fact.occurred_on, entry.version


def clock_stopped(practice: Practice, fact: ClockStopped, entry: Recorded) -> None:
    if one := practice.expectations.get(fact.expectation_id):
        one.stopped_on, one.stopped = fact.occurred_on, entry.version
        one.left, one.left_in = fact.remaining, fact.unit


def clock_restarted(practice: Practice, fact: ClockRestarted, entry: Recorded) -> None:
    if one := practice.expectations.get(fact.expectation_id):
        one.stopped_on, one.stopped = None, None
        one.restarted_on = latest(one.restarted_on, fact.occurred_on)
        one.due_on, one.due_since = fact.due_on, entry.version
