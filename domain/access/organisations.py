"""An organisation: what it was called, and what it belonged to, on a day. One stream each, `organisation-CODE`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from domain.access.commands import AccessCommand, NameOrganisation
from domain.access.events import OrganisationNamed
from domain.rules import Asked, Fact, Recorded, RuleBroken
from domain.text import blank_is_absent, check_command


@dataclass(slots=True)
class Organisation:
    names: list[OrganisationNamed] = field(default_factory=list)

    def named_on(self, day: date) -> OrganisationNamed | None:
        """What it was called on a day: the name last recorded among those in use by then."""
        found = None
        for named in self.names:
            if named.from_on <= day and (found is None or named.from_on >= found.from_on):
                found = named
        return found


def replay(history: list[Recorded]) -> Organisation:
    """The organisation as its facts tell."""
    return Organisation([entry.fact for entry in history if isinstance(entry.fact, OrganisationNamed)])


def decide(organisation: Organisation, command: AccessCommand, asked: Asked) -> list[Fact]:
    """A name is recorded when it says something new for its day; the same again records nothing."""
    check_command(command)
    command = blank_is_absent(command)
    if not isinstance(command, NameOrganisation):
        raise RuleBroken("organisations-are-named", "Only a name can be recorded of an organisation")
    if command.occurred_on is not None and command.occurred_on > asked.on:
        raise RuleBroken(
            "what-happened-is-not-in-the-future", "Enter today's date or an earlier one", "occurred_on"
        )
    wanted = (command.name, command.kind, command.label, command.part_of or None)
    now = organisation.named_on(command.from_on)
    if now and (now.name, now.kind, now.label, now.part_of) == wanted:
        return []
    return [
        OrganisationNamed(
            code=command.code,
            name=command.name,
            kind=command.kind,
            label=command.label,
            part_of=command.part_of or None,
            from_on=command.from_on,
            source=command.source,
            source_sha256=command.source_sha256,
            occurred_on=command.occurred_on or asked.on,
        )
    ]
