"""The caseload of every past instant: what chose, counted and ordered practices after each command that touched it.

A practice has one narrow row for each such command, at the position of the command's last fact; the row that counts at an
instant is the last by then. What a page then shows of the few practices on it is made from their facts
(`projections/caseload_then.py`). Rows are as both organisations may know them today, of what they could see then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import BigInteger, Column, Integer, Text

from domain.practice import events as e
from domain.practice import flags, register
from domain.practice.corrections import effective
from domain.practice.dates import latest
from domain.practice.kinds import Direction, Level
from domain.practice.practice import EVOLVES
from domain.practice.state import Closure, Practice
from domain.practice.visible import as_seen_by, closes, closures
from domain.rules import Fact, Recorded
from projections.caseload import search_words
from projections.caseload_row import TIERS
from projections.story import NOBODY, PracticeStory
from projections.tables import ReadModel, Row, Sorted, iso, view_table, words_or_erased

Long = BigInteger().with_variant(Integer, "sqlite")

TABLE = view_table(
    "caseload_was",
    "code",
    Column("position", Long, autoincrement=False),
    Column("recorded_at", Long, nullable=False),
    Column("about_on", Text),
    Column("tier", Integer, nullable=False),
    Column("reviewed", Integer, nullable=False),
    Column("review_on", Text),
    Column("contract_holder", Text),
    Column("local_commissioner", Text),
    Column("region", Text),
    Column("caseworker", Text),
    Column("closed_on", Text),
    Column("alarms", Integer, nullable=False),
    Column("alerts", Integer, nullable=False),
    Column("due", Text, nullable=False),
    Column("last_contact_on", Text),
    Column("recommended", Integer),
    Column("later", Text),
    indexes=(("code", "recorded_at", "position", "about_on"),),
)
"""`about_on` is the first day that the command tells of, where that is before the day it was recorded; "" where it may be
any day. `due` are the days that open actions are due; `later` is how it stands from later days on, as was decided by then.
"""

NAMED = view_table(
    "caseload_named",
    "code",
    Column("position", Long, autoincrement=False),
    Column("recorded_at", Long, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_sort", Sorted, nullable=False),
    Column("search", Text, nullable=False),
)

_FLAGS = (e.FlagRaised, e.FlagCleared, e.FlagWithdrawn, e.FlagReopened)
_ACTIONS = (
    *(e.ActionProposed, e.ActionRescheduled, e.ActionCompleted, e.ActionSentBack),
    *(e.ActionCancelled, e.ActionReopened),
)
_LOOKS_BACK = (e.FactCorrected, e.FactWithdrawn, e.VisibilityChanged)
_NAMES = (e.PracticeRegistered, e.DetailsChanged)
TOUCHES: frozenset[type[Fact]] = frozenset(
    (
        *(*_FLAGS, *_ACTIONS, *_LOOKS_BACK, e.PracticeRegistered, e.ResponsibilityAssigned),
        *(e.CaseworkerNamed, e.PracticeHandedOver, e.PracticeClosed, e.PracticeReopened),
        *(e.ConversationRecorded, e.TierRecommended, e.TierDecided),
    )
)
"""The facts that may change a row. That no other does is tested against what the facts say at every position."""

_CORRECTS = (e.FactCorrected, e.FactWithdrawn)


def _spoken(practice: Practice, fact: e.ConversationRecorded, entry: Recorded) -> None:  # noqa: ARG001
    if fact.with_practice:
        practice.last_contact_on = latest(practice.last_contact_on, fact.occurred_on)


_EVOLVES = {kind: EVOLVES[kind] for kind in TOUCHES if kind in EVOLVES and kind not in _LOOKS_BACK} | {
    # Of what these change, no more than the rows are made of.
    e.ConversationRecorded: _spoken,
    e.FlagRaised: flags.flag_raised,
    e.FlagReopened: flags.flag_reopened,
    e.ResponsibilityAssigned: register.responsibility_assigned,
}
_TOUCHING, _NAMING, _CORRECTING = 1, 2, 4
_WHAT = (
    dict.fromkeys(TOUCHES, _TOUCHING)
    | dict.fromkeys(_NAMES, _NAMING)
    | {e.PracticeRegistered: _TOUCHING | _NAMING}
    | dict.fromkeys(_CORRECTS, _TOUCHING | _CORRECTING)
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Step(NamedTuple):
    """A command: the version of its first fact, its last fact, and whether it touches a row or names the practice."""

    first: int
    last: Recorded
    touches: bool
    names: bool


class Later(NamedTuple):
    """How a practice stands from a day on that had not come when it was recorded."""

    on: str
    tier: int
    reviewed: int
    review_on: str | None
    contract_holder: str | None
    local_commissioner: str | None
    region: str | None


def microseconds(at: datetime) -> int:
    """An instant as the tables hold it."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def rows(story: PracticeStory) -> Iterator[Row]:
    """One row for each command that touches what the caseload chooses, counts and orders by, and for each name."""
    made = _Made(story)
    kept = _kept_by(story)
    for step in steps(story.history):
        if step.touches:
            basis = _basis(kept, step)
            yield Row(TABLE, step.last.position, basis, partial(made.row, step))
        if step.names:
            yield Row(NAMED, step.last.position, str(step.last.version), partial(_named, story, step))


