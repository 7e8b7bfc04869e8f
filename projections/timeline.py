"""A practice's timeline: which facts people read of it, in which order, and by what they can be filtered.

It holds no words. What an entry says is told from the facts themselves, which a practice's page replays anyway: so no
second copy of what people typed is kept, none has to be found when words are erased, and a rebuild opens fewer seals.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Literal, NamedTuple, get_args

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Text,
    and_,
    case,
    func,
    or_,
    select,
)

from domain.practice import events as e
from domain.practice.kinds import Channel, Side
from domain.practice.visible import OF_ACCESS
from domain.rules import Fact, Recorded
from projections.questions import Question, among, asked
from projections.readers import Reader, seen
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, iso, view_table

PAGE_SIZE = 25

Facet = Literal[
    "conversation",
    "intelligence",
    "flag",
    "action",
    "tier",
    "contract",
    "document",
    "details",
    "correction",
    "visibility",
    "agreed",
    "heard",
    "withheld",
]
FACET: dict[type[Fact], Facet] = {
    **dict.fromkeys(e.conversation.FACTS, "intelligence"),
    e.ConversationRecorded: "conversation",
    **dict.fromkeys(e.flags.FACTS, "flag"),
    **dict.fromkeys((*e.actions.FACTS, *e.expectations.FACTS), "action"),
    **dict.fromkeys((*e.tier.FACTS, *e.reviews.FACTS), "tier"),
    **dict.fromkeys((*e.contract.FACTS, *e.regulator.FACTS, *e.declarations.FACTS), "contract"),
    **dict.fromkeys((*e.lists.FACTS, *e.contractor.FACTS, *e.mergers.FACTS), "contract"),
    **dict.fromkeys((*e.ladder.FACTS, *e.notices.FACTS, *e.sanctions.FACTS), "contract"),
    **dict.fromkeys((*e.documents.FACTS, *e.letters.FACTS), "document"),
    **dict.fromkeys((*e.register.FACTS, *e.episodes.FACTS), "details"),
    **dict.fromkeys(e.corrections.FACTS, "correction"),
    **dict.fromkeys(e.visibility.FACTS, "visibility"),
    **dict.fromkeys((*e.agreed.FACTS, *e.threads.FACTS), "agreed"),
    **dict.fromkeys(e.heard.FACTS, "heard"),
}
"""What the filter calls each fact. What is withheld from a reader is called so, whatever it is."""

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
    Column("internal_to", Text),
    Column("restricted_to", Text),
    Column("recorded_on", Date, nullable=False),
    Column("person", Text),
    indexes=(
        # What finds and counts acts, of one practice and of all: neither reads more than its index.
        ("code", "act_on", "act", "facet", "organisation", "person", "internal_to", "restricted_to"),
        ("act_on", "code", "act", "facet", "organisation", "person", "internal_to", "restricted_to"),
        ("recorded_on", "code", "version", "act", "organisation", "internal_to", "restricted_to"),
    ),
)


class Entry(NamedTuple):
    """A fact as the timeline lists it, under the day as corrected. A withdrawn one keeps its place.

    `act` is the version of the first fact that the same command recorded, under whose day all of them stand.
    `organisation` is the recorder's. `sides` are those who took part in a conversation, `channel` how; in a reminder
    nobody did.
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
    standing, closed, mark = story.standing, story.practice.closed, story.mark
    for recorded in story.history:
        version = recorded.version
        entry = standing.get(version, recorded)
        first = acts.setdefault(recorded.command_id, entry)
        basis = mark(version)
        if first is not entry:
            basis += f" of {first.version} on {first.fact.occurred_on}"  # type: ignore[attr-defined]
        if version in closed:
            basis += f" to {story.internal_to(version)} {story.restricted_to(version)}"
        yield Row(TABLE, version, basis, partial(_values, story, entry, first))


