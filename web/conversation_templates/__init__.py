"""Templates for common conversations: those an organisation wrote, and a few that everybody has."""

from __future__ import annotations

from typing import NamedTuple

from web.service import current_asked, service


class Offered(NamedTuple):
    """A template that may be chosen. `code` is the organisation whose it is; none wrote those that everybody has."""

    template_id: str
    name: str
    text: str
    code: str = ""


DEFAULTS = (
    Offered(
        "template-everybody-phone",
        "A call about an overdue action",
        "The action:\n\nWhere it stands:\n\nWhat is in the way:\n\nThe new day, and who does what:\n",
    ),
    Offered(
        "template-everybody-data",
        "Checking a figure with the practice",
        "The indicator and the period:\n\nWhat the practice makes of it (coding, list, a care home, students):\n\n"
        "What it will check, and by when:\n",
    ),
    Offered(
        "template-everybody-visit",
        "A visit",
        "Why we visited:\n\nWhom we met, by role:\n\nWhat went well:\n\nWhat we found:\n\nWhat is agreed:\n\n"
        "What the practice said:\n",
    ),
    Offered(
        "template-everybody-shared",
        "Both organisations together",
        "What each of us knows:\n\nWhere we agree:\n\nWhere we differ:\n\nWho speaks with the practice, and when:\n",
    ),
)
"""Headings only: what is under them is the writer's."""


def offered() -> list[Offered]:
    """What this person may choose from today: their own organisation's first."""
    return [*own_in_use(), *DEFAULTS]


def own_in_use() -> list[Offered]:
    """The templates of this person's organisation, and of those it succeeded, that are in use today."""
    asked = current_asked()
    found = [
        Offered(one.template_id, one.name.words, one.text.words, code)
        for code in sorted(asked.own)
        for one in service.casebook.aggregate("organisation", code).templates.values()
        if one.in_use(asked.on)
    ]
    return sorted(found, key=lambda one: one.name.casefold())


def filled(typed: str, template_id: str) -> str:
    """What was typed, with the template after it: nothing that was typed is ever lost to one."""
    template = next((one for one in offered() if one.template_id == template_id), None)
    if template is None or template.text.strip() in typed:
        return typed
    return f"{typed.rstrip()}\n\n{template.text}" if typed.strip() else template.text
