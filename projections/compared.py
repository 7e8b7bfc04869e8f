"""The caseload between two days: which practices came, which went, and whose tier or open flags are others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from application.recording import Recorder
from domain.access.permissions import Scope
from domain.practice.kinds import Tier
from domain.practice.moment import Moment
from projections import caseload
from projections.caseload_found import Choices, Filters
from projections.caseload_row import TIERS
from projections.caseload_then import CaseloadThen, caseload_at
from projections.whose import in_scope, open_on, standing_on

C = caseload.TABLE.c


class Stood(NamedTuple):
    """How a practice stood at the end of a day."""

    tier: Tier
    reviewed: bool
    alarms: int
    alerts: int
    contract_holder: str | None
    local_commissioner: str | None
    closed_on: date | None


class Kind(StrEnum):
    """What became of a practice between the two days, the most of it: a practice has one of these."""

    ADDED = "added"
    REMOVED = "removed"
    UP = "up"
    DOWN = "down"
    FLAGS = "flags"


class Change(NamedTuple):
    """`before` and `after` are how it stood on each day, also where it was not on the caseload asked for."""

    code: str
    name: str
    kind: Kind
    before: Stood | None
    after: Stood | None


class Compared(NamedTuple):
    """`first` and `last` are the practices of either day, `changes` those that are others, and `gone` how many were there on
    the first day of which nothing may be told today.
    """

    first: dict[str, Stood]
    last: dict[str, Stood]
    changes: list[Change]
    gone: int

    def of(self, kind: Kind) -> list[Change]:
        return [change for change in self.changes if change.kind == kind]

    @property
    def flags_changed(self) -> int:
        """How many practices that were there on both days have other open flags."""
        both = self.first.keys() & self.last.keys()
        return sum(_flags(self.first[code]) != _flags(self.last[code]) for code in both)


class Side(NamedTuple):
    """The practices of one day: those that are on the caseload asked for, and all that there were."""

    chosen: dict[str, Stood]
    everywhere: dict[str, Stood]
    names: dict[str, str]


def between(
    reading: Connection,
    recorder: Recorder,
    scope: Scope,
    days: Sequence[tuple[Moment, date]],
    filters: Filters = Filters(),  # noqa: B008
    known: Collection[str] | None = None,
) -> tuple[Compared, Choices]:
    """The caseload of two moments, each with the day that it calls today; and what practices can be filtered by."""
    sides, choices = [], Choices([], [], [])
    for moment, day in days:
        with caseload_at(reading, recorder, moment, day, names=True) as then:
            sides.append(side(then, in_scope(scope), filters))
            more = then.choices(scope)
            choices = Choices(*(sorted({*one, *other}) for one, other in zip(choices, more, strict=True)))
    first, last = sides
    return compare(first, last, known), choices


def side(then: CaseloadThen, in_scope: ColumnElement[bool], filters: Filters = Filters()) -> Side:  # noqa: B008
    """The practices as they stood at one moment. A closed one is not on the caseload."""
    whose = [in_scope, open_on(then.today)]
    for column, code in (
        (C.contract_holder, filters.contract_holder),
        (C.local_commissioner, filters.local_commissioner),
    ):
        if code:
            whose.append(column.in_(sorted({code} | filters.predecessors)))
    if filters.caseworker is not None:
        whose.append(C.caseworker == filters.caseworker if filters.caseworker else C.caseworker.is_(None))
    wanted = (
        C.code,
        C.tier,
        C.reviewed,
        C.alarms,
        C.alerts,
        C.contract_holder,
        C.local_commissioner,
        C.closed_on,
    )
    on_the_day = standing_on(then.today)
    everywhere = {
        code: Stood(TIERS[tier], *rest)
        for code, tier, *rest in then.memory.execute(select(*wanted).where(on_the_day))
    }
    chosen = then.memory.execute(select(C.code).where(on_the_day, *whose)).scalars()
    names = then.memory.execute(select(caseload.NAME.c.code, caseload.NAME.c.name)).all()
    return Side({code: everywhere[code] for code in chosen}, everywhere, dict(map(tuple, names)))


def compare(first: Side, last: Side, known: Collection[str] | None = None) -> Compared:
    """What changed, the gravest first. `known` are the practices of which something may be told today; None for all."""
    before, after = (_known(one.chosen, known) for one in (first, last))
    changes = [
        Change(
            code,
            last.names.get(code) or first.names.get(code, code),
            kind,
            first.everywhere.get(code),
            last.everywhere.get(code),
        )
        for code in {**before, **after}
        if (kind := _kind(before.get(code), after.get(code))) is not None
    ]
    changes.sort(key=_gravest_first)
    return Compared(before, after, changes, len(first.chosen) - len(before))


def _known(chosen: dict[str, Stood], known: Collection[str] | None) -> dict[str, Stood]:
    return chosen if known is None else {code: stood for code, stood in chosen.items() if code in known}


_ORDER = (Kind.UP, Kind.DOWN, Kind.ADDED, Kind.REMOVED, Kind.FLAGS)


def _kind(before: Stood | None, after: Stood | None) -> Kind | None:
    if before is None or after is None:
        return Kind.ADDED if before is None else Kind.REMOVED
    if before.tier != after.tier:
        return Kind.UP if TIERS.index(after.tier) > TIERS.index(before.tier) else Kind.DOWN
    return Kind.FLAGS if _flags(before) != _flags(after) else None


def _flags(stood: Stood) -> tuple[int, int]:
    return stood.alarms, stood.alerts


def _gravest_first(change: Change) -> tuple[int, int, str, str]:
    stood = change.after or change.before
    rank = TIERS.index(stood.tier) if stood else 0
    return _ORDER.index(change.kind), -rank, change.name.casefold(), change.code
