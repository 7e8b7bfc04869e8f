"""What may be asked about the key indicator set."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Any

from domain.indicators.definitions import Definition
from domain.practice.kinds import Better, ExplanationCategory, IndicatorDomain, IndicatorModel, PeriodLength
from domain.rules import Command
from domain.text import Form, Line, Reason, Words

IndicatorCode = Annotated[
    str,
    Words(
        40,
        lines=False,
        scanned=False,
        form=Form(
            r"[A-Z]{2}[0-9]{2}(?:-[A-Z0-9]{1,12}){0,4}",
            "an indicator’s code, such as PS06, or PS06-MMR2-5Y for a finer one",
        ),
    ),
]
Unit = Annotated[str, Words(60, lines=False)]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorCommand(Command):
    """Something about an indicator of the key set."""

    code: IndicatorCode
    occurred_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineIndicator(IndicatorCommand):
    """Say what an indicator is from a day on: its first version, or the next. A version never changes."""

    name: Line
    domain: IndicatorDomain
    description: Reason
    numerator: Line
    denominator: Line
    unit: Unit
    better: Better
    model: IndicatorModel
    standardisation: Line | None = None
    source: Line
    period: PeriodLength
    refresh_lag_months: int | None = None
    minimum_denominator: float | None = None
    target: float | None = None
    known_explanations: tuple[ExplanationCategory, ...] = ()
    part_of: IndicatorCode | None = None
    valid_from: date | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireIndicator(IndicatorCommand):
    """Say that an indicator is of the key set no more, from a day on, and why."""

    retired_on: date | None = None
    reason: Reason


COMMANDS: dict[str, type[IndicatorCommand]] = {
    one.__name__: one for one in (DefineIndicator, RetireIndicator)
}


def as_command(definition: Definition) -> DefineIndicator:
    """The command by which this definition becomes an indicator's next version."""
    asked_for = {one.name for one in fields(DefineIndicator)}
    given: dict[str, Any] = {
        one.name: getattr(definition, one.name) for one in fields(Definition) if one.name in asked_for
    }
    return DefineIndicator(**given)
