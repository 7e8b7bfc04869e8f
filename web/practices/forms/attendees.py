"""Who took part in a conversation: boxes to tick for the usual people, and a list of every role for the others."""
# ruff: noqa: ARG002 (a question's methods take what any kind of question may need)

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, ClassVar

from marshmallow import ValidationError

from domain.access.roles import SIDE_OF, Role
from domain.practice import commands as c
from domain.practice.kinds import ROLES_OF, ParticipantRole, Side
from domain.text import Words
from web.forms.answers import words_typed
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Posted, lower_first, one_line_end
from web.forms.shapes import Shape
from web.practices.forms.common import side
from web.words import label

YOU = "you"
MY_ROLE = {
    Role.CASEWORKER: ParticipantRole.CASEWORKER,
    Role.MANAGER: ParticipantRole.MANAGER,
    Role.ADVISER: ParticipantRole.MEDICAL_ADVISER,
    Role.LEAD: ParticipantRole.PRIMARY_CARE_LEAD,
}
"""As what a signed-in person takes part, unless they say otherwise."""

USUAL = {
    Side.PRACTICE: (
        ParticipantRole.PRACTICE_MANAGER,
        ParticipantRole.GP_PARTNER,
        ParticipantRole.PRACTICE_NURSE,
    ),
    Side.CONTRACT_HOLDER: (ParticipantRole.CASEWORKER, ParticipantRole.MANAGER),
    Side.LOCAL_COMMISSIONER: (ParticipantRole.PRIMARY_CARE_LEAD, ParticipantRole.CLINICAL_LEAD_GP),
}
"""Who is ticked rather than looked for in the list: of the practice, and of the organisation that one is not of."""

_NO_ORGANISATION = {Side.PRACTICE: "The practice", Side.OTHER: "From elsewhere"}

ROWS, SPARE = 4, 2
"""Others whom the form has room for; and, where there are more already, how many it may still take."""

DESCRIBED = Words(200, lines=False)


@dataclass(frozen=True, kw_only=True)
class Attendees(Chosen):
    """Typed as {"there": the boxes ticked, "others": a role and its description for each further person}.

    A choice is written as side and role, `practice:gp_partner`. Those of the list have a group: their side.
    """

    WIDGET: ClassVar[str] = "attendees"

    def names(self) -> tuple[str, ...]:
        return (self.name, f"{self.name}-role", f"{self.name}-described")

    def typed(self, posted: Posted) -> dict[str, Any]:
        _, role, described = self.names()
        rows = zip_longest(posted.getlist(role), posted.getlist(described), fillvalue="")
        return _typed(
            posted.getlist(self.name), [(code, one_line_end(text).strip(" ")) for code, text in rows]
        )

    def given(self, typed: Any) -> Any:
        return typed

    def first(self, drawing: Drawing) -> Any:
        if self.preset is None:
            return _typed([YOU] if drawing.asked.role in MY_ROLE else [], [])
        boxes = {choice.value for choice in _usual(drawing)}
        there: list[str] = []
        others: list[tuple[str, str]] = []
        for one in self.preset(drawing) or ():
            code = f"{one['side']}:{one['role']}"
            if one["person"] == drawing.asked.person:
                there.append(YOU)
            elif code in boxes and code not in there and not one["described"]:
                there.append(code)
            else:
                others.append((code, one["described"] or ""))
        return _typed(there, others)

    def offered(self, shape: Shape, drawing: Drawing) -> list[Choice]:
        mine = SIDE_OF.get(drawing.asked.role)
        you = (
            [Choice(YOU, f"You, for {_called(drawing, mine)}")]
            if mine and drawing.asked.role in MY_ROLE
            else []
        )
        return [*you, *_usual(drawing), *self._listed(drawing)]

    def _listed(self, drawing: Drawing) -> Iterator[Choice]:
        """Every role, by side. Somebody who was recorded once keeps their place in the list."""
        for which, roles in ROLES_OF.items():
            if self.preset is not None or _has_part(drawing, which):
                called = _called(drawing, which)
                for role in roles:
                    text = _of_its_side(role, which, called)
                    yield Choice(f"{which}:{role}", text, group=called)

    def need(self, shape: Shape) -> dict[str, Any]:
        return {"required": True}

    def read(self, typed: Any, shape: Shape, drawing: Drawing) -> Any:
        offered = {choice.value for choice in self.offered(shape, drawing)}
        found = [_ticked(one, offered, drawing) for one in dict.fromkeys(typed["there"])]
        for number, row in enumerate(typed["others"], start=1):
            if row["role"] or row["described"]:
                found.append(_another(row["role"], row["described"], number, offered))
        if not found:
            raise ValidationError("Choose who was there")
        return tuple(found)

    def error_id(self, parts: Sequence[str]) -> str:
        return f"{self.name}-{parts[0] if parts else 1}"


