"""Forms that put an entry right: its own questions again, each with its present answer, and the reason.

The questions of a correction are those of the form that the entry was typed into, found by the fact's own table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields as fields_of
from dataclasses import replace
from typing import Any, get_args, get_origin, get_type_hints

from domain.practice import commands as c
from domain.practice.correctable import TYPED_WITH, correctable_fields, plain
from domain.practice.kinds import CorrectionKind
from domain.rules import Command, Recorded
from domain.text import Words
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Field, Hidden, TextArea, Ticks
from web.forms.form import Form
from web.forms.shapes import Shape, shapes
from web.practices.fields import field_label
from web.practices.forms.common import about_entry, about_request, reason, telling
from web.practices.forms.facets import OF_FACETS
from web.practices.forms.points import Points

Choices = Callable[[Drawing], Sequence[Choice]]

WHY, WHAT = "correction_reason", "correction_kind"
"""Questions about the correction itself, apart from those of the entry, which may have a reason and a kind too."""

_ASKED: dict[type[Command], Form] = {form.command: form for form in OF_FACETS}
_CALLED_ELSEWHERE = {"participants": "attendees"}
"""Fields whose fact calls them otherwise than its command."""


def correction_form(entry: Recorded, *, request: bool) -> Form:
    """The form that corrects this entry: directly, or by asking a manager."""
    asked, now = _questions(entry)
    command: type[Command] = c.RequestCorrection if request else c.CorrectFact
    why = TextArea(name=WHY, label="Why is it corrected?", missing="Enter why it is corrected", rows=3)
    version = Hidden(name="version", label="Entry")
    kinds: tuple[Field, ...] = ()
    if request:
        kinds = (
            Chosen(
                name=WHAT,
                label="What are you asking for?",
                preset=lambda _drawing: CorrectionKind.CORRECT.value,
            ),
        )
    return Form(
        command=command,
        title="Ask for a correction" if request else "Correct an entry",
        intro="What was recorded stays in the record. Change what is wrong and leave the rest as it is."
        + (" A manager authorises it." if request else ""),
        about=about_entry,
        fields=(version, *kinds, *asked, why),
        extra=_shapes(entry, asked)
        | {"version": Shape("version", str, True, False, Words(12, lines=False), None)},
        build=_builder(entry, command, asked, now),
        button="Ask a manager" if request else "Record the correction",
        stands=frozenset(one.name for one in asked),
    )


def _questions(entry: Recorded) -> tuple[list[Field], dict[str, Any]]:
    """The questions that the entry answers, with their present answers, and those answers as plain values."""
    form = _ASKED[TYPED_WITH[type(entry.fact)]]
    by_name = {one.name: one for one in form.fields}
    now = correctable_fields(entry.fact)
    found = []
    for name, value in now.items():
        asked = by_name.get(_CALLED_ELSEWHERE.get(name, name))
        if asked is not None:
            found.append(_with_answer(asked, entry, name, value))
    return found, now


def _with_answer(asked: Field, entry: Recorded, name: str, value: Any) -> Field:
    """The question with its present answer, which may be left out only where the fact may."""
    hint = get_type_hints(type(entry.fact))[name]
    needed = type(None) not in get_args(hint) and get_origin(hint) is not tuple and hint is not bool
    label = asked.label if isinstance(asked.label, str) else field_label(name)
    question = replace(asked, label=label, preset=lambda _drawing: value, when=None, required=needed)
    if isinstance(question, Ticks) and question.choices is not None:
        choices = _with_present(question.choices, value)
        return replace(question, choices=choices, when=lambda drawing: bool(choices(drawing)))
    if isinstance(question, Points) and question.choices is not None:
        answered = [row["about"] for row in value if row["about"]]
        return replace(question, choices=_with_present(question.choices, answered))
    if isinstance(question, Chosen) and question.choices is not None:
        return replace(question, choices=_with_present(question.choices, [value] if value else []))
    return question


def _with_present(choices: Choices, present: Sequence[str]) -> Choices:
    """What is offered, and what was answered although it is offered no more, such as a flag that was cleared since."""

    def offered(drawing: Drawing) -> list[Choice]:
        found = list(choices(drawing))
        known = {choice.value for choice in found}
        return found + [Choice(one, _called(drawing, one)) for one in present if one not in known]

    return offered


def _called(drawing: Drawing, value: str) -> str:
    told, practice = telling(drawing), drawing.practice
    for things, name in (
        (practice.flags, told.flag),
        (practice.actions, told.action),
        (practice.intelligence, told.intelligence),
    ):
        if value in things:
            return name(value).text
    return told.cited(value).text if value.startswith(f"{practice.code}/") else told.names.person(value)


def _shapes(entry: Recorded, asked: list[Field]) -> dict[str, Shape]:
    """As the command has them, but that what the fact may leave out may be left out."""
    typed_with = shapes(TYPED_WITH[type(entry.fact)])
    found = {one.name: typed_with[one.name] for one in asked}
    found[WHY] = shapes(c.CorrectFact)["reason"]
    found[WHAT] = shapes(c.RequestCorrection)["kind"]
    return found


def _builder(
    entry: Recorded, command: type[Command], asked: list[Field], now: Mapping[str, Any]
) -> Callable[[Drawing, dict[str, Any]], Command]:
    known = {field.name for field in fields_of(entry.fact)}

    def build(_drawing: Drawing, given: dict[str, Any]) -> Command:
        wanted = {}
        for one in asked:
            name = "participants" if one.name == "attendees" else one.name
            assert name in known
            wanted[name] = (
                _participants(given.get(one.name), now[name])
                if name == "participants"
                else _plain(given.get(one.name), now[name])
            )
        if command is c.CorrectFact:
            return c.CorrectFact(version=entry.version, fields=wanted, reason=given[WHY])
        return c.RequestCorrection(
            request_id=given["request_id"],
            version=entry.version,
            kind=given[WHAT],
            fields={} if given[WHAT] == CorrectionKind.WITHDRAW else wanted,
            reason=given[WHY],
        )

    return build


def _plain(value: Any, now: Any) -> Any:
    """The answer as JSON has it. A list left empty is an empty list, not nothing."""
    if value is None:
        return [] if isinstance(now, list) else None
    return plain(value)


def _participants(
    attendees: tuple[c.Attendee, ...] | None, now: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Whoever was there stays as recorded, with their id or name; others are added after them."""
    left, added = dict(enumerate(now)), []
    # Whoever is named by id is found first, so that nobody else of that role is taken for them.
    for one in sorted(attendees or (), key=lambda one: one.person is None):
        same = next((at for at, was in left.items() if _is_the_same(one, was)), None)
        if same is None:
            added.append(plain(one))
        else:
            del left[same]
    return [was for at, was in enumerate(now) if at not in left] + added


