"""Forms about the annual declaration."""

from __future__ import annotations

from domain.practice import commands as c
from domain.practice.contract_state import Declaration
from web.forms.drawing import Drawing
from web.forms.fields import Day, Hidden, Text, TextArea
from web.forms.form import Form
from web.practices.forms.common import NO_PATIENTS, WHEN
from web.words import day


def about_declaration(drawing: Drawing) -> str:
    found: Declaration | None = drawing.thing(drawing.practice.declarations, "declaration_year")
    if found is None:
        return ""
    said = f", submitted on {day(found.submitted_on)}" if found.submitted_on else ""
    return f"Declaration {found.year}, due {day(found.due_on)}{said}"


YEAR = Hidden(name="declaration_year", label="Contract year")
EXCEPTIONS = TextArea(
    name="exceptions",
    label="Which statements could it not make?",
    hint=f"Leave it empty if the practice declared all of them. {NO_PATIENTS}",
    rows=4,
)

FORMS = (
    Form(
        command=c.AskForDeclaration,
        title="Record that the annual declaration was asked for",
        intro="The electronic self-declaration (eDEC) of a contract year. From the due date on it is shown as overdue until it comes.",
        fields=(
            Text(
                name="declaration_year",
                label="For which contract year?",
                hint="For example, 2026-27.",
                missing="Enter the contract year",
                width="10",
                spelled=False,
            ),
            Day(name="opens_on", label="From when could it be made?", called="The date it opens"),
            Day(name="due_on", label="By when is it due?", hint="The last day.", called="The due date"),
            WHEN,
        ),
        button="Record it",
    ),
    Form(
        command=c.RecordDeclaration,
        title="Record that the declaration was submitted",
        about=about_declaration,
        fields=(
            YEAR,
            Day(
                name="occurred_on",
                label="When did the practice submit it?",
                called="The date it was submitted",
                past=True,
                required=True,
            ),
            Text(
                name="kept_at",
                label="Where are the answers kept?",
                hint="An address or a reference.",
                spelled=False,
            ),
            EXCEPTIONS,
        ),
        button="Record the declaration",
    ),
    Form(
        command=c.AmendDeclaration,
        title="Record an amendment of the declaration",
        about=about_declaration,
        fields=(
            YEAR,
            TextArea(
                name="words",
                label="What did the practice change?",
                hint=NO_PATIENTS,
                missing="Enter what changed",
            ),
            EXCEPTIONS,
            WHEN,
        ),
        button="Record the amendment",
    ),
)
