"""Who may open Insight, and which days an address asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import request

from domain.rules import Asked
from projections.insight import By
from web.names import sides_in
from web.practices.chosen import Chosen
from web.service import catch_up, current_asked, may, refuse, service
from web.words import day

COUNTED_BY: tuple[By, ...] = ("contract_holder", "local_commissioner", "caseworker")


def allowed() -> Asked:
    """Whoever asks, when Insight is theirs to see."""
    if not may("ReadInsight"):
        refuse("ReadInsight")
    catch_up()
    return current_asked()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Two days as the address gives them, or as they are usually; and what was mistyped, by field."""

    since: date
    until: date
    mistakes: Mapping[str, str]

    @classmethod
    def read(cls, usual: date, today: date) -> Period:
        """Nobody knows what will be: a last day after today is refused, and a first day is before the last."""
        chosen = Chosen.read(request.args)
        mistakes = dict(chosen.mistakes)
        if chosen.to_on and chosen.to_on > today:
            mistakes.setdefault("to", f"The last day must be {day(today)} or earlier")
        if chosen.from_on and not mistakes and chosen.from_on > (chosen.to_on or today):
            mistakes["from"] = f"The first day must be {day(chosen.to_on or today)} or earlier"
        if mistakes:
            return cls(since=usual, until=today, mistakes=mistakes)
        until = chosen.to_on or today
        return cls(since=chosen.from_on or min(usual, until), until=until, mistakes={})

    def address(self, page: str, **more: str) -> str:
        since = {} if self.since == date.min else {"from": self.since.isoformat()}
        asked = {**since, "to": self.until.isoformat(), **more}
        return f"{page}?{urlencode(asked)}"


def one_day(name: str, usual: date, today: date) -> tuple[date, dict[str, str]]:
    """One day of the address, until today; and what was mistyped."""
    typed = request.args.get(name, "").strip()
    if not typed:
        return usual, {}
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return usual, {name: "The day must be a real date, such as 3 November 2026"}
    if found > today:
        return usual, {name: f"The day must be {day(today)} or earlier"}
    return found, {}


def who_is_called(asked: Asked) -> dict[By, str]:
    """What each of those is called, by whom late work may be counted."""
    with service.views.reading() as reading:
        names = sides_in(reading, asked)
    return {by: "caseworker" if by == "caseworker" else names.side(by) for by in COUNTED_BY}


def counted_by() -> By:
    typed = request.args.get("by", "")
    return next((by for by in COUNTED_BY if by == typed), "contract_holder")
