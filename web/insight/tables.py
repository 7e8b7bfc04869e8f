"""Each picture's numbers, as the table beside it and its file have them: one row is made once, for both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from domain.access.permissions import scope_of
from domain.practice.kinds import Tier
from domain.rules import Asked
from projections import caseload_found, insight, organisations, people
from projections.insight import By, Gap, Late
from web.export import Cell
from web.insight.counting import (
    BANDS,
    LEVELS,
    Count,
    Movement,
    Stay,
    movement,
    over_time,
    points,
    spell,
    stays,
)
from web.names import living, sides_in
from web.practices.forms.common import first_upper
from web.service import service
from web.words import label


class Table(NamedTuple):
    """Columns and rows; in a cell, a day or number as it is. `links` leads from a row's first cell to its practice."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    links: list[str]

    @property
    def numeric(self) -> frozenset[int]:
        """The columns that hold numbers, by place: they are read from the right."""
        return frozenset(
            at for at in range(1, len(self.columns)) if any(isinstance(row[at], int) for row in self.rows)
        )


def tiers(asked: Asked, since: date, until: date) -> tuple[list[Count], Table]:
    with service.views.reading() as reading:
        practices = insight.through(reading, scope_of(asked), asked.on)
    counts = over_time(practices, points(since, until))
    rows: list[tuple[Cell, ...]] = [
        (one.on, *(one.tiers[tier] for tier in LEVELS), one.not_reviewed, one.practices) for one in counts
    ]
    columns = ("Day", *map(label, LEVELS), "Not yet reviewed", "All")
    return counts, Table("Tiers over time", columns, rows[::-1], [])


def moved(asked: Asked, since: date, until: date) -> tuple[Movement, Table, Table]:
    with service.views.reading() as reading:
        practices = insight.through(reading, scope_of(asked), asked.on)
        found = movement(practices, since, until)
        called = caseload_found.names(reading, [one.code for one in found.moved])
    ends: tuple[Tier | None, ...] = (*LEVELS, None)
    rows: list[tuple[Cell, ...]] = []
    for before in ends:
        numbers = [found.counts.get((before, after), 0) for after in ends]
        rows.append((tier_or(before, "Not on the record yet"), *numbers, sum(numbers)))
    columns = ("", *(tier_or(after, "Closed") for after in ends), "All")
    listed: list[tuple[Cell, ...]] = [
        (
            called.get(one.code, one.code),
            one.code,
            tier_or(one.before, "Not on the record yet"),
            tier_or(one.after, "Closed"),
        )
        for one in found.moved
    ]
    return (
        found,
        Table("Movement between two days", columns, rows, []),
        Table(
            "Practices that moved",
            ("Practice", "Code", "From", "To"),
            listed,
            [f"/practices/{one.code}" for one in found.moved],
        ),
    )


def time_in_tier(asked: Asked, on: date) -> tuple[list[Stay], Table]:
    with service.views.reading() as reading:
        practices = insight.through(reading, scope_of(asked), asked.on)
    found = stays(practices, on)
    rows: list[tuple[Cell, ...]] = [
        (name[:1].upper() + name[1:], *(one.bands[at] for one in found)) for at, (name, _) in enumerate(BANDS)
    ]
    rows += [
        ("All", *(one.practices for one in found)),
        ("Half of them at least", *(spell(one.median) or None for one in found)),
        ("The longest", *(spell(one.longest) or None for one in found)),
    ]
    columns = ("For", *map(stay_called, found))
    return found, Table("Time in tier", columns, rows, [])


def overdue(asked: Asked, by: By, since: date | None, until: date) -> tuple[list[tuple[str, Late]], Table]:
    with service.views.reading() as reading:
        found = insight.late(reading, scope_of(asked), asked.on, by, since, until)
        nobody = "Nobody named" if by == "caseworker" else f"No {sides_in(reading, asked).side(by)}"
        called = called_by(reading, asked.on, by, [one.who for one in found], nobody)
    merged: dict[str, Late] = {}
    for one in found:
        name = called(one.who)
        merged[name] = _together(merged[name], one) if name in merged else one
    named = sorted(merged.items(), key=lambda one: (-one[1].actions, one[0].casefold()))
    rows: list[tuple[Cell, ...]] = [
        (
            name,
            one.actions,
            one.late_practices,
            one.practices,
            spell((asked.on - one.first_due_on).days) if one.first_due_on else "",
        )
        for name, one in named
    ]
    columns = ("Whose practices", "Overdue actions", "In practices", "Of practices", "Longest late")
    return named, Table("Overdue by team", columns, rows, [])


def gap(asked: Asked, since: date) -> tuple[list[Gap], int, Table]:
    with service.views.reading() as reading:
        found, of = insight.gaps(reading, scope_of(asked), asked.on, since)
        sides = sides_in(reading, asked)
        holder, commissioner = sides.side("contract_holder"), sides.side("local_commissioner")
        holders = called_by(
            reading,
            asked.on,
            "contract_holder",
            [one.contract_holder for one in found],
            f"No {holder}",
        )
        commissioners = called_by(
            reading,
            asked.on,
            "local_commissioner",
            [one.local_commissioner for one in found],
            f"No {commissioner}",
        )
    rows: list[tuple[Cell, ...]] = [
        (
            one.name,
            one.code,
            holders(one.contract_holder),
            commissioners(one.local_commissioner),
            one.tier_since,
            one.last_shared_on or "Never",
            (asked.on - one.last_shared_on).days if one.last_shared_on else None,
        )
        for one in found
    ]
    columns = (
        "Practice",
        "Code",
        first_upper(holder),
        first_upper(commissioner),
        "Cause for concern since",
        "Last shared conversation",
        "Days ago",
    )
    return found, of, Table("Conversation gap", columns, rows, [f"/practices/{one.code}" for one in found])


def tier_or(tier: Tier | None, otherwise: str) -> str:
    return label(tier) if tier else otherwise


def stay_called(one: Stay) -> str:
    return label(one.tier) if one.reviewed else f"{label(one.tier)}, not yet reviewed"


def _together(one: Late, other: Late) -> Late:
    """What an organisation answers for, and what it took over from the one before it."""
    days = [on for on in (one.first_due_on, other.first_due_on) if on]
    return Late(
        one.who,
        one.practices + other.practices,
        one.actions + other.actions,
        one.late_practices + other.late_practices,
        min(days, default=None),
    )


def called_by(
    reading: Connection, day: date, by: By, codes: list[str | None], nobody: str
) -> Callable[[str | None], str]:
    """Names of those who answer for practices: an organisation that ended is called as the one that came after it."""
    known: Mapping[str, str]
    stands: Mapping[str, str] = {}
    if by == "caseworker":
        known = people.names(reading, codes)
    else:
        stands = living(codes, day)
        known = {code: one.name for code, one in organisations.named(reading, stands.values(), day).items()}

    def called(code: str | None) -> str:
        if not code:
            return nobody
        stands_for = stands.get(code, code)
        return known.get(stands_for, stands_for)

    return called
