"""Cover for absence: who stands in for whom, from a day to a day.

It stands on the record of whoever covers, so that what they may do is known from their own facts. While it holds, they
hand over and close what only the absent caseworker may, and see that person's work beside their own. It grants no role,
and opens no practice that is not theirs to read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.access.commands import ArrangeCover, CoverCommand, EndCover
from domain.access.events import CoverArranged, CoverEnded
from domain.rules import Fact, RuleBroken, Sealed, refuse_unless, sealed


@dataclass(slots=True)
class Cover:
    """Standing in for somebody from the start of `from_on` to the end of `to_on`, or until it was ended."""

    cover_id: str
    absent: str
    from_on: date
    to_on: date
    note: Sealed | None
    arranged_by: str
    ended_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day <= self.to_on and (self.ended_on is None or day < self.ended_on)

    def meets(self, first: date, last: date) -> bool:
        """Whether it holds on any of these days."""
        ends = self.to_on if self.ended_on is None else min(self.to_on, self.ended_on - timedelta(days=1))
        return self.from_on <= last and first <= ends

    def over_on(self, day: date) -> bool:
        return self.to_on < day or (self.ended_on is not None and self.ended_on <= day)


def decide(person_id: str, covers: dict[str, Cover], command: CoverCommand, day: date) -> list[Fact]:
    """Answer a command about whom a person covers for."""
    match command:
        case ArrangeCover():
            return _arrange_cover(person_id, covers, command, day)
        case EndCover():
            return _end_cover(person_id, covers, command, day)
    raise AssertionError(command)


def _arrange_cover(person_id: str, covers: dict[str, Cover], command: ArrangeCover, day: date) -> list[Fact]:
    """Cover has a first and a last day. What is covered already records nothing."""
    refuse_unless(command.cover_id not in covers, "cover-ids-are-new", "This cover is already recorded")
    refuse_unless(
        person_id != command.absent,
        "nobody-covers-for-themselves",
        "Choose another person than the one who is away",
        "person_id",
    )
    if command.to_on < command.from_on:
        raise RuleBroken("an-end-is-not-before-its-start", "Enter a date on or after the first day", "to_on")
    if any(
        one.absent == command.absent
        and one.ended_on is None
        and one.from_on <= command.from_on
        and command.to_on <= one.to_on
        for one in covers.values()
    ):
        return []
    return [
        CoverArranged(
            cover_id=command.cover_id,
            person_id=person_id,
            absent=command.absent,
            from_on=command.from_on,
            to_on=command.to_on,
            note=sealed(command.note),
            occurred_on=day,
        )
    ]


def check_there(command: ArrangeCover, others: Iterable[Cover]) -> None:
    """Refuse cover by somebody who is away themselves on any of its days: then nobody would do the work."""
    if any(one.absent == command.person_id and one.meets(command.from_on, command.to_on) for one in others):
        raise RuleBroken(
            "whoever-covers-is-there",
            "They are away themselves on some of these days: choose another colleague, or other days",
            "person_id",
        )


def _end_cover(person_id: str, covers: dict[str, Cover], command: EndCover, day: date) -> list[Fact]:
    one = covers.get(command.cover_id)
    if one is None:
        raise RuleBroken("cover-is-of-the-person", "No such cover is recorded", "cover_id")
    refuse_unless(not one.over_on(day), "cover-is-ended-once", "This cover is over already")
    return [CoverEnded(cover_id=one.cover_id, person_id=person_id, ended_on=day, occurred_on=day)]


def evolve(covers: dict[str, Cover], fact: Fact, recorded_by: str) -> None:
    """What a fact changes of whom a person covers for."""
    match fact:
        case CoverArranged():
            covers[fact.cover_id] = Cover(
                fact.cover_id, fact.absent, fact.from_on, fact.to_on, fact.note, recorded_by
            )
        case CoverEnded():
            if one := covers.get(fact.cover_id):
                one.ended_on = fact.ended_on
