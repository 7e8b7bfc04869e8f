"""What others recorded while somebody was writing, beside what that person typed, question by question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, NamedTuple

from application.sealing import KeyMissing, SealBroken
from domain.rules import Fact
from web.forms.drawing import Drawing
from web.forms.form import Form, Typed, told

COMPARED = frozenset({"text", "textarea", "number", "tick", "day", "radios", "select", "ticks"})
"""Kinds of question whose answer a fact's field gives back."""


class Beside(NamedTuple):
    """One question, with both answers to it. `then` is the answer that stood when the form was drawn, where one did."""

    name: str
    label: str
    mine: Sequence[str]
    theirs: Sequence[str]
    then: Sequence[str] | None = None

    @property
    def differs(self) -> bool:
        """Whether both answered, and otherwise."""
        return list(self.mine) != list(self.theirs) and not self.left_by_me and not self.left_by_them

    @property
    def left_by_me(self) -> bool:
        return self.then is not None and list(self.mine) == list(self.then) != list(self.theirs)

    @property
    def left_by_them(self) -> bool:
        return self.then is not None and list(self.theirs) == list(self.then) != list(self.mine)


class Meanwhile(NamedTuple):
    """Something that was recorded since the form was drawn: what, by whom and when; and its words, where they are told.

    `values` are its fields, to be set beside the answers of the same name; `href` is where the whole of it is; `own` when
    the same person recorded it, in another window.
    """

    title: str
    by: str
    at: Any
    href: str = ""
    own: bool = False
    words: Sequence[tuple[str, str]] = ()
    rows: Sequence[tuple[str, str]] = ()
    values: Mapping[str, Any] = {}
    beside: Sequence[Beside] = ()


def values_of(fact: Fact) -> dict[str, Any]:
    return {one.name: getattr(fact, one.name) for one in fields(fact)}


def set_beside(
    form: Form, drawing: Drawing, typed: Typed, others: Sequence[Meanwhile], then: Typed | None = None
) -> list[Meanwhile]:
    """What others recorded, each with the questions of the form that it answers too."""
    stood = {name: value for name, value in (then or {}).items() if name in form.stands}
    return [_with(one, _beside(form, drawing, typed, one.values, stood)) for one in others]


def apart(form: Form, others: Sequence[Meanwhile]) -> bool:
    """Whether nothing that stands was changed by both, each in another way."""
    rows = (row for one in others for row in one.beside)
    return bool(form.stands) and not any(row.differs for row in rows if row.name in form.stands)


def _with(one: Meanwhile, beside: Sequence[Beside]) -> Meanwhile:
    """What stands side by side is not told again. A day alone is not worth comparing: every fact has one."""
    beside = beside if any(row.name != "occurred_on" for row in beside) else ()
    compared = {answer for row in beside for answer in row.theirs}
    return one._replace(
        beside=beside,
        words=[(heading, words) for heading, words in one.words if words not in compared],
        rows=[(heading, words) for heading, words in one.rows if words not in compared],
    )


def _beside(
    form: Form, drawing: Drawing, typed: Typed, values: Mapping[str, Any], stood: Typed
) -> list[Beside]:
    found = []
    for one in form.asked_for(drawing):
        if one.WIDGET not in COMPARED or one.name not in values:
            continue
        try:
            theirs = form.answer(one, drawing, one.from_value(values[one.name]))
        except (SealBroken, KeyMissing):
            continue  # what does not open is not compared: its entry's own page says so
        mine = form.answer(one, drawing, typed[one.name])
        if mine or theirs:
            then = form.answer(one, drawing, stood[one.name]) if one.name in stood else None
            found.append(Beside(one.name, told(one.label, drawing), mine, theirs, then))
    return found
