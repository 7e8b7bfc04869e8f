"""Forms about what was said and what was heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from domain.practice import commands as c
from domain.practice.kinds import Side
from web.forms.drawing import Drawing
from web.forms.fields import Chosen, Day, Hidden, Text, TextArea, Tick, Ticks
from web.forms.form import Form
from web.practices.forms.attendees import Attendees
from web.practices.forms.common import (
    ABOUT_ACTIONS,
    ABOUT_FLAGS,
    ABOUT_INTELLIGENCE,
    NEXT_CONTACT,
    NO_PATIENTS,
    WHEN,
    about_intelligence,
    facts,
    late_entry_day,
    reason,
    telling,
)
from web.practices.forms.visibility import WHO_SEES


def replying_to(drawing: Drawing) -> str:
    version = drawing.practice.entries.get(drawing.given.get("reply_to", ""))
    entry = drawing.practice.standing.get(version) if version else None
    if entry is None:
        return ""
    return f"In reply to: {drawing.telling.title(entry.fact)}"


def _not_of_a_professional(first: str) -> Callable[[Drawing], str]:
    """Where a concern about somebody by name belongs: the record of a practice takes none."""

    def intro(drawing: Drawing) -> str:
        holder = telling(drawing).names.side(Side.CONTRACT_HOLDER)
        return (
            f"{first} A concern about a named doctor or other professional does not belong here: take it to the medical or "
            f"quality lead of the {holder}. Casebook keeps no name, no allegation and no outcome of it."
        )

    return intro


FORMS = (
    Form(
        command=c.RecordConversation,
        title="Record a conversation",
        about=replying_to,
        intro=_not_of_a_professional("Both organisations see this, unless you choose otherwise."),
        fields=(
            Hidden(name="reply_to", label="Reply to", when=lambda drawing: "reply_to" in drawing.given),
            Day(
                name="occurred_on",
                label="When was it?",
                called="The date",
                past=True,
                preset=late_entry_day,
                required=True,
            ),
            Chosen(
                name="channel",
                label="How?",
                missing="Choose how you spoke",
                preset=lambda _drawing: "phone",
                inline=True,
            ),
            Attendees(name="attendees", label="Who was there?"),
            TextArea(
                name="said",
                label="What was said?",
                hint=NO_PATIENTS,
                missing="Enter what was said",
                rows=7,
            ),
            Text(name="subject", label="Title", hint="A few words to find it by."),
            ABOUT_ACTIONS,
            ABOUT_FLAGS,
            ABOUT_INTELLIGENCE,
            NEXT_CONTACT,
            WHO_SEES,
        ),
        button="Record",
    ),
    Form(
        command=c.RecordIntelligence,
        title="Record soft intelligence",
        intro=_not_of_a_professional(
            "It stays unverified until another person corroborates or discounts it."
        ),
        fields=(
            Chosen(name="source", label="Where does it come from?", missing="Choose where it comes from"),
            Text(
                name="received_from",
                label="Who told you?",
                hint="A role or organisation. Leave it empty to protect them.",
            ),
            TextArea(
                name="summary",
                label="What did you hear?",
                hint=NO_PATIENTS,
                missing="Enter what you heard",
                rows=7,
            ),
            Tick(name="immediate_safety_risk", label="It tells of an immediate risk to somebody’s safety"),
            ABOUT_FLAGS,
            replace(WHEN, preset=late_entry_day),
            WHO_SEES,
        ),
        button="Record the intelligence",
    ),
    Form(
        command=c.CorroborateIntelligence,
        title="Corroborate soft intelligence",
        about=about_intelligence,
        fields=(
            Hidden(name="intelligence_id", label="Intelligence"),
            reason("What bears it out?", "Enter what bears it out"),
            Ticks(name="evidence", label="Which entries show it?", choices=facts),
            WHEN,
        ),
        button="Corroborate it",
    ),
    Form(
        command=c.DiscountIntelligence,
        title="Discount soft intelligence",
        about=about_intelligence,
        fields=(
            Hidden(name="intelligence_id", label="Intelligence"),
            reason("Why is it not borne out?", "Enter why it is not borne out"),
            Ticks(name="evidence", label="Which entries show it?", choices=facts),
            WHEN,
        ),
        button="Discount it",
    ),
)
