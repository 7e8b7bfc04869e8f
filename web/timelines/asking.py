"""What the address of a portfolio's timeline asks for, and the addresses that lead on from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from application.no_past import YEARS
from projections.portfolio import NEWEST, WEEK, Filters, Place, monday
from web.practices.chosen import Chosen

ADDRESS = "/timeline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What to show: `chosen` as on a practice's own timeline, `of` whose practices, `practice` one alone, `person` what
    they recorded.

    `week` is a Monday: the page begins at its end. `before` and `after` are where the page beside this one ended.
    """

    chosen: Chosen
    of: str = ""
    practice: str = ""
    person: str = ""
    week: date | None = None
    before: Place | None = None
    after: Place | None = None
    mistakes: Mapping[str, str]

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Asked:
        """What an address asks for; what it mistypes is left out and, where somebody typed it, named."""
        chosen = Chosen.read(args)
        week, wrong = _week(args.get("week", "").strip())
        mistakes = dict(chosen.mistakes)
        if wrong:
            mistakes["week"] = "The week must be given by a real date in it, such as 3 November 2026"
        return cls(
            chosen=chosen,
            of=args.get("of", "").strip()[:20],
            practice=args.get("practice", "").strip().upper()[:20],
            person=args.get("person", "").strip()[:60],
            week=week,
            before=_place(args.get("before", "")),
            after=_place(args.get("after", "")),
            mistakes=mistakes,
        )

    @property
    def filtered(self) -> bool:
        return bool(self.chosen.any or self.person)

    @property
    def begins_before(self) -> Place:
        """Where the page begins, going back: where the one before it ended, at the end of a week, or at the newest act."""
        if self.before is not None:
            return self.before
        return Place(self.week + WEEK, "", 0) if self.week else NEWEST

    def filters(self) -> Filters:
        """The same, as the view takes it."""
        found = self.chosen.filters()
        return Filters(
            facets=found.facets,
            person=self.person or None,
            organisation=found.organisation,
            since=found.since,
            until=found.until,
        )

    def address(self, path: str = ADDRESS, **changed: Any) -> str:
        """The page's address, with something changed. Another filter begins anew at the same week."""
        chosen = self.chosen
        wanted = {
            "of": self.of,
            "practice": self.practice,
            "kind": chosen.kind,
            "person": self.person,
            "organisation": chosen.organisation,
            "from": chosen.from_on.isoformat() if chosen.from_on else "",
            "to": chosen.to_on.isoformat() if chosen.to_on else "",
            "week": week_called(self.week) if self.week else "",
        } | changed
        question = urlencode({name: value for name, value in wanted.items() if value})
        return f"{path}{'?' if question else ''}{question}"

    def older_than(self, place: Place) -> str:
        return self.address(week="", before=place_called(place))

    def newer_than(self, place: Place) -> str:
        return self.address(week="", after=place_called(place))


def week_called(first: date) -> str:
    """2026-W20."""
    year, week, _ = first.isocalendar()
    return f"{year:04d}-W{week:02d}"


def place_called(place: Place) -> str:
    """2026-05-12.X90001.27."""
    return f"{place.on.isoformat()}.{place.code}.{place.act}"


def _week(typed: str) -> tuple[date | None, bool]:
    """The Monday of a week, given as 2026-W20 or by a day in it; and whether it is neither."""
    if not typed:
        return None, False
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None, True
    return (monday(day), False) if day.year in YEARS else (None, True)


def _place(typed: str) -> Place | None:
    day, _, rest = typed.partition(".")
    code, _, act = rest.partition(".")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return None
    if not (act.isascii() and act.isdigit() and len(act) < 10 and 0 < len(code) <= 20):
        return None
    return Place(on, code, int(act)) if on.year in YEARS else None
