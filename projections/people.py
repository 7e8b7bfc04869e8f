"""People: their names, the role each has on a day, and their interests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Date, Integer, Text, or_, select

from domain.access.cover import Cover
from domain.access.interests import Interest, Recusal
from domain.access.people import Grant, Person
from domain.access.roles import InterestNature, Role
from projections.questions import Question, among
from projections.story import PlainStory
from projections.tables import ReadModel, Row, Sorted, made_of, view_table, words_or_erased

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
    Column("granted_by", Text),
    Column("ended_by", Text),
    indexes=(("role", "organisation"),),
)

INTEREST = view_table(
    "interest",
    "person",
    Column("interest_id", Sorted),
    Column("nature", Text, nullable=False),
    Column("practice", Text),
    Column("organisation", Text),
    Column("words", Text),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date),
    Column("declared_by", Text, nullable=False),
    Column("ended_on", Date),
)

RECUSAL = view_table(
    "recusal",
    "person",
    Column("number", Integer, autoincrement=False),
    Column("practice", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date),
    Column("recused_by", Text, nullable=False),
    Column("ended_on", Date),
    Column("ended_by", Text),
    Column("ended_because", Text),
)


COVER = view_table(
    "cover",
    "person",
    Column("cover_id", Sorted),
    Column("absent", Text, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date, nullable=False),
    Column("note", Text),
    Column("arranged_by", Text, nullable=False),
    Column("ended_on", Date),
)


class PersonRow(NamedTuple):
    """A person; `now` is the role they have on the day asked for, `grants` every one they ever had."""

    person: str
    version: int
    name: str
    email: str
    now: Grant | None
    grants: tuple[Grant, ...]


class InterestRow(NamedTuple):
    """An interest that a person declared, or that was declared of them."""

    person: str
    interest_id: str
    nature: InterestNature
    practice: str | None
    organisation: str | None
    words: str | None
    from_on: date
    to_on: date | None
    declared_by: str
    ended_on: date | None

    def over_on(self, day: date) -> bool:
        return (self.ended_on is not None and self.ended_on <= day) or (
            self.to_on is not None and self.to_on < day
        )


class RecusalRow(NamedTuple):
    """A recusal of a person from a practice."""

    person: str
    practice: str
    reason: str
    from_on: date
    to_on: date | None
    recused_by: str
    ended_on: date | None
    ended_by: str | None
    ended_because: str | None

    def over_on(self, day: date) -> bool:
        return (self.ended_on is not None and self.ended_on <= day) or (
            self.to_on is not None and self.to_on < day
        )


class CoverRow(NamedTuple):
    """Somebody who stands in for another, who is `absent`."""

    person: str
    cover_id: str
    absent: str
    from_on: date
    to_on: date
    note: str | None
    arranged_by: str
    ended_on: date | None

    def over_on(self, day: date) -> bool:
        return self.to_on < day or (self.ended_on is not None and self.ended_on <= day)

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and not self.over_on(day)


def rows(story: PlainStory) -> Iterator[Row]:
    person: Person = story.state
    if person.name is None or person.email is None:
        return
    name, email = person.name, person.email

    def values() -> dict[str, Any]:
        return {
            "version": story.history[-1].version,
            "name": words_or_erased(name),
            "name_sort": words_or_erased(name).casefold(),
            "email": words_or_erased(email),
        }

    yield Row(PERSON, "", str(story.history[-1].version), values)
    for number, grant in enumerate(person.grants):
        plain = {
            "role": grant.role.value,
            "organisation": grant.organisation,
            "from_on": grant.from_on.isoformat(),
            "to_on": grant.to_on and grant.to_on.isoformat(),
            "ended_on": grant.ended_on and grant.ended_on.isoformat(),
            "granted_by": grant.granted_by,
            "ended_by": grant.ended_by,
        }
        yield Row(GRANT, number, made_of(plain), lambda plain=plain: plain)  # type: ignore[misc]
    for interest in person.interests.values():
        yield _interest_row(interest)
    for number, recusal in enumerate(person.recusals):
        yield _recusal_row(number, recusal)
    for cover in person.covers.values():
        yield _cover_row(cover)


def _cover_row(cover: Cover) -> Row:
    plain = {
        "absent": cover.absent,
        "from_on": cover.from_on.isoformat(),
        "to_on": cover.to_on.isoformat(),
        "arranged_by": cover.arranged_by,
        "ended_on": cover.ended_on and cover.ended_on.isoformat(),
    }

    def values() -> dict[str, Any]:
        return {**plain, "note": cover.note and words_or_erased(cover.note)}

    return Row(COVER, cover.cover_id, made_of(plain), values)


def _interest_row(interest: Interest) -> Row:
    plain = {
        "nature": interest.nature.value,
        "practice": interest.practice,
        "organisation": interest.organisation,
        "from_on": interest.from_on.isoformat(),
        "to_on": interest.to_on and interest.to_on.isoformat(),
        "declared_by": interest.declared_by,
        "ended_on": interest.ended_on and interest.ended_on.isoformat(),
    }

    def values() -> dict[str, Any]:
        return {**plain, "words": interest.words and words_or_erased(interest.words)}

    return Row(INTEREST, interest.interest_id, made_of(plain), values)


def _recusal_row(number: int, recusal: Recusal) -> Row:
    plain = {
        "practice": recusal.practice,
        "from_on": recusal.from_on.isoformat(),
        "to_on": recusal.to_on and recusal.to_on.isoformat(),
        "recused_by": recusal.recused_by,
        "ended_on": recusal.ended_on and recusal.ended_on.isoformat(),
        "ended_by": recusal.ended_by,
    }

    def values() -> dict[str, Any]:
        because = recusal.ended_because
        return {
            **plain,
            "reason": words_or_erased(recusal.reason),
            "ended_because": because and words_or_erased(because),
        }

    return Row(RECUSAL, number, made_of(plain), values)


MODEL = ReadModel("people", "person", (PERSON, GRANT, INTEREST, RECUSAL, COVER), rows)

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


def interests(reading: Connection, people: Iterable[str]) -> list[InterestRow]:
    """The interests of these people, the newest first."""
    columns = [INTEREST.c[name] for name in InterestRow._fields]
    query = select(*columns).where(INTEREST.c.person.in_(sorted(people)))
    found = reading.execute(query.order_by(INTEREST.c.from_on.desc(), INTEREST.c.interest_id)).all()
    return [InterestRow(*row)._replace(nature=InterestNature(row.nature)) for row in found]


def recusals(reading: Connection, people: Iterable[str]) -> list[RecusalRow]:
    """The recusals of these people, the newest first."""
    wanted = frozenset(people)
    return [one for one in every_recusal(reading) if one.person in wanted]


def recused_from(reading: Connection, practice: str, day: date) -> set[str]:
    """Those who take no part in a practice on a day. Only who manages people is told who: others are told of nobody."""
    return {
        one.person
        for one in every_recusal(reading)
        if one.practice == practice and one.from_on <= day and not one.over_on(day)
    }


def every_recusal(reading: Connection) -> list[RecusalRow]:
    """Every recusal there is, the newest first: they are few."""
    columns = [RECUSAL.c[name] for name in RecusalRow._fields]
    found = reading.execute(select(*columns).order_by(RECUSAL.c.from_on.desc(), RECUSAL.c.person))
    return [RecusalRow(*row) for row in found]


def covers(reading: Connection) -> list[CoverRow]:
    """All cover that was ever arranged, the latest first: there is little."""
    columns = [COVER.c[name] for name in CoverRow._fields]
    found = reading.execute(select(*columns).order_by(COVER.c.from_on.desc(), COVER.c.cover_id))
    return [CoverRow(*row) for row in found]


def covering(reading: Connection, absent: str | None, today: date) -> list[str]:
    """The names of those who stand in for somebody today."""
    if absent is None:
        return []
    columns = COVER.c
    query = select(columns.person).where(
        *(columns.absent == absent, columns.from_on <= today, columns.to_on >= today),
        or_(columns.ended_on.is_(None), columns.ended_on > today),
    )
    found = [row.person for row in reading.execute(query)]
    return sorted(names(reading, found).values())


def of_organisations(reading: Connection, today: date, codes: frozenset[str]) -> list[PersonRow]:
    """Those who have a role today for one of these organisations, in order of name."""
    return [one for one in everyone(reading, today) if one.now and one.now.organisation in codes]


def _grants() -> Any:
    columns = GRANT.c
    return select(
        *(columns.person, columns.role, columns.organisation, columns.from_on, columns.to_on),
        *(columns.ended_on, columns.granted_by, columns.ended_by),
    )


def _person(row: Any, grants: list[Grant], today: date) -> PersonRow:
    now = Person(grants=grants).grant_on(today)
    return PersonRow(row.person, row.version, row.name, row.email, now, tuple(grants))


def _grant(
    role: str,
    organisation: str | None,
    from_on: date,
    to_on: date | None,
    ended_on: date | None,
    granted_by: str | None,
    ended_by: str | None,
) -> Grant:
    return Grant(Role(role), organisation, from_on, to_on, ended_on, granted_by, ended_by)
