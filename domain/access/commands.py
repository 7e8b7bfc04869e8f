"""What may be asked about people, their roles, and organisations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.access.roles import InterestNature, Role
from domain.rules import Command
from domain.text import Address, Code, Line, Narrative, NewId, OrganisationCode, PracticeCode, Reason, Sha256


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SucceedOrganisation(AccessCommand):
    """Say that an organisation came after another, from a day on: it answers for whatever that one answered for."""

    code: OrganisationCode
    predecessor: OrganisationCode
    from_on: date
    reason: Reason | None = None
    source: Code = "form"
    source_sha256: Sha256 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressOrganisation(AccessCommand):
    """Say from which address the letters of one's own organisation come, from a day on."""

    code: OrganisationCode
    address: Address
    from_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteTemplate(AccessCommand):
    """Write a template for conversations of one's own organisation, offered from a day on."""

    code: OrganisationCode
    template_id: Annotated[str, NewId("template")]
    name: Line
    text: Narrative
    from_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndTemplate(AccessCommand):
    """Offer a template of one's own organisation no longer."""

    code: OrganisationCode
    template_id: str
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestCommand(AccessCommand):
    """Something about a person's interests: asked by themselves, or by a manager of theirs."""

    person_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareInterest(InterestCommand):
    """Declare an interest in a practice or an organisation. With `takes_no_part`, they are recused at once."""

    interest_id: Annotated[str, NewId("interest")]
    nature: InterestNature
    practice: PracticeCode | None = None
    organisation: OrganisationCode | None = None
    words: Reason | None = None
    from_on: date | None = None
    to_on: date | None = None
    takes_no_part: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EndInterest(InterestCommand):
    """Say that an interest is no more. A recusal goes on until it is ended itself."""

    interest_id: str
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecusePerson(InterestCommand):
    """Have a person take no part in a practice: they neither see it nor act in it."""

    practice: PracticeCode
    reason: Reason
    from_on: date | None = None
    to_on: date | None = None
    interest_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRecusal(InterestCommand):
    """End a person's recusal from a practice."""

    practice: PracticeCode
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverCommand(AccessCommand):
    """Something about whom a person covers for: asked by whoever is away, or by a manager of theirs."""

    person_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangeCover(CoverCommand):
    """Have a person stand in for another, who is away, from a day to a day."""

    cover_id: Annotated[str, NewId("cover")]
    absent: str
    from_on: date
    to_on: date
    note: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCover(CoverCommand):
    """End cover from today, before its last day."""

    cover_id: str


PERSON_COMMANDS = (AddPerson, GrantRole, EndRole, MakeSignInLink)
INTEREST_COMMANDS = (DeclareInterest, EndInterest, RecusePerson, EndRecusal)
COVER_COMMANDS = (ArrangeCover, EndCover)
ORGANISATION_COMMANDS = (
    NameOrganisation,
    SucceedOrganisation,
    AddressOrganisation,
    WriteTemplate,
    EndTemplate,
)
COMMANDS: dict[str, type[AccessCommand]] = {
    command.__name__: command
    for command in (*PERSON_COMMANDS, *INTEREST_COMMANDS, *COVER_COMMANDS, *ORGANISATION_COMMANDS)
}
