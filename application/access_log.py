"""Who read, looked for, took out or was refused what: an append-only log beside the record. Never any typed words.

A page of it is read from the newest line backwards, and by the number of a line rather than by counting lines: the
thousandth page is found as fast as the first (application/migrations/record/record_2.py has the indexes).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Engine, func, insert, literal_column, not_, or_, select

from application.tables import access_log
from domain.rules import Asked


def log_access(
    engine: Engine,
    at: datetime,
    asked: Asked,
    what: str,
    name: str,
    *,
    subject: str | None = None,
    rule: str | None = None,
    number: int | None = None,
    purpose: str | None = None,
    moment: str | None = None,
) -> None:
    """Write one line, in a transaction of its own: what is refused must leave this trace and nothing else."""
    with engine.begin() as connection:
        connection.execute(
            insert(access_log).values(
                at=at.astimezone(UTC),
                person=asked.person,
                organisation=asked.organisation,
                role=asked.role,
                what=what,
                name=name,
                subject=subject,
                rule=rule,
                number=number,
                purpose=purpose,
                moment=moment,
            )
        )


# --- reading it ---------------------------------------------------------------------------------------------

T = access_log.c

_ABOUT = {
    "sqlite": "substr(subject, 1, instr(subject || '/', '/') - 1)",
    "postgresql": "split_part(subject, '/', 1)",
}
"""What a line is about, without the entry: written as its indexes are, so that they are used."""

_UNEVEN = timedelta(hours=1)
"""Clocks of several machines may differ: a line's number tells when it was written only so nearly."""


class Line(NamedTuple):
    """One line of the log. `number` is how many rows an export had, `moment` the clocks of a page of the past."""

    id: int
    at: datetime
    person: str
    organisation: str | None
    role: str | None
    what: str
    name: str
    subject: str | None
    rule: str | None
    number: int | None
    purpose: str | None
    moment: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which lines. `about` is `practice-X90001` or a person; `without` are subjects whose lines are left out.

    `purpose` is a stated one, or "" for whoever looked back and stated none. Of refusals, `sent_back` chooses between those by rules `of_access` and those of forms that were sent back.
    """

    person: str | None = None
    about: str | None = None
    what: str | None = None
    purpose: str | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None
    without: frozenset[str] = frozenset()
    sent_back: bool | None = None
    of_access: frozenset[str] = frozenset()

    @property
    def of_performers(self) -> bool:
        """Lines about references to performers are given only to who asks for one practice's: they may know of them."""
        return (self.about or "").startswith("performer-")


def lines(
    engine: Engine, wanted: Wanted, limit: int, *, before: int | None = None, after: int | None = None
) -> list[Line]:
    """The newest lines, newest first: those before a line's number, or the first that come after one."""
    where = _where(engine, wanted)
    if before is not None:
        where.append(T.id < before)
    if after is not None:
        where.append(T.id > after)
    query = select(*(T[name] for name in Line._fields)).where(*where).limit(limit)
    with engine.connect() as connection:
        found = connection.execute(query.order_by(T.id if after is not None else T.id.desc())).all()
    shown = [Line(row.id, _utc(row.at), *row[2:]) for row in found]
    return shown[::-1] if after is not None else shown


def count(engine: Engine, wanted: Wanted, most: int) -> int:
    """How many lines there are, and no more than `most` and one."""
    some = select(T.id).where(*_where(engine, wanted)).limit(most + 1).subquery()
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(some)) or 0


def who_is_in_it(engine: Engine) -> list[str]:
    """Everybody who ever left a line: found by stepping from one to the next, not by reading every line."""
    found: list[str] = []
    with engine.connect() as connection:
        while True:
            after = [T.person > found[-1]] if found else []
            person = connection.scalar(select(func.min(T.person)).where(*after))
            if person is None:
                return found
            found.append(person)


def _where(engine: Engine, wanted: Wanted) -> list[ColumnElement[bool]]:
    about: Any = literal_column(_ABOUT[engine.dialect.name])
    where: list[ColumnElement[bool]] = []
    if wanted.person is not None:
        where.append(T.person == wanted.person)
    if wanted.about is not None:
        where.append(about == wanted.about)
    if wanted.what is not None:
        where.append(T.what == wanted.what)
    if wanted.purpose:
        where.append(T.purpose == wanted.purpose)
    elif wanted.purpose == "":
        where += [T.purpose.is_(None), T.moment.is_not(None)]
    if wanted.sent_back is not None:
        of_access = or_(T.rule.is_(None), T.rule.in_(sorted(wanted.of_access)))
        where.append(not_(of_access) if wanted.sent_back else of_access)
    if not wanted.of_performers:
        where.append(or_(T.subject.is_(None), T.subject.not_like("performer-%")))
    if wanted.without:
        where.append(or_(T.subject.is_(None), about.not_in(sorted(wanted.without))))
    if wanted.from_at is not None:
        where += [T.at >= wanted.from_at.astimezone(UTC), T.id >= _number_at(wanted.from_at - _UNEVEN)]
    if wanted.until_at is not None:
        where += [T.at < wanted.until_at.astimezone(UTC), T.id < _number_at(wanted.until_at + _UNEVEN)]
    return where


def _number_at(at: datetime) -> Any:
    """The number of the first line from an instant on; beyond every line where there is none."""
    first = select(T.id).where(T.at >= at.astimezone(UTC)).order_by(T.at, T.id).limit(1)
    return func.coalesce(first.scalar_subquery(), 2**62)


def _utc(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
