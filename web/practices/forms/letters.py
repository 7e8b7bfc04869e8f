"""The form that writes an ordinary letter to the practice."""

from __future__ import annotations

from typing import Any

from domain.practice import commands as c
from web.forms.drawing import Drawing
from web.forms.fields import Text, TextArea
from web.forms.form import Form
from web.names import person_name
from web.practices.forms.common import NO_PATIENTS, WHEN, telling
from web.words import label


def _address(drawing: Drawing) -> Any:
    """Where the practice is today, a line for each part."""
    details = drawing.practice.details
    if details is None or details.address is None:
        return None
    lines = [part.strip() for part in details.address.words.replace("\n", ",").split(",")]
    return "\n".join([details.name.words, *filter(None, lines), *filter(None, [details.postcode])])


def _signed(drawing: Drawing) -> str:
    return f"{person_name(drawing.asked.person)}\n{label(drawing.asked.role, 'Role')}"


def _heading(drawing: Drawing) -> str:
    return telling(drawing).names.organisation(drawing.asked.organisation)


FORMS = (
    Form(
        command=c.WriteLetter,
        title="Write a letter",
        intro=(
            "It is kept as an entry that both organisations read, and can be printed from it. Casebook does not send it. "
            "A notice under the contract is not written here."
        ),
        fields=(
            Text(
                name="addressee",
                label="To whom?",
                hint="By role, such as “The practice manager”.",
                missing="Enter to whom it is",
                preset=lambda _drawing: "The practice manager",
            ),
            TextArea(name="address", label="Address", rows=5, preset=_address),
            Text(name="subject", label="Subject", missing="Enter the subject"),
            TextArea(name="text", label="The letter", hint=NO_PATIENTS, missing="Enter the letter", rows=12),
            TextArea(
                name="signed_as",
                label="From whom?",
                hint="Your name and office, as they stand beneath the letter.",
                missing="Enter from whom it is",
                preset=_signed,
                rows=3,
            ),
            Text(name="heading", label="Your organisation, as it heads the letter", preset=_heading),
            WHEN,
        ),
        button="Write the letter",
    ),
)
