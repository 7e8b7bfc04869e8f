"""What is said of the caseload between two days: the figures above, and a line for each practice that changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from domain.practice.kinds import Tier
from projections.compared import Change, Compared, Kind, Stood
from web.caseload.wanted import Wanted
from web.names import organisation_names
from web.past.address import at
from web.practices.presenters import flag_words
from web.words import day as in_words
from web.words import label

KINDS = {
    Kind.UP: "To more concern",
    Kind.DOWN: "To less concern",
    Kind.ADDED: "Added",
    Kind.REMOVED: "Removed",
    Kind.FLAGS: "Other flags only",
}


class Line(NamedTuple):
    """A practice that changed. A tier or flags are empty where it was not on the caseload that day."""

    code: str
    name: str
    href: str
    what: str
    before: Tier | None
    after: Tier | None
    flags_before: str
    flags_after: str
    how: str

    @property
    def moved(self) -> bool:
        return self.before != self.after

    @property
    def reflagged(self) -> bool:
        return self.flags_before != self.flags_after


class Box(NamedTuple):
    """A figure: what it counts, on the first day where that differs, on the last, and where its practices are listed."""

    label: str
    before: str
    number: str
    note: str
    href: str
    chosen: bool = False


def tiers(found: Compared) -> list[Box]:
    """How many stood in each tier on either day."""
    boxes = []
    for tier in reversed(Tier):
        before, after = (sum(one.tier == tier for one in day.values()) for day in (found.first, found.last))
        was = f"{before:,}" if before != after else ""
        boxes.append(Box(label(tier), was, f"{after:,}", _more(before, after), ""))
    return boxes


def boxes(found: Compared, wanted: Wanted) -> list[Box]:
    """How many changed, by what became of them."""
    boxes = []
    for kind, words in KINDS.items():
        number = len(found.of(kind))
        href = wanted.address(kind="" if wanted.kind == kind else kind)
        note = "practice" if number == 1 else "practices"
        boxes.append(Box(words, "", f"{number:,}", note, href, wanted.kind == kind))
    return boxes


def _more(before: int, after: int) -> str:
    if before == after:
        return "no more and no fewer"
    return f"{abs(after - before):,} {'more' if after > before else 'fewer'}"


def lines(changes: list[Change], wanted: Wanted, today: date) -> list[Line]:
    codes = {
        code for change in changes for stood in (change.before, change.after) if stood for code in stood[4:6]
    }
    names = organisation_names({code for code in codes if code}, today)
    moment = wanted.moment(wanted.last, today)
    return [_line(change, at(f"/practices/{change.code}", moment), names) for change in changes]


def _line(change: Change, href: str, names: Mapping[str, str]) -> Line:
    before = None if change.kind == Kind.ADDED else change.before
    after = None if change.kind == Kind.REMOVED else change.after
    return Line(
        change.code,
        change.name,
        href,
        KINDS[change.kind],
        before.tier if before else None,
        after.tier if after else None,
        flag_words(before.alarms, before.alerts) if before else "",
        flag_words(after.alarms, after.alerts) if after else "",
        _how(change, names),
    )


def _how(change: Change, names: Mapping[str, str]) -> str:
    """Why a practice came or went."""
    match change.kind, change.before, change.after:
        case Kind.ADDED, None, _:
            return "Registered"
        case Kind.ADDED, before, after if before and after and not before.closed_on and _same(before, after):
            return "Its caseworker changed"
        case Kind.ADDED, before, after if before and after:
            return "Reopened" if before.closed_on else f"Came from {_other(before, after, names)}"
        case Kind.REMOVED, before, after if before and after and not after.closed_on and _same(before, after):
            return "Its caseworker changed"
        case Kind.REMOVED, _, None:
            return "Not registered"
        case Kind.REMOVED, before, after if before and after:
            closed = after.closed_on and not before.closed_on
            return (
                f"Closed on {in_words(after.closed_on)}"
                if closed
                else f"Passed to {_other(after, before, names)}"
            )
    return ""


def _same(before: Stood, after: Stood) -> bool:
    """Whether the same organisations answer for it: then it is its caseworker who is another."""
    return before[4:6] == after[4:6]


def _other(one: Stood, than: Stood, names: Mapping[str, str]) -> str:
    """The organisation that is responsible for one, and not for the other."""
    holder = one.contract_holder if one.contract_holder != than.contract_holder else one.local_commissioner
    return names.get(holder or "", holder or "nobody")
