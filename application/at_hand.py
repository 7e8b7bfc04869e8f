"""The histories of streams that were just read, kept for a minute: a command, the views and the page that shows what
was recorded ask for the same history one after another, and what is recorded never changes. Each reading still asks the
record for later facts. After the minute everything is read anew, so that words whose key is destroyed are soon gone
from running processes too.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from domain.practice import practice
from domain.rules import Recorded

S = TypeVar("S")


GO_ON: dict[Callable[..., Any], Callable[..., Any]] = {practice.replay: practice.go_on}
"""How a state goes on from what it was, for what is long to replay."""


class History(list[Recorded]):
    """Every fact of a stream as it was read, with what was replayed from it. It is shared: nobody changes either."""

    __slots__ = ("_begun", "_by", "_state", "along", "read_at", "seen")

    def __init__(self, facts: Iterable[Recorded] = (), read_at: float | None = None) -> None:
        super().__init__(facts)
        self.read_at = time.monotonic() if read_at is None else read_at
        self._begun: Any = None
        self._by: Callable[..., Any] | None = None
        self._state: Any = None
        self.seen: dict[Any, History] = {}
        """The same as several people may know it, by who asks."""
        self.along: dict[int, Any] = {}
        """What some beginnings of it add up to, by how many facts they have: whoever steps through it goes on from there."""

    def with_later(self, later: Iterable[Recorded]) -> History:
        """This history with the facts that follow it, no younger than it is."""
        longer = History(self, self.read_at)
        longer.extend(later)
        longer._begun, longer._by, longer.along = self._state, self._by, self.along
        return longer

    def state(self, replay: Callable[[list[Recorded]], S]) -> S:
        """What the facts add up to, worked out once. A stream has one way to be replayed: asked for in another, whatever
        led to that, it is replayed apart, and what is kept for others stays as it is.
        """
        if self._by not in {None, replay}:
            return replay(self)
        if self._state is None:
            self._by = replay
            go_on = GO_ON.get(replay) if self._begun is not None else None
            self._state = go_on(self._begun, self) if go_on else replay(self)
            self._begun = None
        return self._state  # type: ignore[no-any-return]

    @property
    def version(self) -> int:
        return self[-1].version if self else 0


def state_of(history: list[Recorded], replay: Callable[[list[Recorded]], S]) -> S:
    """What a history adds up to; worked out once if it is kept."""
    return history.state(replay) if isinstance(history, History) else replay(history)


class HistoriesAtHand:
    """The histories read of late: so many facts together, and none for longer than so many seconds."""

    MOST = 20_000
    SECONDS = 60.0

    def __init__(self) -> None:
        self._kept: OrderedDict[str, History] = OrderedDict()
        self._facts = 0
        self._lock = threading.Lock()

    def get(self, stream: str) -> History | None:
        """The history as last read, unless that is too long ago."""
        with self._lock:
            found = self._kept.get(stream)
            if found is None:
                return None
            if found.read_at < time.monotonic() - self.SECONDS:
                self._drop(stream)
                return None
            self._kept.move_to_end(stream)
            return found

    def keep(self, stream: str, history: History) -> None:
        """Keep it instead of what was kept of the stream. Whoever was not asked for longest makes room."""
        with self._lock:
            self._drop(stream)
            self._kept[stream] = history
            self._facts += len(history)
            while self._facts > self.MOST:
                self._drop(next(iter(self._kept)))

    def _drop(self, stream: str) -> None:
        self._facts -= len(self._kept.pop(stream, ()))
