"""The timeline of many practices at once: which acts there are, newest first, from any day on, and how many in each week.

A page is found by where the one before it ended, never by how many came before: any page costs what the first does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple, get_args

from sqlalchemy import ColumnElement, Connection, Integer, Select, Text, and_, func, or_, select, tuple_

from domain.access.permissions import Scope
from projections import caseload
from projections.questions import Question, among, asked
from projections.readers import Reader, seen
from projections.timeline import FACET_SEEN, READ, TABLE, Facet
from projections.whose import in_scope, standing_on

PAGE_SIZE = 20

T, C = TABLE.c, caseload.TABLE.c

WEEK = timedelta(days=7)
LOOK_BACK = (28, 112, 448, 1_792, None)
"""Of some practices, the acts of so many days are looked through before those of more are. Most pages end in the first."""


class Place(NamedTuple):
    """Where an act stands among all: under its day, its practice and its first fact."""

    on: date
    code: str
    act: int


NEWEST, OLDEST = Place(date.max, "", 0), Place(date.min, "", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to show: these facets (all when empty), what one person or one organisation recorded, from and to a day."""

    facets: Collection[str] = ()
    person: str | None = None
    organisation: str | None = None
    since: date | None = None
    until: date | None = None


Plan = Literal["all", "many", "some"]
"""How acts are looked for: of all practices or of very many day by day, of some practice by practice."""

