"""A practice's timeline: every fact that people read, with its words, as it stands and as it was first recorded."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from domain.practice.kinds import Side
from projections.entries import MODEL, TABLE, Amendment, Thing

__all__ = ["MODEL", "Act", "Amendment", "Entry", "FieldChange", "Filters", "Thing", "Timeline"]

PAGE_SIZE = 30

Facet = Literal["conversation", "intelligence", "flag", "action", "tier", "contract", "details", "correction"]
FACETS: tuple[Facet, ...] = (
    "conversation", "intelligence", "flag", "action", "tier", "contract", "details", "correction"
)  # fmt: skip


class FieldChange(NamedTuple):
    """A field before and after."""

    field: str
    before: Any
    after: Any


class Entry(NamedTuple):
    """A fact as the timeline shows it.

    `told` has the fact's fields as it stands, words in plain, days and enums as their stored text; `recorded` the
    fields as first recorded, where the fact was corrected since. A withdrawn entry keeps what it said.

    `name` is the fact's stored name, such as `practice.flag-raised`; `facet` is what the filter calls it. `late` is
    how many days after it happened it was recorded. `side` is whose side the recorder spoke for. `sides` are those
    who took part in a conversation. `thing` is the flag, action or other thing whose story this is a part of, and
    `about` are others that it speaks of. `state` tells of a thing on the entry that began it: see `State`.
    `amendments` are the corrections and withdrawals made of it, oldest first.
    """

    code: str
    version: int
    act: int
    facet: Facet
    name: str
    occurred_on: date
    recorded_at: datetime
    late: int
    person: str
    organisation: str | None
    role: str
    side: Side | None
    on_behalf_of: str | None
    command_id: str
    withdrawn: bool
    after_closure: bool
    sides: tuple[Side, ...]
    told: dict[str, Any]
    recorded: dict[str, Any] | None
    thing: Thing | None
    about: tuple[Thing, ...]
    state: dict[str, Any] | None
    amendments: tuple[Amendment, ...]

    @property
    def cite(self) -> str:
        """How other facts cite this one: `X90001/27`."""
        return f"{self.code}/{self.version}"

    @property
    def corrected(self) -> bool:
        return self.recorded is not None

    @property
    def shared(self) -> bool:
        """Whether both organisations took part in the conversation."""
        return {Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER} <= set(self.sides)

    @property
    def with_practice(self) -> bool:
        return Side.PRACTICE in self.sides

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """What the fact changed, before and after: of the practice's details, a date, the tier, or another fact."""
        return tuple(_changes(self.told))


