"""Forms by which an organisation answers the other's text of a conversation, and states its own position."""

from __future__ import annotations

from typing import Any

from domain.access.roles import SIDE_OF
from domain.practice import commands as c
from domain.practice.kinds import Visibility
from domain.practice.state import AgreedRecord
from domain.practice.visible import visibility_of
from web.forms.drawing import Drawing
from web.forms.fields import Hidden, TextArea
from web.forms.form import Form
from web.practices.forms.common import NO_PATIENTS, about_entry, reason, telling
from web.practices.forms.of_entry import ENTRY, VERSION, of_entry, whole
from web.practices.tells.agreed import concern as concern_told
from web.practices.told import happened_on, short
from web.words import day


def record(drawing: Drawing) -> AgreedRecord | None:
    """The agreed record that the address names, of a conversation that both organisations see."""
    number = whole(drawing.given.get("version", ""))
    if visibility_of(drawing.practice.closed, number) != Visibility.BOTH:
        return None
    return drawing.practice.records.get(number)


def is_there(form: Form, drawing: Drawing) -> bool:
    """Whether what the form is about is there to be answered."""
    if form.command in {c.AgreeEntry, c.DisputeEntry, c.AmendEntry}:
        return record(drawing) is not None
    if form.command is not c.StatePosition:
        return True
    practice, concern = drawing.practice, drawing.given.get("concern", "")
    heard = practice.intelligence.get(concern)
    if heard is not None:
        return visibility_of(practice.closed, heard.version) == Visibility.BOTH
    return concern in practice.flags


def _text(drawing: Drawing) -> str:
    found = record(drawing)
    return found.text.words if found else ""


def _whose(drawing: Drawing) -> str:
    """What the text is called: as Larkdale CCG recorded it."""
    found = record(drawing)
    text = drawing.practice.recorded(found.text_version) if found else None
    if found is None or text is None:
        return ""
    who = telling(drawing).names.organisation(text.organisation)
    return f"The text of {who}, {day(text.recorded_on)}"


def _shown(drawing: Drawing) -> tuple[tuple[str, str], ...]:
    return ((_whose(drawing), _text(drawing)),) if record(drawing) else ()


def _for(drawing: Drawing) -> str:
    return telling(drawing).names.organisation(drawing.asked.organisation)


def about_concern(drawing: Drawing) -> str:
    """The flag or intelligence, with its day and first words."""
    practice, told = drawing.practice, telling(drawing)
    about = concern_told(told, drawing.given.get("concern", ""))
    entry = practice.standing.get(about.version or 0)
    if entry is None:
        return ""
    found = told.tell(entry.fact)
    first = f": {short(found.words[0][1], 160)}" if found.words else ""
    return f"{found.title}, {day(happened_on(entry.fact))}{first}"


def _position(drawing: Drawing) -> Any:
    """What one's own organisation said last."""
    side = SIDE_OF.get(drawing.asked.role)
    stated = drawing.practice.positions.get(drawing.given.get("concern", ""), {})
    return stated[side].words if side in stated else None


FORMS = (
    Form(
        command=c.AgreeEntry,
        title="Agree to this text",
        about=about_entry,
        intro=lambda drawing: (
            f"You agree for {_for(drawing)} that this is what was said. If the text changes later, it is no longer agreed."
        ),
        shows=_shown,
        fields=(ENTRY,),
        extra=VERSION,
        build=of_entry(c.AgreeEntry),
        button="Agree to this text",
    ),
    Form(
        command=c.AmendEntry,
        title="Amend this text",
        about=about_entry,
        intro=(
            "Change what is wrong. Both texts are kept. Yours stands once the other organisation agrees to it; "
            "until then it says that it waits."
        ),
        fields=(
            ENTRY,
            TextArea(
                name="said",
                label="What was said?",
                hint=NO_PATIENTS,
                missing="Enter what was said",
                preset=_text,
                rows=10,
            ),
            TextArea(name="reason", label="Why do you change it?", hint=NO_PATIENTS, rows=3),
        ),
        extra=VERSION,
        build=of_entry(c.AmendEntry),
        button="Send the amendment",
    ),
    Form(
        command=c.DisputeEntry,
        title="Dispute this text",
        about=about_entry,
        intro=(
            "Both organisations see that it is disputed, and why. A decision that rests on it has to say why it was "
            "taken all the same. If you know how it should read, amend it instead."
        ),
        shows=_shown,
        fields=(ENTRY, reason("What is wrong with it?", "Enter what is wrong with it")),
        extra=VERSION,
        build=of_entry(c.DisputeEntry),
        button="Dispute this text",
    ),
    Form(
        command=c.StatePosition,
        title=lambda drawing: f"State the position of {_for(drawing)}",
        about=about_concern,
        intro=(
            "It stands beside the position of the other organisation. What you state last stands; "
            "what you stated before stays in the record."
        ),
        fields=(
            Hidden(name="concern", label="Concern"),
            TextArea(
                name="position",
                label="Where do you stand on this?",
                hint=f"What you make of it, and what you would do. {NO_PATIENTS}",
                missing="Enter where you stand on this",
                preset=_position,
                rows=6,
            ),
        ),
        button="State this position",
    ),
)
