"""Forms about what somebody was asked for: by when, what came, and the clock."""

from __future__ import annotations

from collections.abc import Sequence

from domain.practice import commands as c
from domain.practice.expectation_state import Expectation
from domain.practice.expectations import MOST_WORKING_DAYS
from domain.practice.kinds import Side
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Day, Hidden, Number, Select, TextArea, Ticks
from web.forms.form import Form
from web.practices.forms.common import NO_PATIENTS, WHEN, facts, on_day, own_side, reason, side, sides
from web.practices.told import short
from web.words import day

EXPECTATION = Hidden(name="expectation_id", label="What was asked for")


def expectation(drawing: Drawing) -> Expectation | None:
    found: Expectation | None = drawing.thing(drawing.practice.expectations, "expectation_id")
    return found


def about_expectation(drawing: Drawing) -> str:
    one = expectation(drawing)
    if one is None:
        return ""
    of = side(drawing, one.expected_of)
    first = f", first {day(one.first_due_on)}" if one.first_due_on != one.due_on else ""
    return f"{short(one.words.words)}: {of}, asked on {day(one.asked_on)}, by {day(one.due_on)}{first}"


def whose_answer(drawing: Drawing) -> str:
    """How the answer of another organisation is shown, where it is another's."""
    one = expectation(drawing)
    if one is None or one.expected_of in {Side.PRACTICE, own_side(drawing)}:
        return "That they have nothing to say is an answer. That nothing came is none: leave it, and the page says so."
    return (
        f"{side(drawing, one.expected_of)} answers for itself. Choose the entry that shows what it answered."
    )


def due_now(drawing: Drawing) -> str:
    one = expectation(drawing)
    return f"It is {day(one.due_on)} now." if one else ""


def what_is_left(drawing: Drawing) -> str:
    one = expectation(drawing)
    if one is None or one.stopped_on is None:
        return ""
    left = f"{one.left} {one.left_in.value.replace('_', ' ')}"
    return (
        f"Stopped on {day(one.stopped_on)}. {left} were left, and run from the day after the one you enter."
    )


def something_to_cite(drawing: Drawing) -> bool:
    return bool(facts(drawing))


def _kinds(drawing: Drawing) -> Sequence[Choice]:  # noqa: ARG001
    return [
        Choice("reply", "A reply", "An answer to what was put to them."),
        Choice("view", "Their view", "Where they stand: within 10 working days, if you enter nothing else."),
        Choice("information", "Information", "A document, figures or evidence."),
    ]


FORMS = (
    Form(
        command=c.SetExpectation,
        title="Record what was asked for, and by when",
        intro=(
            "When the day has passed without an answer, the page says so by itself. The day stands as it is recorded: "
            "it does not move if rules or bank holidays change later."
        ),
        fields=(
            Chosen(
                name="kind",
                label="What was asked for?",
                choices=_kinds,
                hinted=True,
                missing="Choose what was asked for",
            ),
            Chosen(
                name="expected_of",
                label="Who was asked?",
                choices=sides(Side.PRACTICE, Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER),
                missing="Choose who was asked",
            ),
            TextArea(
                name="words",
                label="What exactly?",
                hint=f"The first line is what it is called. {NO_PATIENTS}",
                missing="Enter what was asked for",
                rows=3,
            ),
            Number(
                name="working_days",
                label="Within how many working days?",
                hint=f"From 1 to {MOST_WORKING_DAYS}. Weekends and bank holidays in England are left out. Or enter a date below.",
            ),
            Day(name="due_on", label="Or by which date?", hint="The last day.", called="The date by which"),
            Ticks(name="about", label="Which entries is it about?", choices=facts, when=something_to_cite),
            WHEN,
        ),
        button="Record it",
    ),
    Form(
        command=c.AnswerExpectation,
        title="Record what came",
        about=about_expectation,
        intro=whose_answer,
        fields=(
            EXPECTATION,
            Chosen(name="answer", label="What came?", missing="Choose what came"),
            Select(
                name="entry",
                label="Which entry holds it?",
                hint="Record the conversation, letter or document first, if it is not there yet.",
                choices=facts,
                when=something_to_cite,
            ),
            TextArea(name="words", label="Or in what words?", hint=NO_PATIENTS, rows=4),
            on_day(
                "When did it come?",
                "The date it came",
                hint="The day it reached you. In time is in time, also when it is recorded later.",
            ),
        ),
        button="Record what came",
    ),
    Form(
        command=c.MoveExpectation,
        title="Give more or less time",
        about=about_expectation,
        fields=(
            EXPECTATION,
            Day(name="due_on", label="By which date now?", hint=due_now, called="The new date"),
            reason(missing="Enter why it is moved"),
            WHEN,
        ),
        button="Move it",
    ),
    Form(
        command=c.StopClock,
        title="Stop the clock",
        about=about_expectation,
        intro="The time to answer stands until the clock is restarted. What is left of it, and the day first set, are kept.",
        fields=(EXPECTATION, reason("Why does the clock stand?", "Enter why the clock stands"), WHEN),
        button="Stop the clock",
    ),
    Form(
        command=c.RestartClock,
        title="Restart the clock",
        about=about_expectation,
        intro=what_is_left,
        fields=(EXPECTATION, reason("Why does it run again?", "Enter why it runs again"), WHEN),
        button="Restart the clock",
    ),
    Form(
        command=c.WithdrawExpectation,
        title="No longer expect an answer",
        about=about_expectation,
        fields=(
            EXPECTATION,
            reason("Why is it no longer expected?", "Enter why it is no longer expected"),
            WHEN,
        ),
        button="Withdraw it",
    ),
)
