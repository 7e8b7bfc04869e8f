"""What people and organisations are called today, as far as a page about one practice needs it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection

from domain.access.permissions import Scope, scope_of
from domain.access.roles import Role
from domain.practice.kinds import Side
from domain.practice.state import Practice
from domain.rules import Asked
from projections import caseload_found, organisations, people
from web.contractors import called as called_as
from web.practices.told import Names
from web.service import catch_up, current_asked, present, service, succession


def names_for(practice: Practice, day: date) -> Names:
    """Names of everybody in a practice's record, and the dated labels of both sides."""
    return names_for_each([practice], day)[practice.code]


def names_for_each(practices: Iterable[Practice], day: date) -> dict[str, Names]:
    """The same for each of several practices, by code: everybody in their records is looked up at once."""
    catch_up()
    practices = list(practices)
    persons: set[str | None] = set()
    codes: set[str | None] = set()
    for practice in practices:
        persons |= {entry.person for entry in practice.history} | {practice.caseworker}
        persons |= {getattr(entry.fact, "caseworker", None) for entry in practice.history}
        codes |= _codes(practice)
    stands = living(codes, day)
    codes |= {*stands.values()}
    with service.views.reading() as reading:
        called = people.names(reading, persons)
        organised = organisations.named(reading, codes, day)
    organisations_called = {code: row.name for code, row in organised.items()}
    indicators = service.casebook.key_set() if any(practice.flags for practice in practices) else {}

    def of(practice: Practice) -> Names:
        responsible = practice.responsible_on(day)
        sides = {Side.PRACTICE.value: called_as(practice.kind, day)}
        for side in (Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER):
            code = stands.get(getattr(responsible, side.value, None) or "")
            if code in organised and organised[code].label:
                sides[side.value] = organised[code].label
        return Names(called, organisations_called, sides, stands, indicators)

    return {practice.code: of(practice) for practice in practices}


def living(codes: Iterable[str | None], day: date) -> dict[str, str]:
    """The organisation that stands for each of these on a day: itself, or the one that came after it."""
    return {code: succession().living(code, day) for code in codes if code}


def caseworkers(practice: Practice, day: date) -> dict[str, str]:
    """Those whom a practice may be given to: caseworkers of the organisation that holds its contract."""
    responsible = practice.responsible_on(day)
    if responsible is None:
        return {}
    with service.views.reading() as reading:
        holder = succession().living(responsible.contract_holder, day)
        found = people.with_role(reading, day, Role.CASEWORKER, holder)
        known = {person.person: person.name for person in found}
        if practice.caseworker and practice.caseworker not in known:
            known |= people.names(reading, [practice.caseworker])
    return known


def people_names(persons: Iterable[str]) -> dict[str, str]:
    with service.views.reading() as reading:
        return people.names(reading, persons)


def organisation_names(codes: Iterable[str | None], day: date) -> dict[str, str]:
    with service.views.reading() as reading:
        return {code: row.name for code, row in organisations.named(reading, codes, day).items()}


def every_organisation(day: date) -> dict[str, str]:
    """Every organisation that has a name, or answers for a practice, by code: a code is its own name until it has one."""
    with service.views.reading() as reading:
        found = caseload_found.choices(reading, Scope(everything=True), day)
        codes = {code: code for code in (*found.contract_holders, *found.local_commissioners)}
        return codes | {code: row.name for code, row in organisations.everything(reading, day).items()}


def sides_called(
    holders: Iterable[str], commissioners: Iterable[str], known: Mapping[str, organisations.OrganisationRow]
) -> dict[str, str]:
    """What each side's organisations are called on a day: as most of them are. Where nobody knows, it is left out."""
    found = {}
    for side, codes in ((Side.CONTRACT_HOLDER, holders), (Side.LOCAL_COMMISSIONER, commissioners)):
        labels = Counter(known[code].label for code in codes if code in known and known[code].label)
        if labels:
            found[side.value] = min(labels, key=lambda one: (-labels[one], one))
    return found


def sides_in(reading: Connection, asked: Asked) -> Names:
    """What both sides are called in the practices that somebody may read."""
    choices = caseload_found.choices(reading, scope_of(asked), asked.on)
    sides = choices.contract_holders, choices.local_commissioners
    known = organisations.named(reading, {code for codes in sides for code in codes}, asked.on)
    return Names(sides=sides_called(*sides, known))


def commissioners(day: date) -> dict[str, str]:
    """Organisations that may be a practice's local commissioner: those of no kind that holds contracts, nor that one
    such is part of.
    """
    with service.views.reading() as reading:
        known = organisations.everything(reading, day)
        holders = {*caseload_found.choices(reading, Scope(everything=True), day).contract_holders}
    holders |= {current_asked().organisation or ""}
    above = {known[code].part_of for code in holders if code in known}
    kinds = {known[code].kind for code in holders | above if code in known}
    found = {row.code: row.name for row in known.values() if row.kind not in kinds}
    return dict(sorted(found.items(), key=lambda one: one[1].casefold()))


def person_name(person: str) -> str:
    """The person's name, from facts: it stands at the head of every page, views or no views."""
    found = present().casebook.aggregate("person", person.removeprefix("person-"))
    return found.name.words if found.name else person


def _codes(practice: Practice) -> set[str | None]:
    return {
        code
        for responsible in practice.responsibilities
        for code in (responsible.contract_holder, responsible.local_commissioner, responsible.region)
    } | {entry.organisation for entry in practice.history}