def _typed(there: list[str], others: Sequence[tuple[str, str]]) -> dict[str, Any]:
    filled = [one for one in others if any(one)]
    rows = max(ROWS, len(filled) + SPARE, len(others))
    empty = [("", "")] * (rows - len(others))
    return {
        "there": there,
        "others": [{"role": code, "described": described} for code, described in [*others, *empty]],
    }


def _usual(drawing: Drawing) -> list[Choice]:
    mine = SIDE_OF.get(drawing.asked.role)
    return [
        Choice(
            f"{which}:{role}",
            label(role) if which == Side.PRACTICE else f"{label(role)}, {_called(drawing, which)}",
        )
        for which, roles in USUAL.items()
        if which != mine and _has_part(drawing, which)
        for role in roles
    ]


def _of_its_side(role: ParticipantRole, which: Side, called: str) -> str:
    """A role that several sides have says whose it is: a list that is closed again does not show its headings."""
    if sum(role in roles for roles in ROLES_OF.values()) == 1:
        return label(role)
    return f"{label(role)}, {lower_first(called) if which in _NO_ORGANISATION else called}"


def _has_part(drawing: Drawing, which: Side) -> bool:
    """A practice may have no local commissioner."""
    return which in _NO_ORGANISATION or _organisation(drawing, which) is not None


def _organisation(drawing: Drawing, which: Side) -> str | None:
    responsible = drawing.practice.responsible_on(drawing.today)
    if responsible is None:
        return None
    return responsible.contract_holder if which == Side.CONTRACT_HOLDER else responsible.local_commissioner


def _called(drawing: Drawing, which: Side) -> str:
    """What a side is called above its roles: its organisation's name, where it is one."""
    if which in _NO_ORGANISATION:
        return _NO_ORGANISATION[which]
    code = _organisation(drawing, which)
    return drawing.organisations.get(code or "") or side(drawing, which)


def _ticked(value: str, offered: set[str], drawing: Drawing) -> c.Attendee:
    _is_offered(value, offered, 1)
    mine = SIDE_OF.get(drawing.asked.role)
    if value == YOU and mine is not None:
        return c.Attendee(side=mine, role=MY_ROLE[Role(drawing.asked.role)], person=drawing.asked.person)
    return _attendee(value)


def _another(value: str, described: str, number: int, offered: set[str]) -> c.Attendee:
    """Somebody of the list: described where their role is not in it, and only there."""
    where = f"role-{number}"
    if not value:
        raise _wrong("Choose “Another role” of the side that the person you described was there for", where)
    _is_offered(value, offered - {YOU}, where)
    attendee = _attendee(value, words_typed(described, DESCRIBED) or None)
    if attendee.role == ParticipantRole.OTHER and not described:
        raise _wrong("Enter which other role it was", f"described-{number}")
    if attendee.role != ParticipantRole.OTHER and described:
        raise _wrong(
            f"Choose “Another role” instead of “{label(attendee.role)}”, or clear its description", where
        )
    return attendee


def _attendee(value: str, described: str | None = None) -> c.Attendee:
    which, _, role = value.partition(":")
    return c.Attendee(side=Side(which), role=ParticipantRole(role), described=described)


def _is_offered(value: str, offered: set[str], where: object) -> None:
    if value not in offered:
        raise _wrong("Choose from the people shown: what was sent is not among them", where)


def _wrong(message: str, where: object) -> ValidationError:
    return ValidationError({"message": message, "parts": [str(where)]})
