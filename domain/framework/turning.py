"""On which days a recommendation may change though nothing is recorded: time passes, and a period runs out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from domain.clocks.counting import months_after
from domain.framework.parts import Framework
from domain.practice.state import Practice

_DAY = timedelta(days=1)


def turning_days(practice: Practice, frameworks: Iterable[Framework]) -> set[date]:
    """Every day on which a rule may hold that did not the day before, or hold no more. On no other does the answer
    change, while the practice and what is published stay as they are.
    """
    numbers = [(name, n) for one in frameworks for rule in one.rule_set.rules for name, n in rule.thresholds]
    months = {n for name, n in numbers if name == "months"}
    days = {n for name, n in numbers if name == "days"}
    found = set(_as_they_are(practice))
    for day in _counted_in_months(practice):
        found |= {months_after(day, n) for n in months}
    for day in _counted_in_days(practice):
        found |= {day + timedelta(days=n + more) for n in days for more in (0, 1)}
    return found


def _as_they_are(practice: Practice) -> Iterator[date]:
    for flag in practice.flags.values():
        yield flag.raised_on
    for heard in practice.intelligence.values():
        yield heard.recorded_on
    for episode in practice.episodes:
        if episode.closed_on:
            yield episode.closed_on
    for decision in practice.decisions:
        yield decision.effective_on
    for inspection in practice.inspections.values():
        yield inspection.published_on
    for action in practice.regulatory_actions.values():
        yield action.from_on
        if action.ended_on:
            yield action.ended_on
    for declared in practice.declarations.values():
        if declared.submitted_on:
            yield declared.submitted_on
    yield from _of_the_ladder(practice)


def _of_the_ladder(practice: Practice) -> Iterator[date]:
    for notice in practice.notices.values():
        if notice.issued_on:
            yield notice.issued_on
    for sanction in practice.sanctions.values():
        if sanction.imposed_on:
            yield sanction.imposed_on
        if sanction.until_on:
            yield sanction.until_on + _DAY
    for end in practice.terminations.values():
        if end.notice_given_on:
            yield end.notice_given_on


def _counted_in_months(practice: Practice) -> Iterator[date]:
    for notice in practice.notices.values():
        for day in (notice.issued_on, notice.assessed_on):
            if day:
                yield day


def _counted_in_days(practice: Practice) -> Iterator[date]:
    for declared in practice.declarations.values():
        yield declared.due_on
    for action in practice.actions.values():
        yield action.due_on
    for decision in practice.decisions:
        yield decision.effective_on
