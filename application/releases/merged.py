"""Which practices' numbers a merger explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from application.casebook import Casebook
from application.releases.as_they_stand import as_they_stand
from domain.indicators.definitions import Definition
from domain.periods import period_of
from domain.practice.events import (
    ExplanationAccepted,
    ExplanationNotAccepted,
    FlagExplained,
    FlagRaised,
    PracticeClosed,
    PracticeReopened,
)
from domain.practice.kinds import ExplanationCategory

EXPLAINED_FOR = timedelta(days=366)
"""How long after its period a merger explains: a year of quarters has it in its past."""

_OF_MERGERS = (
    FlagRaised,
    FlagExplained,
    ExplanationAccepted,
    ExplanationNotAccepted,
    PracticeClosed,
    PracticeReopened,
)


@dataclass
class Mergers:
    """Practices that a merger explains from a day on, for a year: as the explanation of a flag, by indicator; and as the
    successor of a practice that closed, for every indicator of which a merger is a known explanation.
    """

    explained: dict[str, set[tuple[str, date]]] = field(default_factory=dict)
    succeeded: set[tuple[str, date]] = field(default_factory=set)

    @classmethod
    def read(cls, casebook: Casebook) -> Mergers:
        """An explanation holds when another person accepted it, and for as long as that stands. Whoever closed and
        opened again did not become another.
        """
        raised: dict[str, tuple[str, FlagRaised]] = {}
        explained: dict[str, str] = {}
        accepted, closed = set[str](), dict[str, tuple[str, date]]()
        for entry in as_they_stand(casebook.recorder, *_OF_MERGERS):
            match entry.fact:
                case FlagRaised() as fact:
                    raised[fact.flag_id] = (entry.stream.removeprefix("practice-"), fact)
                case FlagExplained(category=ExplanationCategory.MERGER) as fact:
                    explained[fact.explanation_id] = fact.flag_id
                case ExplanationAccepted() as fact:
                    accepted.add(fact.explanation_id)
                case ExplanationNotAccepted() as fact:
                    accepted.discard(fact.explanation_id)
                case PracticeClosed(successor=str(code), closed_on=day):
                    closed[entry.stream] = code, day
                case PracticeReopened():
                    closed.pop(entry.stream, None)
                case _:
                    pass
        found = cls(succeeded=set(closed.values()))
        held = {flag_id for one, flag_id in explained.items() if one in accepted and flag_id in raised}
        for code, fact in (raised[flag_id] for flag_id in held):
            period = period_of(fact.period or "")
            if period is not None:
                found.explained.setdefault(fact.indicator, set()).add((code, period.starts_on))
        return found

    def of(self, definition: Definition, periods: Sequence[str]) -> frozenset[tuple[str, str]]:
        """Practices and periods of one indicator that are explained beforehand."""
        days = set(self.explained.get(definition.code, ()))
        if ExplanationCategory.MERGER in definition.known_explanations:
            days |= self.succeeded
        return frozenset(
            (code, text)
            for text in periods
            if (period := period_of(text)) is not None
            for code, day in days
            if day <= period.ends_on and period.starts_on < day + EXPLAINED_FOR
        )
