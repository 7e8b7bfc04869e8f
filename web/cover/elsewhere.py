"""Practices that a form listed to be handed over, and to which somebody else named another caseworker meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from domain.access.permissions import may_read
from domain.practice import events as e
from domain.rules import Recorded
from web.names import people_names
from web.notices import notify
from web.service import current_asked, service
from web.words import moment, plural

FEW = 5
"""Practices that are told one by one."""


class Elsewhere(NamedTuple):
    """A practice, and the entry by which it is another's now, or nobody's."""

    practice: str
    entry: Recorded

    @property
    def caseworker(self) -> str | None:
        assert isinstance(self.entry.fact, e.PracticeHandedOver | e.CaseworkerNamed)
        return self.entry.fact.caseworker


def elsewhere(listed: Sequence[str], whose: str, command_id: str) -> list[Elsewhere]:
    """Those of them that another command took from whoever had them when the form was drawn."""
    asked, found = current_asked(), []
    for code in listed:
        practice = service.casebook.seen(code, asked)
        if practice.details is None or practice.caseworker == whose or not may_read(asked, practice):
            continue
        entry = next(
            (
                one
                for one in reversed(practice.standing.values())
                if isinstance(one.fact, e.PracticeHandedOver | e.CaseworkerNamed)
            ),
            None,
        )
        if entry is not None and entry.command_id != f"{command_id}:{code}":
            found.append(Elsewhere(practice.details.name.words, entry))
    return found


def notify_elsewhere(found: Sequence[Elsewhere], to: str) -> None:
    """Both answers: to whom it would have gone, and whom somebody else named, when."""
    names = people_names({who for one in found for who in (one.entry.person, one.caseworker) if who})
    for one in found[:FEW]:
        by, now = names.get(one.entry.person, "Somebody"), names.get(one.caseworker or "", "nobody")
        told = f"{by} named {now} as its caseworker on {moment(one.entry.recorded_at)}"
        notify(f"{one.practice} was not handed over to {to}: {told}", success=False)
    if more := len(found) - FEW if len(found) > FEW else 0:
        notify(f"{plural(more, 'more practice')} had another caseworker by then", success=False)
