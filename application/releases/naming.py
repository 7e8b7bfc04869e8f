"""What a row of a published file is of: which indicator, which period and which practice, and whether each is taken in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from application.releases.found import CLOSED, UNKNOWN, UNKNOWN_INDICATOR, Read, Verdict, form_of
from application.releases.lines import Wrong
from application.releases.mapping import Layout
from domain.indicators.definitions import Definition
from domain.periods import HOW_WRITTEN, Period, period_of
from domain.practice.dates import in_full
from domain.practice.kinds import PeriodLength

EARLIEST = date(1980, 1, 1)
"""Numbers of practices were first published after it: an earlier period is mistyped."""
MOST_UNKNOWN = 20_000
"""Practices that nobody knows, of a file: there are 8,000, and with all that ever closed not as many."""
MOST_INDICATORS = 2_000
"""Indicators that nobody knows: each is recorded with the release."""
LONGEST_NAME = 100

_CODE = re.compile(r"[A-Za-z0-9]{3,10}\Z")
_LENGTHS = {PeriodLength.MONTH: "month", PeriodLength.QUARTER: "quarter", PeriodLength.YEAR: "year"}

Report = Callable[[str, str, str], None]
"""Told a kind, a column and words."""


class Known(NamedTuple):
    """What is known when a file is read: see `read`."""

    definitions: Mapping[str, Definition]
    verdict: Verdict
    forms: dict[str, str]
    today: date | None = None
    left_out: frozenset[str] = frozenset()

    @property
    def strict(self) -> bool:
        """Whether a file is read for the first time. What was published once is read again as it was read then, though
        it would be refused by now.
        """
        return self.today is not None


class Naming:
    """Tells what each row is of. What is not taken in is reported once."""

    def __init__(self, layout: Layout, known: Known, found: Read, report: Report) -> None:
        self.layout, self.definitions, self.verdict = layout, known.definitions, known.verdict
        self.forms, self.today, self.left_out = known.forms, known.today, known.left_out
        self.found, self.report = found, report
        self.strict = known.strict
        self.unknown: Counter[str] = Counter()
        self.fits: set[tuple[str, str]] = set()
        self.periods: dict[str, Period] = {}
        self.alike: set[tuple[str, str]] = set()
        self.verdicts: dict[str, tuple[str, date | None] | None] = {}

    def indicator(self, row: list[str], places: Mapping[str, int]) -> str | None:
        layout = self.layout
        if layout.indicator_from:
            texts = tuple(row[places[one]].strip() for one in layout.indicator_from)
            code = layout.codes.get(texts)
            column = layout.indicator_from[-1]
            shown = " | ".join(texts)
        elif layout.indicator_column is not None:
            column = layout.indicator_column
            code = shown = row[places[column]].strip()
            if not code:
                raise Wrong(column, "the indicator's code is missing")
            code = code if code in self.definitions else code.upper()
        else:
            code, column, shown = layout.indicator, layout.practice, str(layout.indicator)
        if code is None or code not in self.definitions or shown in self.left_out:
            self._unknown_indicator(_shortened(shown), column)
            return None
        return code

    def _unknown_indicator(self, shown: str, column: str) -> None:
        if (UNKNOWN_INDICATOR, shown) in self.found.left_out:
            return
        self._not_too_many(UNKNOWN_INDICATOR, MOST_INDICATORS, column, "indicators")
        self.found.left_out[UNKNOWN_INDICATOR, shown] = None
        self.report(UNKNOWN_INDICATOR, column, f"{shown[:60]} is not an indicator of the key set")

    def _not_too_many(self, kind: str, most: int, column: str, what: str) -> None:
        """A file with more of them is of something else: nothing of it is kept."""
        self.unknown[kind] += 1
        if self.strict and self.unknown[kind] > most:
            words = f"this is one of more than {most:,} {what} that nobody knows, which no published file has"
            raise Wrong(column, words)

    def definition(self, indicator: str, column: str) -> Definition:
        found = self.definitions.get(indicator)
        if found is None:
            raise Wrong(column, f"{indicator} is not an indicator of the key set")
        return found

    def period(self, text: str) -> Period:
        found = self.periods.get(text)
        if found is None:
            column = str(self.layout.period)
            found = period_of(text)
            if found is None and not text.strip():
                raise Wrong(column, f"the period is missing: it is {HOW_WRITTEN}")
            if found is None:
                raise Wrong(column, f"{text.strip()[:30]!r} is not {HOW_WRITTEN}")
            if words := self.not_published(found):
                raise Wrong(column, words)
            self.periods[text] = found
        return found

    def not_published(self, period: Period) -> str:
        """What is wrong with a period that nobody can have numbers of yet, or ever had."""
        if self.today is None or EARLIEST <= period.starts_on <= period.ends_on <= self.today:
            return ""
        if period.starts_on < EARLIEST:
            return f"{period.text} is before {EARLIEST.year}: no numbers of practices are published of it"
        return f"{period.text} has not ended: it ends on {in_full(period.ends_on)}"

    def is_of_its_length(self, definition: Definition, period: Period, column: str) -> None:
        """What is counted by quarter is not judged by year: charts, persistence and changes go by its own periods."""
        if not self.strict or (definition.code, period.text) in self.fits:
            return
        wanted = _LENGTHS.get(definition.period)
        if wanted is not None and period.length != definition.period:
            raise Wrong(column, f"{definition.code} is counted by {wanted}, and {period.text} is not one")
        self.fits.add((definition.code, period.text))

    def written_alike(self, indicator: str, period: Period) -> None:
        if (indicator, period.text) in self.alike:
            return
        form = form_of(period)
        if self.forms.setdefault(indicator, form) != form:
            raise Wrong(
                str(self.layout.period),
                f"{period.text} is mixed with periods of another length: those of {indicator} are written as"
                f" a {self.forms[indicator].replace('/', ' such as 2021/22')}",
            )
        self.alike.add((indicator, period.text))

    def known(self, code: str, period: Period, column: str = "") -> bool:
        """Whether the practice is taken in for a period. Of a code that is not, it is told once."""
        verdict = self.verdict_on(code)
        if verdict is None:
            return True
        _, day = verdict
        if day is None:
            return False
        if period.starts_on >= day:
            name = column or str(self.layout.period)
            self.report(CLOSED, name, f"{code} closed on {day}, before the period {period.text}")
            return False
        return True

    def verdict_on(self, code: str) -> tuple[str, date | None] | None:
        """Why a practice is not taken in, and from which day on if it closed. Of one that is not, it is told once."""
        if code not in self.verdicts:
            if not code:
                raise Wrong(self.layout.practice, "the practice's code is missing")
            if not _CODE.match(code):
                raise Wrong(self.layout.practice, f"{code[:20]!r} is not a practice's code")
            verdict = self.verdicts[code] = self.verdict(code)
            if verdict is not None:
                kind, day = verdict
                if day is None:
                    self._not_too_many("practices", MOST_UNKNOWN, self.layout.practice, "practices")
                self.found.left_out[kind, code] = day
                if day is None:
                    words = "is not in the register" if kind == UNKNOWN else "is not an active GP practice"
                    self.report(kind, self.layout.practice, f"{code} {words}")
        return self.verdicts[code]


def _shortened(shown: str) -> str:
    """A name as it is kept: of one that is longer than any, its beginning and what tells it from others."""
    if len(shown) <= LONGEST_NAME:
        return shown
    return f"{shown[:LONGEST_NAME]}… {blake2b(shown.encode(), digest_size=8).hexdigest()}"