def steps(history: Sequence[Recorded]) -> Iterator[Step]:
    """The commands of a history that touch a row or name the practice."""
    last, first, what = history[0], 1, 0
    for entry in history:
        if entry.command_id != last.command_id:
            if what:
                yield _step(history, first, last, what)
            first, what = entry.version, 0
        what |= _WHAT.get(type(entry.fact), 0)
        last = entry
    if what:
        yield _step(history, first, last, what)


def _step(history: Sequence[Recorded], first: int, last: Recorded, what: int) -> Step:
    if what & _CORRECTING and not what & _NAMING:
        command = history[first - 1 : last.version]
        if any(isinstance(one.fact, _CORRECTS) and _of_a_name(history, one) for one in command):
            what |= _NAMING
    return Step(first, last, bool(what & _TOUCHING), bool(what & _NAMING))


def _of_a_name(history: Sequence[Recorded], entry: Recorded) -> bool:
    corrected: int = entry.fact.corrects  # type: ignore[attr-defined]
    return isinstance(history[corrected - 1].fact, _NAMES)


def _kept_by(story: PracticeStory) -> list[tuple[int, str]]:
    """What is kept from somebody today, by version: another closing makes what was recorded before read otherwise."""
    return sorted((version, str(closure.visibility)) for version, closure in story.practice.closed.items())


def _basis(kept: list[tuple[int, str]], step: Step) -> str:
    if not kept:
        return ""
    return ",".join(f"{version}{how[0]}" for version, how in kept if version <= step.last.version)


class _Made:
    """The rows of one practice, worked out when the first is asked for: mostly that is the newest, and how the practice
    stands is at hand.
    """

    def __init__(self, story: PracticeStory) -> None:
        self.story = story
        self._all: dict[int, dict[str, Any]] | None = None

    def row(self, step: Step) -> dict[str, Any]:
        if self._all is not None:
            found = self._all[step.last.version]
        elif step.last.version == self.story.history[-1].version:
            found = standing(self.story.shared.practice, step.last.recorded_on)
        else:
            self._all = dict(_each(self.story))
            found = self._all[step.last.version]
        return {
            **found,
            "recorded_at": microseconds(step.last.recorded_at),
            "about_on": _about(self.story.history, step),
        }


def _about(history: Sequence[Recorded], step: Step) -> str | None:
    """The first day that a command tells of, where it is an earlier one; "" where that may be any."""
    command = history[step.first - 1 : step.last.version]
    days = [_first_day(history, entry) for entry in command]
    first = min((day for day in days if day is not None), default=None)
    if None in days or first is None:
        return ""
    return iso(first) if first < command[0].recorded_on else None


def _first_day(history: Sequence[Recorded], entry: Recorded) -> date | None:
    """The first day that a fact tells of: a correction tells of that of what it corrects. None is any day: that there is the
    practice is known on every one, and a day that was itself corrected is told by no single fact.
    """
    fact: Any = entry.fact
    if isinstance(fact, e.PracticeRegistered):
        return None
    if not isinstance(fact, _CORRECTS):
        return fact.occurred_on
    if any(_moves(one.fact, fact.corrects) for one in history[: entry.version]):
        return None
    return _first_day(history, history[fact.corrects - 1])


def _moves(fact: Fact, version: int) -> bool:
    """Whether it corrects the day of a fact."""
    return (
        isinstance(fact, e.FactCorrected)
        and fact.corrects == version
        and any(one.field == "occurred_on" for one in fact.fields)
    )


def _each(story: PracticeStory) -> Iterator[tuple[int, dict[str, Any]]]:
    """How the practice stood after each command, by the version of its last fact.

    Facts are told one after another. Where one changes how earlier ones read, or who sees them, all are told again.
    """
    after = [step.last for step in steps(story.history) if step.touches]
    known = story.shared.history
    closing = any(closes(entry.fact) for entry in known)
    again = [entry.version for entry in known if isinstance(entry.fact, _LOOKS_BACK)]
    for begins, ends in zip([1, *again], [*again, story.history[-1].version + 1], strict=True):
        wanted = [last for last in after if begins <= last.version < ends]
        if wanted:
            some = [entry for entry in known if entry.version < ends] if again else known
            yield from _told(some, closures(some) if closing else {}, wanted)


