"""Forms about indicator flags."""

from __future__ import annotations

from collections.abc import Sequence

from domain.practice import commands as c
from domain.practice.events import FlagExplained, FlagRaised
from domain.practice.flags import CLEARED_BY_PEOPLE, has_accepted_explanation
from domain.practice.kinds import ClearedBecause, IndicatorDomain, Side
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Hidden, Select, Text, TextArea
from web.forms.form import Form
from web.practices.flags import flag_called
from web.practices.forms.common import NO_PATIENTS, WHEN, about_flag, reason, sides, telling
from web.practices.tells.flags import numbers_of
from web.words import day, label


def indicators(drawing: Drawing) -> list[Choice]:
    """The key indicator set as it is today, by domain; a finer indicator after the one that it is part of."""
    listed = sorted(
        drawing.indicators.values(), key=lambda one: (list(IndicatorDomain).index(one.domain), one.code)
    )
    return [Choice(one.code, f"{one.name} ({one.code})", "", label(one.domain)) for one in listed]


FLAG = Hidden(name="flag_id", label="Flag")
EXPLANATION = Hidden(name="explanation_id", label="Explanation")


def about_explanation(drawing: Drawing) -> str:
    """The flag, and of what kind and whose the explanation is."""
    one = drawing.thing(drawing.practice.explanations, "explanation_id")
    flag = drawing.practice.flags.get(one.flag_id) if one else None
    if one is None or flag is None:
        return ""
    whose = telling(drawing).names.side(one.given_by)
    return (
        f"{flag_called(flag)}: {label(one.category).lower()}, given by the {whose}, {day(one.explained_on)}"
    )


def _explanation_words(drawing: Drawing) -> Sequence[tuple[str, str]]:
    """The explanation itself, with who recorded it: it is read before it is answered."""
    one = drawing.thing(drawing.practice.explanations, "explanation_id")
    entry = drawing.practice.standing.get(one.version) if one else None
    if entry is None or not isinstance(entry.fact, FlagExplained):
        return ()
    who = telling(drawing).names.person(entry.person)
    return ((f"The explanation, recorded by {who}", entry.fact.words.words),)


def _flag_raised(drawing: Drawing) -> FlagRaised | None:
    """The fact of the flag that the form is about, or that its explanation is of."""
    flag = drawing.thing(drawing.practice.flags, "flag_id")
    if flag is None and (one := drawing.thing(drawing.practice.explanations, "explanation_id")):
        flag = drawing.practice.flags.get(one.flag_id)
    entry = drawing.practice.standing.get(flag.version) if flag else None
    return entry.fact if entry is not None and isinstance(entry.fact, FlagRaised) else None


def _flag_numbers(drawing: Drawing) -> Sequence[tuple[str, str]]:
    """What the flag rests on, and what is often the explanation: whoever explains or answers it has it at hand."""
    raised = _flag_raised(drawing)
    if raised is None:
        return ()
    told = telling(drawing)
    said = "; ".join(f"{heading}: {words}" for heading, words in numbers_of(told, raised))
    definition = told.names.definition(raised.indicator, raised.indicator_version)
    known = definition.known_explanations if definition else ()
    often = ", ".join(label(one).lower() for one in known)
    found = (("What was published", said), ("Often explained by", often))
    return [(heading, words) for heading, words in found if words]


def _explanation_and_numbers(drawing: Drawing) -> Sequence[tuple[str, str]]:
    return (*_explanation_words(drawing), *_flag_numbers(drawing))


def _why_cleared(drawing: Drawing) -> list[Choice]:
    """What a person may say of this flag: that its explanation was validated, once one was accepted."""
    accepted = has_accepted_explanation(drawing.practice, drawing.given.get("flag_id", ""))
    return [
        Choice(one.value, label(one))
        for one in CLEARED_BY_PEOPLE
        if accepted or one != ClearedBecause.VALIDATED_EXPLANATION
    ]


def _if_nothing_is_accepted(drawing: Drawing) -> str:
    if has_accepted_explanation(drawing.practice, drawing.given.get("flag_id", "")):
        return ""
    return "It can be cleared by an explanation once another person has accepted one."


FORMS = (
    Form(
        command=c.RaiseFlag,
        title="Raise a flag",
        intro="A flag marks variation for enquiry. It raises a question and makes no judgement.",
        fields=(
            Select(
                name="indicator", label="Which indicator?", choices=indicators, missing="Choose an indicator"
            ),
            Chosen(
                name="kind", label="What kind of variation is it?", missing="Choose the kind of variation"
            ),
            Chosen(
                name="level",
                label="How far is it beyond its limits?",
                missing="Choose how far beyond its limits it is",
            ),
            Chosen(
                name="direction",
                label="In which direction?",
                preset=lambda _drawing: "adverse",
                missing="Choose a direction",
                inline=True,
            ),
            Text(
                name="period",
                label="Which period is the data for?",
                hint="For example, 2014/15 Q2",
                width="10",
            ),
            TextArea(name="note", label="Note", hint=NO_PATIENTS, rows=4),
            WHEN,
        ),
        button="Raise the flag",
    ),
    Form(
        command=c.ExplainFlag,
        title="Explain a flag",
        about=about_flag,
        shows=_flag_numbers,
        intro="An explained flag stays open until it is cleared.",
        fields=(
            FLAG,
            Chosen(
                name="category",
                label="What kind of explanation is it?",
                missing="Choose a kind of explanation",
            ),
            TextArea(
                name="words",
                label="What is the explanation?",
                hint=NO_PATIENTS,
                missing="Enter the explanation",
            ),
            Chosen(
                name="given_by",
                label="Whose explanation is it?",
                choices=sides(Side.PRACTICE, Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER),
                missing="Choose whose explanation it is",
            ),
            WHEN,
        ),
        button="Record the explanation",
    ),
    Form(
        command=c.AcceptExplanation,
        title="Accept an explanation",
        about=about_explanation,
        shows=_explanation_and_numbers,
        intro="The flag stays open until it is cleared.",
        fields=(
            EXPLANATION,
            reason("What shows that it holds?", "Enter what shows that it holds"),
            WHEN,
        ),
        button="Accept the explanation",
    ),
    Form(
        command=c.DeclineExplanation,
        title="Do not accept an explanation",
        about=about_explanation,
        shows=_explanation_and_numbers,
        intro="The explanation stays recorded, and the flag may be explained again.",
        fields=(
            EXPLANATION,
            reason("Why does it not answer the question?", "Enter why it does not answer the question"),
            WHEN,
        ),
        button="Do not accept the explanation",
    ),
    Form(
        command=c.ClearFlag,
        title="Clear a flag",
        about=about_flag,
        shows=_flag_numbers,
        fields=(
            FLAG,
            Chosen(
                name="because",
                label="Why is the question answered?",
                hint=_if_nothing_is_accepted,
                choices=_why_cleared,
                missing="Choose why the question is answered",
            ),
            reason("What shows it?", "Enter what shows it"),
            WHEN,
        ),
        button="Clear the flag",
    ),
    Form(
        command=c.WithdrawFlag,
        title="Withdraw a flag",
        about=about_flag,
        shows=_flag_numbers,
        intro="Withdraw a flag that was raised in error. Clear one whose question was answered.",
        fields=(
            FLAG,
            reason("What happened?", "Enter what happened"),
            WHEN,
        ),
        button="Withdraw the flag",
    ),
    Form(
        command=c.ReopenFlag,
        title="Reopen a flag",
        about=about_flag,
        fields=(
            FLAG,
            reason("Why is the question open again?", "Enter why the question is open again"),
            WHEN,
        ),
        button="Reopen the flag",
    ),
)
