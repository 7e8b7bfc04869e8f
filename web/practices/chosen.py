"""Which entries of a practice's conversation were asked for, as its address says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from projections.timeline import Filters
from web.practices.entries import FACETS_OF
from web.practices.told import GROUPS
from web.words import day


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a reader chose to see of the conversation, as the address says it."""

    kind: str = ""
    organisation: str = ""
    from_on: date | None = None
    to_on: date | None = None
    page: int = 1
    mistakes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Chosen:
        """What an address asks for; what it mistypes is left out and named."""
        mistakes: dict[str, str] = {}
        days: dict[str, date | None] = {}
        for name, called in (("from", "The first day"), ("to", "The last day")):
            days[name], wrong = _day(args.get(name, "").strip())
            if wrong:
                mistakes[name] = f"{called} must be a real date, such as 3 November 2026"
        first, last = days["from"], days["to"]
        if first and last and last < first:
            mistakes["to"] = f"The last day must be on or after {day(first)}"
        kind, page = args.get("kind", ""), args.get("page", "1")
        return cls(
            kind=kind if kind in GROUPS else "",
            organisation=args.get("organisation", "").strip()[:20],
            from_on=first,
            to_on=last,
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
            mistakes=mistakes,
        )

    @property
    def any(self) -> bool:
        return bool(self.kind or self.organisation or self.from_on or self.to_on)

    def address(self, **changed: Any) -> str:
        """The address's question part, with something changed: another page, or a choice taken away."""
        wanted = {
            "kind": self.kind,
            "organisation": self.organisation,
            "from": self.from_on.isoformat() if self.from_on else "",
            "to": self.to_on.isoformat() if self.to_on else "",
            "page": "",
        } | changed
        return urlencode({name: value for name, value in wanted.items() if value not in {"", None, 1}})

    def filters(self) -> Filters:
        """The same, as the timeline takes it."""
        return Filters(
            facets=FACETS_OF.get(self.kind, ()),
            organisation=self.organisation or None,
            since=self.from_on,
            until=self.to_on,
        )


def _day(typed: str) -> tuple[date | None, bool]:
    try:
        return (date.fromisoformat(typed), False) if typed else (None, False)
    except ValueError:
        return None, True