class Act(NamedTuple):
    """What one person did in one go: one entry, though it may be several facts. The first of them leads."""

    entries: tuple[Entry, ...]

    @property
    def first(self) -> Entry:
        return self.entries[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to show: these facets (all when empty), one organisation's entries, from and to a day, both included."""

    facets: Collection[str] = ()
    organisation: str | None = None
    since: date | None = None
    until: date | None = None


class Timeline(NamedTuple):
    """A page of acts, newest first. `facets` and `organisations` count all the practice's entries, filtered or not."""

    acts: list[Act]
    page: int
    pages: int
    total: int
    facets: dict[str, int]
    organisations: dict[str, int]


# --- queries ------------------------------------------------------------------------------------------------

T = TABLE.c


def find(
    reading: Connection, code: str, filters: Filters = Filters(), *, page: int = 1, page_size: int = PAGE_SIZE
) -> Timeline:
    """One page of a practice's acts that have an entry which passes the filters, by the day they happened."""
    where = _where(code, filters)
    facets, organisations = _counted(reading, code, T.facet), _counted(reading, code, T.organisation)
    total = reading.execute(select(func.count(T.act.distinct())).where(*where)).scalar_one()
    pages = max(1, -(-total // page_size))
    page = min(max(page, 1), pages)
    order = (T.act_on.desc(), T.act.desc())
    chosen = (
        select(T.act).where(*where).group_by(T.act_on, T.act).order_by(*order)
        .limit(page_size).offset((page - 1) * page_size)
    )  # fmt: skip
    acts = list(reading.execute(chosen).scalars())
    query = select(TABLE).where(T.code == code, T.act.in_(acts)).order_by(*order, T.version)
    found: dict[int, list[Entry]] = {}
    for row in reading.execute(query):
        found.setdefault(row.act, []).append(_entry(row))
    return Timeline([Act(tuple(found[act])) for act in acts], page, pages, total, facets, organisations)


def entry(reading: Connection, code: str, version: int) -> Entry | None:
    """One entry by its version: what a permanent link shows."""
    row = reading.execute(select(TABLE).where(T.code == code, T.version == version)).first()
    return None if row is None else _entry(row)


def entries(reading: Connection, code: str, versions: Collection[int]) -> dict[int, Entry]:
    """Entries by version, such as those that a decision cites."""
    query = select(TABLE).where(T.code == code, T.version.in_(versions))
    return {row.version: _entry(row) for row in reading.execute(query)}


def page_of(reading: Connection, code: str, version: int, page_size: int = PAGE_SIZE) -> int:
    """Which page of the unfiltered timeline an entry is on."""
    own = select(T.act_on, T.act).where(T.code == code, T.version == version).subquery()
    newer = select(func.count(T.act.distinct())).where(
        T.code == code,
        (T.act_on > own.c.act_on) | ((T.act_on == own.c.act_on) & (T.act > own.c.act)),
    )
    return int(reading.execute(newer).scalar_one()) // page_size + 1


def _where(code: str, filters: Filters) -> list[ColumnElement[bool]]:
    where = [T.code == code]
    if filters.facets:
        where.append(T.facet.in_(filters.facets))
    if filters.organisation is not None:
        where.append(T.organisation == filters.organisation)
    if filters.since is not None:
        where.append(T.occurred_on >= filters.since)
    if filters.until is not None:
        where.append(T.occurred_on <= filters.until)
    return where


def _counted(reading: Connection, code: str, column: ColumnElement[Any]) -> dict[str, int]:
    query = select(column, func.count()).where(T.code == code, column.is_not(None)).group_by(column)
    return {row[0]: row[1] for row in reading.execute(query)}


_things = msgspec.json.Decoder(tuple[Thing, ...])
_thing = msgspec.json.Decoder(Thing)
_amendments = msgspec.json.Decoder(tuple[Amendment, ...])
_fields = msgspec.json.Decoder(dict[str, Any])


def _entry(row: Any) -> Entry:
    return Entry(
        row.code,
        row.version,
        row.act,
        row.facet,
        row.name,
        row.occurred_on,
        row.recorded_at,
        row.late,
        row.person,
        row.organisation,
        row.role,
        row.side and Side(row.side),
        row.on_behalf_of,
        row.command_id,
        row.withdrawn,
        row.after_closure,
        tuple(Side(side) for side in (row.sides or "").split()),
        _fields.decode(row.told),
        row.recorded and _fields.decode(row.recorded),
        row.thing and _thing.decode(row.thing),
        _things.decode(row.about) if row.about else (),
        row.state and _fields.decode(row.state),
        _amendments.decode(row.amendments) if row.amendments else (),
    )


def _changes(told: dict[str, Any]) -> Iterator[FieldChange]:
    for change in told.get("changes") or ():
        yield FieldChange(change["field"], change["before"], change["after"])
    for corrected in told.get("fields") or ():
        before, after = (msgspec.json.decode(corrected[when]) for when in ("before", "after"))
        yield FieldChange(corrected["field"], before, after)
    for name, before in told.items():
        if name.startswith("before_"):
            after = told[name.removeprefix("before_")]
            if before != after and (before is not None or name != "before_contract_holder"):
                yield FieldChange(name.removeprefix("before_"), before, after)
    if "before" in told:
        after = "tier" if "tier" in told else "caseworker"
        if told["before"] != told[after]:
            yield FieldChange(after, told["before"], told[after])
