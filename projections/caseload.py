"""The caseload page: where should we look?

A practice has one row for each stretch of days on which it stands otherwise: from the beginning of time to its next
change that is already decided (a tier or a responsibility with effect from a later day), and so on. A page picks the
stretch that today falls in, so nothing in it goes stale overnight. What is overdue is counted from due dates when asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any, Literal, NamedTuple

import msgspec
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
    false,
    func,
    or_,
    select,
    true,
)

from domain.access.permissions import Scope
from domain.access.roles import SIDE_OF
from domain.practice.events import ConversationRecorded, DetailsChanged, PracticeRegistered
from domain.practice.kinds import Direction, IndicatorDomain, Level, Side, Tier
from domain.practice.state import Practice
from domain.practice.visits import arranged_for
from domain.rules import Asked
from projections.questions import Question, among, asked
from projections.story import PracticeStory
from projections.story import TierStep as StoryStep
from projections.tables import ReadModel, Row, Sorted, view_table
from projections.typed import words_of

PAGE_SIZE = 50

WHY_THIS_ORDER = (
    "Practices are in order of consequence: cause for concern first, then room for improvement, then assurance based. "
    "Within a tier, those with most overdue actions come first, then those whose tier is overdue for review, then most "
    "open alarms, then most open alerts, then those nobody has spoken with for longest. Practices that are alike in all "
    "this are in order of code."
)

TIERS = tuple(Tier)
"""Tiers by rank: the table holds 0, 1 or 2."""

DOMAINS = tuple(IndicatorDomain)
ALWAYS, NEVER = date.min, date.max

TABLE = view_table(
    "caseload",
    "code",
    Column("from_on", Date),
    Column("until_on", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("facts", Integer, nullable=False),
    Column("postcode", Text),
    Column("list_size", Integer),
    Column("contract_holder", Text),
    Column("local_commissioner", Text),
    Column("region", Text),
    Column("caseworker", Text),
    Column("tier", Integer, nullable=False),
    Column("tier_since", Date, nullable=False),
    Column("reviewed", Boolean, nullable=False),
    Column("decided_by", Text),
    Column("decision_version", Integer),
    Column("review_on", Date),
    Column("next_tier", Integer),
    Column("next_tier_from", Date),
    Column("tier_line", Text, nullable=False),
    Column("closed_on", Date),
    Column("alarms", Integer, nullable=False),
    Column("alerts", Integer, nullable=False),
    Column("by_domain", Text, nullable=False),
    Column("open_flags", Integer, nullable=False),
    Column("open_actions", Integer, nullable=False),
    Column("first_due_on", Date),
    Column("last_contact_on", Date),
    Column("last_shared_on", Date),
    Column("next_contact_on", Date),
    Column("proposals", Integer, nullable=False),
    Column("to_agree", Integer, nullable=False),
    Column("to_accept", Integer, nullable=False),
    Column("requests", Integer, nullable=False),
    Column("unverified", Integer, nullable=False),
    Column("visit_on", Date),
    Column("recommended", Integer),
    indexes=(
        # Everything that chooses, counts and orders practices: a page of all of them reads no more than this.
        (
            *("tier", "alarms", "alerts", "last_contact_on", "code", "from_on", "until_on", "closed_on"),
            *("contract_holder", "local_commissioner", "region", "caseworker", "reviewed", "first_due_on"),
            *("review_on", "next_contact_on"),
        ),
    ),
)

NAME = view_table(
    "caseload_name",
    "code",
    None,
    Column("name", Text, nullable=False),
    Column("name_sort", Sorted, nullable=False),
    Column("search", Text, nullable=False),
    indexes=(("name_sort",),),
)
"""Names stand apart, so that what changes with every fact is written without opening what hardly ever does."""

DUE = view_table(
    "caseload_due",
    "code",
    Column("action_id", Sorted),
    Column("due_on", Date, nullable=False),
    indexes=(("code", "due_on"),),
)


class TierStep(NamedTuple):
    """The tier from a day on. `reviewed` is false for the starting tier, which nobody has looked at yet."""

    on: date
    tier: Tier
    reviewed: bool


class DomainFlags(NamedTuple):
    """Open adverse flags of one domain."""

    alarms: int
    alerts: int


class CaseloadRow(NamedTuple):
    """A practice as the caseload lists it, on the day asked for.

    It is as both organisations know it, but for `facts`: how many there are, whoever may see them.
    """

    code: str
    version: int
    facts: int
    name: str
    postcode: str | None
    list_size: int | None
    contract_holder: str | None
    local_commissioner: str | None
    region: str | None
    caseworker: str | None
    tier: Tier
    tier_since: date
    reviewed: bool
    decided_by: str | None
    decision_version: int | None
    review_on: date | None
    next_tier: Tier | None
    next_tier_from: date | None
    tiers: tuple[TierStep, ...]
    closed_on: date | None
    alarms: int
    alerts: int
    domains: dict[IndicatorDomain, DomainFlags]
    open_flags: int
    open_actions: int
    overdue: int
    first_due_on: date | None
    last_contact_on: date | None
    last_shared_on: date | None
    next_contact_on: date | None
    proposals: int
    to_agree: int
    to_accept: int
    requests: int
    unverified: int
    visit_on: date | None = None
    recommended: Tier | None = None
    """What was last recorded as recommended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to leave out. `caseworker` is a person's id, or "" for practices with none; `words` match name or code.

    `predecessors` are those of the organisation that is asked for: what they answer for, it does.
    """

    tier: Tier | None = None
    contract_holder: str | None = None
    local_commissioner: str | None = None
    predecessors: frozenset[str] = frozenset()
    caseworker: str | None = None
    words: str = ""
    overdue: bool = False
    not_reviewed: bool = False
    differs: bool = False
    closed: bool = False


class Counts(NamedTuple):
    """Of the practices in scope that pass every filter but the tier's: how many stand in each tier, and what is late."""

    practices: int
    tiers: dict[Tier, int]
    not_reviewed: int
    overdue_actions: int
    overdue_practices: int


