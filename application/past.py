"""Casebook as it stood at a moment of the past, for somebody who looks back at it: the same reading, from a record that
ends there, and nothing to record.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, NoReturn

from application.asking import is_person
from application.at_hand import History, state_of
from application.casebook import Casebook
from application.no_past import check_past
from application.past_record import Looking, RecorderThen
from application.recording import Recorder
from application.seen import seen_by
from domain.access import people
from domain.access.permissions import may_read
from domain.access.roles import Role
from domain.access.succession import Succession
from domain.practice.moment import NOW, Moment, at_moment
from domain.practice.practice import replay
from domain.practice.state import Closure, Practice
from domain.rules import LONDON, Asked

UNEVEN = timedelta(minutes=1)
"""Of two commands at once the later may be recorded first: by so little positions and instants differ in their order."""


class CasebookThen(Casebook):
    """A casebook that reads a moment of the past. Who looks at it is noted as of today, in today's log."""

    def __init__(self, present: Casebook, then: RecorderThen, at: datetime, looks: Asked) -> None:
        super().__init__(present.stores, clock=lambda: at, ids=present.ids, recorder=then)
        self.present, self.then, self.looks = present, then, looks

    def handle(self, *_: Any, **__: Any) -> NoReturn:
        raise AssertionError("nothing is recorded in the past")

    handle_many = handle_together = handle

    def read_by_leave(self, practice: Practice, asked: Asked) -> dict[int, Closure]:
        """What is read by leave today is, however open it was then and through whoever it is read."""
        today = self.present.read_by_leave(self.present.seen(practice.code, self.looks), self.looks)
        return super().read_by_leave(practice, asked) | today

    def seen_at(self, code: str, asked: Asked, moment: Moment) -> Practice:
        """At a moment before this one. What was recorded by then is told by the whole: what is withheld bears no position."""
        if moment == NOW:
            return super().seen_at(code, asked, moment)
        known, whole = (one.history(f"practice-{code}") for one in (self.then, self.then.recorder))
        by_then = {one.version for one in at_moment(whole, moment)}
        facts = History(one for one in known if one.version in by_then)
        return state_of(seen_by(facts, self._eyes_of(asked, moment)), replay)

    def log_access(self, asked: Asked, what: str, name: str, **about: Any) -> None:  # noqa: ARG002
        self.present.log_access(self.looks, what, name, **about)


class NotTheirScreen(Exception):
    """The organisation did not answer for the practice then, or there is no practice that may be read."""


class Back(NamedTuple):
    """Where somebody looks back to: the casebook of then, who asks as of then, and where the clocks stand: the last position
    that is known, its instant or the one asked for, and the day.
    """

    casebook: CasebookThen
    asked: Asked
    upto: int
    recorded_at: datetime
    day: date


def go_back(present: Casebook, asked: Asked, moment: Moment, through: str = "", code: str = "") -> Back:
    """The past that somebody may know today, through their own eyes or those of an organisation that answered for a practice then.

    Raises NoPast and NotTheirScreen.
    """
    check_past(present, moment)
    recorded_by, happened_on = moment
    upto = position_at(present.recorder, recorded_by)
    last = present.recorder.last_upto(upto)
    if isinstance(recorded_by, datetime):
        at = recorded_by
    else:
        at = last.recorded_at if last and recorded_by is not None else present.clock()
    day = happened_on or present.day_of(recorded_by)
    # A position may be that of what they may not know of: when it was recorded is told by its day alone.
    then = asked_then(asked, None if isinstance(recorded_by, int) else at, day)
    then = replace(then, covers=_covered(present, asked, upto, day))
    eyes = _eyes_of(present, asked, then, recorded_by, through, code) if through else then
    recorder = RecorderThen(present.recorder, present.stores.record_id, upto, Looking(moment, asked, eyes))
    return Back(CasebookThen(present, recorder, then.at, asked), eyes, upto, at, then.on)


def _covered(present: Casebook, asked: Asked, upto: int, day: date) -> frozenset[str]:
    """For whom they stood in on a day, by what was known then."""
    if not is_person(asked.person):
        return frozenset()
    history = present.history(asked.person)
    return people.replay([one for one in history if one.position <= upto]).covers_on(day)


def _eyes_of(
    present: Casebook, asked: Asked, then: Asked, recorded_by: datetime | int | None, through: str, code: str
) -> Asked:
    """Those of an organisation that could read the practice when the record ended there: that, too, is told by facts."""
    practice = present.seen(code, asked)
    if not practice.registered or not may_read(asked, practice):
        raise NotTheirScreen
    at = asked_then(asked, None, present.day_of(recorded_by))
    known = present.seen_at(code, asked, Moment(recorded_by))
    somebody = somebody_of(through, known, at, present.succession())
    if somebody is None:
        raise NotTheirScreen
    return replace(somebody, at=then.at)


def position_at(recorder: Recorder, recorded_by: datetime | int | None) -> int:
    """The last position of what was recorded by an instant: the same whenever it is asked."""
    last = recorder.last_position()
    if recorded_by is None:
        return last
    if isinstance(recorded_by, int):
        return min(recorded_by, last)
    before, after = 0, last
    while before < after:
        middle = (before + after + 1) // 2
        one = recorder.last_upto(middle)
        if one is None or one.recorded_at <= recorded_by:
            before = middle
        else:
            after = middle - 1
    return _last_by(recorder, before, recorded_by)


def _last_by(recorder: Recorder, position: int, recorded_by: datetime) -> int:
    """Whatever follows within a minute may have been recorded before."""
    found, at = position, position
    while facts := recorder.facts_after(at, 100):
        for one in facts:
            if one.recorded_at > recorded_by + UNEVEN:
                return found
            if one.recorded_at <= recorded_by:
                found = one.position
        at = facts[-1].position
    return found


def asked_then(asked: Asked, at: datetime | None, day: date) -> Asked:
    """Who asks, as of the past: in the role and for the organisations that are theirs today. At noon, where it is no instant
    of that day.
    """
    if at is None or at.astimezone(LONDON).date() != day:
        at = datetime.combine(day, time(12), LONDON)
    return replace(asked, at=at)


def somebody_of(organisation: str, practice: Practice, at: Asked, succession: Succession) -> Asked | None:
    """Somebody who speaks for an organisation that is responsible for the practice on the day: who is shown what all of its
    people are, and nothing by their own leave. None of another.
    """
    before = succession.predecessors(organisation, at.on)
    for role in (Role.MANAGER, Role.LEAD):
        one = Asked(person="", organisation=organisation, role=role.value, at=at.at, predecessors=before)
        if may_read(one, practice):
            return one
    return None
