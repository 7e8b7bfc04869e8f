"""Which two days are compared, as an address says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from domain.practice.moment import NOW, Moment
from domain.rules import LONDON
from projections.compared import Kind
from web.words import day as in_words

LAST_OF_A_DAY = time(23, 59, 59, 999999)
NOBODY = "none"
"""How an address asks for practices that have no caseworker."""

KNOWN = {"then": "As known on each day", "now": "As known now"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the address asks for; what it mistypes is named in `mistakes`, and kept in `typed`."""

    first: date
    last: date
    known: str = "then"
    kind: Kind | None = None
    contract_holder: str = ""
    local_commissioner: str = ""
    caseworker: str = ""
    page: int = 1
    typed: Mapping[str, str] = field(default_factory=dict)
    mistakes: Mapping[str, str] = field(default_factory=dict)

    @property
    def whose(self) -> str | None:
        """The caseworker as a filter has one: "" for practices with none, None for whoever's."""
        return "" if self.caseworker == NOBODY else self.caseworker or None

    @classmethod
    def read(cls, args: Mapping[str, str], today: date) -> Wanted:
        mistakes: dict[str, str] = {}
        typed = {name: args.get(name, "").strip() for name in ("from", "to")}
        first = _day(typed, "from", "The first day", today - timedelta(days=30), today, mistakes)
        last = _day(typed, "to", "The last day", today, today, mistakes)
        if not mistakes and last < first:
            mistakes["to"] = f"The last day must be on or after {in_words(first)}"
        page = args.get("page", "")
        return cls(
            first=first,
            last=last,
            known="now" if args.get("known") == "now" else "then",
            kind=next((one for one in Kind if one == args.get("kind")), None),
            contract_holder=args.get("contract_holder", "").strip()[:60],
            local_commissioner=args.get("local_commissioner", "").strip()[:60],
            caseworker=args.get("caseworker", "").strip()[:60],
            page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 7 else 1,
            typed={"from": typed["from"] or first.isoformat(), "to": typed["to"] or last.isoformat()},
            mistakes=mistakes,
        )

    def address(self, path: str = "/practices/compared", **changed: Any) -> str:
        wanted = {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "known": "" if self.known == "then" else self.known,
            "kind": self.kind or "",
            "contract_holder": self.contract_holder,
            "local_commissioner": self.local_commissioner,
            "caseworker": self.caseworker,
            "page": "",
        } | changed
        return f"{path}?{urlencode({name: value for name, value in wanted.items() if value not in {'', 1}})}"

    def moment(self, day: date, today: date) -> Moment:
        """A day at its end; today as it stands."""
        if day == today:
            return NOW
        if self.known == "now":
            return Moment(None, day)
        return Moment(datetime.combine(day, LAST_OF_A_DAY, LONDON))


def _day(
    typed: Mapping[str, str], name: str, called: str, usual: date, today: date, mistakes: dict[str, str]
) -> date:
    try:
        found = date.fromisoformat(typed[name]) if typed[name] else usual
    except ValueError:
        mistakes[name] = f"{called} must be a real date, such as 3 November 2026"
        return usual
    if found > today:
        mistakes[name] = f"{called} must be today or in the past"
        return usual
    return found