class Caseload(NamedTuple):
    rows: list[CaseloadRow]
    counts: Counts
    page: int
    pages: int
    total: int


class Chosen(NamedTuple):
    """A page of the caseload before its rows are read: code, stretch and overdue actions of each practice on it."""

    picked: list[tuple[str, date, int]]
    counts: Counts
    page: int
    pages: int
    total: int


class Choices(NamedTuple):
    """What the practices in scope can be filtered by: codes of organisations, ids of people."""

    contract_holders: list[str]
    local_commissioners: list[str]
    caseworkers: list[str]


Sort = Literal["consequence", "name", "code", "tier", "overdue", "flags", "contact", "review", "due"]
SORTS: tuple[Sort, ...] = (
    "consequence",
    "name",
    "code",
    "tier",
    "overdue",
    "flags",
    "contact",
    "review",
    "due",
)


# --- rows ---------------------------------------------------------------------------------------------------


def rows(story: PracticeStory) -> Iterator[Row]:
    """One row for the name, one for each stretch of days, and one for each open action's due date."""
    practice = story.practice
    if practice.details is None:
        return
    told = max(
        entry.version for kind in (PracticeRegistered, DetailsChanged) for entry, _ in story.facts(kind)
    )
    yield Row(NAME, "", story.mark(told), partial(_name, story))
    starts = _stretches(story)
    shared: dict[str, Any] = {}
    for from_on, until_on in zip(starts, [*starts[1:], NEVER], strict=True):

        def values(from_on: date = from_on, until_on: date = until_on) -> dict[str, Any]:
            if not shared:
                shared.update(_whenever(story))
            return {**shared, "until_on": until_on.isoformat(), **_during(story, from_on)}

        yield Row(TABLE, from_on.isoformat(), str(practice.version), values)
    for action in practice.actions.values():
        if action.open:
            due_on = action.due_on.isoformat()
            yield Row(DUE, action.action_id, due_on, lambda due_on=due_on: {"due_on": due_on})  # type: ignore[misc]


def _name(story: PracticeStory) -> dict[str, Any]:
    details = story.practice.details
    assert details is not None
    name = details.name.words
    return {
        "name": name,
        "name_sort": name.casefold(),
        "search": search_words(name, story.code, details.postcode),
    }


def _stretches(story: PracticeStory) -> list[date]:
    """The days from which the practice stands otherwise than before, as is known when its last fact is recorded."""
    known_on = story.known_on
    changes = {decision.effective_on for decision in story.practice.decisions}
    changes |= {responsibility.from_on for responsibility in story.practice.responsibilities}
    return [ALWAYS, *sorted(day for day in changes if day > known_on)]


