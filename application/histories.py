"""What stands: the histories of the record, replayed, as of now or of a moment of the past."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from application.aggregates import AGGREGATES, Aggregate, for_prefix
from application.asking import asked_as
from application.at_hand import state_of
from application.elsewhere import Elsewhere
from application.framework.as_recorded import RulesAsRecorded
from application.notice_letter import Named, called
from application.recording import Recorder
from application.seen import seen_at
from application.stores import Stores
from domain.access.organisations import Organisation
from domain.access.succession import Succession
from domain.framework.framework import Versions
from domain.indicators.indicators import KeySet
from domain.practice.moment import NOW, Moment, at_moment
from domain.practice.state import Closure, Practice
from domain.practice.visible import by_leave
from domain.releases.publications import Publications
from domain.rules import LONDON, Asked, Recorded


class Histories:
    """Reads the record. What is read here decides nothing and records nothing."""

    def __init__(
        self,
        stores: Stores,
        *,
        clock: Callable[[], datetime],
        aggregates: Sequence[Aggregate] = AGGREGATES,
        recorder: Recorder | None = None,
    ) -> None:
        self.stores = stores
        self.clock = clock
        self.recorder = recorder or stores.recorder
        self.aggregates = aggregates
        self.elsewhere = Elsewhere(self.recorder)
        self.rules_as_recorded = RulesAsRecorded(self.recorder)

    def history(self, stream: str) -> list[Recorded]:
        """Every fact of a stream in order."""
        return self.recorder.history(stream)

    def practice(self, code: str, moment: Moment = NOW) -> Practice:
        """Where a practice stands, or stood, replayed from its facts."""
        history = at_moment(self.history(f"practice-{code}"), moment)
        return state_of(history, for_prefix(self.aggregates, "practice").replay)  # type: ignore[no-any-return]

    def seen(self, code: str, asked: Asked) -> Practice:
        """Where a practice stands, as this person may know it: what pages and the command line show."""
        return self.seen_at(code, asked, NOW)

    def read_by_leave(self, practice: Practice, asked: Asked) -> dict[int, Closure]:
        """The facts that this person sees of a practice only because they were let in, by version: their reading is noted."""
        return {version: one for version, one in practice.closed.items() if by_leave(one, asked)}

    def seen_at(self, code: str, asked: Asked, moment: Moment) -> Practice:
        """Where it stood at a moment of the past, as they may know today what they could see then."""
        aggregate = for_prefix(self.aggregates, "practice")
        history = self.recorder.history(aggregate.stream(code))
        found = seen_at(history, moment, asked, self._eyes_of(asked, moment))
        return state_of(found, aggregate.replay)  # type: ignore[no-any-return]

    def _eyes_of(self, asked: Asked, moment: Moment) -> Asked:
        """Who asks, as of the day of a moment: what they were let in to is told by that day."""
        if moment == NOW:
            return asked
        on = moment.happened_on or self.day_of(moment.recorded_by)
        return replace(asked, at=datetime(on.year, on.month, on.day, 12, tzinfo=LONDON))

    def day_of(self, recorded_by: datetime | int | None) -> date:
        """The day in England of an instant, of what stands at a position, or of now; never a day that is still to come."""
        now = self.clock()
        if isinstance(recorded_by, int):
            upto = self.recorder.last_upto(recorded_by)
            return now.astimezone(LONDON).date() if upto is None else upto.recorded_on
        return min(recorded_by or now, now).astimezone(LONDON).date()

    def aggregate(self, prefix: str, key: str) -> Any:
        """The state of a practice, person, organisation or register, replayed from its facts."""
        aggregate = for_prefix(self.aggregates, prefix)
        return state_of(self.history(aggregate.stream(key)), aggregate.replay)

    def organisation_called(self, code: str, on: date, before: int | None = None) -> str:
        """What an organisation was called on a day, by what the record held before a position."""
        return called(self._organisation(code, before), code, on)

    def organisation_addressed(self, code: str, on: date, before: int | None = None) -> str:
        """From where the letters of an organisation came on a day, by what the record held before a position."""
        found = self._organisation(code, before).addressed_on(on)
        return found.address.words if found else ""

    def _organisation(self, code: str, before: int | None) -> Organisation:
        aggregate = for_prefix(self.aggregates, "organisation")
        history = self.history(aggregate.stream(code))
        if before is not None:
            history = [fact for fact in history if fact.position < before]
        return state_of(history, aggregate.replay)  # type: ignore[no-any-return]

    def person_called(self, person: str, before: int | None = None) -> str:
        """What a person was called, by what the record held before a position; their id where they had no name."""
        aggregate = for_prefix(self.aggregates, "person")
        history = self.history(aggregate.stream(person.removeprefix("person-")))
        if before is not None:
            history = [fact for fact in history if fact.position < before]
        found = state_of(history, aggregate.replay).name
        return found.words if found else person

    def letters_names(self) -> Named:
        """Whom a letter names."""
        return Named(
            self.organisation_called,
            self.person_called,
            self.organisation_addressed,
            lambda code, on, before: self.elsewhere.succession(before=before).living(code, on),
        )

    def asked_as(self, person: str, at: datetime | None = None) -> Asked:
        """Who a signed-in person is asking as: the role and organisation that their grants give them on the day."""
        return asked_as(self.recorder.history, self.succession(), person, at or self.clock())

    def succession(self) -> Succession:
        """Which organisation came after which, from the facts of all of them."""
        return self.elsewhere.succession()

    def key_set(self) -> KeySet:
        """Every indicator of the key set and each of its versions, from the facts of all of them."""
        return self.elsewhere.key_set()

    def framework(self) -> Versions:
        """Every version of the tier framework, and every draft of one."""
        return self.elsewhere.versions()

    def publications(self) -> Publications:
        """Which periods of each indicator were published, and when: what the framework's rules count persistence in."""
        return self.elsewhere.publications()

    def with_rules(self, practice: Practice, asked: Asked) -> Practice:
        """A practice with the rules of the day, and what they look at beside its own facts."""
        return self.elsewhere.with_rules(practice, asked)

    def to_be_signed(self, practice: Practice, asked: Asked) -> Practice:
        """A practice with the rules of the day, and what whoever decides its tier has opened of it."""
        return self.elsewhere.to_be_signed(practice, asked)
