"""Forms that propose a rule set, publish one, and decline one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from domain.framework.catalogue import RESPONSES, RULES, Number
from domain.framework.commands import (
    DeclineRuleSet,
    DraftRuleSet,
    PublishRuleSet,
    ResponseTimes,
    RuleNumbers,
    WithdrawRuleSet,
)
from domain.framework.making import out_of_range
from domain.framework.parts import Framework, Rule, Thresholds
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Day, Field, Hidden, TextArea, Ticks
from web.forms.fields import Number as NumberField
from web.forms.form import Form
from web.forms.shapes import Shape
from web.words import label

COUNTED = "counted"


@dataclass(frozen=True, kw_only=True)
class Threshold(NumberField):
    """A whole number in its range, which whatever is wrong names."""

    number: Number

    def read(self, typed: Any, shape: Shape, drawing: Drawing) -> Any:
        try:
            wrong = out_of_range(found := super().read(typed, shape, drawing), self.number)
        except ValidationError:
            wrong = out_of_range(self.number.least - 1, self.number)
        if wrong:
            raise ValidationError(f"{self.label}: {wrong}")
        return found


def draft_form(now: Framework) -> Form:
    """The form of a whole rule set, as the version says it from which it begins."""
    return Form(
        command=DraftRuleSet,
        title="Propose a rule set",
        intro=f"It begins as version {now.version} is. Change what should be otherwise: a manager looks at what would "
        "follow before it is published, and nothing changes until then.",
        fields=(
            _which_count(now),
            *(
                one
                for rule in now.rule_set.rules
                for one in _numbers(rule.rule, rule.rule, rule.words, rule.thresholds)
            ),
            *(
                one
                for response in now.rule_set.responses
                for one in _numbers(response.tier.value, label(response.tier), response.words, response.times)
            ),
            TextArea(
                name="reason", label="Why should it change?", missing="Enter why it should change", rows=4
            ),
        ),
        extra=_shapes(),
        build=_built,
        check=True,
        button="Propose it",
    )


def _which_count(now: Framework) -> Field:
    return Ticks(
        name=COUNTED,
        label="Which rules count?",
        hint="One that is not ticked is switched off. Its numbers stand below.",
        preset=lambda _drawing: [rule.rule for rule in now.rule_set.rules if rule.counted],
        choices=lambda _drawing: [
            Choice(rule.rule, f"{rule.rule}: {rule.words}", group=_group(rule)) for rule in now.rule_set.rules
        ],
        required=False,
    )


def _group(rule: Rule) -> str:
    return "Staying for a time" if rule.rule.startswith("H") else label(rule.tier)


def _numbers(name: str, called: str, words: str, thresholds: Thresholds) -> list[Field]:
    """A question for each number; what they are numbers of is told once."""
    known = _known(name)
    return [
        Threshold(
            name=f"{name}_{one}",
            number=known[one],
            label=f"{called}, {known[one].called[:1].lower()}{known[one].called[1:]}",
            hint=f"{words}." if at == 0 else "",
            preset=_always(number),
            missing=f"{called}, {known[one].called[:1].lower()}{known[one].called[1:]}: "
            f"{out_of_range(known[one].least - 1, known[one])}",
            required=True,
        )
        for at, (one, number) in enumerate(thresholds)
    ]


def _always(number: int) -> Callable[[Drawing], int]:
    return lambda _drawing: number


def _known(name: str) -> dict[str, Number]:
    if name in RULES:
        return RULES[name].numbers
    return next(kind.times for tier, kind in RESPONSES.items() if tier.value == name)


def _shapes() -> dict[str, Shape]:
    """What the command says of these fields: it has them as one list."""
    names = [
        f"{name}_{one}" for name in (*RULES, *(tier.value for tier in RESPONSES)) for one in _known(name)
    ]
    numbers = {name: Shape(name, int, required=True, many=False, words=None, default=None) for name in names}
    counted = Shape(COUNTED, str, required=False, many=True, words=None, default=())
    return {**numbers, COUNTED: counted}


def _built(_drawing: Drawing, given: dict[str, Any]) -> DraftRuleSet:
    counted = given.get(COUNTED, ())
    return DraftRuleSet(
        draft_id=given["draft_id"],
        rules=tuple(
            RuleNumbers(rule=name, counted=name in counted, thresholds=_given(name, given)) for name in RULES
        ),
        responses=tuple(ResponseTimes(tier=tier, times=_given(tier.value, given)) for tier in RESPONSES),
        reason=given["reason"],
    )


def _given(name: str, given: dict[str, Any]) -> Thresholds:
    return tuple((one, given[f"{name}_{one}"]) for one in _known(name))


PUBLISH = Form(
    command=PublishRuleSet,
    title="Publish a rule set",
    intro="You approve it as the next version. From its day on tiers are recommended by it. No tier moves, and a version "
    "never changes: what should be otherwise is another version.",
    fields=(
        Hidden(name="draft_id", label="Draft"),
        Day(
            name="effective_from",
            label="From which day is it in force?",
            hint="Today or a later day, in the next two years. What was recommended before stays as it was.",
            called="The first day",
            preset=lambda drawing: drawing.today,
        ),
        TextArea(name="reason", label="Why do you approve it?", missing="Enter why you approve it", rows=4),
    ),
    check=True,
    button="Publish it",
)

DECLINE = Form(
    command=DeclineRuleSet,
    title="Decline a draft",
    intro="It will not be published. It stays on record, with your reason.",
    fields=(
        Hidden(name="draft_id", label="Draft"),
        TextArea(name="reason", label="Why?", missing="Enter why it is declined", rows=4),
    ),
    button="Decline it",
)

WITHDRAW = Form(
    command=WithdrawRuleSet,
    title="Withdraw a version",
    intro="It will not be in force. The version before it is the latest again, and this one stays on record, with your reason.",
    fields=(TextArea(name="reason", label="Why?", missing="Enter why it is withdrawn", rows=4),),
    fixed=lambda drawing: {"version": int(drawing.given["version"])},
    button="Withdraw it",
)
