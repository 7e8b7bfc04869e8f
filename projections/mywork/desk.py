"""One person's desk: what is theirs, what they may settle, and how rows become things to do."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Connection

from domain.access.permissions import GRANTED
from domain.access.roles import SIDE_OF, Role
from domain.practice.kinds import ActionKind, Side
from domain.rules import Asked
from projections.caseload_row import TIERS
from projections.listing import Key, Listed, Listing
from projections.mine import Mine
from projections.mywork.items import Expected, Item, Limits, What
from projections.readers import reader


class Desk:
    """What one person's work is gathered from."""

    def __init__(
        self,
        reading: Connection,
        asked: Asked,
        today: date,
        limits: Limits,
        practices: dict[str, Mine],
        expected: Collection[Expected] = (),
    ) -> None:
        self.limits = limits
        self.expected = expected
        self.reading = reading
        self.asked = asked
        self.today = today
        self.side = SIDE_OF[asked.role]
        self.caseworker = asked.role == Role.CASEWORKER
        self.with_closed = practices
        self.mine = {code: one for code, one in practices.items() if one.open}
        self.given = {"person": asked.person, "today": today, **reader(asked).given()}
        self.left_out: dict[str, int] = {}

    def cut(self, section: str, items: list[Item]) -> list[Item]:
        self.lacks(section, len(items) - self.limits.most)
        return items[: self.limits.most]

    def lacks(self, section: str, number: int) -> None:
        if number > 0:
            self.left_out[section] = self.left_out.get(section, 0) + number

    def chased(self, action: Key, practice: Mine) -> bool:
        """Whose actions this person follows up: all in a caseworker's practices; else those of their own side."""
        if action[3] == self.side.value:
            return True
        return self.asked.role not in {Role.LEAD, Role.ADVISER} and self.by_nobody_else(practice)

    def by_nobody_else(self, practice: Mine) -> bool:
        return looked_after_by(self.asked, practice)

    def granted(self, command: str) -> bool:
        return self.asked.role in GRANTED[command]

    def due(
        self, section: str, listing: Listing, practices: dict[str, Mine], after: date, until: date
    ) -> list[tuple[Any, Mine]]:
        found = listing.keys(self.reading, practices, **self.given, after=after, until=until)
        return self.first(section, listing, found, self.limits.most)

    def waits(self, what: What, listing: Listing, practices: dict[str, Mine]) -> list[tuple[Any, Mine]]:
        return self.first(what, listing, listing.keys(self.reading, practices, **self.given))

    def first(
        self, section: str, listing: Listing, found: list[tuple[Key, Mine]], most: int | None = None
    ) -> list[tuple[Any, Mine]]:
        """Those of the earliest days; of one day, those of the tier that matters most."""
        return self.counted(
            section, listing.first(self.reading, found, _earliest_first, most or self.limits.few)
        )

    def counted(self, section: str, listed: Listed) -> list[tuple[Any, Mine]]:
        """What was listed. How many more there were is added up for their section."""
        self.lacks(section, listed.left_out)
        return listed.rows

    def item(self, row: Any, practice: Mine, what: What, version: int, command: str, **more: Any) -> Item:
        due_on = more.get("due_on")
        return Item(
            what=what,
            code=row.code,
            practice=row.practice,
            practice_tier=TIERS[practice.tier],
            days=None if due_on is None else (due_on - self.today).days,
            version=version,
            command=command,
            covered=practice.caseworker if practice.caseworker in self.asked.covers else None,
            **more,
        )

    def access(self, row: Any, practice: Mine, what: What, command: str, **more: Any) -> Item:
        return self.item(
            row,
            practice,
            what,
            row.version,
            command,
            title=row.reason,
            thing_id=row.access_id,
            by=row.asked_by,
            since=row.asked_on,
            **more,
        )

    def action(self, row: Any, practice: Mine, what: What, command: str, by: str, since: date) -> Item:
        return self.item(
            row,
            practice,
            what,
            row.version,
            command,
            title=row.issue,
            thing_id=row.action_id,
            due_on=row.due_on,
            by=by,
            since=since,
            owner=Side(row.owner),
            kind=ActionKind(row.kind),
            moved=row.moved,
            first_due_on=row.first_due_on,
        )


def looked_after_by(asked: Asked, practice: Mine) -> bool:
    """Whether nobody else is the named caseworker: they are, or stand in for them, or there is none."""
    return practice.caseworker in {asked.person, None, *asked.covers}


def _earliest_first(key: Key, practice: Mine) -> tuple[Any, ...]:
    return key[2], -practice.tier


def newest_first(key: Key, _practice: Mine) -> tuple[Any, ...]:
    return (-date.fromisoformat(str(key[2])).toordinal(),)
