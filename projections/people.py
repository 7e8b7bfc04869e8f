"""People: their names, and the role each has on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Date, Integer, Text, select

from domain.access.people import Grant, Person
from domain.access.roles import Role
from projections.questions import Question, among
from projections.story import PlainStory
from projections.tables import ReadModel, Row, Sorted, made_of, view_table

PERSON = view_table(
    "person",
    "person",
    None,
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_sort", Sorted, nullable=False),
    Column("email", Text, nullable=False),
    indexes=(("name_sort",),),
)

GRANT = view_table(
    "person_role",
    "person",
    Column("number", Integer, autoincrement=False),
    Column("role", Text, nullable=False),
    Column("organisation", Text),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date),
    Column("ended_on", Date),
    indexes=(("role", "organisation"),),
)


class PersonRow(NamedTuple):
    """A person; `now` is the role they have on the day asked for, `grants` every one they ever had."""

    person: str
    version: int
    name: str
    email: str
    now: Grant | None
    grants: tuple[Grant, ...]


def rows(story: PlainStory) -> Iterator[Row]:
    person: Person = story.state
    if person.name is None or person.email is None:
        return
    name, email = person.name, person.email

    def values() -> dict[str, Any]:
        return {
            "version": story.history[-1].version,
            "name": name.words,
            "name_sort": name.words.casefold(),
            "email": email.words,
        }

    yield Row(PERSON, "", str(story.history[-1].version), values)
    for number, grant in enumerate(person.grants):
        plain = {
            "role": grant.role.value,
            "organisation": grant.organisation,
            "from_on": grant.from_on.isoformat(),
            "to_on": grant.to_on and grant.to_on.isoformat(),
            "ended_on": grant.ended_on and grant.ended_on.isoformat(),
        }
        yield Row(GRANT, number, made_of(plain), lambda plain=plain: plain)  # type: ignore[misc]


MODEL = ReadModel("people", "person", (PERSON, GRANT), rows)

NAMES = Question(select(PERSON.c.person, PERSON.c.name).where(among(PERSON.c.person, "people")))


def names(reading: Connection, people: Iterable[str | None]) -> dict[str, str]:
    """What these people are called. Someone unknown, such as the operator, is called by their id."""
    wanted = {person for person in people if person}
    found = NAMES.of(reading, people=wanted)
    return {person: person for person in wanted} | {row.person: row.name for row in found}


def everyone(reading: Connection, today: date) -> list[PersonRow]:
    """Everyone who was ever added, in order of name."""
    grants: dict[str, list[Grant]] = {}
    for person, *grant in reading.execute(_grants().order_by(GRANT.c.person, GRANT.c.number)):
        grants.setdefault(person, []).append(_grant(*grant))
    people = reading.execute(select(PERSON).order_by(PERSON.c.name_sort, PERSON.c.person))
    return [_person(row, grants.get(row.person, []), today) for row in people]


def one(reading: Connection, person: str, today: date) -> PersonRow | None:
    row = reading.execute(select(PERSON).where(PERSON.c.person == person)).first()
    if row is None:
        return None
    grants = reading.execute(_grants().where(GRANT.c.person == person).order_by(GRANT.c.number))
    return _person(row, [_grant(*grant) for _, *grant in grants], today)


def with_role(
    reading: Connection, today: date, role: str, organisation: str | None = None
) -> list[PersonRow]:
    """Those who have a role today, for an organisation where one is given: whom a practice may be given to."""
    return [
        person
        for person in everyone(reading, today)
        if person.now
        and person.now.role == role
        and (organisation is None or person.now.organisation == organisation)
    ]


def _grants() -> Any:
    columns = GRANT.c
    return select(
        columns.person, columns.role, columns.organisation, columns.from_on, columns.to_on, columns.ended_on
    )


def _person(row: Any, grants: list[Grant], today: date) -> PersonRow:
    now = Person(grants=grants).grant_on(today)
    return PersonRow(row.person, row.version, row.name, row.email, now, tuple(grants))


def _grant(
    role: str, organisation: str | None, from_on: date, to_on: date | None, ended_on: date | None
) -> Grant:
    return Grant(Role(role), organisation, from_on, to_on, ended_on)
