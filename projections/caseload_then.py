"""The caseload as it was at a moment: chosen, counted and ordered by the same queries as today's.

The row of each practice that counts at the moment is put into tables in memory that are like today's. The few practices
of a page are then made again from their facts. A past business day is that day's caseload; but of practices about which
something of that day or before was recorded or corrected since, which are made from their facts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Engine, create_engine, select, text
from sqlalchemy.pool import StaticPool

from application.casebook import Casebook
from application.facts import topic_of
from application.past import position_at
from application.recording import Recorder
from application.seen import seen_at as known_then
from domain.access.permissions import Scope, scope_of
from domain.practice.events import VisibilityChanged
from domain.practice.moment import Moment, at_moment
from domain.practice.visible import closes
from domain.rules import LONDON, Asked, Recorded
from projections import caseload, caseload_found, caseload_was
from projections.caseload import ALWAYS, NEVER
from projections.caseload_found import PAGE_SIZE, Caseload, Choices, Filters
from projections.caseload_order import Sort
from projections.caseload_row import CaseloadRow
from projections.caseload_was import Later, microseconds
from projections.questions import Question, asked
from projections.story import NOBODY, PracticeStory
from projections.whose import in_scope, standing_on
from projections.writing import Writing, by_stream, create, driver_cursor

WAS, NAMED, NAME = caseload_was.TABLE, caseload_was.NAMED, caseload.NAME
FURTHEST = 2**62
"""After every position and every instant."""

_COLUMNS = (
    *("tier", "reviewed", "review_on", "contract_holder", "local_commissioner", "region", "caseworker"),
    *("closed_on", "alarms", "alerts", "due", "last_contact_on", "recommended", "later"),
)


class Bounds(NamedTuple):
    """What counts: recorded up to a position and an instant, both included."""

    position: int
    instant: int


class CaseloadThen:
    """The caseload of a moment, in memory. `today` is what the moment calls today."""

    def __init__(self, memory: Connection, recorder: Recorder, moment: Moment, today: date) -> None:
        self.memory, self.recorder, self.moment, self.today = memory, recorder, moment, today
        self._upto: int | None = None

    def find(
        self,
        scope: Scope,
        filters: Filters = Filters(),  # noqa: B008 - it is never changed
        *,
        sort: Sort = "consequence",
        descending: bool = False,
        page: int = 1,
        page_size: int = PAGE_SIZE,
    ) -> Caseload:
        """One page of the practices in scope that pass the filters, and the counts above it."""
        chosen = caseload_found.choose(
            self.memory,
            scope,
            self.today,
            filters,
            sort=sort,
            descending=descending,
            page=page,
            page_size=page_size,
        )
        rows = self.rows([code for code, *_ in chosen.picked])
        return Caseload(rows, chosen.counts, chosen.page, chosen.pages, chosen.total)

    def rows(self, codes: list[str]) -> list[CaseloadRow]:
        """The rows of some practices, in this order."""
        self.told_exactly(codes)
        found = (caseload_found.one(self.memory, code, self.today) for code in codes)
        return [row for row in found if row is not None]

    def choices(self, scope: Scope) -> Choices:
        return caseload_found.choices(self.memory, scope, self.today)

    def told_exactly(self, codes: Collection[str], upto: int | None = None) -> None:
        """Make practices from their facts. Up to an earlier position, where nothing after it counts."""
        told = []
        for history in self._histories([f"practice-{code}" for code in codes], upto):
            known = known_at(history, self.moment)
            if known:
                code = history[0].stream.removeprefix("practice-")
                told.append((code, PracticeStory(known, self.today), code))
        with driver_cursor(self.memory) as cursor:
            for table in caseload.MODEL.tables:
                cursor.executemany(f"DELETE FROM {table.name} WHERE code = ?", [(code,) for code in codes])  # noqa: S608
        Writing([caseload.MODEL], postgres=False).insert(self.memory, told)

    def _histories(self, streams: list[str], upto: int | None) -> Iterable[list[Recorded]]:
        """What was recorded by then, and of later facts those that say who sees it today."""
        if self._upto is None:
            self._upto = position_at(self.recorder, self.moment.recorded_by)
        upto = self._upto if upto is None else upto
        return by_stream(self.recorder.facts_of(streams, upto, and_later=[topic_of(VisibilityChanged)]))


def known_at(history: list[Recorded], moment: Moment) -> list[Recorded]:
    """What both organisations may know today of what they could see at the moment."""
    if any(closes(entry.fact) for entry in history):
        return known_then(history, moment, NOBODY)
    return at_moment(history, moment)


@contextmanager
def caseload_at(
    reading: Connection,
    recorder: Recorder,
    moment: Moment,
    today: date,
    among: Collection[str] | None = None,
    *,
    names: bool = False,
) -> Iterator[CaseloadThen]:
    """The caseload at a moment. `among` are the practices that may be looked at; `names` where names choose or order."""
    bounds = _bounds(recorder, moment)
    engine = _in_memory()
    try:
        with engine.connect() as memory:
            then = CaseloadThen(memory, recorder, moment, today)
            day_ended = microseconds(datetime.combine(today + timedelta(days=1), time(), LONDON)) - 1
            earlier = moment.happened_on is not None and day_ended < _instant_of(recorder, moment)
            base = bounds._replace(instant=min(bounds.instant, day_ended)) if earlier else bounds
            found = _standing(reading, base)
            _load(memory, found, today, among)
            if names:
                _load_names(memory, reading, base, among)
            cut = _cut(recorder, moment)
            if earlier:
                _tell_late(then, reading, day_ended, bounds, {row[0] for row in found}, among)
            if cut is not None and (among is None or cut in among):
                then.told_exactly([cut])
            yield then
    finally:
        engine.dispose()


@contextmanager
def seen_at(
    views: Any, casebook: Casebook, by: Asked, moment: Moment, *, names: bool = False
) -> Iterator[CaseloadThen]:
    """The caseload at a moment, of the practices that somebody may know of today."""
    views.catch_up()
    day = moment.happened_on or casebook.day_of(moment.recorded_by)
    with views.reading() as reading:
        among = known_to(reading, by, casebook.day_of(None))
        with caseload_at(reading, casebook.recorder, moment, day, among, names=names) as found:
            yield found


def known_to(reading: Connection, by: Asked, today: date) -> set[str] | None:
    """The practices that somebody may know of today; None for all."""
    scope = scope_of(by)
    if scope.everything and not scope.recused:
        return None
    query = select(caseload.TABLE.c.code).where(standing_on(today), in_scope(scope))
    return {code for (code,) in reading.execute(query)}


def _bounds(recorder: Recorder, moment: Moment) -> Bounds:
    match moment.recorded_by:
        case None:
            return Bounds(recorder.last_position(), FURTHEST)
        case int():
            return Bounds(moment.recorded_by, FURTHEST)
        case _:
            return Bounds(FURTHEST, microseconds(moment.recorded_by))


def _instant_of(recorder: Recorder, moment: Moment) -> int:
    """The instant of what was last recorded by then, or of the moment itself."""
    if isinstance(moment.recorded_by, datetime):
        return microseconds(moment.recorded_by)
    last = recorder.last_upto(FURTHEST if moment.recorded_by is None else moment.recorded_by)
    return microseconds(last.recorded_at) if last else 0


def _cut(recorder: Recorder, moment: Moment) -> str | None:
    """The practice whose command a position stands in the midst of: its rows are of whole commands."""
    if not isinstance(moment.recorded_by, int):
        return None
    last = recorder.last_upto(moment.recorded_by)
    following = recorder.facts_after(moment.recorded_by, 1)
    if last is None or not following or not last.stream.startswith("practice-"):
        return None
    same = (last.stream, last.command_id) == (following[0].stream, following[0].command_id)
    return last.stream.removeprefix("practice-") if same else None


# --- which row counts ----------------------------------------------------------------------------------------


def _latest(table: Any, *, by_instant: bool) -> Any:
    """The position of the last row of a practice within the bounds. Positions and instants rise together in a stream."""
    one = table.alias("latest")
    order = (one.c.recorded_at.desc(), one.c.position.desc()) if by_instant else (one.c.position.desc(),)
    within = [one.c.code == NAME.c.code, one.c.position <= asked("position", one.c.position)]
    if by_instant:
        within.append(one.c.recorded_at <= asked("instant", one.c.recorded_at))
    return select(one.c.position).where(*within).order_by(*order).limit(1).correlate(NAME).scalar_subquery()


def _question(table: Any, columns: Iterable[str], *, by_instant: bool) -> Question:
    """The practices first, then the row of each: of a query with a limit no database takes the rows first, which are many."""
    latest = _latest(table, by_instant=by_instant).label("at")
    each = select(NAME.c.code, latest).limit(FURTHEST).subquery("each")
    wanted = select(table.c.code, *(table.c[column] for column in columns))
    return Question(wanted.where(table.c.code == each.c.code, table.c.position == each.c.at))


STANDING = {by_instant: _question(WAS, _COLUMNS, by_instant=by_instant) for by_instant in (False, True)}
NAMES = {
    by_instant: _question(NAMED, ("name", "name_sort", "search"), by_instant=by_instant)
    for by_instant in (False, True)
}
LATE = Question(
    select(WAS.c.code, WAS.c.position).where(
        WAS.c.code == NAME.c.code,
        WAS.c.recorded_at > asked("after", WAS.c.recorded_at),
        WAS.c.recorded_at <= asked("instant", WAS.c.recorded_at),
        WAS.c.position <= asked("position", WAS.c.position),
        WAS.c.about_on <= asked("day"),
    )
)


def _standing(reading: Connection, bounds: Bounds) -> list[tuple[Any, ...]]:
    return _asked(STANDING, reading, bounds)


def _asked(questions: dict[bool, Question], reading: Connection, bounds: Bounds) -> list[tuple[Any, ...]]:
    if bounds.instant == FURTHEST:
        return questions[False].plain(reading, position=bounds.position)
    return questions[True].plain(reading, position=bounds.position, instant=bounds.instant)


# --- tables in memory ----------------------------------------------------------------------------------------

_SHORT = (
    *(
        "code",
        "from_on",
        "until_on",
        "tier",
        "reviewed",
        "review_on",
        "contract_holder",
        "local_commissioner",
    ),
    *(
        "region",
        "caseworker",
        "closed_on",
        "alarms",
        "alerts",
        "first_due_on",
        "last_contact_on",
        "recommended",
    ),
)
_EMPTY = {"basis": "", "tier_since": "", "tier_line": "", "by_domain": ""}
_UNSAID = [column for column in caseload.TABLE.columns if not column.nullable and column.name not in _SHORT]
_INSERT = (
    f"INSERT INTO caseload ({', '.join([*_SHORT, *(column.name for column in _UNSAID)])})"  # noqa: S608
    f" VALUES ({', '.join(['?'] * len(_SHORT) + [repr(_EMPTY.get(column.name, 0)) for column in _UNSAID])})"
)


def _in_memory() -> Engine:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        for table in caseload.MODEL.tables:
            create(connection, table)
        connection.execute(text("CREATE INDEX due_of ON caseload_due (code, due_on)"))
    return engine


def _load(
    memory: Connection, found: list[tuple[Any, ...]], today: date, among: Collection[str] | None
) -> None:
    """The row of each practice, of the stretch of days that today falls in."""
    always, never, day = ALWAYS.isoformat(), NEVER.isoformat(), today.isoformat()
    short, dues = [], []
    for code, tier, reviewed, review_on, holder, commissioner, region, *rest in found:
        if among is not None and code not in among:
            continue
        caseworker, closed_on, alarms, alerts, due, contact, recommended, later = rest
        stands: tuple[Any, ...] = (tier, reviewed, review_on, holder, commissioner, region)
        if later is not None:
            for one in msgspec.json.decode(later, type=list[Later]):
                if one.on <= day:
                    stands = one[1:]
        days = due.split(",") if due else [None]
        counted = (caseworker, closed_on, alarms, alerts, days[0], contact, recommended)
        short.append((code, always, never, *stands, *counted))
        if days[0] is not None and days[0] < day:
            dues += [(code, str(number), on, "") for number, on in enumerate(days) if on < day]
    with driver_cursor(memory) as cursor:
        cursor.executemany(_INSERT, short)
        cursor.executemany(
            "INSERT INTO caseload_due (code, action_id, due_on, basis) VALUES (?, ?, ?, ?)", dues
        )


def _load_names(
    memory: Connection, reading: Connection, bounds: Bounds, among: Collection[str] | None
) -> None:
    named = _asked(NAMES, reading, bounds)
    with driver_cursor(memory) as cursor:
        cursor.executemany(
            "INSERT INTO caseload_name (code, name, name_sort, search, basis) VALUES (?, ?, ?, ?, '')",
            [row for row in named if among is None or row[0] in among],
        )


def _tell_late(
    then: CaseloadThen,
    reading: Connection,
    day_ended: int,
    bounds: Bounds,
    stood: set[str],
    among: Collection[str] | None,
) -> None:
    """Make practices again about which something of the day, or before, was recorded later."""
    late = LATE.plain(
        reading,
        after=day_ended,
        instant=bounds.instant,
        position=bounds.position,
        day=then.today.isoformat(),
    )
    about: dict[str, list[int]] = {}
    for code, position in late:
        if among is None or code in among:
            about.setdefault(code, []).append(position)
    # Of a practice that was registered later, and about which no more was recorded of that day, nothing else counts.
    registered = {code: at[0] for code, at in about.items() if code not in stood and len(at) == 1}
    if registered:
        then.told_exactly(registered, max(registered.values()))
    then.told_exactly([code for code in about if code not in registered])
