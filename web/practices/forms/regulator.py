"""Forms about what the regulator published and did."""

from __future__ import annotations

from domain.practice import commands as c
from domain.practice.kinds import RegulatoryActionKind
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Day, Hidden, Select, Text, TextArea
from web.forms.form import Form
from web.practices.forms.common import NO_PATIENTS
from web.practices.tells.regulator import GROUPS, KEY_QUESTIONS
from web.words import day, label


def inspections(drawing: Drawing) -> list[Choice]:
    """The newest first."""
    found = sorted(drawing.practice.inspections.values(), key=lambda one: one.inspected_on, reverse=True)
    return [Choice(one.inspection_id, f"{day(one.inspected_on)}: {label(one.rating)}") for one in found]


def about_regulatory_action(drawing: Drawing) -> str:
    action = drawing.thing(drawing.practice.regulatory_actions, "regulatory_id")
    if action is None:
        return ""
    return f"{label(action.kind, RegulatoryActionKind)}, from {day(action.from_on)}"


def _rating(name: str, words: str) -> Select:
    return Select(name=name, label=words, none="Not rated")


FORMS = (
    Form(
        command=c.RecordInspection,
        title="Record a CQC inspection",
        intro="Give the ratings as the published report has them. Leave a question that it does not rate at Not rated.",
        fields=(
            Day(
                name="inspected_on", label="When was the inspection?", called="The date of the inspection",
                hint="The last day of it. For example, 27 3 2026.", past=True,
            ),
            Day(name="occurred_on", label="When was the report published?", called="The date of publication",
                past=True, required=True),
            Chosen(name="rating", label="What is the overall rating?", missing="Choose the overall rating"),
            *(_rating(name, words) for name, words in KEY_QUESTIONS.items()),
            *(_rating(name, words) for name, words in GROUPS.items()),
            Text(name="location", label="CQC location ID", hint="Such as 1-537772052.", width="20", spelled=False),
            Text(name="report", label="Where is the report?", hint="Its address or reference.", spelled=False),
            TextArea(name="words", label="What does it say that we should remember?", hint=NO_PATIENTS, rows=4),
        ),
        button="Record the inspection",
    ),
    Form(
        command=c.RecordRegulatoryAction,
        title="Record what CQC did",
        fields=(
            Chosen(name="kind", label="What did CQC do?", missing="Choose what CQC did"),
            Day(name="occurred_on", label="What is the date of its notice?", called="The date of the notice",
                past=True, required=True),
            Day(name="from_on", label="From when does it stand?", called="The date it begins"),
            Text(
                name="requirement", label="Which requirement was not met?",
                hint="As the notice names it, such as Regulation 12. A warning notice has one.", spelled=False,
            ),
            TextArea(name="words", label="What does it say?", hint=NO_PATIENTS, missing="Enter what it says"),
            Day(
                name="comply_by", label="By when must it be met?", called="The date by which it must be met",
                hint="A warning notice sets a date. Leave it empty if none is set.",
            ),
            Select(name="inspection_id", label="After which inspection?", choices=inspections, none="None",
                   when=lambda drawing: bool(inspections(drawing))),
            Text(name="reference", label="CQC’s reference", width="20", spelled=False),
        ),
        button="Record it",
    ),
    Form(
        command=c.EndRegulatoryAction,
        title="Record that CQC’s action ended",
        about=about_regulatory_action,
        fields=(
            Hidden(name="regulatory_id", label="What CQC did"),
            Chosen(name="because", label="How did it end?", missing="Choose how it ended"),
            Day(name="occurred_on", label="When did it end?", called="The date it ended", past=True, required=True),
            TextArea(name="words", label="What should be known of it?", hint=NO_PATIENTS, rows=3),
        ),
        button="Record that it ended",
    ),
)  # fmt: skip
