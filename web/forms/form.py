"""A form for one command: its questions, what is wrong with the answers, and the command they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from marshmallow import RAISE, Schema, ValidationError
from marshmallow import fields as ma
from werkzeug.datastructures import MultiDict

from domain.rules import Command, RuleBroken
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Field, Hidden
from web.forms.shapes import Shape, shapes

UNSEEN = frozenset({"csrf_token", "token", "step", "template"})
"""What every form sends beside its answers."""

Typed = dict[str, Any]
Told = str | Callable[[Drawing], str]


class Wrong(NamedTuple):
    """What is wrong with an answer; `parts` are the boxes of it to mend, where it has several."""

    message: str
    parts: tuple[str, ...] = ()


Errors = dict[str, Wrong]
"""What is wrong, by the name of the field; "" when it is not one field's."""


class NotUnderstood(Exception):
    """The answers do not make a command."""

    def __init__(self, errors: Errors) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


class Drawn(NamedTuple):
    """One question as a template shows it."""

    widget: str
    name: str
    label: str
    hint: str
    value: Any
    choices: Sequence[Choice]
    error: Wrong | None
    optional: bool
    field: Field


class Section(NamedTuple):
    """Questions that stand together, and what is said of them first. `folded` where nothing of it is needed or filled in."""

    title: str
    told: str
    questions: Sequence[Drawn]
    folded: bool = False


