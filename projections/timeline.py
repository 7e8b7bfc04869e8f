"""A practice's timeline: which facts people read of it, in which order, and by what they can be filtered.

It holds no words. What an entry says is told from the facts themselves, which a practice's page replays anyway: so no
second copy of what people typed is kept, none has to be found when words are erased, and a rebuild opens fewer seals.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Literal, NamedTuple

from sqlalchemy import Boolean, Column, ColumnElement, Connection, Date, Integer, Text, func, select

from domain.practice import events as e
from domain.practice.kinds import Channel, Side
from domain.rules import Fact, Recorded
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, view_table

PAGE_SIZE = 30

Facet = Literal["conversation", "intelligence", "flag", "action", "tier", "contract", "details", "correction"]
FACET: dict[type[Fact], Facet] = {
    **dict.fromkeys(e.conversation.FACTS, "intelligence"),
    e.ConversationRecorded: "conversation",
    **dict.fromkeys(e.flags.FACTS, "flag"),
    **dict.fromkeys(e.actions.FACTS, "action"),
    **dict.fromkeys(e.tier.FACTS, "tier"),
    **dict.fromkeys(e.contract.FACTS, "contract"),
    **dict.fromkeys(e.register.FACTS, "details"),
    **dict.fromkeys(e.corrections.FACTS, "correction"),
}
"""What the filter calls each fact."""

TABLE = view_table(
    "timeline",
    "code",
    Column("version", Integer, autoincrement=False),
    Column("act", Integer, nullable=False),
    Column("act_on", Date, nullable=False),
    Column("facet", Text, nullable=False),
    Column("occurred_on", Date, nullable=False),
    Column("organisation", Text),
    Column("withdrawn", Boolean, nullable=False),
    Column("sides", Text),
    Column("channel", Text),
    indexes=(("code", "act_on", "act"),),
)


class Entry(NamedTuple):
    """A fact as the timeline lists it, under the day as corrected. A withdrawn one keeps its place.

    `act` is the version of the first fact that the same command recorded, under whose day all of them stand.
    `organisation` is the recorder's. `sides` are those who took part in a conversation, `channel` how.
    """

    code: str
    version: int
    act: int
    facet: Facet
    occurred_on: date
    organisation: str | None
    withdrawn: bool
    sides: tuple[Side, ...]
    channel: Channel | None


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


# --- rows ---------------------------------------------------------------------------------------------------


def rows(story: PracticeStory) -> Iterator[Row]:
    """One row for each fact of the practice."""
    acts: dict[str, Recorded] = {}
    for recorded in story.history:
        entry = story.standing.get(recorded.version, recorded)
        first = acts.setdefault(recorded.command_id, entry)
        basis = story.mark(recorded.version)
        if first is not entry:
            basis += f" of {first.version} on {first.fact.occurred_on}"  # type: ignore[attr-defined]
        yield Row(TABLE, recorded.version, basis, partial(_values, story, entry, first))


def _values(story: PracticeStory, entry: Recorded, first: Recorded) -> dict[str, Any]:
    fact: Any = entry.fact
    talk = fact if isinstance(fact, e.ConversationRecorded) else None
    return {
        "act": first.version,
        "act_on": first.fact.occurred_on.isoformat(),  # type: ignore[attr-defined]
        "facet": FACET[type(fact)],
        "occurred_on": fact.occurred_on.isoformat(),
        "organisation": entry.organisation,
        "withdrawn": entry.version not in story.standing,
        "sides": " ".join(sorted(talk.sides)) if talk else None,
        "channel": talk.channel.value if talk else None,
    }


MODEL = ReadModel("timeline", "practice", (TABLE,), rows)


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


def _entry(row: Any) -> Entry:
    values = {name: getattr(row, name) for name in Entry._fields}
    values |= {
        "sides": tuple(Side(side) for side in (row.sides or "").split()),
        "channel": row.channel and Channel(row.channel),
    }
    return Entry(**values)
