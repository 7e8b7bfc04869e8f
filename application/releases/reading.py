"""Reads a file of published numbers, line by line, into blocks of observations.

A file that is malformed anywhere is refused as a whole, with line and column of each mistake: nothing is guessed, and
nothing half published. What is well formed and cannot be taken in (a code that nobody knows, a number that the publisher
keeps back) is reported, and the rest is taken.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from application.releases.found import (
    MOST_MISTAKES,
    MOST_TOLD,
    REPEATED,
    SUPPRESSED,
    TAKEN_AS_WHOLE,
    WITHOUT_COUNTS,
    FileRefused,
    Read,
    Told,
    Verdict,
)
from application.releases.headings import places_of
from application.releases.lines import Wrong, lines_of, number_of, row_of
from application.releases.mapping import Layout
from application.releases.measured import (
    NAN,
    Columns,
    Observation,
    a_status,
    could_be_published,
    not_negative,
    of_counts,
    of_value,
)
from application.releases.naming import Known, Naming
from application.releases.taking import Taking
from domain.indicators.definitions import Definition
from domain.periods import Period
from domain.practice.kinds import IndicatorModel

MOST_REMEMBERED = 100_000
"""Texts of numbers whose number is remembered."""


def read(
    name: str,
    content: bytes,
    layout: Layout,
    definitions: Mapping[str, Definition],
    verdict: Verdict,
    forms: Mapping[str, str] | None = None,
    *,
    today: date | None = None,
    left_out: Collection[str] = (),
    most: int | None = MOST_TOLD,
) -> Read:
    """What a file holds, or FileRefused.

    `verdict` says of a practice's code why it is not taken in, and from which day on if it closed; None if it is.
    `forms` is how periods of an indicator are written in what was published before. A period has ended by `today`; a
    file that was published once is read again without one. `left_out` are indicators that are not taken in, whatever
    the definitions are by now. `most` reports of a kind are kept, or all.
    """
    known = Known(definitions, verdict, dict(forms or {}), today, frozenset(left_out))
    return _Reading(name, layout, known, most).run(content)


class _Reading:
    def __init__(self, name: str, layout: Layout, known: Known, most: int | None) -> None:
        self.name, self.layout, self.definitions = name, layout, known.definitions
        self.found = Read(most=most)
        self.naming = Naming(layout, known, self.found, self._report)
        self.taking = Taking(self.found, layout.practice)
        self.mistakes: list[Told] = []
        self.numbers: dict[str, float] = {}
        self.places: dict[str, int] = {}
        self.line = 0
        self.columns = Columns(
            str(layout.numerator or layout.value),
            str(layout.denominator or layout.value),
            str(layout.value or layout.numerator),
        )

    def run(self, content: bytes) -> Read:
        lines = lines_of(self.name, content)
        self._heading(lines)
        taken = self._wide if self.layout.wide else self._long
        for self.line, text in lines:
            if text.isspace() or not text:
                continue
            row: list[str] = []
            try:
                row = row_of(text)
                self._as_wide_as_the_heading(row)
                self.found.rows += 1
                taken(row)
            except Wrong as wrong:
                self._mistake(row, wrong)
                if len(self.mistakes) >= MOST_MISTAKES:
                    break
        if self.mistakes:
            raise FileRefused(self.name, self.mistakes)
        if not self.found.rows:
            raise FileRefused(self.name, [Told(1, 1, "", "there is no row under the heading")])
        return self.found

    def _heading(self, lines: Iterator[tuple[int, str]]) -> None:
        for self.line, text in lines:
            if text.strip():
                break
        else:
            raise FileRefused(self.name, [Told(1, 1, "", "the file is empty")])
        self.places = places_of(self.name, self.line, text, self.layout)
        for column, period in self.layout.periods.items():
            if words := self.naming.not_published(period):
                raise FileRefused(self.name, [Told(self.line, self.places[column] + 1, column, words)])

    def _as_wide_as_the_heading(self, row: list[str]) -> None:
        if len(row) != (columns := len(self.places)):
            words = f"this line has {len(row)} columns, not {columns} (decimals have a point, no comma)"
            raise Wrong("", words)

    def _mistake(self, row: list[str], wrong: Wrong) -> None:
        last = min(len(row), len(self.places)) - 1 if row else 0
        column = self.places.get(wrong.column, last) + 1
        self.mistakes.append(Told(self.line, column, wrong.column, wrong.words))

    # --- rows --------------------------------------------------------------------------------------------------

    def _long(self, row: list[str]) -> None:
        layout, places = self.layout, self.places
        code = row[places[layout.practice]].strip()
        indicator = self.naming.indicator(row, places)
        assert layout.period is not None
        period = self.naming.period(row[places[layout.period]])
        if indicator is None and not self.naming.strict:
            return
        numbers = [self._cell(row, one) for one in (layout.numerator, layout.denominator, layout.value)]
        if self.naming.strict:
            not_negative(numbers[0], numbers[1], self.columns)
        if indicator is None:
            return
        self.naming.written_alike(indicator, period)
        self.naming.is_of_its_length(self.definitions[indicator], period, layout.period)
        if not self.naming.known(code, period):
            return
        if (made := self._observation(indicator, code, period, *numbers)) is not None:
            self._add(indicator, code, period, made)

    def _wide(self, row: list[str]) -> None:
        layout, places = self.layout, self.places
        code, indicator = row[places[layout.practice]].strip(), layout.indicator
        assert indicator is not None
        definition = self.naming.definition(indicator, layout.practice)
        if definition.model not in {IndicatorModel.CONTINUOUS, IndicatorModel.STATUS}:
            words = f"{indicator} has numerators and denominators, which no wide file has"
            raise Wrong(layout.practice, words)
        if (verdict := self.naming.verdict_on(code)) is not None and verdict[1] is None:
            return
        before = NAN
        for column, period in layout.periods.items():
            before = self._of_column(row, column, indicator, code, period, before)

    def _of_column(
        self, row: list[str], column: str, indicator: str, code: str, period: Period, before: float
    ) -> float:
        """The number of one column, taken in; NaN where there is none to compare the next one with."""
        number = self._cell(row, column)
        if number is None:
            self._without(column, code, period)
            return NAN
        if math.isnan(number):
            self._report(SUPPRESSED, column, f"{code}: a small number, kept back")
            return NAN
        if number < 0:
            raise Wrong(column, f"{number:g} is negative: a count is not")
        definition = self.definitions[indicator]
        self.naming.is_of_its_length(definition, period, column)
        if self.naming.strict and definition.model == IndicatorModel.STATUS:
            a_status(number, column)
        if not self.naming.known(code, period, column):
            return before
        if self.layout.change:
            value = math.log(number / before) if number > 0 and before > 0 else NAN
            self._add(indicator, code, period, Observation(number, before, value))
        else:
            self._add(indicator, code, period, Observation(NAN, NAN, number))
        return number

    # --- numbers -----------------------------------------------------------------------------------------------

    def _cell(self, row: list[str], column: str | None) -> float | None:
        """The number in a column; None where there is none, NaN where it is kept back."""
        if column is None or (place := self.places.get(column)) is None:
            return None
        text = row[place]
        found = self.numbers.get(text)
        if found is not None:
            return found
        text = text.strip()
        if text in self.layout.no_count:
            return None
        if text.lower() in self.layout.suppressed:
            return NAN
        number = number_of(column, text)
        if len(self.numbers) < MOST_REMEMBERED:
            self.numbers[row[place]] = number
        return number

    def _observation(
        self,
        indicator: str,
        code: str,
        period: Period,
        numerator: float | None,
        denominator: float | None,
        value: float | None,
    ) -> Observation | None:
        definition, columns = self.definitions[indicator], self.columns
        # A number that is kept back is NaN, which alone is not itself. None is.
        if numerator != numerator or denominator != denominator or value != value:  # noqa: PLR0124
            words = f"{code}, {indicator}: a small number, kept back"
            self._report(SUPPRESSED, columns.numerator, words)
            return None
        if numerator is not None:
            made = of_counts(definition, numerator, denominator, value, columns)
            if self.naming.strict:
                could_be_published(definition, made, value, columns)
            if made.numerator != numerator:
                self._as_whole(columns.numerator, code, numerator, made.numerator)
            if denominator is not None and made.denominator != denominator:
                self._as_whole(columns.denominator, code, denominator, made.denominator)
            return made
        if value is None:
            self._without(columns.numerator, code, period, indicator)
            return None
        return of_value(definition, value, columns)

    def _as_whole(self, column: str, code: str, number: float, whole: float) -> None:
        self._report(TAKEN_AS_WHOLE, column, f"{code}: {number!r} is taken as {whole:.0f}")

    def _without(self, column: str, code: str, period: Period, indicator: str = "") -> None:
        of = f"{indicator} in " if indicator else ""
        self._report(WITHOUT_COUNTS, column, f"{code} has no count for {of}{period.text}")

    def _add(self, indicator: str, code: str, period: Period, made: Observation) -> None:
        if words := self.taking.add(self.line, indicator, code, period, made):
            self._report(REPEATED, self.layout.practice, words)

    def _report(self, kind: str, column: str, words: str) -> None:
        place = self.places.get(column)
        self.found.report(kind, Told(self.line, place + 1 if place is not None else 1, column, words))
