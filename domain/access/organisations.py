"""An organisation: what it was called, what it belonged to, whom it succeeded and where it was, on a day.

One stream each, `organisation-CODE`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from domain.access.commands import (
    AccessCommand,
    AddressOrganisation,
    EndTemplate,
    NameOrganisation,
    SucceedOrganisation,
    WriteTemplate,
)
from domain.access.events import (
    OrganisationAddressed,
    OrganisationNamed,
    OrganisationSucceeded,
    TemplateEnded,
    TemplateWritten,
)
from domain.access.templates import Template, end_template, write_template, written
from domain.rules import Asked, DoesNotOpen, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed
from domain.text import blank_is_absent, check_command


@dataclass(slots=True)
class Organisation:
    names: list[OrganisationNamed] = field(default_factory=list)
    succeeded: dict[str, OrganisationSucceeded] = field(default_factory=dict)
    """The organisations that it succeeded, each as last recorded here. `Succession` knows of all organisations."""
    templates: dict[str, Template] = field(default_factory=dict)
    addresses: list[OrganisationAddressed] = field(default_factory=list)

    def addressed_on(self, day: date) -> OrganisationAddressed | None:
        """From where its letters came on a day: the address last recorded among those in use by then."""
        found = None
        for addressed in self.addresses:
            if addressed.from_on <= day and (found is None or addressed.from_on >= found.from_on):
                found = addressed
        return found

    def named_on(self, day: date) -> OrganisationNamed | None:
        """What it was called on a day: the name last recorded among those in use by then."""
        found = None
        for named in self.names:
            if named.from_on <= day and (found is None or named.from_on >= found.from_on):
                found = named
        return found


def replay(history: list[Recorded]) -> Organisation:
    """The organisation as its facts tell."""
    organisation = Organisation()
    for entry in history:
        match entry.fact:
            case OrganisationNamed():
                organisation.names.append(entry.fact)
            case OrganisationSucceeded():
                organisation.succeeded[entry.fact.predecessor] = entry.fact
            case OrganisationAddressed():
                organisation.addresses.append(entry.fact)
            case TemplateWritten():
                organisation.templates[entry.fact.template_id] = written(entry.fact)
            case TemplateEnded(template_id=one) if one in organisation.templates:
                ended = organisation.templates[one]._replace(ended_on=entry.fact.ended_on)
                organisation.templates[one] = ended
    return organisation


def decide(organisation: Organisation, command: AccessCommand, asked: Asked) -> list[Fact]:
    """A name or a succession is recorded when it says something new; the same again records nothing."""
    check_command(command)
    command = blank_is_absent(command)
    if command.occurred_on is not None and command.occurred_on > asked.on:
        raise RuleBroken(
            "what-happened-is-not-in-the-future", "Enter today's date or an earlier one", "occurred_on"
        )
    match command:
        case NameOrganisation():
            return _name(organisation, command, asked)
        case SucceedOrganisation():
            return _succeed(organisation, command, asked)
        case AddressOrganisation():
            return _address(organisation, command, asked)
        case WriteTemplate():
            return write_template(organisation.templates, command, asked)
        case EndTemplate():
            return end_template(organisation.templates, command, asked)
    raise AssertionError(command)


def _succeed(organisation: Organisation, command: SucceedOrganisation, asked: Asked) -> list[Fact]:
    """Which other organisation came after the same one is not this one's to know: `handle` looks at all of them."""
    known = organisation.succeeded.get(command.predecessor)
    if known is not None and known.from_on == command.from_on:
        return []
    return [
        OrganisationSucceeded(
            code=command.code,
            predecessor=command.predecessor,
            from_on=command.from_on,
            reason=sealed(command.reason),
            source=command.source,
            source_sha256=command.source_sha256,
            occurred_on=command.occurred_on or asked.on,
        )
    ]


def _name(organisation: Organisation, command: NameOrganisation, asked: Asked) -> list[Fact]:
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


def _address(organisation: Organisation, command: AddressOrganisation, asked: Asked) -> list[Fact]:
    """An organisation's own people say where it is, or whoever runs Casebook."""
    refuse_unless(
        asked.role == "operator" or command.code in asked.own,
        "an-organisation-says-its-own-address",
        "You can say where your own organisation is only",
        "code",
    )
    from_on = command.from_on or asked.on
    if _is_said(organisation.addressed_on(from_on), command.address):
        return []
    return [
        OrganisationAddressed(
            code=command.code,
            address=Sealed(command.address),
            from_on=from_on,
            occurred_on=command.occurred_on or asked.on,
        )
    ]


def _is_said(now: OrganisationAddressed | None, address: str) -> bool:
    """Whether this is the address already. One that was erased is none that anybody can compare with."""
    try:
        return now is not None and now.address.words == address
    except DoesNotOpen:
        return False
