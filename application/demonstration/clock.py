"""A demonstration lives on one day for ever, so that what is late there stays late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from application.stores import Stores
from domain.rules import LONDON

DEMONSTRATION = "demonstration"
"""The name of the mark that a demonstration store carries; its value is the store's own day."""


def clock_of(stores: Stores) -> Callable[[], datetime]:
    """The clock of a store: the machine's, or in a demonstration its time of day on the demonstration's own day."""
    marked = stores.mark(DEMONSTRATION)
    if marked is None:
        return lambda: datetime.now(UTC)
    day = date.fromisoformat(marked)
    return lambda: datetime.combine(day, datetime.now(LONDON).time(), LONDON).astimezone(UTC)
