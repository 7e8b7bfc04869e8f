"""The questions of a meeting on many practices: which practices, what was said of all of them, and of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from domain.practice.commands import Attendee
from domain.practice.kinds import Channel, ParticipantRole, Side
from domain.rules import Command
from domain.text import Line, Narrative, Words
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Text, TextArea, Tick, Ticks
from web.forms.form import Form
from web.forms.shapes import Shape
from web.practices.forms.attendees import USUAL, Attendees
from web.practices.forms.common import (
    ABOUT_ACTIONS,
    ABOUT_FLAGS,
    ABOUT_INTELLIGENCE,
    NEXT_CONTACT,
    NO_PATIENTS,
    on_day,
)
from web.words import label

MOST = 100
"""Practices of one meeting: more than an afternoon has room for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosePractices(Command):
    """Which practices a meeting or a reminder is about."""

    practices: tuple[Annotated[str, Words(10, lines=False)], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SayOfAll(Command):
    """What holds of every practice of a meeting or a reminder."""

    occurred_on: date
    channel: Channel
    attendees: tuple[Attendee, ...]
    subject: Line | None = None
    said: Narrative | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SayOfOne(Command):
    """What was said of one practice; `nothing_more` than what was said of all."""

    said: Narrative | None = None
    there: tuple[str, ...] = ()
    about_actions: tuple[str, ...] = ()
    about_flags: tuple[str, ...] = ()
    about_intelligence: tuple[str, ...] = ()
    next_contact_on: date | None = None
    nothing_more: bool = False


@dataclass(frozen=True, kw_only=True)
class Ours(Attendees):
    """Who was there of both organisations: who came from a practice is said of that practice."""

    def offered(self, shape: Shape, drawing: Drawing) -> list[Choice]:
        return [one for one in super().offered(shape, drawing) if not one.value.startswith(Side.PRACTICE)]


def choose(title: str, intro: str, choices: Sequence[Choice], button: str) -> Form:
    return Form(
        command=ChoosePractices,
        title=title,
        intro=intro,
        fields=(
            Ticks(
                name="practices",
                label="Which practices?",
                choices=lambda _drawing: choices,
                missing="Choose at least one practice",
                required=True,
            ),
        ),
        button=button,
    )


_DAY = on_day("When was it?", "The date")
_SAID = TextArea(
    name="said",
    label="What was said of every practice?",
    hint=f"It stands in the entry of each of them, so it names no practice. {NO_PATIENTS}",
    rows=7,
)
_TITLE = Text(name="subject", label="Title", hint="A few words to find it by. Every practice’s entry has it.")
_HOW = Chosen(
    name="channel",
    label="How?",
    missing="Choose how you spoke",
    preset=lambda _drawing: Channel.MEETING,
    inline=True,
)

MEETING = Form(
    command=SayOfAll,
    title="What holds of every practice",
    fields=(_DAY, _HOW, Ours(name="attendees", label="Who was there of your organisations?"), _TITLE, _SAID),
    button="Save",
)

REMINDER = Form(
    command=SayOfAll,
    title="What every practice is reminded of",
    fields=(
        replace(_DAY, label="When was it sent?"),
        replace(_HOW, label="How was it sent?", preset=lambda _drawing: Channel.LETTER_OR_EMAIL),
        Ours(name="attendees", label="Who sent it?"),
        replace(_TITLE, required=True, missing="Enter a title"),
        replace(_SAID, label="What does it say?", missing="Enter what it says", required=True),
    ),
    button="Save",
)

_THERE = Shape("there", str, False, True, None, ())


def _from_the_practice(_drawing: Drawing) -> list[Choice]:
    return [Choice(role.value, label(role)) for role in (*USUAL[Side.PRACTICE], ParticipantRole.SALARIED_GP)]


def part(reminder: bool, common: str) -> Form:
    """What is said of one practice. Who receives a reminder is ticked as having been reached."""
    said = TextArea(
        name="said",
        label="What does it say to this practice alone?"
        if reminder
        else "What was said about this practice?",
        hint=f"Only this practice’s entry has it. {NO_PATIENTS}",
        rows=7,
    )
    there = Ticks(
        name="there",
        label="Who at the practice was it sent to?" if reminder else "Who was there from the practice?",
        choices=_from_the_practice,
        preset=(lambda _drawing: [ParticipantRole.PRACTICE_MANAGER.value]) if reminder else None,
    )
    nothing = Tick(
        name="nothing_more",
        label="Nothing more was said: record only what was said of every practice",
        when=lambda _drawing: bool(common) and not reminder,
    )
    actions = replace(ABOUT_ACTIONS, preset=overdue) if reminder else ABOUT_ACTIONS
    return Form(
        command=SayOfOne,
        title="Your part",
        fields=(said, nothing, actions, ABOUT_FLAGS, ABOUT_INTELLIGENCE, there, NEXT_CONTACT),
        extra={"there": _THERE},
        button="Save",
    )


def overdue(drawing: Drawing) -> list[Any]:
    """The actions that a reminder is about, unless somebody says otherwise: the practice's own whose day has passed."""
    return [
        action.action_id
        for action in drawing.practice.actions.values()
        if action.open and action.owner == Side.PRACTICE and action.due_on < drawing.today
    ]
