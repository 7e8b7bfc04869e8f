"""Forms of a plan as a whole: agreed in one go by one organisation, and answered in one go by the practice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from domain.practice import commands as c
from domain.practice.action_agreeing import bar_to_agreeing
from domain.practice.plans import Plan, plan_with
from domain.practice.state import Action
from domain.rules import Command
from domain.text import Words
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Hidden, Text, TextArea, Ticks
from web.forms.form import Form
from web.forms.shapes import Shape
from web.practices.forms.actions import agreeing_as
from web.practices.forms.common import NO_PATIENTS, WHEN, due, telling
from web.practices.told import short

_NOTHING = Shape("", str, False, False, Words(60, lines=False), None)


def _plan(drawing: Drawing) -> Plan | None:
    return plan_with(drawing.practice, drawing.given.get("action_id", ""))


def plan_is_there(drawing: Drawing) -> bool:
    return _plan(drawing) is not None


def _about_plan(drawing: Drawing) -> str:
    plan = _plan(drawing)
    return f"Plan: {plan.reference}" if plan else ""


def _of_plan(which: Callable[[Drawing, Action], bool]) -> Callable[[Drawing], list[Choice]]:
    def choices(drawing: Drawing) -> list[Choice]:
        plan = _plan(drawing)
        actions: Iterable[Action] = plan.standing if plan else ()
        return [_action(drawing, one) for one in actions if which(drawing, one)]

    return choices


def _action(drawing: Drawing, action: Action) -> Choice:
    owner = telling(drawing).names.side(action.owner)
    hint = f"{owner[:1].upper()}{owner[1:]}. {due(drawing, action)}"
    return Choice(action.action_id, short(action.issue.words, 120), hint)


def _waits_for_us(drawing: Drawing, action: Action) -> bool:
    proposed = action.status == "proposed"
    return proposed and bar_to_agreeing(drawing.practice, action, drawing.asked, drawing.today) is None


def _goes_on(_drawing: Drawing, action: Action) -> bool:
    return action.open


def _unanswered(_drawing: Drawing, action: Action) -> bool:
    return action.open and action.answer is None


def _ticked(label: str, ticked: Callable[[Drawing, Action], bool]) -> Ticks:
    """Every action of the plan that goes on; ticked are those that wait. The rules judge what is sent."""
    return Ticks(
        name="action_ids",
        label=label,
        missing="Choose at least one action",
        choices=_of_plan(_goes_on),
        preset=lambda drawing: [one.value for one in _of_plan(ticked)(drawing)],
    )


_PLAN = Hidden(name="action_id", label="Plan")


def _of(command: type[Command]) -> Callable[[Drawing, dict[str, Any]], Command]:
    """The command without the action by which the address names the plan."""

    def build(_drawing: Drawing, given: dict[str, Any]) -> Command:
        return command(**{name: value for name, value in given.items() if name != "action_id"})

    return build


FORMS = (
    Form(
        command=c.AgreePlan,
        title="Agree a plan",
        about=_about_plan,
        intro=agreeing_as,
        fields=(_PLAN, _ticked("Which of its actions do you agree?", _waits_for_us), WHEN),
        extra={"action_id": _NOTHING},
        build=_of(c.AgreePlan),
        button="Agree these actions",
    ),
    Form(
        command=c.AnswerPlan,
        title="Record the practice’s answer to a plan",
        about=_about_plan,
        intro="Its agreement, its refusal, or its silence after it was asked. Neither organisation agrees by this.",
        fields=(
            _PLAN,
            _ticked("For which of its actions?", _unanswered),
            Chosen(
                name="answer",
                label="What did the practice answer?",
                missing="Choose what the practice answered",
            ),
            Text(
                name="answered_by",
                label="Who answered, or was asked?",
                hint="Their role, such as practice manager. Not their name.",
                missing="Enter the role of the person",
                width="20",
            ),
            TextArea(name="words", label="In what words?", hint=NO_PATIENTS, rows=4),
            WHEN,
        ),
        extra={"action_id": _NOTHING},
        build=_of(c.AnswerPlan),
        button="Record the answer",
    ),
)
