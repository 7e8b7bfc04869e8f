"""Forms that define an indicator, say anew what it is, and retire it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from domain.indicators.commands import DefineIndicator, RetireIndicator
from web.forms.drawing import Drawing
from web.forms.fields import Chosen, Day, Field, Hidden, Number, Text, TextArea, Ticks
from web.forms.form import Form
from web.forms.shapes import Shape

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,10})?")


@dataclass(frozen=True, kw_only=True)
class Measure(Text):
    """A number that may have a decimal point. A comma is not taken: it may stand for one."""

    width: str = "10"
    spelled: bool = False

    def read(self, typed: Any, shape: Shape, drawing: Drawing) -> float:  # noqa: ARG002
        if not _NUMBER.fullmatch(typed.replace(" ", "")):
            raise ValidationError("Enter a number, such as 30 or 92.5")
        return float(typed.replace(" ", ""))

    def from_value(self, value: Any) -> str:
        return f"{value:.10g}" if isinstance(value, float) else super().from_value(value)


def _now(name: str) -> Callable[[Drawing], Any]:
    """What the indicator's latest version says: whoever says it anew changes that."""
    return lambda drawing: getattr(drawing.indicators.get(drawing.given.get("code", "")), name, None)


SAID: tuple[Field, ...] = (
    Text(name="name", label="What is it called?", preset=_now("name"), missing="Enter what it is called"),
    Chosen(name="domain", label="Which domain is it in?", preset=_now("domain"), missing="Choose a domain"),
    TextArea(
        name="description",
        label="What does it tell?",
        hint="And what to know before asking about it. It is read by everybody.",
        preset=_now("description"),
        missing="Enter what it tells",
        rows=4,
    ),
    Text(
        name="numerator",
        label="What is counted?",
        hint="The numerator.",
        preset=_now("numerator"),
        missing="Enter what is counted",
    ),
    Text(
        name="denominator",
        label="Of what?",
        hint="The denominator.",
        preset=_now("denominator"),
        missing="Enter of what it is counted",
    ),
    Text(
        name="unit",
        label="In which unit?",
        hint="Such as %, ratio, or per 1,000 patients.",
        preset=_now("unit"),
        missing="Enter the unit",
        width="20",
    ),
    Chosen(
        name="better",
        label="Which way is better?",
        preset=_now("better"),
        missing="Choose which way is better",
    ),
    Chosen(
        name="model", label="What are its values?", preset=_now("model"), missing="Choose what its values are"
    ),
    Text(
        name="standardisation",
        label="How is it standardised?",
        hint="Such as: indirect, by age and sex.",
        preset=_now("standardisation"),
    ),
    Text(
        name="source",
        label="Where is its data from?",
        preset=_now("source"),
        missing="Enter where its data is from",
    ),
    Chosen(
        name="period", label="How often is there a value?", preset=_now("period"), missing="Choose how often"
    ),
    Number(
        name="refresh_lag_months",
        label="How many months after its period is it published?",
        preset=_now("refresh_lag_months"),
    ),
    Measure(
        name="minimum_denominator",
        label="Under which denominator is it not judged?",
        hint="Small numbers say too little.",
        preset=_now("minimum_denominator"),
    ),
    Measure(name="target", label="Is there a target?", hint="In its unit.", preset=_now("target")),
    Ticks(
        name="known_explanations",
        label="What is known to explain a difference?",
        preset=_now("known_explanations"),
    ),
    Day(
        name="valid_from",
        label="From when is it so?",
        hint="Versions follow each other. Leave it as it is for today.",
        called="The first day",
        preset=lambda drawing: drawing.today,
        required=True,
    ),
)

_INTRO = "Everybody’s flags on it name the version that was valid on their day. A version never changes."

DEFINE = Form(
    command=DefineIndicator,
    title="Define an indicator",
    intro=_INTRO,
    fields=(
        Text(
            name="code",
            label="Its code",
            hint="Two letters and two digits, such as PS06. A finer one goes on after a hyphen: PS06-MMR2-5Y.",
            missing="Enter its code",
            width="20",
            spelled=False,
        ),
        Text(
            name="part_of",
            label="Which indicator does it refine?",
            hint="Only for a finer one: the code before the first hyphen.",
            width="10",
            spelled=False,
        ),
        *SAID,
    ),
    check=True,
    button="Define the indicator",
)

ANEW = Form(
    command=DefineIndicator,
    title="Say anew what an indicator is",
    intro=f"{_INTRO} What you change here is its next version.",
    about=lambda drawing: f"{_now('name')(drawing)} ({drawing.given['code']})",
    stands=frozenset(one.name for one in SAID),
    fields=(
        Hidden(name="code", label="Indicator"),
        *SAID,
        TextArea(
            name="reason",
            label="Why does it change?",
            missing="Enter why it changes",
            required=True,
            rows=3,
        ),
    ),
    fixed=lambda drawing: {"part_of": _now("part_of")(drawing)},
    check=True,
    button="Record the next version",
)

RETIRE = Form(
    command=RetireIndicator,
    title="Retire an indicator",
    intro="It is flagged no more from that day. Its versions, and every flag on it, stay.",
    about=lambda drawing: f"{_now('name')(drawing)} ({drawing.given['code']})",
    fields=(
        Hidden(name="code", label="Indicator"),
        Day(
            name="retired_on",
            label="From when is it not of the set?",
            called="The first day",
            preset=lambda drawing: drawing.today,
            required=True,
        ),
        TextArea(name="reason", label="Why?", missing="Enter why it is retired", rows=3),
    ),
    button="Retire it",
)
