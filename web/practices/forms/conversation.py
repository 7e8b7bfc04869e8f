"""Forms about what was said and what was heard."""
# ruff: noqa: ARG002 (a question's methods take what any kind of question may need)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from marshmallow import ValidationError

from domain.access.roles import SIDE_OF
from domain.practice import commands as c
from domain.practice.kinds import Side
from domain.text import Words
from web.forms.answers import words_typed
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Day, Hidden, Posted, Text, TextArea, Tick, Ticks
from web.forms.form import Form
from web.forms.shapes import Shape
from web.practices.forms.common import (
    NO_PATIENTS,
    WHEN,
    about_intelligence,
    facts,
    intelligence,
    late_entry_day,
    open_actions,
    open_flags,
    reason,
    side,
)
from web.words import label

PRACTICE_ROLES = ("Practice manager", "GP partner", "Practice nurse")
_USUAL = {role.capitalize(): role for role in PRACTICE_ROLES}
REPRESENTATIVE = "representative"
A_ROLE = Words(200, lines=False)


@dataclass(frozen=True, kw_only=True)
class Attendees(Chosen):
    """Who took part: our two organisations, the practice's usual roles, and anyone else by role."""

    WIDGET: ClassVar[str] = "attendees"

    def names(self) -> tuple[str, ...]:
        return (self.name, f"{self.name}-practice", f"{self.name}-other")

    def typed(self, posted: Posted) -> dict[str, Any]:
        return {
            "there": posted.getlist(self.name),
            "practice": posted.get(f"{self.name}-practice", ""),
            "other": posted.get(f"{self.name}-other", ""),
        }

    def given(self, typed: Any) -> Any:
        return typed

    def from_value(self, value: Any) -> dict[str, Any]:
        """From participants as plain values."""
        there: list[str] = []
        practice: list[str] = []
        other: list[str] = []
        for one in value or ():
            if one["side"] in {Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER}:
                there.append(str(one["side"]))
            elif one["side"] == Side.PRACTICE and one["role"].capitalize() in _USUAL:
                there.append(_USUAL[one["role"].capitalize()])
            else:
                (practice if one["side"] == Side.PRACTICE else other).append(one["role"])
        return {"there": there, "practice": "; ".join(practice), "other": "; ".join(other)}

    def first(self, drawing: Drawing) -> Any:
        if self.preset is not None:
            return self.from_value(self.preset(drawing))
        ours = SIDE_OF.get(drawing.asked.role)
        return {"there": [ours.value] if ours else [], "practice": "", "other": ""}

    def offered(self, shape: Shape, drawing: Drawing) -> list[Choice]:
        responsible = drawing.practice.responsible_on(drawing.today)
        holder = responsible.contract_holder if responsible else None
        commissioner = responsible.local_commissioner if responsible else None
        ours = SIDE_OF.get(drawing.asked.role)
        found = []
        for which, code in ((Side.CONTRACT_HOLDER, holder), (Side.LOCAL_COMMISSIONER, commissioner)):
            if code is not None:
                name = drawing.organisations.get(code) or side(drawing, which)
                found.append(Choice(which.value, f"{name} (you)" if which == ours else name))
        found.sort(key=lambda choice: choice.value != ours)
        return found + [Choice(role, role) for role in PRACTICE_ROLES]

    def need(self, shape: Shape) -> dict[str, Any]:
        return {"required": True}

    def read(self, typed: Any, shape: Shape, drawing: Drawing) -> Any:
        offered = [choice.value for choice in self.offered(shape, drawing)]
        found = [_ticked(one, offered, drawing) for one in dict.fromkeys(typed["there"])]
        for which, text in ((Side.PRACTICE, typed["practice"]), (Side.OTHER, typed["other"])):
            roles = (role.strip() for role in text.split(";"))
            found += [c.Attendee(side=which, role=words_typed(role, A_ROLE)) for role in roles if role]
        if not found:
            raise ValidationError(self.missing_text())
        return tuple(found)

    def missing_text(self) -> str:
        return "Choose who was there"

    def answer(self, typed: Any, drawing: Drawing) -> str:
        return "; ".join(filter(None, [*typed["there"], typed["practice"], typed["other"]]))

    def error_id(self, parts: Sequence[str]) -> str:
        return f"{self.name}-1"


def _ticked(value: str, offered: Sequence[str], drawing: Drawing) -> c.Attendee:
    if value not in offered:
        raise ValidationError("Choose from the people shown: what was sent is not among them")
    if value in PRACTICE_ROLES:
        return c.Attendee(side=Side.PRACTICE, role=value)
    if value == SIDE_OF.get(drawing.asked.role):
        return c.Attendee(side=Side(value), role=label(drawing.asked.role), person=drawing.asked.person)
    return c.Attendee(side=Side(value), role=REPRESENTATIVE)


def replying_to(drawing: Drawing) -> str:
    version = drawing.practice.entries.get(drawing.given.get("reply_to", ""))
    entry = drawing.practice.standing.get(version) if version else None
    if entry is None:
        return ""
    return f"In reply to: {drawing.telling.title(entry.fact)}"


FORMS = (
    Form(
        command=c.RecordConversation,
        title="Record a conversation",
        about=replying_to,
        intro="Both organisations will see this.",
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
            Ticks(
                name="about_actions",
                label="About which actions?",
                choices=open_actions,
                when=lambda drawing: bool(open_actions(drawing)),
            ),
            Ticks(
                name="about_flags",
                label="About which flags?",
                choices=open_flags,
                when=lambda drawing: bool(open_flags(drawing)),
            ),
            Ticks(
                name="about_intelligence",
                label="About which soft intelligence?",
                choices=intelligence,
                when=lambda drawing: bool(intelligence(drawing)),
            ),
            Day(
                name="next_contact_on",
                label="When will you speak next?",
                hint="Leave it empty if nothing is arranged.",
                called="The date of the next contact",
            ),
        ),
        button="Record",
    ),
    Form(
        command=c.RecordIntelligence,
        title="Record soft intelligence",
        intro="It stays unverified until another person corroborates or discounts it.",
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
            Ticks(
                name="about_flags",
                label="About which flags?",
                choices=open_flags,
                when=lambda drawing: bool(open_flags(drawing)),
            ),
            replace(WHEN, preset=late_entry_day),
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
