"""What doctor says of the views: where each stands against the record, and what is wrong."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy.exc import DBAPIError

from application.schema import NotReady, ViewsMissing
from application.stores import Stores
from projections import checkpoints
from projections.all import READ_MODELS
from projections.catch_up import Views
from projections.checkpoints import bound, shape_of


class Position(NamedTuple):
    """Where a view stands. `position` is None when it is not there; `note` says what is wrong, if anything is."""

    view: str
    position: int | None
    last_position: int
    note: str | None = None

    @property
    def problem(self) -> str | None:
        """One line that says what is wrong with the view, and what to do; None when nothing is."""
        if self.note is not None:
            return f"The view {self.view}: {self.note}"
        if self.position is not None and self.position < self.last_position:
            return f"The view {self.view} is at {self.position} of {self.last_position}"
        return None


def positions(stores: Stores) -> list[Position]:
    """Where each view stands, after catching up as a request does. It never raises for what is wrong with views."""
    try:
        return _positions(stores)
    except (DBAPIError, stores.record_engine.dialect.loaded_dbapi.Error) as problem:
        said = " ".join(str(getattr(problem, "orig", problem)).split())
        last = stores.recorder.last_position()
        note = f"cannot be read ({said}): run `casebook rebuild`"
        return [Position(model.name, None, last, note) for model in READ_MODELS]


def _positions(stores: Stores) -> list[Position]:
    try:
        busy = {behind.view: behind.note for behind in Views(stores).catch_up()}
    except NotReady:
        busy = {}
    try:
        with stores.views_engine_read.connect() as connection:
            found = checkpoints.read(connection)
    except ViewsMissing:
        found = {}
    last = stores.recorder.last_position()
    told = []
    for model in READ_MODELS:
        place = found.get(model.name)
        if place is None:
            told.append(Position(model.name, None, last, "is missing: run `casebook rebuild`"))
        elif not place.is_of(shape_of(model)):
            told.append(
                Position(model.name, place.position, last, "is of another version: run `casebook rebuild`")
            )
        elif place.shape != bound(shape_of(model), stores.record_id):
            told.append(
                Position(model.name, place.position, last, "is of another record: run `casebook rebuild`")
            )
        elif place.position > last:
            note = f"is at {place.position}, ahead of the record at {last}: run `casebook rebuild`"
            told.append(Position(model.name, place.position, last, note))
        elif place.note is not None:
            note = f"stopped at {place.position} of {last} ({place.note}): run `casebook rebuild --view {model.name}`"
            told.append(Position(model.name, place.position, last, note))
        elif place.position < last and model.name in busy:
            note = f"is at {place.position} of {last} ({busy[model.name]})"
            told.append(Position(model.name, place.position, last, note))
        else:
            told.append(Position(model.name, place.position, last))
    return told
