"""Writes docs/commands.md from the commands and the permission table: `python -m tests.architecture.commands_page`."""

from __future__ import annotations

import dataclasses
from typing import Any, get_type_hints

from domain import links
from domain.access import commands as access
from domain.access.permissions import GRANTED
from domain.access.roles import Role
from domain.framework import commands as framework
from domain.indicators import commands as indicators
from domain.indicators.signals import Signal
from domain.performers import commands as performers
from domain.practice import commands as practice
from domain.releases import commands as releases
from domain.text import new_ids, word_fields
from tests.architecture.pages import table, told, type_words, write

NAME = "commands.md"
ROLES = (*(str(role.value) for role in Role), "operator")

OPENING = """\
# Commands, and who may send them

What may be asked for, by whom, and what each command takes. Pages send these commands, and so does `casebook do`
([command line](command-line.md)). What the table does not grant is refused.

This page is made from the code by `python -m tests.architecture.commands_page`, and a test says when it is out of date.

The table is `domain/access/permissions.py`. A caseworker, manager, adviser or lead records only while their
organisation is responsible for the practice. A caseworker or adviser reads the practices of their own organisation, a
manager those of its region too, a lead the practices that the lead's organisation commissions, an auditor all. An
organisation that succeeded others stands for them. Whoever is recused from a practice neither reads it nor records about
it. Interests are each person's own to declare; a manager declares and recuses people of their organisation, and lifts
recusals but their own. The operator is the person at the machine: signed in to nothing, and judging nothing.
"""

FIELDS = """\
## What each command takes

`occurred_on` may be given with every command: the day it happened, which is today when left out (a conversation must
have it), and never in the future. Ids of new things look like `flag-0123abcd`. Text limits are in characters; they stand here and
nowhere else, and forms, facts and views keep to them. A field in brackets may be left out.
"""


PARTS = (
    practice.Attendee,
    practice.ResponsePoint,
    practice.Kept,
    practice.SignalledFlag,
    Signal,
    releases.Validated,
    framework.RuleNumbers,
    framework.ResponseTimes,
)


def page() -> str:
    lines = [OPENING, *table(("may ask for", *ROLES), map(_granted, GRANTED)), FIELDS]
    every = (
        practice.COMMANDS,
        practice.FOLLOWS,
        access.COMMANDS,
        performers.COMMANDS,
        links.COMMANDS,
        indicators.COMMANDS,
        releases.COMMANDS,
        framework.COMMANDS,
    )
    for command in (command for some in every for command in some.values()):
        lines += [f"### {command.__name__}", ""]
        if words := told(command):
            lines += [words, ""]
        lines += table(("field", "type", "limit"), _fields(command))
    for part in PARTS:
        lines += [
            f"### {part.__name__}",
            "",
            told(part),
            "",
            *table(("field", "type", "limit"), _fields(part)),
        ]
    return "\n".join(lines).rstrip() + "\n"


def _granted(what: str) -> tuple[str, ...]:
    return (f"`{what}`", *("yes" if role in GRANTED[what] else "" for role in ROLES))


def _fields(command: Any) -> list[tuple[str, str, str]]:
    hints = get_type_hints(command, include_extras=True)
    limits = word_fields(command)
    minted = new_ids(command)
    rows = []
    for field in dataclasses.fields(command):
        if field.name == "occurred_on":
            continue
        optional = field.default is not dataclasses.MISSING
        limit = f"{limits[field.name][0].limit:,}" if field.name in limits else ""
        if field.name in minted:
            limit = f"`{minted[field.name][0].prefix}-…`, new"
        rows.append(
            (f"[`{field.name}`]" if optional else f"`{field.name}`", type_words(hints[field.name]), limit)
        )
    return rows


if __name__ == "__main__":
    write(NAME, page())
