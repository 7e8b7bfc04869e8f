"""Forms about cover, and about handing over everything of somebody who leaves."""

from __future__ import annotations

from application.hand_over import HandOverAll
from domain.access import commands as a
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Day, Hidden, Select, TextArea
from web.forms.form import Form

NO_REASON = "Do not say why they are away. No patient’s name or number."


def colleagues(drawing: Drawing) -> list[Choice]:
    return [Choice(person, name) for person, name in drawing.people.items()]


def _own(drawing: Drawing) -> bool:
    return drawing.given.get("absent") == drawing.asked.person


ARRANGE = Form(
    command=a.ArrangeCover,
    about=lambda drawing: drawing.given.get("already", ""),
    title=lambda drawing: "Arrange cover for yourself" if _own(drawing) else "Arrange cover",
    intro="Whoever covers sees that work beside their own, and closes episodes and hands practices over in that person’s "
    "place. They record under their own name.",
    fields=(
        Hidden(name="absent", label="Who is away"),
        Select(
            name="person_id",
            label="Who covers?",
            choices=colleagues,
            none="Choose a colleague",
            missing="Choose who covers",
        ),
        Day(name="from_on", label="From when?", called="The first day", preset=lambda drawing: drawing.today),
        Day(name="to_on", label="Until when?", called="The last day"),
        TextArea(name="note", label="What do they need to know?", hint=NO_REASON, rows=4),
    ),
    button="Arrange cover",
)

END = Form(
    command=a.EndCover,
    title="End cover today",
    intro="From today the work is back with its own caseworker alone. That it was covered stays recorded.",
    fields=(Hidden(name="person_id", label="Who covers"), Hidden(name="cover_id", label="Cover")),
    button="End it today",
)

HAND_OVER_ALL = Form(
    command=HandOverAll,
    title="Hand over all practices of somebody who leaves",
    shows=lambda drawing: [("The practices", "\n".join(drawing.organisations.values()))],
    fields=(
        Hidden(name="listed", label="The practices"),
        Select(
            name="caseworker",
            label="To whom?",
            choices=colleagues,
            none="Choose a colleague",
            missing="Choose to whom they are handed over",
        ),
        TextArea(
            name="note",
            label="What do they need to know?",
            hint="It stands on each practice’s page, for everybody who reads it. Do not name patients.",
            missing="Enter what they need to know",
            rows=5,
        ),
        Day(
            name="from_on",
            label="From when?",
            called="The date it begins",
            past=True,
            preset=lambda drawing: drawing.today,
        ),
    ),
    button="Hand them over",
)
