"""What the form of a decision asks beside the tier and its reasons."""

from __future__ import annotations

from typing import Any

from domain.framework.recommending import recommend
from domain.practice import events as e
from domain.practice.cites import cite
from domain.practice.kinds import LesserStep, Tier
from domain.practice.weighing import CALLED, lacks_the_other_view
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, TextArea, Ticks
from web.forms.form import NotUnderstood, Wrong
from web.practices.forms.common import telling
from web.practices.told import happened_on, joined
from web.service import service
from web.words import day, label


def recommended(drawing: Drawing) -> str:
    """What the rules recommend now, with the rules that hold, in a sentence."""
    practice = service.casebook.with_rules(drawing.practice, drawing.asked)
    if practice.framework is None:
        return ""
    found = recommend(practice, practice.framework, drawing.today)
    rules = joined(found.rules)
    by = (
        f"by {'rule' if len(found.rules) == 1 else 'rules'} {rules}"
        if rules
        else "no rule of a higher tier holds"
    )
    return f"The rules (version {found.framework_version}) recommend {label(found.tier).lower()}: {by}."


def answers(drawing: Drawing) -> list[Choice]:
    """What the practice said: its responses, and conversations that it took part in."""
    told = telling(drawing)
    return [
        Choice(
            cite(drawing.practice.code, one.version), f"{told.title(one.fact)}, {day(happened_on(one.fact))}"
        )
        for one in reversed(drawing.practice.standing.values())
        if isinstance(one.fact, e.PracticeResponseReceived)
        or (isinstance(one.fact, e.ConversationRecorded) and one.fact.with_practice)
    ]


def has_answers(drawing: Drawing) -> bool:
    return bool(answers(drawing))


def may_be_raised(drawing: Drawing) -> bool:
    """Whether there is a tier to raise to: what only a raised tier must say is asked."""
    return drawing.practice.tier_on(drawing.today) != Tier.CAUSE_FOR_CONCERN


def has_no_view(drawing: Drawing) -> bool:
    return lacks_the_other_view(drawing.practice, drawing.today)


def _step(step: LesserStep) -> tuple[Chosen, TextArea]:
    """Whether it was tried is chosen beside the words on it, so that they cannot say otherwise."""
    return (
        Chosen(
            name=was_named(step),
            label=f"{label(step, LesserStep)}: was it tried?",
            choices=lambda _: [Choice(TRIED, "It was tried"), Choice(NOT_TRIED, "It was not tried")],
            when=may_be_raised,
            inline=True,
        ),
        TextArea(
            name=f"on_{step.value}",
            label=f"{label(step, LesserStep)}: what came of it, or why was it not tried?",
            when=may_be_raised,
            rows=3,
        ),
    )


TRIED, NOT_TRIED = "tried", "not_tried"


def was_named(step: LesserStep) -> str:
    return f"was_{step.value}"


def steps_tried(given: dict[str, Any]) -> tuple[LesserStep, ...]:
    """The steps that were tried, of what is chosen beside each; refused where words stand without a choice, or it alone."""
    tried, errors = [], {}
    for step in LesserStep:
        was, words = given.pop(was_named(step), None), given.get(f"on_{step.value}")
        if words and not was:
            wrote = f"You wrote on {CALLED[step]}: choose whether it was tried, or not"
            errors[was_named(step)] = Wrong(wrote)
        elif was and not words:
            came = "what came of it" if was == TRIED else "why not"
            errors[f"on_{step.value}"] = Wrong(f"You chose whether {CALLED[step]} was tried: enter {came}")
        elif was == TRIED:
            tried.append(step)
    if errors:
        raise NotUnderstood(errors)
    return tuple(tried)


WEIGHED = (
    TextArea(
        name="differs_because",
        label="If you decide otherwise than is recommended: why?",
        hint=recommended,
        rows=4,
    ),
    *(one for step in LesserStep for one in _step(step)),
    TextArea(
        name="asked_for",
        label="What is asked of the practice?",
        when=may_be_raised,
        rows=4,
    ),
    TextArea(name="outcome", label="What is to come of it?", rows=3),
    Ticks(
        name="answers",
        label="Where did the practice answer?",
        choices=answers,
        when=has_answers,
    ),
    TextArea(name="answered", label="What did the practice answer?", rows=4),
    TextArea(
        name="not_waited_because",
        label="If you did not wait for its answer: why was waiting unsafe?",
        rows=3,
    ),
    TextArea(
        name="no_view_because",
        label="Why do you decide without the other organisation’s view?",
        hint="It has not said since the last decision which tier it would choose. Needed where the tier moves.",
        when=has_no_view,
        rows=3,
    ),
    TextArea(name="consulted", label="Who else was consulted?", hint="By role.", rows=3),
    TextArea(
        name="immediate_safety",
        label="If a shared conversation cannot be waited for: what is the immediate risk to patients’ safety?",
        hint=(
            "Only for cause for concern. Leave this empty where there is no such risk. The conversation is then held "
            "within 1 working day."
        ),
        when=may_be_raised,
        rows=3,
    ),
    Chosen(
        name="direction",
        label="Which way is the practice going?",
        missing="Choose which way the practice is going",
    ),
    TextArea(
        name="de_escalation",
        label="What would lead to a lower tier?",
        hint="Said in advance, so that the practice knows what it works towards.",
        rows=4,
    ),
)
"""What a decision says beside its tier and reasons. Which of it is needed depends on the tier, and the rules say so."""
