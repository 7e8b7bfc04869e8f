"""Facts about who works here, in which role, for which organisation, and with which interests; and about
organisations: what they are called, and which came after which.

A person's name and e-mail address are sealed with a key of that person's own (SUBJECT).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.access.roles import InterestNature, Role
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded(Fact):
    """Casebook came to know a person who may sign in."""

    NAME: ClassVar[str] = "access.person-added"
    SUBJECT: ClassVar[str] = "person_id"
    person_id: str
    name: Sealed
    email: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGranted(Fact):
    """From `from_on` the person has this role, for this organisation; to the end of `to_on` where it is set."""

    NAME: ClassVar[str] = "access.role-granted"
    SUBJECT: ClassVar[str] = "person_id"
    person_id: str
    role: Role
    organisation: str | None
    from_on: date
    to_on: date | None
    reason: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEnded(Fact):
    """The person's role ended: from `ended_on` they have it no more."""

    NAME: ClassVar[str] = "access.role-ended"
    SUBJECT: ClassVar[str] = "person_id"
    person_id: str
    role: Role
    organisation: str | None
    ended_on: date
    reason: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLinkMade(Fact):
    """A one-time link to choose a password was made for the person. The link itself is not recorded."""

    NAME: ClassVar[str] = "access.sign-in-link-made"
    SUBJECT: ClassVar[str] = "person_id"
    person_id: str
    lapses_on: date
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationNamed(Fact):
    """From `from_on` the organisation has this name, kind and place.

    `kind` is the source's own word (area_team, ccg, region, integrated_care_board); `label` is what pages call
    such an organisation; `part_of` is the organisation above it.
    """

    NAME: ClassVar[str] = "access.organisation-named"
    code: str
    name: str
    kind: str
    label: str
    part_of: str | None
    from_on: date
    source: str
    source_sha256: str | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationSucceeded(Fact):
    """From `from_on` the organisation `code` stands where `predecessor` stood, which ends then.

    Whatever the predecessor answered for, the successor answers for, without any fact about a practice. An organisation
    has one successor: of several facts about one predecessor, the last recorded holds, so that a wrong one is outgrown.
    """

    NAME: ClassVar[str] = "access.organisation-succeeded"
    code: str
    predecessor: str
    from_on: date
    reason: Sealed | None
    source: str
    source_sha256: str | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationAddressed(Fact):
    """From `from_on` the letters of the organisation `code` come from this address, and what is sent back goes there."""

    NAME: ClassVar[str] = "access.organisation-addressed"
    code: str
    address: Sealed
    from_on: date
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateWritten(Fact):
    """From `from_on` the organisation `code` offers this text to whoever records a conversation for it.

    Whoever chooses it fills it in: what is recorded then is theirs, and does not name the template.
    """

    NAME: ClassVar[str] = "access.template-written"
    template_id: str
    code: str
    name: Sealed
    text: Sealed
    from_on: date
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateEnded(Fact):
    """From `ended_on` the template is no longer offered."""

    NAME: ClassVar[str] = "access.template-ended"
    template_id: str
    code: str
    ended_on: date
    reason: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestDeclared(Fact):
    """The person has an interest in a practice or an organisation from `from_on`, to the end of `to_on` where set.

    It bars them from nothing by itself: a recusal does.
    """

    NAME: ClassVar[str] = "access.interest-declared"
    SUBJECT: ClassVar[str] = "person_id"
    interest_id: str
    person_id: str
    practice: str | None
    organisation: str | None
    nature: InterestNature
    words: Sealed | None
    from_on: date
    to_on: date | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestEnded(Fact):
    """The person's interest ended: from `ended_on` they have it no more."""

    NAME: ClassVar[str] = "access.interest-ended"
    SUBJECT: ClassVar[str] = "person_id"
    interest_id: str
    person_id: str
    ended_on: date
    reason: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecused(Fact):
    """From `from_on`, to the end of `to_on` where set, the person neither sees the practice nor acts in it.

    `interest_id` is the declared interest that it follows from, if one was.
    """

    NAME: ClassVar[str] = "access.person-recused"
    SUBJECT: ClassVar[str] = "person_id"
    person_id: str
    practice: str
    reason: Sealed
    from_on: date
    to_on: date | None
    interest_id: str | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecusalEnded(Fact):
    """Every recusal of the person from the practice ended: from `ended_on` they may take part again."""

    NAME: ClassVar[str] = "access.recusal-ended"
    SUBJECT: ClassVar[str] = "person_id"
    person_id: str
    practice: str
    ended_on: date
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverArranged(Fact):
    """From `from_on` to the end of `to_on` the person stands in for the person `absent`."""

    NAME: ClassVar[str] = "access.cover-arranged"
    SUBJECT: ClassVar[str] = "person_id"
    cover_id: str
    person_id: str
    absent: str
    from_on: date
    to_on: date
    note: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverEnded(Fact):
    """The person stands in no more from `ended_on`, which is before the cover was to end."""

    NAME: ClassVar[str] = "access.cover-ended"
    cover_id: str
    person_id: str
    ended_on: date
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (
    *(PersonAdded, RoleGranted, RoleEnded, SignInLinkMade),
    *(InterestDeclared, InterestEnded, PersonRecused, RecusalEnded),
    *(CoverArranged, CoverEnded),
    *(OrganisationNamed, OrganisationSucceeded, OrganisationAddressed, TemplateWritten, TemplateEnded),
)