def _values(story: PracticeStory, entry: Recorded, first: Recorded) -> dict[str, Any]:
    fact: Any = entry.fact
    talk = fact if isinstance(fact, e.ConversationRecorded) else None
    happened_on = iso(fact.occurred_on)
    closed = entry.version in story.practice.closed
    return {
        "act": first.version,
        "act_on": happened_on if first is entry else iso(first.fact.occurred_on),  # type: ignore[attr-defined]
        "facet": FACET[type(fact)],
        "occurred_on": happened_on,
        "organisation": entry.organisation,
        "withdrawn": entry.version not in story.standing,
        "sides": " ".join(sorted(talk.sides)) if talk and not talk.reminder else None,
        "channel": talk.channel.value if talk else None,
        "internal_to": story.internal_to(entry.version) if closed else None,
        "recorded_on": iso(entry.recorded_on),
        "person": entry.person,
        "restricted_to": story.restricted_to(entry.version)
        if closed and not isinstance(fact, OF_ACCESS)
        else None,
    }


MODEL = ReadModel("timeline", "practice", (TABLE,), rows, edition=3)


# --- queries ------------------------------------------------------------------------------------------------

T = TABLE.c
OF_PRACTICE = and_(T.code == asked("code"), seen(T.internal_to))
READ = seen(T.restricted_to)
FACET_SEEN = case((READ, T.facet), else_="withheld").label("facet")
NEWEST_FIRST = (T.act_on.desc(), T.act.desc())


def _counted(column: ColumnElement[Any]) -> Question:
    number = func.count().label("entries")
    return Question(select(column, number).where(OF_PRACTICE, column.is_not(None)).group_by(column))


COUNTED_FACETS, COUNTED_ORGANISATIONS = _counted(FACET_SEEN), _counted(T.organisation)
ACTS = Question(
    select(T.act)
    .where(
        OF_PRACTICE,
        among(FACET_SEEN.element, "facets"),
        or_(asked("organisation").is_(None), T.organisation == asked("organisation")),
        T.occurred_on >= asked("since", T.occurred_on),
        T.occurred_on <= asked("until", T.occurred_on),
    )
    .group_by(T.act_on, T.act)
    .order_by(*NEWEST_FIRST)
)
OF_ACTS = Question(select(TABLE).where(OF_PRACTICE, among(T.act, "acts")).order_by(*NEWEST_FIRST, T.version))
ACT_OF = Question(select(T.act).where(OF_PRACTICE, T.version == asked("version", T.version)))


def find(
    reading: Connection,
    code: str,
    by: Reader,
    filters: Filters = Filters(),
    *,
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> Timeline:
    """One page of a practice's acts that have an entry which passes the filters, by the day they happened."""
    acts = _acts(reading, code, by, filters)
    pages = max(1, -(-len(acts) // page_size))
    page = min(max(page, 1), pages)
    shown = acts[(page - 1) * page_size : page * page_size]
    found: dict[int, list[Entry]] = {act: [] for act in shown}
    for row in OF_ACTS.of(reading, code=code, acts=shown, **by.given()):
        found[row.act].append(_entry(row))
    return Timeline(
        [Act(tuple(entries)) for entries in found.values()],
        page,
        pages,
        len(acts),
        dict(COUNTED_FACETS.of(reading, code=code, **by.given())),
        dict(COUNTED_ORGANISATIONS.of(reading, code=code, **by.given())),
    )


def page_of(reading: Connection, code: str, by: Reader, version: int, page_size: int = PAGE_SIZE) -> int:
    """Which page of the unfiltered timeline an entry is on."""
    own = ACT_OF.one(reading, code=code, version=version, **by.given())
    return _acts(reading, code, by, Filters()).index(own.act) // page_size + 1 if own else 1


def _acts(reading: Connection, code: str, by: Reader, filters: Filters) -> list[int]:
    """Every act that has an entry which passes the filters, newest first."""
    found = ACTS.of(
        reading,
        code=code,
        facets=filters.facets or get_args(Facet),
        organisation=filters.organisation,
        since=filters.since or date.min,
        until=filters.until or date.max,
        **by.given(),
    )
    return [act for (act,) in found]


def _entry(row: Any) -> Entry:
    values = {name: getattr(row, name) for name in Entry._fields}
    values |= {
        "sides": tuple(Side(side) for side in (row.sides or "").split()),
        "channel": row.channel and Channel(row.channel),
    }
    return Entry(**values)
