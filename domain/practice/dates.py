"""Days: what may be in the future, and in which order two days stand."""

from __future__ import annotations

from datetime import date

from domain.practice.commands import PracticeCommand
from domain.rules import Asked, RuleBroken


def day_of(command: PracticeCommand, asked: Asked) -> date:
    """The day the thing happened: as given, else today; refused when it has not come yet."""
    if command.occurred_on is None:
        return asked.on
    not_in_the_future(command.occurred_on, asked, "occurred_on")
    return command.occurred_on


def day_since(first: date | None, command: PracticeCommand, asked: Asked) -> date:
    """The day the thing happened, where it follows something else: not before that."""
    day = day_of(command, asked)
    in_order(first, day, "occurred_on")
    return day


def not_in_the_future(day: date, asked: Asked, field: str) -> None:
    if day > asked.on:
        raise RuleBroken(
            "what-happened-is-not-in-the-future", "Enter today's date or a date in the past", field
        )


def in_order(first: date | None, last: date | None, field: str) -> None:
    if first is not None and last is not None and last < first:
        raise RuleBroken(
            "an-end-is-not-before-its-start", f"Enter a date on or after {in_full(first)}", field
        )


def in_full(day: date) -> str:
    """3 November 2026."""
    return f"{day.day} {day:%B %Y}"


def latest(first: date | None, second: date) -> date:
    return second if first is None or second > first else first
