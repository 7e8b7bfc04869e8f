"""The views, and the one loop that keeps them: inside a request, after a command, and after a rebuild.

What a view's rows are is a pure function of one stream's whole history. To catch up is to see which streams have
facts that the view has not seen, make their rows again, and write those that differ. The checkpoint is claimed first,
in the transaction that writes the rows, so that among many processes each fact is taken in exactly once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from application.reading import Raw
from application.recording import Recorder, Unsure
from application.schema import NotReady
from application.stores import Stores
from domain.rules import Recorded
from projections import checkpoints, observations_loaded
from projections.all import READ_MODELS
from projections.checkpoints import CHECKPOINT, Checkpoint, ViewsOfAnother, bound, shape_of
from projections.rebuild import Certificate, Progress, Rebuild, clear_damaged
from projections.tables import ReadModel
from projections.writing import RowsFailed, Writings, by_stream, sent_together, tell, transaction

BATCH = 1_000
"""Positions of the record that are taken in at once."""

FEW = 16
"""Facts that a command or two may have recorded: they are added to what is at hand. More are read in bulk."""


class News(NamedTuple):
    """The position of the newest fact, and the facts that no view has seen if they are few."""

    last: int
    facts: list[Raw] | None


class Behind(NamedTuple):
    """A view that does not show the whole record: it stopped at `position` of `last`, and why."""

    view: str
    position: int
    last: int
    note: str


class Views:
    """The views of an installation. Given other read models, they are a test's."""

    def __init__(self, stores: Stores, models: Sequence[ReadModel] = READ_MODELS) -> None:
        self.stores = stores
        self.models = {model.name: model for model in models}
        self._unbound = {model.name: shape_of(model) for model in models}
        self._writings: dict[frozenset[str], Writings] = {}
        self._left_at: int | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that reads one moment of the views. ViewsMissing when there are none."""
        with self.stores.views_engine_read.connect() as connection, connection.begin():
            yield connection

    def make(self) -> None:
        """Make the views that are not there, or are of another shape. What is there and in shape is left alone."""
        clear_damaged(self.stores)
        with self.stores.make_views_store().begin() as connection:
            checkpoints.alone(connection)
            CHECKPOINT.create(connection, checkfirst=True)
            observations_loaded.make(connection)
            found = checkpoints.read(connection)
        last = self.recorder.last_position()
        wanting = [
            name
            for name, shape in self._shapes.items()
            if name not in found or found[name].shape != shape or found[name].position > last
        ]
        if wanting:
            self.rebuild(wanting)

    def catch_up(self) -> list[Behind]:
        """Take in every fact that the views have not seen. Gives the views that are behind all the same, and why.

        It is cheap when there is nothing new. Raises ViewsMissing or ViewsOutdated; nothing else that goes wrong with
        a view is raised, so that it never stands in the way of recording or of another view.
        """
        if self._went_on():
            return []
        while True:
            found = checkpoints.of(self.stores.views_engine_read, self.models.values(), self._shapes)
            # The views first: what is recorded in between is not yet seen, never passed over.
            last, facts = self._news(found)
            group, upto = _most_lagging(found, last)
            if not group:
                return [Behind(one.view, one.position, last, one.note) for one in found if one.note]
            try:
                taken_in = self._take_in_together([one.view for one in group], group[0].position, upto, facts)
            except self._nobodys_fault as problem:
                note = type(problem).__name__  # busy, or the disk is full: tried again by the next request
                return [
                    Behind(one.view, one.position, last, one.note or note)
                    for one in found
                    if one.note or one.position < last
                ]
            if taken_in and upto == last and len(group) == len(found):
                self._left_at = last
                return []

    def rebuild(self, names: Collection[str] | None = None, progress: Progress | None = None) -> Certificate:
        """Make views again from the record beside the live ones, compare, swap, and catch up."""
        unknown = set(names or ()) - set(self.models)
        if unknown:
            raise ValueError(
                f"there is no view {', '.join(sorted(unknown))}: there are {', '.join(self.models)}"
            )
        chosen = [model for name, model in self.models.items() if names is None or name in names]
        certificate = Rebuild(self.stores, chosen, self._shapes, known=self.models.values()).run(progress)
        with suppress(NotReady):  # other views may be missing still
            self.catch_up()
        return certificate

    @property
    def _shapes(self) -> dict[str, str]:
        """The shape that each view must have, of this record."""
        of = self.stores.record_id
        return {name: bound(shape, of) for name, shape in self._unbound.items()}

    @property
    def recorder(self) -> Recorder:
        return self.stores.recorder

    # --- inside ------------------------------------------------------------------------------------------------

    def _went_on(self) -> bool:
        """Whether every view took in what is new from where this process left them all, without being asked first where
        they stand: the claim finds out whether they still stand there. If not, or if anything goes wrong, it is as if
        nothing had been tried.
        """
        after, self._left_at = self._left_at, None
        facts = None if after is None else self.recorder.few_from(after, FEW)
        if after is None or not facts or facts[-1][0] <= after:
            return False
        try:
            last = facts[-1][0]
            if not self._take_in(list(self.models), after, last, facts):
                return False
        except Exception:  # noqa: BLE001 - it is tried again, and found out then
            return False
        self._left_at = last
        return True

    def _news(self, found: Sequence[Checkpoint]) -> News:
        """What the views that have not stopped have yet to take in. ViewsOfAnother when one is ahead of the record."""
        seen = min((one.position for one in found if one.note is None), default=0)
        # With the fact that they stand at: where it is there, the record goes at least as far.
        facts = self.recorder.few_from(seen, FEW)
        last = facts[-1][0] if facts else self.recorder.last_position()
        if any(one.position > last for one in found):
            raise ViewsOfAnother
        return News(last, facts and [fact for fact in facts if fact[0] > seen])

    @property
    def _nobodys_fault(self) -> tuple[type[Exception], ...]:
        """Errors that no read model makes, and that pass: the database is busy or away, or the disk is full."""
        driver: Any = self.stores.record_engine.dialect.loaded_dbapi
        return (OperationalError, PoolTimeout, driver.OperationalError, *Unsure)

    def _take_in_together(self, views: Sequence[str], after: int, upto: int, facts: list[Raw] | None) -> bool:
        """Take in facts for several views at once; if that fails, for one after another, to find the failing one."""
        try:
            return self._take_in(views, after, upto, facts)
        except self._nobodys_fault:
            raise
        except Exception:  # noqa: BLE001 - whatever a read model may raise
            for view in views:
                self._take_in_alone(view, after, upto)
            return False

    def _take_in(self, views: Sequence[str], after: int, upto: int, facts: list[Raw] | None = None) -> bool:
        """Take in the facts after one position up to another, all views in one transaction, or none.

        False when another process took them in, or is ahead: look again.
        """
        writing = self._writing(views)
        shapes = {view: self._shapes[view] for view in views}
        told = tell(self._histories(writing, after, upto, facts))
        with transaction(self.stores.views_engine_write) as cursor:
            with sent_together(cursor):
                claimed = checkpoints.claim(cursor.connection.cursor(), shapes, after, upto)
                # SQLite says at once that the claim is lost, PostgreSQL when everything was sent.
                lost = 0 <= claimed.rowcount < len(shapes)
                written = {} if lost else writing.update(cursor, told, after)
            if claimed.rowcount != len(shapes):
                cursor.connection.rollback()
                return False
        writing.remember(written)
        return True

    def _histories(
        self, writing: Writings, after: int, upto: int, facts: list[Raw] | None
    ) -> Iterable[list[Recorded]]:
        """The histories of the streams that these views follow and that have facts between two positions."""
        if facts is not None:
            mine = (fact for fact in facts if after < fact[0] <= upto and writing.follows(fact[1]))
            return self.recorder.histories_with(mine, upto)
        touched = self.recorder.streams_touched(after, upto)
        return by_stream(self.recorder.facts_of(filter(writing.follows, touched), upto))

    def _take_in_alone(self, view: str, after: int, upto: int) -> None:
        """Take in facts for one view of several of which one failed; it stops just before a fact that it cannot take."""
        try:
            self._take_in([view], after, upto)
        except self._nobodys_fault:
            raise
        except Exception as problem:  # noqa: BLE001 - whatever a read model may raise
            if upto - after > 1:
                middle = (after + upto) // 2
                self._take_in_alone(view, after, middle)
                if self._position(view) == middle:
                    self._take_in_alone(view, middle, upto)
                return
            note = (
                str(problem)
                if isinstance(problem, RowsFailed)
                else f"{type(problem).__name__} at position {upto}"
            )
            checkpoints.stop(self.stores.views_engine_write, view, after, note)

    def _position(self, view: str) -> int:
        with self.reading() as connection:
            return checkpoints.read(connection)[view].position

    def _writing(self, views: Sequence[str]) -> Writings:
        key = frozenset(views)
        if key not in self._writings:
            models = [self.models[view] for view in views]
            self._writings[key] = Writings(models, postgres=self.stores.kind == "postgresql")
        return self._writings[key]


def _most_lagging(found: Sequence[Checkpoint], last: int) -> tuple[list[Checkpoint], int]:
    """The views furthest behind that have not stopped, and how far to take them: no further than the next ones."""
    going = [one for one in found if one.note is None and one.position < last]
    if not going:
        return [], last
    after = min(one.position for one in going)
    ahead = [one.position for one in found if one.note is None and one.position > after]
    return [one for one in going if one.position == after], min([last, after + BATCH, *ahead])
