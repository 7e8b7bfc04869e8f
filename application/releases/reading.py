"""Reads a file of published numbers, line by line, into blocks of observations.

A file that is malformed anywhere is refused as a whole, with line and column of each mistake: nothing is guessed, and
nothing half published. What is well formed and cannot be taken in (a code that nobody knows, a number that the publisher
keeps back) is reported, and the rest is taken.
"""

from __future__ import annotations

import gzip
import io
import math
import re
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from application.releases.mapping import OWN, Layout
from application.source_file import LARGEST, SourceUnreadable, fields_of
from domain.indicators.definitions import LOG_RATIO, Definition
from domain.periods import HOW_WRITTEN, Period, period_of
from domain.practice.kinds import IndicatorModel
from domain.rules import RuleBroken

LONGEST = 20_000
"""Characters of a line: a published row has a few hundred."""
MOST_LINES = 8_000_000
MOST_MISTAKES = 50
"""Mistakes that are listed; a file with more is no better known by them."""
MOST_TOLD = 500
"""Reports that are told of a kind; all are counted."""
GREATEST = 1e12
"""No published count is as large."""
WHOLE_WITHIN = 1e-6

NAN = math.nan
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\Z", re.ASCII)
_CODE = re.compile(r"[A-Za-z0-9]{3,10}\Z")
_GZIP = b"\x1f\x8b"

UNKNOWN = "unknown_practice"
NOT_ACTIVE = "not_active_practice"
CLOSED = "closed_before_period"
UNKNOWN_INDICATOR = "unknown_indicator"
SUPPRESSED = "suppressed"
WITHOUT_COUNTS = "without_counts"
REPEATED = "repeated"
TAKEN_AS_WHOLE = "taken_as_whole"
KINDS = {
    UNKNOWN: "practices that are not in the register",
    NOT_ACTIVE: "practices that are not active GP practices",
    CLOSED: "numbers of a period after the practice closed",
    UNKNOWN_INDICATOR: "indicators that are not of the key set",
    SUPPRESSED: "small numbers that the publisher keeps back",
    WITHOUT_COUNTS: "practices without counts in a period",
    REPEATED: "numbers that stand in the file twice, alike, and count once",
    TAKEN_AS_WHOLE: "numbers within a millionth of a whole one, and taken as it",
}
"""What may be reported of a file that is published all the same."""

Verdict = Callable[[str], "tuple[str, object] | None"]


class Told(NamedTuple):
    """Something about one place of the file. Lines and columns count from 1."""

    line: int
    column: int
    name: str
    words: str

    def __str__(self) -> str:
        where = f", column {self.column}" if self.column else ""
        return f"line {self.line}{where}{f' ({self.name})' if self.name else ''}: {self.words}"


class FileRefused(SourceUnreadable):
    """The file is malformed: nothing of it is taken in."""

    def __init__(self, name: str, mistakes: Sequence[Told]) -> None:
        more = "; only the first are listed" if len(mistakes) >= MOST_MISTAKES else ""
        super().__init__(f"{name} is refused, and nothing of it is published: {mistakes[0]}{more}")
        self.mistakes = list(mistakes)


@dataclass(slots=True)
class Block:
    """The observations of one indicator in one period; NaN where there is no number."""

    period: Period
    codes: list[str] = field(default_factory=list)
    numerators: array[float] = field(default_factory=lambda: array("d"))
    denominators: array[float] = field(default_factory=lambda: array("d"))
    values: array[float] = field(default_factory=lambda: array("d"))
    lines: array[int] = field(default_factory=lambda: array("L"))
    at: array[int] = field(default_factory=lambda: array("l"))
    """By the number of a practice's code in the file: where it stands here, from 1; 0 where it does not."""


