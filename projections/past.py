"""Views of a moment of the past, in memory: made from the facts that were known then by the same functions that make the
live ones, for whoever looks back, and thrown away after.
"""

from __future__ import annotations

import sqlite3
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from threading import Lock, RLock

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import StaticPool

from application.past import CasebookThen
from application.past_record import RecorderThen
from application.recording import Recorder
from application.releases.standing import standing
from domain.practice.kinds import Visibility
from domain.practice.state import Closure
from domain.practice.visible import Sight, sight
from domain.rules import Asked, Recorded
from projections import caseload_was, observations_loaded
from projections.all import READ_MODELS
from projections.catch_up import Behind
from projections.story import NOBODY, PracticeStory
from projections.writing import Told, Writing, by_stream, create, create_indexes, owner_of, tell

CHUNK = 2_000
"""Facts that are read and written at once."""

SHARED = "organisation", "person"
"""What every page names: made once for all moments between two facts of these."""

BESIDE = "reading", "link"
"""What stands beside a practice's own facts, in streams named by its code."""

NOBODYS = ""
"""Of no organisation: whose entry nobody reads."""

SECONDS, MOST = 60.0, 8
"""How long names are kept at hand, as histories are, and of how many moments."""


class ViewsThen:
    """The views of some practices as they were, or of all of them. Nothing is ever new in them."""

    def __init__(self, casebook: CasebookThen, codes: Sequence[str] | None = ()) -> None:
        self.casebook, self.codes = casebook, codes
        self.walked = 0
        """How many facts of practices were taken in so far."""
        self._lock = RLock()
        self._engine: Engine | None = None
        self._with_numbers = False

    def make(self) -> None:
        """Make them, if they are not made."""
        with self._lock:
            if self._engine is None:
                self._engine = self._made()

    @property
    def made(self) -> bool:
        return self._engine is not None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that reads them. They are made when they are first asked for."""
        with self._lock:
            self.make()
            assert self._engine is not None
            with self._engine.connect() as connection:
                yield connection

    def catch_up(self) -> list[Behind]:
        return []

    def with_numbers(self) -> None:
        """Load the published numbers that stood then, from the files that are kept of their releases."""
        with self._lock:
            if self._with_numbers:
                return
            self.make()
            assert self._engine is not None
            stood = standing(self.then)
            touched = {
                (one.indicator, period)
                for release in stood
                for one in release.covers
                for period in one.periods
            }
            with self._engine.begin() as connection:
                observations_loaded.load(connection, self.casebook, stood, touched)
            self._with_numbers = True

    @property
    def then(self) -> RecorderThen:
        return self.casebook.then

    def _made(self) -> Engine:
        engine = (
            _in_memory(_names_at(self.then)) if self.codes is not None else _on_disk(_names_at(self.then))
        )
        with engine.begin() as connection:
            for some in self._practices():
                stories = [self._story(history) for history in some]
                _write(connection, "practice", [one for one in stories if one])
                self.walked += sum(map(len, some))
            for category in BESIDE:
                for some in self._beside(category):
                    _write(connection, category, tell(some).get(category, []))
            if self.codes is None:
                _index(connection)
        return engine

    def _practices(self) -> Iterator[Sequence[list[Recorded]]]:
        """As they are today: what of them may be known is not told by what was recorded by then."""
        if self.codes is None:
            yield from _every(self.then.recorder, "practice")
        else:
            yield [
                history for code in self.codes if (history := self.then.recorder.history(f"practice-{code}"))
            ]

    def _beside(self, category: str) -> Iterator[Sequence[list[Recorded]]]:
        if self.codes is None:
            for some in _every(self.then, category):
                yield [known for history in some if (known := self.then.happened(history))]
        else:
            yield [history for code in self.codes if (history := self.then.history(f"{category}-{code}"))]

    def _story(self, history: list[Recorded]) -> Told | None:
        known, kept_back = self.then.looking.of_views(history)
        if not known:
            return None
        last = known[-1]
        looking = self.then.looking
        story = StoryThen(known, kept_back, looking.moment.happened_on, looking.through)
        return owner_of(last.stream), story, f"{last.stream}/{last.version}"


class StoryThen(PracticeStory):
    """A practice's history as it was; what is kept back today from whoever looks is read by nobody."""

    def __init__(
        self, history: list[Recorded], kept_back: frozenset[int], on: date | None, through: Asked = NOBODY
    ) -> None:
        super().__init__(history, on)
        kept = {one.version for one in history} & kept_back
        unseen = {one for one in kept if sight(self.practice.closed.get(one), through, {}) == Sight.NOTHING}
        if kept - unseen:
            closed = {one: Closure(one, Visibility.RESTRICTED, NOBODYS) for one in kept - unseen}
            self.practice = replace(self.practice, closed=self.practice.closed | closed)


def _every(recorder: Recorder, category: str) -> Iterator[Sequence[list[Recorded]]]:
    """The histories of every stream of a category, some at a time."""
    after = ""
    while facts := recorder.streams_in_order(after, CHUNK, None, category, opened=True):
        yield list(by_stream(facts))
        after = facts[-1].stream


def _write(connection: Connection, category: str, told: Sequence[Told]) -> None:
    # What the caseload was at other moments is asked of the live views.
    models = [
        model for model in READ_MODELS if model.category == category and model is not caseload_was.MODEL
    ]
    Writing(models, postgres=False).insert(connection, told)


def _index(connection: Connection) -> None:
    for model in READ_MODELS:
        for table in model.tables:
            create_indexes(connection, table, 0)


# --- what all of them name ----------------------------------------------------------------------------------

_names: OrderedDict[tuple[str | None, int], tuple[float, bytes]] = OrderedDict()
_naming = Lock()


def _names_at(then: RecorderThen) -> bytes:
    """A database of every table, with the names of people and organisations at that moment."""
    newest = max(map(then.newest_of, SHARED))
    key = then.record_id, newest
    with _naming:
        for old in [one for one, (at, _) in _names.items() if at < time.monotonic() - SECONDS]:
            del _names[old]
        if key not in _names:
            _names[key] = time.monotonic(), _database_of_names(then)
            while len(_names) > MOST:
                _names.popitem(last=False)
        return _names[key][1]


def _database_of_names(then: RecorderThen) -> bytes:
    engine = _in_memory(None)
    with engine.begin() as connection:
        for model in READ_MODELS:
            for table in model.tables:
                create(connection, table)
        observations_loaded.make(connection)
        for category in SHARED:
            for some in _every(then, category):
                _write(connection, category, tell(some).get(category, []))
    with engine.connect() as connection:
        driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
        return driver.serialize()


def _in_memory(content: bytes | None) -> Engine:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    if content is not None:
        connection.deserialize(content)
    return create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)


def _on_disk(content: bytes) -> Engine:
    """In a file of SQLite's own that nobody else can open and that goes with it: views of every practice may be large."""
    connection = sqlite3.connect("", check_same_thread=False)
    with closing(sqlite3.connect(":memory:")) as names:
        names.deserialize(content)
        names.backup(connection)
    return create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
