"""How a notice of the register stands on a day, its ground, and its disputes: in words for the page and its file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from domain.practice.contract_kinds import DisputeOutcome, Entitlement
from domain.practice.contract_state import NoticeStatus
from domain.practice.kinds import NoticeKind
from projections.notice_register import After, RegisteredNotice
from web.practices.told import lower_first
from web.words import day, label, spaced


class Stands(NamedTuple):
    """How it stands, and since when; `done` where that is what was done on that day."""

    how: str
    since: date
    done: bool = True

    @property
    def words(self) -> str:
        return f"{self.how} {'on' if self.done else 'since'} {day(self.since)}"


AFTER = {
    After.IMPOSED: "Sanction imposed",
    After.LIFTED: "Sanction lifted",
    After.ENDED: "Contract ended by it",
}

OVER = "Sanction over, its last day has passed: imposed"

OF_THE_BREACH = {
    NoticeKind.REMEDIAL: "A breach that can be put right",
    NoticeKind.BREACH: "A breach that cannot be put right",
}


def stands(one: RegisteredNotice, today: date) -> Stands:
    """The last that came of it by a day. What counts as given on a day to come does not count as given yet."""
    if one.stands != NoticeStatus.WITHDRAWN and one.after and one.after_on:
        over = one.after == After.IMPOSED and one.until_on is not None and one.until_on < today
        return Stands(OVER if over else AFTER[one.after], one.after_on)
    if one.stands == NoticeStatus.SERVED and one.given_on and one.given_on > today:
        return Stands("Counts as given on a day to come: issued", one.issued_on)
    how = {NoticeStatus.SERVED: "Counts as given", NoticeStatus.ISSUED: "Not served yet: issued"}
    known = how.get(one.stands) or f"Found {spaced(one.stands.value).lower()}"
    if one.stands == NoticeStatus.WITHDRAWN:
        known = "Withdrawn"
    return Stands(known, one.since, done=one.stands != NoticeStatus.SERVED)


def ground(one: RegisteredNotice) -> str:
    """By what the contract could be ended; of a notice of a breach, whether that can be put right."""
    return label(one.entitlement, Entitlement) if one.entitlement else OF_THE_BREACH.get(one.kind, "")


def disputes(one: RegisteredNotice) -> Iterator[str]:
    """Each dispute over it: pending, withdrawn, or for whom it was determined."""
    for dispute in one.disputed:
        if dispute.pending:
            yield f"pending since {day(dispute.on)}"
        elif dispute.outcome is None:
            yield f"withdrawn on {day(dispute.on)}"
        else:
            how = lower_first(label(dispute.outcome, DisputeOutcome))
            yield f"determined {how} on {day(dispute.on)}"
