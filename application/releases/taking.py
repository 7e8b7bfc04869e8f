"""Observations as they are taken in, by indicator and period: each number of a practice once."""

from __future__ import annotations

import math

from application.releases.found import Block, Read
from application.releases.lines import Wrong
from application.releases.measured import Observation
from domain.periods import Period


class Taking:
    """Puts observations into the blocks of what is read. A practice has one number in a period."""

    def __init__(self, found: Read, practice_column: str) -> None:
        self.found, self.column = found, practice_column
        self.codes: dict[str, int] = {}
        self.names: list[str] = []

    def add(self, line: int, indicator: str, code: str, period: Period, made: Observation) -> str:
        """Nothing where it was taken in; of one that stands already, alike, in which words that is told."""
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
            return self._again(block, block.at[number] - 1, code, indicator, made)
        block.codes.append(self.names[number])
        block.at[number] = len(block.codes)
        block.numerators.append(made.numerator)
        block.denominators.append(made.denominator)
        block.values.append(made.value)
        block.lines.append(line)
        return ""

    def _again(self, block: Block, at: int, code: str, indicator: str, made: Observation) -> str:
        first = block.numerators[at], block.denominators[at], block.values[at]
        of = f"for {indicator} in {block.period.text}"
        if all(a == b or (math.isnan(a) and math.isnan(b)) for a, b in zip(first, made, strict=True)):
            return f"{code} stands with the same numbers {of} on line {block.lines[at]}"
        raise Wrong(self.column, f"{code} has other numbers {of} than on line {block.lines[at]}")