def _during(story: PracticeStory, from_on: date) -> dict[str, Any]:
    """What may differ between stretches: the tier, and who answers for the practice."""
    practice = story.practice
    day = story.known_on if from_on == ALWAYS else from_on
    responsible = practice.responsible_on(day)
    decision = practice.decision_on(day)
    tier = practice.tier_on(day)
    since = stands_since(story.tier_steps, day) or story.tier_steps[0].on
    following = next((step for step in story.tier_steps if step.on > day), None)
    return {
        "contract_holder": responsible.contract_holder if responsible else None,
        "local_commissioner": responsible.local_commissioner if responsible else None,
        "region": responsible.region if responsible else None,
        "tier": TIERS.index(tier),
        "tier_since": since.isoformat(),
        "reviewed": decision is not None,
        "decided_by": decision.decided_by if decision else None,
        "decision_version": decision.version if decision else None,
        "review_on": _iso(decision.review_on) if decision else None,
        "next_tier": TIERS.index(following.tier) if following else None,
        "next_tier_from": following.on.isoformat() if following else None,
    }


def _whenever(story: PracticeStory) -> dict[str, Any]:
    """What is the same in every stretch: as both organisations know it, so that no figure tells of what one keeps."""
    facts = len(story.history)
    story = story.shared
    practice = story.practice
    details = practice.details
    assert details is not None
    open_actions = [action for action in practice.actions.values() if action.open]
    by_domain, alarms, alerts = _adverse(practice)
    talks = sorted(
        ((fact.occurred_on, entry.version, fact) for entry, fact in story.facts(ConversationRecorded)),
        key=itemgetter(0, 1),
    )
    return {
        "version": practice.version,
        "facts": facts,
        "postcode": details.postcode,
        "list_size": details.list_size,
        "caseworker": practice.caseworker,
        "tier_line": ",".join(
            f"{step.on.isoformat()}:{TIERS.index(step.tier)}{'' if step.decision else 'u'}"
            for step in story.tier_steps
        ),
        "closed_on": _iso(practice.closed_on),
        "alarms": alarms,
        "alerts": alerts,
        "by_domain": by_domain,
        "open_flags": sum(flag.open for flag in practice.flags.values()),
        "open_actions": len(open_actions),
        "first_due_on": _iso(min((action.due_on for action in open_actions), default=None)),
        "last_contact_on": _iso(practice.last_contact_on),
        "last_shared_on": _iso(max((on for on, _, talk in talks if talk.shared), default=None)),
        "next_contact_on": _iso(talks[-1][2].next_contact_on) if talks else None,
        "proposals": sum(proposal.status == "open" for proposal in practice.proposals.values()),
        "to_agree": sum(action.status == "proposed" for action in practice.actions.values()),
        "to_accept": sum(action.status == "completed" for action in practice.actions.values()),
        "requests": sum(request.status == "open" for request in practice.requests.values()),
        "unverified": sum(heard.status == "unverified" for heard in practice.intelligence.values()),
        "visit_on": _iso(min(filter(None, map(arranged_for, practice.actions.values())), default=None)),
        "recommended": TIERS.index(practice.recommended.tier) if practice.recommended else None,
    }


def _adverse(practice: Practice) -> tuple[str, int, int]:
    """Open adverse flags: alarms and alerts of each domain as JSON, and in all."""
    found = {domain: [0, 0] for domain in DOMAINS}
    for flag in practice.flags.values():
        if flag.open and flag.direction == Direction.ADVERSE:
            found[flag.domain][0 if flag.level == Level.ALARM else 1] += 1
    counts = list(found.values())
    return msgspec.json.encode(counts).decode(), sum(c[0] for c in counts), sum(c[1] for c in counts)


def search_words(name: str, code: str, postcode: str | None) -> str:
    """What words are looked for in: each begins after a space."""
    return " " + " ".join(
        words_of_name(f"{name} {code} {postcode or ''} {(postcode or '').replace(' ', '')}")
    )


def words_of_name(text: str) -> list[str]:
    """The words of a practice's name, or of what is looked for in one. An apostrophe parts nothing."""
    return words_of(text.replace("'", "").replace("’", ""))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


MODEL = ReadModel("caseload", "practice", (TABLE, NAME, DUE), rows, edition=3)


# --- queries ------------------------------------------------------------------------------------------------

C = TABLE.c
N = NAME.c


