"""Made-up published numbers: practices that are alike, and one that is not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from application.casebook import Casebook
from domain.practice.commands import RegisterPractice
from domain.rules import operator

HEADING = "practice,indicator,period,numerator,denominator"
CODES = tuple(f"X9{number:04}" for number in range(1, 31))
FAR = CODES[4]
"""The practice that is far from its peers: PS02 is better low, and it is high."""
NEAR = CODES[7]


def numbers(
    period: str, *, far: int | None = 90, indicator: str = "PS02", codes: tuple[str, ...] = CODES
) -> list[str]:
    """A row for each practice: about half of 100, a little different from each other; `far` is the one far practice's."""
    return [
        f"{code},{indicator},{period},{far if code == FAR and far is not None else 46 + (number * 5) % 9},100"
        for number, code in enumerate(codes)
    ]


def write(file: Path, *rows: str, heading: str = HEADING) -> Path:
    file.write_text("\n".join([heading, *rows]) + "\n")
    return file


def register(casebook: Casebook, *codes: str) -> None:
    """Register practices, as the register does."""
    asked = operator(datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
    casebook.handle_many(
        [
            (
                code,
                RegisterPractice(code=code, name=f"Surgery {code}", contract_holder="Q74", source="epraccur"),
                f"register-{code}",
            )
            for code in codes
        ],
        asked,
    )
