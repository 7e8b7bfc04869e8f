"""Templates: text with headings to be filled in, that an organisation keeps for its common conversations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from domain.access.commands import EndTemplate, WriteTemplate
from domain.access.events import TemplateEnded, TemplateWritten
from domain.rules import Asked, Fact, RuleBroken, Sealed, refuse_unless, sealed


class Template(NamedTuple):
    """A template as it is offered: its name, its text, and the day it is in use from."""

    template_id: str
    name: Sealed
    text: Sealed
    from_on: date
    ended_on: date | None = None

    def in_use(self, day: date) -> bool:
        return self.from_on <= day and (self.ended_on is None or day < self.ended_on)


def write_template(kept: Mapping[str, Template], command: WriteTemplate, asked: Asked) -> list[Fact]:
    """An organisation's own people write its templates, and nobody else's."""
    _is_of_ones_own(command.code, asked)
    refuse_unless(
        command.template_id not in kept,
        "ids-are-used-once",
        "This template is written already: open the form again",
    )
    return [
        TemplateWritten(
            template_id=command.template_id,
            code=command.code,
            name=Sealed(command.name),
            text=Sealed(command.text),
            from_on=command.from_on or asked.on,
            occurred_on=command.occurred_on or asked.on,
        )
    ]


def end_template(kept: Mapping[str, Template], command: EndTemplate, asked: Asked) -> list[Fact]:
    """A template is no longer offered. What was written with it stays as it is."""
    _is_of_ones_own(command.code, asked)
    template = kept.get(command.template_id)
    if template is None:
        raise RuleBroken(
            "a-template-is-of-its-organisation", "Choose a template of your organisation", "template_id"
        )
    if template.ended_on is not None:
        return []
    return [
        TemplateEnded(
            template_id=command.template_id,
            code=command.code,
            ended_on=asked.on,
            reason=sealed(command.reason),
            occurred_on=command.occurred_on or asked.on,
        )
    ]


def _is_of_ones_own(code: str, asked: Asked) -> None:
    refuse_unless(
        code in asked.own,
        "an-organisation-writes-its-own-templates",
        "You can write templates of your own organisation only",
        "code",
    )


def written(fact: TemplateWritten) -> Template:
    return Template(fact.template_id, fact.name, fact.text, fact.from_on)