def find(
    reading: Connection,
    scope: Scope,
    today: date,
    filters: Filters = Filters(),
    *,
    sort: Sort = "consequence",
    descending: bool = False,
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> Caseload:
    """One page of the practices in scope that pass the filters, and the counts above it."""
    chosen = choose(
        reading, scope, today, filters, sort=sort, descending=descending, page=page, page_size=page_size
    )
    rows = _rows_of(reading, chosen.picked)
    return Caseload(rows, chosen.counts, chosen.page, chosen.pages, chosen.total)


def choose(
    reading: Connection,
    scope: Scope,
    today: date,
    filters: Filters = Filters(),
    *,
    sort: Sort = "consequence",
    descending: bool = False,
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> Chosen:
    """Which practices are on a page, and the counts above it."""
    where = _where(scope, today, filters)
    overdue = overdue_on(today)
    counts = _counts(reading, where, overdue, filters)
    total = counts.practices if filters.tier is None else counts.tiers[filters.tier]
    pages = max(1, -(-total // page_size))
    page = min(max(page, 1), pages)
    if filters.tier is not None:
        where = [*where, C.tier == TIERS.index(filters.tier)]
    order = _order(sort, overdue, today, descending=descending)
    chosen = (
        select(C.code, C.from_on, overdue.label("overdue"))
        .select_from(TABLE.join(NAME, N.code == C.code) if sort == "name" else TABLE)
        .where(*where)
        .order_by(*order)
        .limit(page_size)
        .offset((page - 1) * page_size)
    )
    return Chosen([tuple(one) for one in reading.execute(chosen)], counts, page, pages, total)


def one(reading: Connection, code: str, today: date) -> CaseloadRow | None:
    """One practice's row; None when no such practice is registered."""
    row = ONE.one(reading, code=code, today=today)
    return None if row is None else _row(row, row.overdue)


def names(reading: Connection, codes: Iterable[str]) -> dict[str, str]:
    """What these practices are called. One that is not registered is left out."""
    return {row.code: row.name for row in NAMES.of(reading, codes=sorted(codes))}


def choices(reading: Connection, scope: Scope, today: date) -> Choices:
    """What the practices in scope can be filtered by."""
    query = select(C.contract_holder, C.local_commissioner, C.caseworker).distinct()
    found = reading.execute(query.where(*_on(today), in_scope(scope))).all()
    return Choices(*(sorted({row[at] for row in found if row[at] is not None}) for at in range(3)))


def in_scope(scope: Scope) -> ColumnElement[bool]:
    """Whether a caseload row is of a practice in scope."""
    return and_(_of_organisations(scope), taking_part(scope.recused))


def _of_organisations(scope: Scope) -> ColumnElement[bool]:
    if scope.everything:
        return true()
    parts = [
        column.in_(sorted(codes))
        for column, codes in (
            (C.contract_holder, scope.contract_holders),
            (C.region, scope.regions),
            (C.local_commissioner, scope.local_commissioners),
        )
        if codes
    ]
    return or_(*parts) if parts else false()


def taking_part(recused: frozenset[str]) -> ColumnElement[bool]:
    """Whether a caseload row is of a practice from which whoever asks is not recused."""
    return C.code.not_in(sorted(recused)) if recused else true()


def responsible_on(side: Side) -> Column[Any]:
    """The organisation that is responsible on a side."""
    return C.contract_holder if side == Side.CONTRACT_HOLDER else C.local_commissioner


def answered_for(by: Asked, today: date) -> ColumnElement[bool]:
    """Whether a caseload row is of a practice that the organisation of somebody of a side is responsible for."""
    theirs = responsible_on(SIDE_OF[by.role]).in_(sorted(by.own))
    return and_(standing_on(today), theirs, taking_part(by.recused))


def open_on(today: Any) -> ColumnElement[bool]:
    """Whether a caseload row is of a practice that is open on a day, which may be a question's parameter."""
    return or_(C.closed_on.is_(None), C.closed_on > today)


def standing_on(today: Any) -> ColumnElement[bool]:
    """Whether a caseload row is of the stretch that a day falls in, which may be a question's parameter."""
    return and_(*_on(today))


def _on(today: Any) -> tuple[ColumnElement[bool], ...]:
    return C.from_on <= today, C.until_on > today


def _where(scope: Scope, today: date, filters: Filters) -> list[ColumnElement[bool]]:
    where = [*_on(today), in_scope(scope)]
    if not filters.closed:
        where.append(open_on(today))
    if filters.contract_holder:
        where.append(C.contract_holder.in_(sorted({filters.contract_holder} | filters.predecessors)))
    if filters.local_commissioner:
        where.append(C.local_commissioner.in_(sorted({filters.local_commissioner} | filters.predecessors)))
    if filters.caseworker is not None:
        where.append(C.caseworker == filters.caseworker if filters.caseworker else C.caseworker.is_(None))
    if words := words_of_name(filters.words)[:8]:
        named = select(N.code).where(*(N.search.contains(f" {word}", autoescape=True) for word in words))
        where.append(C.code.in_(named))
    if filters.overdue:
        where.append(C.first_due_on < today)
    if filters.not_reviewed:
        where.append(C.reviewed.is_(False))
    if filters.differs:
        where.append(C.recommended != C.tier)
    return where


def overdue_on(today: Any) -> ColumnElement[int]:
    """How many of a practice's actions are overdue: counted only where the first that is due is."""
    late = (
        select(func.count())
        .select_from(DUE)
        .where(DUE.c.code == C.code, DUE.c.due_on < today)
        .correlate(TABLE)
        .scalar_subquery()
    )
    return case((C.first_due_on < today, late), else_=0)


def _order(
    sort: Sort, overdue: ColumnElement[int], today: date, *, descending: bool
) -> list[ColumnElement[Any]]:
    spoken = case((C.last_contact_on.is_(None), 0), else_=1)
    first: dict[str, list[ColumnElement[Any]]] = {
        "name": [N.name_sort],
        "code": [],
        "tier": [C.tier],
        "overdue": [overdue],
        "flags": [C.alarms, C.alerts],
        "contact": [spoken, C.last_contact_on],
        "review": [C.review_on],
        "due": [C.first_due_on],
    }
    if sort != "consequence":
        wanted = [column.desc() if descending else column.asc() for column in first[sort]]
        if sort in {"review", "due"}:
            wanted.insert(0, first[sort][0].is_(None).asc())
        return [*wanted, C.code.desc() if descending and sort == "code" else C.code]
    return [
        C.tier.desc(),
        overdue.desc(),
        case((C.review_on < today, 0), else_=1),
        C.alarms.desc(),
        C.alerts.desc(),
        spoken,
        C.last_contact_on,
        C.code,
    ]


def _counts(
    reading: Connection, where: Sequence[ColumnElement[bool]], overdue: ColumnElement[int], filters: Filters
) -> Counts:
    each = select(C.tier, C.reviewed, overdue.label("overdue")).where(*where).subquery()
    query = select(
        each.c.tier,
        func.count(),
        func.sum(case((each.c.reviewed, 0), else_=1)),
        func.sum(each.c.overdue),
        func.sum(case((each.c.overdue > 0, 1), else_=0)),
    ).group_by(each.c.tier)
    tiers = dict.fromkeys(TIERS, 0)
    totals = [0, 0, 0]
    for rank, practices, *rest in reading.execute(query):
        tiers[TIERS[rank]] = practices
        if filters.tier in {None, TIERS[rank]}:
            totals = [total + more for total, more in zip(totals, rest, strict=True)]
    return Counts(sum(tiers.values()), tiers, *totals)


def _rows_of(reading: Connection, picked: Sequence[tuple[str, date, int]]) -> list[CaseloadRow]:
    """The rows that were chosen, in their order."""
    if not picked:
        return []
    by_key = {
        (row.code, row.from_on): row for row in STRETCHES.of(reading, codes=[code for code, *_ in picked])
    }
    return [_row(by_key[code, from_on], overdue) for code, from_on, overdue in picked]


def _row(row: Any, overdue: int) -> CaseloadRow:
    values = row._asdict()
    domains = msgspec.json.decode(values.pop("by_domain"), type=list[DomainFlags])
    return CaseloadRow(
        **{
            name: values[name]
            for name in CaseloadRow._fields
            if name in values and name not in {"tier", "next_tier", "recommended", "overdue"}
        },
        tier=TIERS[row.tier],
        next_tier=None if row.next_tier is None else TIERS[row.next_tier],
        recommended=None if row.recommended is None else TIERS[row.recommended],
        tiers=tier_line(row.tier_line),
        domains=dict(zip(DOMAINS, domains, strict=True)),
        overdue=overdue,
    )


def _questions() -> tuple[Question, Question]:
    """One practice's row on a day, and every stretch of some practices."""
    named, today = select(TABLE, N.name).join(NAME, N.code == C.code), asked("today", C.from_on)
    one = named.add_columns(overdue_on(today).label("overdue")).where(C.code == asked("code"), *_on(today))
    return Question(one), Question(named.where(among(C.code, "codes")))


ONE, STRETCHES = _questions()
NAMES = Question(select(N.code, N.name).where(among(N.code, "codes")))


def stands_since(steps: Iterable[TierStep | StoryStep], day: date) -> date | None:
    """From when the tier of a day stands without a break. A decision that leaves the tier is no break."""
    before, since = None, None
    for step in steps:
        if step.on > day:
            break
        if step.tier != before:
            since = step.on
        before = step.tier
    return since


def tier_line(line: str) -> tuple[TierStep, ...]:
    """`2024-11-21:0u,2026-05-12:2` read: u marks a tier that nobody has reviewed yet."""
    steps = (step.split(":") for step in line.split(","))
    return tuple(
        TierStep(date.fromisoformat(day), TIERS[int(rank[0])], not rank.endswith("u")) for day, rank in steps
    )
