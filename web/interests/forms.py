"""Forms about interests and recusals."""

from __future__ import annotations

from dataclasses import dataclass

from domain.access import commands as a
from web.forms.drawing import Drawing
from web.forms.fields import Chosen, Day, Hidden, Posted, Select, Text, TextArea, Tick
from web.forms.form import Form
from web.people.forms import organisations


@dataclass(frozen=True, kw_only=True)
class PracticeCode(Text):
    """A practice's code, in whatever letters it is typed."""

    width: str = "10"
    spelled: bool = False

    def typed(self, posted: Posted) -> str:
        return super().typed(posted).upper()


def oneself(drawing: Drawing) -> bool:
    return drawing.given.get("person_id") == drawing.asked.person


PERSON = Hidden(name="person_id", label="Person")
PRACTICE = PracticeCode(
    name="practice",
    label="Code of the practice",
    hint="Six letters and digits, such as A81001. It stands under the practice’s name.",
)
FROM = Day(name="from_on", label="From when?", called="The first day", preset=lambda drawing: drawing.today)
TO = Day(name="to_on", label="Until when?", hint="Leave it empty if no end is set.", called="The last day")

DECLARE = Form(
    command=a.DeclareInterest,
    title=lambda drawing: "Declare an interest" if oneself(drawing) else "Declare an interest of theirs",
    intro="An interest is anything that could sway a judgement, or that others could think sways it. "
    "It is recorded for good, and auditors read it.",
    fields=(
        PERSON,
        Chosen(
            name="nature", label="What kind of interest is it?", missing="Choose what kind of interest it is"
        ),
        PracticeCode(
            name="practice",
            label="In which practice?",
            hint="Its code, such as A81001: it stands under the practice’s name. Or choose an organisation below.",
        ),
        Select(name="organisation", label="In which organisation?", choices=organisations),
        TextArea(
            name="words",
            label="What is it?",
            hint="As much as somebody needs who judges whether it matters. No patient’s name or number.",
            rows=3,
        ),
        FROM,
        TO,
        Tick(
            name="takes_no_part",
            label=lambda drawing: (
                "I take no part in decisions about this practice"
                if oneself(drawing)
                else "They take no part in decisions about this practice"
            ),
            hint=lambda drawing: (
                f"The practice’s page, and everything about it, is closed to {'you' if oneself(drawing) else 'them'} "
                "from now on, until another manager opens it again."
            ),
        ),
    ),
    button="Declare the interest",
)

END_INTEREST = Form(
    command=a.EndInterest,
    title="End an interest",
    intro="That it was declared stays recorded. A recusal goes on until a manager ends it.",
    fields=(
        PERSON,
        Hidden(name="interest_id", label="Interest"),
        TextArea(name="reason", label="Why does it end?", rows=3),
    ),
    button="End the interest",
)

RECUSE = Form(
    command=a.RecusePerson,
    title=lambda drawing: (
        "Take no part in a practice" if oneself(drawing) else "Have them take no part in a practice"
    ),
    intro="Whoever takes no part in a practice does not see it and records nothing about it. "
    "It is left out of every list and count. Another manager than the person may end this.",
    fields=(
        PERSON,
        PRACTICE,
        TextArea(name="reason", label="Why?", missing="Enter why", rows=3),
        FROM,
        TO,
    ),
    button="Record it",
)

END_RECUSAL = Form(
    command=a.EndRecusal,
    title="Let them take part again",
    intro="From today they see the practice and may record about it. That they took no part until now stays recorded.",
    fields=(
        PERSON,
        Hidden(name="practice", label="Practice"),
        TextArea(name="reason", label="Why may they take part again?", missing="Enter why", rows=3),
    ),
    button="Let them take part",
)