MANY = 500
"""Of more practices than these, days are gone through: sooner or later a day has an act of one of so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """Of which practices: of these, or of all but those that the reader takes no part in."""

    codes: frozenset[str] | None = None
    recused: frozenset[str] = frozenset()

    @property
    def plan(self) -> Plan:
        return "all" if self.codes is None else "many" if len(self.codes) > MANY else "some"


class Portfolio(NamedTuple):
    """A page of acts, newest first; whether there are newer and older ones."""

    places: list[Place]
    newer: bool
    older: bool


# --- of which practices -------------------------------------------------------------------------------------


def among_practices(
    reading: Connection, scope: Scope, today: date, organisations: Collection[str] = ()
) -> Among:
    """The practices in scope, closed or not; of these, those that one of some organisations answers for, where given."""
    where = [standing_on(today), in_scope(scope)]
    query = select(C.code)
    if organisations:
        wanted = sorted(organisations)
        where.append(
            or_(C.contract_holder.in_(wanted), C.local_commissioner.in_(wanted), C.region.in_(wanted))
        )
    elif scope.everything:
        query = query.limit(MANY + 1)
    codes = frozenset(reading.execute(query.where(*where)).scalars())
    if scope.everything and not organisations and len(codes) > MANY:
        return Among(recused=scope.recused)
    return Among(codes=codes)


# --- questions ----------------------------------------------------------------------------------------------


def _passing() -> ColumnElement[bool]:
    """Whether a row passes the filters, for its reader."""
    return and_(
        seen(T.internal_to),
        or_(asked("any_facet", Integer) == 1, among(FACET_SEEN.element, "facets")),
        or_(asked("organisation").is_(None), T.organisation == asked("organisation")),
        # Who recorded it is not told of an entry that a reader knows only to be there.
        or_(asked("person").is_(None), and_(T.person == asked("person"), READ)),
        T.act_on >= asked("since", T.act_on),
        T.act_on <= asked("until", T.act_on),
    )


def _which(plan: Plan) -> ColumnElement[bool]:
    if plan == "all":
        return ~among(T.code, "recused")
    # Put together with nothing, a code is no way into an index: the database is left with that of days.
    return among(T.code.concat("") if plan == "many" else T.code, "codes")


PLACE = (T.act_on, T.code, T.act)


def _acts(plan: Plan, newest_first: bool) -> Question:
    end = tuple_(asked("on", T.act_on), asked("code", Text), asked("act", Integer))
    beyond = tuple_(*PLACE) < end if newest_first else tuple_(*PLACE) > end
    order = [column.desc() if newest_first else column.asc() for column in PLACE]
    query = select(*PLACE).where(_which(plan), _passing(), beyond)
    return Question(query.group_by(*PLACE).order_by(*order).limit(asked("most", Integer)))


def _days(plan: Plan) -> Question:
    each = select(*PLACE).where(_which(plan), _passing()).distinct().subquery()
    return Question(select(each.c.act_on, func.count().label("acts")).group_by(each.c.act_on))


def _people(plan: Plan) -> Question:
    return Question(select(T.person).where(_which(plan), _passing(), READ).distinct())


PLANS: tuple[Plan, ...] = get_args(Plan)
OLDER = {plan: _acts(plan, newest_first=True) for plan in PLANS}
NEWER = {plan: _acts(plan, newest_first=False) for plan in PLANS}
DAYS = {plan: _days(plan) for plan in PLANS}
PEOPLE = {plan: _people(plan) for plan in PLANS}


def _entries() -> Select[Any]:
    of = and_(among(T.code, "codes"), among(T.act_on, "days"), among(T.act, "acts"))
    return select(T.code, T.act, T.version).where(of, seen(T.internal_to)).order_by(T.code, T.version)


ENTRIES = Question(_entries())


def _given(which: Among, by: Reader, filters: Filters) -> dict[str, Any]:
    practices = {"recused": sorted(which.recused)} if which.codes is None else {"codes": sorted(which.codes)}
    return {
        **practices,
        **by.given(),
        "any_facet": int(not filters.facets),
        "facets": filters.facets or get_args(Facet),
        "organisation": filters.organisation,
        "person": filters.person,
        "since": filters.since or date.min,
        "until": filters.until or date.max,
    }


# --- pages --------------------------------------------------------------------------------------------------


def older(
    reading: Connection,
    which: Among,
    by: Reader,
    filters: Filters,
    today: date,
    before: Place = NEWEST,
    page_size: int = PAGE_SIZE,
) -> Portfolio:
    """The page of acts that come before a place, as time goes: the newest of them first."""
    found = _before(reading, which, by, filters, today, before, page_size + 1)
    newer = before.on <= today and bool(_after(reading, which, by, filters, _just_before(before), 1))
    return Portfolio(found[:page_size], newer, len(found) > page_size)


def newer(
    reading: Connection,
    which: Among,
    by: Reader,
    filters: Filters,
    today: date,
    after: Place,
    page_size: int = PAGE_SIZE,
) -> Portfolio:
    """The page of acts that come just after a place. Where they would not fill it, the newest there are."""
    found = _after(reading, which, by, filters, after, page_size + 1)
    if len(found) <= page_size:
        return older(reading, which, by, filters, today, page_size=page_size)
    return Portfolio(found[:page_size][::-1], newer=True, older=True)


def _just_before(place: Place) -> Place:
    """The place under which nothing stands and beyond which the acts begin that a page before `place` leaves out."""
    return place._replace(act=place.act - 1)


def _before(
    reading: Connection,
    which: Among,
    by: Reader,
    filters: Filters,
    today: date,
    before: Place,
    most: int,
) -> list[Place]:
    first, last = filters.since or date.min, min(filters.until or date.max, before.on)
    given = {**_given(which, by, filters), **_beyond(before), "until": last, "most": most}
    from_there = min(last, today)
    found: list[Place] = []
    for days in _so_far(which):
        since = first if days is None or (from_there - first).days <= days else from_there - timedelta(days)
        rows = OLDER[which.plan].of(reading, **{**given, "since": since})
        found = [Place(*row) for row in rows]
        if len(found) >= most or since == first:
            break
    return found


def _after(
    reading: Connection, which: Among, by: Reader, filters: Filters, after: Place, most: int
) -> list[Place]:
    first, last = max(filters.since or date.min, after.on), filters.until or date.max
    given = {**_given(which, by, filters), **_beyond(after), "since": first, "most": most}
    found: list[Place] = []
    for days in _so_far(which):
        until = last if days is None or (last - first).days <= days else first + timedelta(days)
        rows = NEWER[which.plan].of(reading, **{**given, "until": until})
        found = [Place(*row) for row in rows]
        if len(found) >= most or until == last:
            break
    return found


def _so_far(which: Among) -> tuple[int | None, ...]:
    """How many days are looked through, and then how many. Day by day, the looking ends by itself."""
    return LOOK_BACK if which.plan == "some" else (None,)


def _beyond(place: Place) -> dict[str, Any]:
    return {"on": place.on, "code": place.code, "act": place.act}


def entries(reading: Connection, by: Reader, places: Collection[Place]) -> dict[Place, list[int]]:
    """The entries of each act, by version: those that its reader knows to be there."""
    given = {"codes": {one.code for one in places}, "days": {one.on for one in places}}
    rows = ENTRIES.of(reading, **given, acts={one.act for one in places}, **by.given())
    found: dict[tuple[str, int], list[int]] = {}
    for code, act, version in rows:
        found.setdefault((code, act), []).append(version)
    return {one: found.get((one.code, one.act), []) for one in places}


def weeks(
    reading: Connection, which: Among, by: Reader, filters: Filters, first: date, last: date
) -> dict[date, int]:
    """How many acts there are in each week from one day to another, by its Monday."""
    found = Counter[date]()
    for day, acts in DAYS[which.plan].of(reading, **_within(which, by, filters, first, last)):
        found[monday(day)] += acts
    return dict(found)


def people(
    reading: Connection, which: Among, by: Reader, filters: Filters, first: date, last: date
) -> set[str]:
    """Who recorded something from one day to another that this reader may read."""
    given = _within(which, by, filters, first, last)
    return {row.person for row in PEOPLE[which.plan].of(reading, **{**given, "person": None})}


def _within(which: Among, by: Reader, filters: Filters, first: date, last: date) -> dict[str, Any]:
    given = _given(which, by, filters)
    return {**given, "since": max(given["since"], first), "until": min(given["until"], last)}


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())
