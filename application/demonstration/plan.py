"""One practice's story while it is planned: acts in the order of the clock, and what each became."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from application.demonstration.cast import AMIRA, LEADS, MARTIN, TODAY
from application.demonstration.themes import Theme
from application.demonstration.words import Words
from domain.practice.kinds import Tier
from domain.rules import LONDON, Command


def workday(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


@dataclass(order=True)
class Act:
    """One command of a tale. It is made when its turn comes, because it may cite what was recorded before."""

    at: datetime
    code: str
    number: int
    who: str = field(compare=False)
    make: Callable[[], Command] = field(compare=False)
    label: str | None = field(compare=False, default=None)


@dataclass
class Plan:
    """`cites` maps a label to the fact it became, filled in as the tale is told."""

    code: str
    name: str
    commissioner: str
    theme: Theme
    rng: random.Random
    caseworker: str = AMIRA
    manager: str = MARTIN
    acts: list[Act] = field(default_factory=list)
    cites: dict[str, str] = field(default_factory=dict)
    tier: Tier = Tier.ASSURANCE_BASED
    _count: int = 0
    _documents: dict[str, str] = field(default_factory=dict)
    registered_with: str | None = None
    review_on: date | None = None
    rests_on: tuple[str, ...] = ()
    list_size: int = 7_120
    _planned: dict[str | None, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = Words(self.rng)
        self.lead = LEADS[self.commissioner]

    def new(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}-{self.code.lower()}{self._count:04d}"

    def act(
        self,
        who: str,
        on: date,
        make: Callable[[], Command],
        label: str | None = None,
        late: int = 0,
        after: tuple[str | None, ...] = (),
    ) -> None:
        """Plan a command for the working hours of a day, or `late` days after it; never after today.

        What it rests on, named by label in `after`, is told before it.
        """
        day = min(on + timedelta(days=late), TODAY)
        moment = time(9 + self.rng.randint(0, 6), self.rng.randint(0, 59), self.rng.randint(0, 59))
        rests_on = [self._planned[one] + timedelta(minutes=2) for one in after if one in self._planned]
        at = max([datetime.combine(day, moment, LONDON), self._not_before(day), *rests_on])
        self.acts.append(Act(at, self.code, len(self.acts), who, make, label))
        if label is not None:
            self._planned.setdefault(label, at)

    def _not_before(self, day: date) -> datetime:
        """After what was planned before it for the same day: a tale's acts follow each other."""
        same_day = [act.at for act in self.acts if act.at.date() == day]
        return max(same_day, default=datetime.combine(day, time(9), LONDON)) + timedelta(minutes=1)

    def _cited(self, labels: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.cites[label] for label in labels if label in self.cites))

    def version(self, label: str) -> int:
        """The version of the fact that a label became."""
        return int(self.cites[label].partition("/")[2])