def _told(
    known: list[Recorded], closed: dict[int, Closure], wanted: list[Recorded]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """How it stood after each of some facts, as it was seen then."""
    seen = as_seen_by(known, closed, NOBODY, {}) if closed else known
    practice, counted = Practice(closed=closed, history=seen), _Counted()
    waiting = iter(wanted)
    last = next(waiting)
    for entry in effective(seen):
        while last.version < entry.version:
            yield last.version, standing(practice, last.recorded_on, counted)
            following = next(waiting, None)
            if following is None:
                return
            last = following
        kind = type(entry.fact)
        if (evolve := _EVOLVES.get(kind)) is not None:
            evolve(practice, entry.fact, entry)
            counted.told(kind)
    for one in (last, *waiting):
        yield one.version, standing(practice, one.recorded_on, counted)


class _Counted:
    """What was counted of flags and actions, until one of these changes."""

    def __init__(self) -> None:
        self.flags: tuple[int, int] | None = None
        self.due: str | None = None

    def told(self, kind: type[Fact]) -> None:
        if kind in _FLAGS:
            self.flags = None
        elif kind in _ACTIONS:
            self.due = None


def standing(practice: Practice, known_on: date, counted: _Counted | None = None) -> dict[str, Any]:
    """What of a practice the caseload chooses, counts and orders by, on the day its last fact was recorded."""
    counted = counted or _Counted()
    if counted.flags is None:
        counted.flags = _adverse(practice)
    if counted.due is None:
        counted.due = ",".join(sorted(iso(one.due_on) for one in practice.actions.values() if one.open))
    now = _on(practice, known_on)
    return {
        "tier": now.tier,
        "reviewed": now.reviewed,
        "review_on": now.review_on,
        "contract_holder": now.contract_holder,
        "local_commissioner": now.local_commissioner,
        "region": now.region,
        "caseworker": practice.caseworker,
        "closed_on": iso(practice.closed_on) if practice.closed_on else None,
        "alarms": counted.flags[0],
        "alerts": counted.flags[1],
        "due": counted.due,
        "last_contact_on": iso(practice.last_contact_on) if practice.last_contact_on else None,
        "recommended": TIERS.index(practice.recommended.tier) if practice.recommended else None,
        "later": _later(practice, known_on),
    }


def _adverse(practice: Practice) -> tuple[int, int]:
    adverse = [
        flag.level for flag in practice.flags.values() if flag.open and flag.direction == Direction.ADVERSE
    ]
    alarms = sum(level == Level.ALARM for level in adverse)
    return alarms, len(adverse) - alarms


def _on(practice: Practice, day: date) -> Later:
    responsible, decision = practice.responsible_on(day), practice.decision_on(day)
    return Later(
        iso(day),
        TIERS.index(decision.tier) if decision else 0,
        int(decision is not None),
        iso(decision.review_on) if decision and decision.review_on else None,
        responsible.contract_holder if responsible else None,
        responsible.local_commissioner if responsible else None,
        responsible.region if responsible else None,
    )


def _later(practice: Practice, known_on: date) -> str | None:
    to_come = {one.effective_on for one in practice.decisions if one.effective_on > known_on}
    to_come |= {one.from_on for one in practice.responsibilities if one.from_on > known_on}
    if not to_come:
        return None
    return msgspec.json.encode([_on(practice, day) for day in sorted(to_come)]).decode()


def _named(story: PracticeStory, step: Step) -> dict[str, Any]:
    """What it was called by then."""
    known = [
        entry for entry in story.history[: step.last.version] if isinstance(entry.fact, (*_NAMES, *_CORRECTS))
    ]
    fact: Any = next(one.fact for one in reversed(_standing_names(known)))
    name = words_or_erased(fact.name)
    return {
        "recorded_at": microseconds(step.last.recorded_at),
        "name": name,
        "name_sort": name.casefold(),
        "search": search_words(name, story.code, fact.postcode),
    }


def _standing_names(known: list[Recorded]) -> list[Recorded]:
    of_names = {entry.version for entry in known if isinstance(entry.fact, _NAMES)}
    about = [entry for entry in known if entry.version in of_names or entry.fact.corrects in of_names]  # type: ignore[attr-defined]
    return [entry for entry in effective(about) if isinstance(entry.fact, _NAMES)]


MODEL = ReadModel("caseload_was", "practice", (TABLE, NAMED), rows)
