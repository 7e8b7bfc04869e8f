"""A person: who they are, which role they have on a day, and their interests. One stream each, named by the person's id."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from domain.access import cover, interests
from domain.access.commands import (
    AccessCommand,
    AddPerson,
    CoverCommand,
    EndRole,
    GrantRole,
    InterestCommand,
    MakeSignInLink,
)
from domain.access.cover import Cover
from domain.access.events import PersonAdded, RoleEnded, RoleGranted, SignInLinkMade
from domain.access.interests import Interest, Recusal
from domain.access.roles import SIDE_OF, Role
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed
from domain.text import blank_is_absent, check_command

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\Z")


@dataclass(slots=True)
class Grant:
    """A role from the start of `from_on` to the end of `to_on`, or until it was ended; who gave it, and ended it."""

    role: Role
    organisation: str | None
    from_on: date
    to_on: date | None
    ended_on: date | None = None
    granted_by: str | None = None
    ended_by: str | None = None

    def holds_on(self, day: date) -> bool:
        return (
            self.from_on <= day
            and (self.to_on is None or day <= self.to_on)
            and (self.ended_on is None or day < self.ended_on)
        )


@dataclass(slots=True)
class Person:
    person_id: str = ""
    name: Sealed | None = None
    email: Sealed | None = None
    grants: list[Grant] = field(default_factory=list)
    interests: dict[str, Interest] = field(default_factory=dict)
    recusals: list[Recusal] = field(default_factory=list)
    covers: dict[str, Cover] = field(default_factory=dict)

    def grant_on(self, day: date) -> Grant | None:
        """The role the person has on a day: the one last granted, if it holds then."""
        for grant in reversed(self.grants):
            if grant.holds_on(day):
                return grant
        return None

    def recused_on(self, day: date) -> frozenset[str]:
        """The practices in which the person takes no part on a day."""
        return frozenset(one.practice for one in self.recusals if one.holds_on(day))

    def covers_on(self, day: date) -> frozenset[str]:
        """The people for whom the person stands in on a day."""
        return frozenset(one.absent for one in self.covers.values() if one.holds_on(day))


def replay(history: list[Recorded]) -> Person:
    """The person as their facts tell."""
    person = Person()
    for entry in history:
        _evolve(person, entry.fact, entry.person)
    return person


def decide(person: Person, command: AccessCommand, asked: Asked) -> list[Fact]:
    """Answer a command about a person with facts, or RuleBroken."""
    check_command(command)
    command = blank_is_absent(command)
    if command.occurred_on is not None and command.occurred_on > asked.on:
        raise RuleBroken(
            "what-happened-is-not-in-the-future", "Enter today's date or an earlier one", "occurred_on"
        )
    day = command.occurred_on or asked.on
    match command:
        case AddPerson():
            return _add_person(person, command, day)
        case GrantRole():
            return _grant_role(person, command, asked, day)
        case EndRole():
            return _end_role(person, command, asked, day)
        case MakeSignInLink():
            _known(person)
            return [SignInLinkMade(person_id=person.person_id, lapses_on=command.lapses_on, occurred_on=day)]
        case InterestCommand():
            _known(person)
            return interests.decide(person.person_id, person.interests, person.recusals, command, asked)
        case CoverCommand():
            _known(person)
            return cover.decide(person.person_id, person.covers, command, day)
    raise AssertionError(command)


def _add_person(person: Person, command: AddPerson, day: date) -> list[Fact]:
    refuse_unless(not person.person_id, "a-person-is-added-once", "This person is already recorded")
    if not EMAIL.match(command.email):
        raise RuleBroken(
            "an-email-address-has-an-at-sign", "Enter an e-mail address, like name@example.org", "email"
        )
    _role_fits_organisation(command.role, command.organisation)
    return [
        PersonAdded(
            person_id=command.person_id,
            name=Sealed(command.name),
            email=Sealed(command.email),
            occurred_on=day,
        ),
        RoleGranted(
            person_id=command.person_id,
            role=command.role,
            organisation=command.organisation or None,
            from_on=day,
            to_on=None,
            reason=None,
            occurred_on=day,
        ),
    ]


def _grant_role(person: Person, command: GrantRole, asked: Asked, day: date) -> list[Fact]:
    """Nobody grants a role to themselves; the role a person has already is not granted again."""
    _known(person)
    _not_oneself(person, asked)
    _role_fits_organisation(command.role, command.organisation)
    from_on = command.from_on or day
    if command.to_on is not None and command.to_on < from_on:
        raise RuleBroken("an-end-is-not-before-its-start", "Enter a date on or after the first day", "to_on")
    now = person.grant_on(from_on)
    organisation = command.organisation or None
    if now and (now.role, now.organisation, now.to_on) == (command.role, organisation, command.to_on):
        return []
    return [
        RoleGranted(
            person_id=person.person_id,
            role=command.role,
            organisation=organisation,
            from_on=from_on,
            to_on=command.to_on,
            reason=sealed(command.reason),
            occurred_on=day,
        )
    ]


def _end_role(person: Person, command: EndRole, asked: Asked, day: date) -> list[Fact]:
    _known(person)
    _not_oneself(person, asked)
    now = person.grant_on(asked.on)
    if now is None:
        raise RuleBroken("only-a-current-role-is-ended", "This person has no role now")
    return [
        RoleEnded(
            person_id=person.person_id,
            role=now.role,
            organisation=now.organisation,
            ended_on=day,
            reason=sealed(command.reason),
            occurred_on=day,
        )
    ]


def _known(person: Person) -> None:
    refuse_unless(bool(person.person_id), "a-person-is-added-first", "No such person")


def _not_oneself(person: Person, asked: Asked) -> None:
    refuse_unless(
        person.person_id != asked.person,
        "nobody-changes-their-own-role",
        "Another administrator must change your role",
    )


def _role_fits_organisation(role: Role, organisation: str | None) -> None:
    if role in SIDE_OF and not organisation:
        raise RuleBroken(
            "a-role-is-for-an-organisation", "Choose the organisation they work for", "organisation"
        )


def _evolve(person: Person, fact: Fact, recorded_by: str) -> None:
    match fact:
        case PersonAdded():
            person.person_id, person.name, person.email = fact.person_id, fact.name, fact.email
        case RoleGranted():
            for grant in person.grants:
                if grant.holds_on(fact.from_on):
                    grant.ended_on, grant.ended_by = fact.from_on, recorded_by
            person.grants.append(
                Grant(fact.role, fact.organisation, fact.from_on, fact.to_on, granted_by=recorded_by)
            )
        case RoleEnded():
            for grant in person.grants:
                if grant.ended_on is None or grant.ended_on > fact.ended_on:
                    grant.ended_on, grant.ended_by = fact.ended_on, recorded_by
        case _:
            interests.evolve(person.interests, person.recusals, fact, recorded_by)
            cover.evolve(person.covers, fact, recorded_by)