def _is_the_same(one: c.Attendee, was: dict[str, Any]) -> bool:
    if one.person:
        return bool(was["person"] == one.person)
    described = (was["described"] or "").strip(" ")
    return (was["side"], was["role"], described) == (one.side, one.role, one.described or "")


FORMS = (
    Form(
        command=c.WithdrawFact,
        title="Entered in error",
        intro="The entry stays in the record, marked as withdrawn, and no longer counts.",
        about=about_entry,
        fields=(
            Hidden(name="version", label="Entry"),
            reason("What was the error?", "Enter what the error was"),
        ),
        extra={"version": Shape("version", str, True, False, Words(12, lines=False), None)},
        build=lambda _drawing, given: c.WithdrawFact(version=int(given["version"]), reason=given["reason"]),
        button="Mark it as entered in error",
    ),
    Form(
        command=c.AuthoriseCorrection,
        title="Authorise a correction",
        about=about_request,
        intro="The entry is then read as corrected. What was recorded stays in the record.",
        fields=(Hidden(name="request_id", label="Request"),),
        button="Authorise the correction",
    ),
    Form(
        command=c.DeclineCorrection,
        title="Decline a correction",
        about=about_request,
        fields=(
            Hidden(name="request_id", label="Request"),
            reason("Why is it declined?", "Enter the reasons"),
        ),
        button="Decline the correction",
    ),
)