@dataclass(slots=True)
class Read:
    """What a file holds: blocks by indicator and period, and what was reported of it."""

    rows: int = 0
    blocks: dict[str, dict[str, Block]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    told: dict[str, list[Told]] = field(default_factory=dict)
    left_out: dict[str, tuple[str, object]] = field(default_factory=dict)
    """Codes that were in the file and not taken in, or not from a day on: the kind, and the day."""

    @property
    def observations(self) -> int:
        return sum(len(block.codes) for some in self.blocks.values() for block in some.values())

    @property
    def practices(self) -> int:
        return len({code for some in self.blocks.values() for block in some.values() for code in block.codes})

    def report(self, kind: str, told: Told) -> None:
        self.counts[kind] += 1
        some = self.told.setdefault(kind, [])
        if len(some) < MOST_TOLD:
            some.append(told)


class _Wrong(Exception):
    """A mistake in one place of a row: the name of its column, and what is wrong."""

    def __init__(self, column: str, words: str) -> None:
        super().__init__(words)
        self.column, self.words = column, words


def read(
    name: str,
    content: bytes,
    layout: Layout,
    definitions: Mapping[str, Definition],
    verdict: Verdict,
    forms: Mapping[str, str] | None = None,
) -> Read:
    """What a file holds, or FileRefused.

    `verdict` says of a practice's code why it is not taken in, and from which day on if it closed; None if it is.
    `forms` is how periods of an indicator are written in what was published before.
    """
    return _Reading(name, layout, definitions, verdict, dict(forms or {})).run(content)


def form_of(period: Period) -> str:
    """How a period is written: all periods of one indicator are written alike, so that they stand in order."""
    return f"{period.length}{'/' if '/' in period.text else ''}"


class _Reading:
    def __init__(
        self,
        name: str,
        layout: Layout,
        definitions: Mapping[str, Definition],
        verdict: Verdict,
        forms: dict[str, str],
    ) -> None:
        self.name, self.layout, self.definitions, self.verdict = name, layout, definitions, verdict
        self.forms = forms
        self.found = Read()
        self.mistakes: list[Told] = []
        self.numbers: dict[str, float] = {}
        self.periods: dict[str, Period] = {}
        self.verdicts: dict[str, tuple[str, object] | None] = {}
        self.places: dict[str, int] = {}
        self.codes: dict[str, int] = {}
        self.names: list[str] = []
        self.line = 0

    def run(self, content: bytes) -> Read:
        lines = _lines(self.name, content)
        heading = self._heading(lines)
        taken = self._wide if self.layout.wide else self._long
        columns = len(heading)
        for self.line, text in lines:
            if text.isspace() or not text:
                continue
            try:
                row = self._row(text)
                if len(row) != columns:
                    raise _Wrong(
                        "",
                        f"this line has {len(row)} columns, not {columns} (decimals have a point, no comma)",
                    )
                self.found.rows += 1
                taken(row)
            except _Wrong as wrong:
                at = (
                    self.places.get(wrong.column, min(len(row), columns) - 1) + 1
                    if wrong.column or row
                    else 0
                )
                self._mistake(at, wrong)
                if len(self.mistakes) >= MOST_MISTAKES:
                    break
        if self.mistakes:
            raise FileRefused(self.name, self.mistakes)
        if not self.found.rows:
            raise FileRefused(self.name, [Told(1, 1, "", "there is no row under the heading")])
        return self.found

    def _mistake(self, column: int, wrong: _Wrong) -> None:
        self.mistakes.append(Told(self.line, column, wrong.column, wrong.words))

    def _row(self, text: str) -> list[str]:
        if '"' not in text:
            return text.split(",")
        try:
            return fields_of(text)
        except RuleBroken as broken:
            self.mistakes.append(Told(self.line, 1, "", broken.message))
            raise FileRefused(self.name, self.mistakes) from None

    # --- the heading -------------------------------------------------------------------------------------------

    def _heading(self, lines: Iterator[tuple[int, str]]) -> list[str]:
        for self.line, text in lines:
            if text.strip():
                break
        else:
            raise FileRefused(self.name, [Told(1, 1, "", "the file is empty")])
        heading = [one.strip() for one in self._row(text)]
        own = self.layout.indicator_column == "indicator" and self.layout.practice == "practice"
        if own and not set(self.layout.columns) <= set(heading):
            heading = [_own_name(one) for one in heading]
        if repeated := [one for one, number in Counter(heading).items() if number > 1]:
            raise self._refused(heading.index(repeated[0]) + 1, f"the column {repeated[0]!r} stands twice")
        self.places = {one: at for at, one in enumerate(heading)}
        self._columns_are_there(heading, own)
        return heading

    def _columns_are_there(self, heading: list[str], own: bool) -> None:
        wanted = self.layout.columns
        if own:
            if others := [one for one in heading if one not in OWN]:
                raise self._refused(
                    heading.index(others[0]) + 1,
                    f"there is no column {others[0][:40]!r}: the columns are {','.join(OWN)}",
                )
            counts = "numerator" in self.places and "denominator" in self.places
            if not counts and "value" not in self.places:
                raise self._refused(
                    len(heading), "the columns numerator and denominator, or value, are missing"
                )
            wanted = [one for one in wanted if one not in {"numerator", "denominator", "value"}]
        if missing := [one for one in wanted if one not in self.places]:
            raise self._refused(len(heading), f"the column {missing[0]!r} is missing")

    def _refused(self, column: int, words: str) -> FileRefused:
        return FileRefused(self.name, [Told(self.line, column, "", words)])

    # --- rows --------------------------------------------------------------------------------------------------

    def _long(self, row: list[str]) -> None:
        layout, places = self.layout, self.places
        code = row[places[layout.practice]].strip()
        indicator = self._indicator(row)
        assert layout.period is not None
        period = self._period(row[places[layout.period]])
        if indicator is None:
            return
        self._written_alike(indicator, period)
        numbers = [self._cell(row, one) for one in (layout.numerator, layout.denominator, layout.value)]
        where = self._known(code, period)
        if where is None:
            return
        if (made := self._observation(indicator, code, period, *numbers)) is not None:
            self._add(indicator, code, period, *made)

    def _wide(self, row: list[str]) -> None:
        layout, places = self.layout, self.places
        code, indicator = row[places[layout.practice]].strip(), layout.indicator
        assert indicator is not None
        definition = self._definition(indicator, layout.practice)
        if definition.model not in {IndicatorModel.CONTINUOUS, IndicatorModel.STATUS}:
            raise _Wrong(
                layout.practice, f"{indicator} has numerators and denominators, which no wide file has"
            )
        if self._verdict(code) is not None and self.verdicts[code][1] is None:  # type: ignore[index]
            return
        before = NAN
        for column, period in layout.periods.items():
            number = self._cell(row, column)
            if number is not None and number < 0:
                raise _Wrong(column, f"{number:g} is negative: a count is not")
            if number is None or math.isnan(number):
                if number is None:
                    self._without(column, code, period)
                else:
                    self._report(SUPPRESSED, column, f"{code}: a small number, kept back")
                before = NAN
                continue
            if self._known(code, period, column) is None:
                continue
            if layout.change:
                value = math.log(number / before) if number > 0 and before > 0 else NAN
                self._add(indicator, code, period, number, before, value)
            else:
                self._add(indicator, code, period, NAN, NAN, number)
            before = number

    def _indicator(self, row: list[str]) -> str | None:
        layout, places = self.layout, self.places
        if layout.indicator_from:
            texts = tuple(row[places[one]].strip() for one in layout.indicator_from)
            code = layout.codes.get(texts)
            column = layout.indicator_from[-1]
            shown = " | ".join(texts)
        elif layout.indicator_column is not None:
            column = layout.indicator_column
            code = shown = row[places[column]].strip()
            if not code:
                raise _Wrong(column, "the indicator's code is missing")
        else:
            code, column, shown = layout.indicator, layout.practice, str(layout.indicator)
        if code is None or code not in self.definitions:
            if shown not in self.found.left_out:
                self.found.left_out[shown] = (UNKNOWN_INDICATOR, None)
                self._report(UNKNOWN_INDICATOR, column, f"{shown[:60]} is not an indicator of the key set")
            return None
        return code

    def _definition(self, indicator: str, column: str) -> Definition:
        found = self.definitions.get(indicator)
        if found is None:
            raise _Wrong(column, f"{indicator} is not an indicator of the key set")
        return found

    def _period(self, text: str) -> Period:
        found = self.periods.get(text)
        if found is None:
            found = period_of(text)
            if found is None:
                shown = repr(text.strip()[:30]) if text.strip() else "nothing"
                raise _Wrong(str(self.layout.period), f"{shown} is not {HOW_WRITTEN}")
            self.periods[text] = found
        return found

    def _written_alike(self, indicator: str, period: Period) -> None:
        form = form_of(period)
        if self.forms.setdefault(indicator, form) != form:
            raise _Wrong(
                str(self.layout.period),
                f"{period.text} is mixed with periods of another length: those of {indicator} are written as"
                f" a {self.forms[indicator].replace('/', ' such as 2021/22')}",
            )

    def _known(self, code: str, period: Period, column: str = "") -> bool | None:
        """Whether the practice is taken in for a period. Of a code that is not, it is told once."""
        verdict = self._verdict(code)
        if verdict is None:
            return True
        _, day = verdict
        if day is None:
            return None
        if period.starts_on >= day:  # type: ignore[operator]
            name = column or str(self.layout.period)
            self._report(CLOSED, name, f"{code} closed on {day}, before the period {period.text}")
            return None
        return True

    def _verdict(self, code: str) -> tuple[str, object] | None:
        """Why a practice is not taken in, and from which day on if it closed. Of one that is not, it is told once."""
        if code not in self.verdicts:
            if not _CODE.match(code):
                shown = repr(code[:20]) if code else "nothing"
                raise _Wrong(self.layout.practice, f"{shown} is not a practice's code")
            verdict = self.verdicts[code] = self.verdict(code)
            if verdict is not None:
                kind, day = verdict
                self.found.left_out[code] = verdict
                if day is None:
                    words = "is not in the register" if kind == UNKNOWN else "is not an active GP practice"
                    self._report(kind, self.layout.practice, f"{code} {words}")
        return self.verdicts[code]

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
        number = _number(column, text)
        if len(self.numbers) < 100_000:
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
    ) -> tuple[float, float, float] | None:
        layout, definition = self.layout, self.definitions[indicator]
        if _kept_back(numerator) or _kept_back(denominator) or _kept_back(value):
            self._report(
                SUPPRESSED,
                str(layout.numerator or layout.value),
                f"{code}, {indicator}: a small number, kept back",
            )
            return None
        if numerator is None and value is None:
            self._without(str(layout.numerator or layout.value), code, period, indicator)
            return None
        if numerator is not None:
            if denominator is None:
                raise _Wrong(str(layout.denominator), "there is a numerator and no denominator")
            if numerator < 0:
                raise _Wrong(str(layout.numerator), f"{numerator:g} is negative: a count is not")
            if denominator <= 0:
                raise _Wrong(
                    str(layout.denominator), f"{denominator:g} is not a denominator: it is more than nought"
                )
            if denominator < WHOLE_WITHIN:
                raise _Wrong(str(layout.denominator), f"{denominator:g} is too small a denominator")
            numerator = self._whole(numerator, layout.numerator, code)
            denominator = self._whole(denominator, layout.denominator, code)
            if definition.model == IndicatorModel.BINOMIAL and numerator > denominator:
                raise _Wrong(
                    str(layout.numerator), f"{numerator:g} is more than the denominator, {denominator:g}"
                )
            return numerator, denominator, _measured(definition, numerator, denominator, value)
        assert value is not None
        if definition.model in {IndicatorModel.BINOMIAL, IndicatorModel.POISSON}:
            raise _Wrong(str(layout.value), f"{indicator} is published with numerator and denominator")
        if definition.model == IndicatorModel.STATUS and value not in {0.0, 1.0}:
            raise _Wrong(str(layout.value), f"{value:g} is not a status: it is 1 (yes) or 0 (no)")
        return NAN, NAN, value

    def _whole(self, number: float, column: str | None, code: str) -> float:
        nearest = round(number)
        if number == nearest or abs(number - nearest) >= WHOLE_WITHIN:
            return number
        self._report(TAKEN_AS_WHOLE, str(column), f"{code}: {number!r} is taken as {nearest}")
        return float(nearest)

    def _without(self, column: str, code: str, period: Period, indicator: str = "") -> None:
        of = f"{indicator} in " if indicator else ""
        self._report(WITHOUT_COUNTS, column, f"{code} has no count for {of}{period.text}")

    def _add(
        self, indicator: str, code: str, period: Period, numerator: float, denominator: float, value: float
    ) -> None:
        blocks = self.found.blocks.get(indicator)
        if blocks is None:
            blocks = self.found.blocks[indicator] = {}
        block = blocks.get(period.text)
        if block is None:
            block = blocks[period.text] = Block(period)
        number = self.codes.get(code)
        if number is None:
            number = self.codes[code] = len(self.names)
            self.names.append(code)
        if number >= len(block.at):
            block.at.extend([0] * (number + 1 - len(block.at)))
        if block.at[number]:
            self._again(block, block.at[number] - 1, code, indicator, (numerator, denominator, value))
            return
        block.codes.append(self.names[number])
        block.at[number] = len(block.codes)
        block.numerators.append(numerator)
        block.denominators.append(denominator)
        block.values.append(value)
        block.lines.append(self.line)

    def _again(
        self, block: Block, at: int, code: str, indicator: str, numbers: tuple[float, float, float]
    ) -> None:
        first = block.numerators[at], block.denominators[at], block.values[at]
        line = block.lines[at]
        if all(a == b or (math.isnan(a) and math.isnan(b)) for a, b in zip(first, numbers, strict=True)):
            words = (
                f"{code} stands with the same numbers for {indicator} in {block.period.text} on line {line}"
            )
            self._report(REPEATED, self.layout.practice, words)
            return
        raise _Wrong(
            self.layout.practice,
            f"{code} has other numbers for {indicator} in {block.period.text} than on line {line}",
        )

    def _report(self, kind: str, column: str, words: str) -> None:
        place = self.places.get(column)
        self.found.report(kind, Told(self.line, place + 1 if place is not None else 1, column, words))