@dataclass(frozen=True, kw_only=True)
class Form:
    """`fixed` are fields of the command that the form itself gives, from what it is drawn from.

    `check` shows the answers once more before they are sent. `about` says in a line what the form is about,
    and `shows` gives texts to be read before it is answered, each with whose it is; `leads` where more of it is to be read.
    `sections` lays a long form out.
    `stands` are the questions drawn with the answer that stands: what is left as it is stays as it is.
    """

    command: type[Command]
    title: Told
    fields: tuple[Field, ...]
    intro: Told = ""
    about: Callable[[Drawing], str] | None = None
    shows: Callable[[Drawing], Sequence[tuple[str, str]]] | None = None
    leads: Callable[[Drawing], Sequence[tuple[str, str]]] | None = None
    button: str = "Record"
    check: bool = False
    fixed: Callable[[Drawing], Mapping[str, Any]] | None = None
    extra: Mapping[str, Shape] = field(default_factory=dict)
    build: Callable[[Drawing, dict[str, Any]], Command] | None = None
    sections: Callable[[Drawing, Typed, Sequence[Drawn]], Sequence[Section]] | None = None
    stands: frozenset[str] = frozenset()
    lacks: Callable[[Mapping[str, Any]], Sequence[RuleBroken]] = lambda _given: ()
    """What is needed of several questions together: told with what is wrong with each."""

    @property
    def name(self) -> str:
        return self.command.__name__

    @property
    def typed_at_length(self) -> bool:
        """Whether anything in it takes more than a line: what is worth keeping as a draft."""
        return any(one.AT_LENGTH for one in self.fields)

    def asked_for(self, drawing: Drawing) -> list[Field]:
        return [one for one in self.fields if one.asked_for(drawing)]

    # --- what is typed -----------------------------------------------------------------------------------------

    def first(self, drawing: Drawing) -> Typed:
        """What stands in the fields when the form is first drawn."""
        return {one.name: one.first(drawing) for one in self.asked_for(drawing)}

    def typed(self, posted: MultiDict[str, str], drawing: Drawing) -> Typed:
        return {one.name: one.typed(posted) for one in self.asked_for(drawing)}

    def unknown(self, posted: MultiDict[str, str], drawing: Drawing) -> list[str]:
        """What was sent that the form does not ask for."""
        known = {name for one in self.asked_for(drawing) for name in one.names()} | UNSEEN
        return sorted(set(posted) - known)

    # --- from answers to a command -----------------------------------------------------------------------------

    def read(self, posted: MultiDict[str, str], drawing: Drawing, ids: Mapping[str, str]) -> Command:
        """The command that the answers make, or NotUnderstood."""
        errors: Errors = {}
        if self.unknown(posted, drawing):
            errors[""] = Wrong("The form sent something that it does not ask for. Check it and send it again")
        given = self._given(posted, drawing)
        errors |= {one.field or "": Wrong(one.message) for one in self.lacks(given)}
        try:
            values: dict[str, Any] = self.schema(drawing).load(given)
        except ValidationError as problem:
            wrong = _errors(problem.normalized_messages()).items()
            said = {name: one._replace(message=drawing.said(one.message)) for name, one in wrong}
            raise NotUnderstood(errors | said) from None
        if errors:
            raise NotUnderstood(errors)
        answered = {name: value for name, value in values.items() if value is not None}
        whole = {**answered, **(self.fixed(drawing) if self.fixed else {}), **ids}
        return self.build(drawing, whole) if self.build else self.command(**whole)

    def _given(self, posted: MultiDict[str, str], drawing: Drawing) -> Typed:
        return {one.name: one.given(one.typed(posted)) for one in self.asked_for(drawing)}

    def schema(self, drawing: Drawing) -> Schema:
        checks: dict[str, ma.Field[Any]] = {
            one.name: one.checked(self.shape(one), drawing) for one in self.asked_for(drawing)
        }
        return Schema.from_dict(checks, name=f"{self.name}Schema")(unknown=RAISE)

    def shape(self, one: Field) -> Shape:
        return self.extra.get(one.name) or shapes(self.command)[one.name]

    # --- for the page ------------------------------------------------------------------------------------------

    def drawn(self, drawing: Drawing, typed: Typed, errors: Errors) -> list[Drawn]:
        return [self._drawn(one, drawing, typed, errors) for one in self.asked_for(drawing)]

    def _drawn(self, one: Field, drawing: Drawing, typed: Typed, errors: Errors) -> Drawn:
        shape = self.shape(one)
        needed = one.need(shape)["required"]
        return Drawn(
            widget=one.WIDGET,
            name=one.name,
            label=told(one.label, drawing),
            hint=told(one.hint, drawing),
            value=one.redrawn(typed[one.name], drawing),
            choices=one.offered(shape, drawing) if isinstance(one, Chosen) else (),
            error=errors.get(one.name),
            optional=not needed
            and not one.either
            and not (isinstance(one, Chosen) and one.nothing)
            and one.WIDGET not in {"tick", "ticks", "hidden"},
            field=one,
        )

    def answers(self, drawing: Drawing, typed: Typed) -> list[tuple[str, list[str]]]:
        """Each question with its answer in words, to be checked before it is sent."""
        return [
            (told(one.label, drawing), self.answer(one, drawing, typed[one.name]))
            for one in self.asked_for(drawing)
            if not isinstance(one, Hidden)
        ]

    def answer(self, one: Field, drawing: Drawing, typed: Any) -> list[str]:
        """One answer in words; what stands for it where it was left out."""
        return self._answer(one, drawing, typed) or _left_out(one)

    def _answer(self, one: Field, drawing: Drawing, typed: Any) -> list[str]:
        if isinstance(one, Chosen):
            texts = {
                choice.value: f"{choice.text}, {choice.hint}" if one.hinted and choice.hint else choice.text
                for choice in one.offered(self.shape(one), drawing)
            }
            chosen = typed if isinstance(typed, list) else [typed]
            return [texts.get(value) or value for value in chosen if value]
        answer = one.answer(typed, drawing)
        return [answer] if answer else []

    def summary(self, drawing: Drawing, errors: Errors) -> list[dict[str, str]]:
        """The errors in the order of the questions, each with where it leads."""
        listed = []
        fields = {one.name: one for one in self.asked_for(drawing)}
        for name, one in fields.items():
            if name in errors and not isinstance(one, Hidden):
                listed.append({"text": errors[name].message, "href": f"#{one.error_id(errors[name].parts)}"})
        for name, wrong in errors.items():
            if name not in fields or isinstance(fields[name], Hidden):
                listed.append({"text": wrong.message, "href": "#form"})
        return listed


def _left_out(one: Field) -> list[str]:
    return [one.unanswered] if one.unanswered else []


def told(text: Told, drawing: Drawing) -> str:
    """The words of a form, which are said of the contractor that it is about; those that look at it say so themselves."""
    return drawing.said(text) if isinstance(text, str) else text(drawing)


def _errors(messages: Mapping[str, Any]) -> Errors:
    errors = {}
    for name, message in messages.items():
        if isinstance(message, Mapping) and "message" in message:
            errors[name] = Wrong(str(message["message"]), tuple(message["parts"]))
        else:
            first = message[0] if isinstance(message, list) else message
            errors["" if name == "_schema" else name] = Wrong(str(first))
    return errors
