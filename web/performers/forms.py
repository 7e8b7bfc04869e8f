"""Forms about references to concerns about performers, and who may read them."""

from __future__ import annotations

from domain.performers import commands as c
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Day, Hidden, Select, Text, TextArea
from web.forms.form import Form

CODE = Hidden(name="code", label="Practice")
NO_NAMES = (
    "Never a name, an allegation or an outcome, nor anything by which the person could be known: who may read the case "
    "finds them under its number, where it is held."
)


def auditors(drawing: Drawing) -> list[Choice]:
    return [Choice(person, name) for person, name in sorted(drawing.people.items(), key=_by_name)]


def _by_name(one: tuple[str, str]) -> str:
    return one[1].casefold()


RECORD = Form(
    command=c.RecordPerformerReference,
    title="Record a reference to a performer’s case",
    intro=f"It says that a case is held elsewhere, and under which number. {NO_NAMES} Auditors read it only when a "
    "manager lets them; the local commissioner never does.",
    fields=(
        CODE,
        Text(
            name="reference",
            label="What is the case’s number?",
            hint="As the body that holds it writes it, such as PAG/2026/114. Never the number under which the person is "
            "registered.",
            missing="Enter the case’s number",
            spelled=False,
        ),
        Day(
            name="occurred_on",
            label="When was it referred?",
            called="The date it was referred",
            preset=lambda drawing: drawing.today,
        ),
    ),
    button="Record the reference",
)

CLOSE = Form(
    command=c.ClosePerformerReference,
    title="Close the reference",
    intro="The reference stays recorded, and is shown as closed to whoever may read it.",
    fields=(
        CODE,
        Hidden(name="reference_id", label="Reference"),
        TextArea(
            name="reason",
            label="Why is it closed?",
            hint="That its case ended, or that it was recorded in error. Not how the case ended, and no name.",
            missing="Enter why it is closed",
            rows=3,
        ),
    ),
    button="Close the reference",
)

GRANT = Form(
    command=c.GrantPerformerAccess,
    title="Let an auditor read the references",
    intro="They read the numbers until the end of the day that you choose. Each time they look is noted.",
    fields=(
        CODE,
        Select(
            name="person",
            label="Who?",
            choices=auditors,
            none="Choose an auditor",
            missing="Choose an auditor",
        ),
        TextArea(
            name="reason",
            label="Why do they need to read them?",
            hint="No name of a performer.",
            missing="Enter why they need to read them",
            rows=3,
        ),
        Day(
            name="until_on",
            label="Until when?",
            hint="Three months at most.",
            called="The last day",
            missing="Enter the last day",
        ),
    ),
    button="Let them read",
)

END = Form(
    command=c.EndPerformerAccess,
    title="Let them read the references no more",
    intro="It ends at once. What they have read, they have read.",
    fields=(
        CODE,
        Hidden(name="person", label="Person"),
        TextArea(name="reason", label="Why does it end?", missing="Enter why it ends", rows=3),
    ),
    button="End it",
)
