"""What may be done next from an entry, an action, a flag: a button for each, only where it would be taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from domain.practice.state import Practice
from domain.rules import Asked
from web.contractors import called, said_of

May = Callable[[str], bool]


class Offer(NamedTuple):
    """A button: its words, the command behind it, and what the form is told: `{"flag_id": "flag-1"}`."""

    text: str
    command: str
    given: dict[str, str | int]
    main: bool = False


class Offers:
    """What this person may do about this practice today."""

    def __init__(self, practice: Practice, asked: Asked, may: May) -> None:
        self.practice = practice
        self.asked = asked
        self._may = may
        self._known: dict[str, bool] = {}
        self.closed = practice.closed_on is not None
        self.asked_about = {one.version for one in practice.requests.values() if one.status == "open"}

    def may(self, command: str) -> bool:
        if command not in self._known:
            self._known[command] = self._may(command)
        return self._known[command]

    def allowed(self, *offers: Offer) -> Iterator[Offer]:
        contractor = called(self.practice.kind, self.asked.on)
        return (
            offer._replace(text=said_of(offer.text, contractor))
            for offer in offers
            if self.may(offer.command)
        )
