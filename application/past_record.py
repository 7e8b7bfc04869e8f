"""The record as it was up to a position, for somebody who looks back: what may be known today of what could be seen then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from application.at_hand import HistoriesAtHand, History, state_of
from application.facts import topic_of
from application.recording import TABLE, Recorder
from application.seen import seen_at, with_kept_back
from domain.access.permissions import may_read
from domain.practice.moment import Moment
from domain.practice.practice import replay
from domain.rules import Asked, Recorded

ON_A_DAY = frozenset({"link", "performer", "release"})
"""Beside practices, what its facts tell happened on their day: of an earlier one there is none of it. What people,
organisations, indicators and the rules are is dated by itself, and may be said later of an earlier day.
"""


class Looking(NamedTuple):
    """Somebody who looks at a moment of the past, through whoever they look: their own eyes, or another's. Nothing is known
    of a practice that is not theirs to read today.
    """

    moment: Moment
    asked: Asked
    through: Asked

    def sees(self, history: list[Recorded]) -> list[Recorded]:
        """What they may know of a practice's history."""
        return seen_at(history, self.moment, self.asked, self.through) if self._may(history) else []

    def of_views(self, history: list[Recorded]) -> tuple[list[Recorded], frozenset[int]]:
        """What views are made of, and the versions of what they may know only that it is there."""
        return with_kept_back(history, self.moment, self.asked) if self._may(history) else ([], frozenset())

    def _may(self, history: list[Recorded]) -> bool:
        today = state_of(history, replay)
        return today.registered and may_read(self.asked, today)


class RecorderThen(Recorder):
    """The record as it was up to a position. What is later is not there, and a practice's facts are those that were known."""

    def __init__(self, recorder: Recorder, record_id: str | None, upto: int, looking: Looking) -> None:
        self.recorder, self.record_id, self.upto, self.looking = recorder, record_id, upto, looking
        self.codec, self.at_hand = recorder.codec, HistoriesAtHand()
        self.position_column, self.mark = recorder.position_column, recorder.mark
        self._known: dict[str, History] = {}

    def history(self, stream: str) -> History:
        """Taken from what is at hand of today, where mostly it is."""
        known = self._known.get(stream)
        if known is None:
            facts = self.recorder.history(stream)
            practices = stream.startswith("practice-")
            known = History(
                self.looking.sees(facts)
                if practices
                else self.happened(one for one in facts if one.position <= self.upto)
            )
            self._known[stream] = known
        return known

    def facts_of(
        self, streams: Iterable[str], upto_position: int | None = None, *, and_later: Sequence[str] = ()
    ) -> list[Recorded]:
        assert upto_position is None, "this record ends where it does"
        assert not and_later, "nothing is later than then"
        return [one for stream in sorted(streams) for one in self.history(stream)]

    def streams_in_order(
        self,
        after_stream: str = "",
        limit_facts: int = 1_000,
        upto_position: int | None = None,
        category: str | None = None,
        *,
        topics: Sequence[str] = (),
        opened: bool = False,
    ) -> list[Recorded]:
        """Of practices what was known of them, as of one: who may know of it is told by the whole, as it is today."""
        if category != "practice":
            return super().streams_in_order(
                after_stream, limit_facts, upto_position, category, topics=topics, opened=opened
            )
        read, only = self.recorder.streams_in_order, frozenset(topics)
        while facts := read(after_stream, limit_facts, upto_position, category, opened=opened):
            of_stream = (History(some) for _, some in groupby(facts, key=lambda one: one.stream))
            known = [one for history in of_stream for one in self.looking.sees(history)]
            if found := [one for one in known if not only or topic_of(type(one.fact)) in only]:
                return found
            after_stream = facts[-1].stream
        return []

    def facts_named(self, category: str, topics: Sequence[str]) -> list[Recorded]:
        return self.happened(super().facts_named(category, topics))

    def happened(self, facts: Iterable[Recorded]) -> list[Recorded]:
        """Without what stands beside practices and happened after the day. A practice's own facts are told by its history."""
        on = self.looking.moment.happened_on
        return [one for one in facts if on is None or _day_of(one) <= on]

    def newest_of(self, category: str) -> int:
        """The position of the newest fact of a category's streams; 0 where there is none."""
        where = f"WHERE originator_id >= {self.mark} AND originator_id < {self.mark}"
        # A plus: they are found by their streams. By position, databases would look through all that is newer.
        [(newest,)] = self._rows(where, [f"{category}-", f"{category}."], f"max(+{self.position_column})")
        return newest or 0

    def _rows(
        self, ending: str, parameters: Sequence[Any], what: str | None = None, table: str = TABLE
    ) -> list[Any]:
        if table == TABLE:
            columns = f"{self.position_column}, originator_id, originator_version, topic, state"
            plus = "+" if "originator_id" in ending else ""  # as above
            within = f"WHERE {plus}{self.position_column} <= {int(self.upto)}"
            table = f"(SELECT {columns} FROM {self.recorder.schema}{TABLE} {within}) AS {TABLE}"  # noqa: S608 - a number of our own
        return self.recorder._rows(ending, parameters, what, table)  # noqa: SLF001


def _day_of(one: Recorded) -> date:
    """The day from which a fact beside practices counts."""
    on_a_day = one.stream.partition("-")[0] in ON_A_DAY
    return getattr(one.fact, "occurred_on", date.min) if on_a_day else date.min
