"""What may be asked about people, their roles, and organisations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.access.roles import Role
from domain.rules import Command
from domain.text import Code, Line, NewId, OrganisationCode, Reason, Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessCommand(Command):
    occurred_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPerson(AccessCommand):
    """Add a person with their first role."""

    person_id: Annotated[str, NewId("person")]
    name: Line
    email: Line
    role: Role
    organisation: OrganisationCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRole(AccessCommand):
    """Give a person a role from a day on; a role they have now ends then."""

    person_id: str
    role: Role
    organisation: OrganisationCode | None = None
    from_on: date | None = None
    to_on: date | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRole(AccessCommand):
    """End the role a person has now."""

    person_id: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeSignInLink(AccessCommand):
    """Make a one-time link with which the person chooses a password."""

    person_id: str
    lapses_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NameOrganisation(AccessCommand):
    """Say what an organisation is called, of what kind it is and what it belongs to, from a day on."""

    code: OrganisationCode
    name: Line
    kind: Code
    label: Line
    part_of: OrganisationCode | None = None
    from_on: date
    source: Code = "form"
    source_sha256: Sha256 | None = None


PERSON_COMMANDS = (AddPerson, GrantRole, EndRole, MakeSignInLink)
COMMANDS: dict[str, type[AccessCommand]] = {
    command.__name__: command for command in (*PERSON_COMMANDS, NameOrganisation)
}