def _measured(definition: Definition, numerator: float, denominator: float, value: float | None) -> float:
    """What both counts come to; of a measure its value as published, where there is one."""
    if definition.model == IndicatorModel.CONTINUOUS:
        if value is not None:
            return value
        if definition.unit == LOG_RATIO:
            return math.log(numerator / denominator) if numerator > 0 else NAN
    return numerator / denominator


def _kept_back(number: float | None) -> bool:
    return number is not None and math.isnan(number)


def _number(column: str, text: str) -> float:
    shown = repr(text[:30])
    if _NUMBER.match(text):
        number = float(text)
        if not math.isfinite(number) or abs(number) > GREATEST:
            raise _Wrong(column, f"{shown} is a larger number than any that is published")
        return number
    if re.fullmatch(r"[+-]?\d+,\d+", text, re.ASCII):
        raise _Wrong(column, f"{shown} has a comma: write a decimal with a point, and thousands without")
    raise _Wrong(column, f"{shown} is not a number")


def _own_name(heading: str) -> str:
    """Casebook's name of a column that is written otherwise: `Practice code` is `practice`."""
    return heading.lower().replace("_", " ").removesuffix(" code").strip()


def _lines(name: str, content: bytes) -> Iterator[tuple[int, str]]:
    """The lines of a file, decompressed where it is gzip, one at a time: whatever it would grow to is never held."""
    number = 0
    taken = 0
    packed = content.startswith(_GZIP)
    if not packed and name.lower().endswith(".gz"):
        raise SourceUnreadable(
            f"{name}, line 1, column 1: this is not a gzip file, though its name ends in .gz"
        )
    raw: io.BufferedIOBase = io.BytesIO(content)
    source = io.BufferedReader(gzip.GzipFile(fileobj=raw), 1 << 16) if packed else raw
    while True:
        number += 1
        try:
            line = source.readline(LONGEST + 1)
        except (OSError, EOFError, zlib.error):
            words = "this is a damaged gzip file from here on: copy it again"
            raise FileRefused(name, [Told(number, 1, "", words)]) from None
        if not line:
            return
        taken += len(line)
        if len(line) > LONGEST:
            words = f"this line is longer than {LONGEST:,} characters, which no published row is"
            raise FileRefused(name, [Told(number, LONGEST + 1, "", words)])
        if taken > LARGEST or number > MOST_LINES:
            words = f"the file goes on after {LARGEST // 1_000_000} MB or {MOST_LINES:,} lines, which no published file is"
            raise FileRefused(name, [Told(number, 1, "", words)])
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as problem:
            words = "this is not UTF-8 text: a byte cannot be read"
            raise FileRefused(name, [Told(number, problem.start + 1, "", words)]) from None
        yield number, text.rstrip("\r\n")
