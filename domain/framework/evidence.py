"""What the rules look at of a practice on a day, and how each part of it counts.

A flag counts that is adverse, open, and not taken out by an accepted explanation of coding, demography, small numbers, a
merger or a data error; one that a release raised, only while its period is the latest published. Over-dispersion is
taken into account where a flag is raised. A period that a flag covers is a period with variation of concern.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise

from domain.framework.parts import Thresholds
from domain.periods import begun, period_of, run_of
from domain.practice.contract_state import Inspection
from domain.practice.events import FlagRaised
from domain.practice.kinds import Direction, ExplanationCategory, FlagKind, Level, Side, Tier
from domain.practice.plan_names import key
from domain.practice.settling import RELEASE
from domain.practice.state import Action, Flag, Intelligence, Practice
from domain.releases.publications import NOTHING_PUBLISHED, Published

TAKES_OUT = frozenset(
    {
        ExplanationCategory.CODING,
        ExplanationCategory.DEMOGRAPHY,
        ExplanationCategory.SMALL_NUMBERS,
        ExplanationCategory.MERGER,
        ExplanationCategory.DATA_ERROR,
    }
)
"""Accepted, these take a flag out of the count. What is genuine or unknown stays in."""

Facts = tuple[int, ...]
"""Versions of facts of the practice. None says that a rule is not satisfied."""


@dataclass(frozen=True, slots=True)
class Adverse:
    """An adverse flag that nobody withdrew or explained away, open or not, and what its fact says of its numbers."""

    flag: Flag
    by_release: bool
    period: str | None

    @property
    def alarm(self) -> bool:
        return self.flag.level == Level.ALARM

    @property
    def stands(self) -> bool:
        """Whether its period is one of the indicator's, whatever became of it: not where a hand raised and ended it."""
        return self.by_release or self.flag.open


class Evidence:
    """A practice as the rules see it on a day. Each part is worked out when a rule first asks for it."""

    def __init__(self, practice: Practice, on: date) -> None:
        self.practice = practice
        self.on = on
        self.published = practice.published or NOTHING_PUBLISHED
        self.found: dict[tuple[str, Thresholds], Facts] = {}
        """What conditions came to, with their thresholds."""

    # --- flags -------------------------------------------------------------------------------------------------

    @cached_property
    def adverse(self) -> list[Adverse]:
        practice = self.practice
        if not practice.flags:
            return []
        out = {
            one.flag_id
            for one in practice.explanations.values()
            if one.category in TAKES_OUT
            and (of := practice.flags.get(one.flag_id)) is not None
            and one.explains(of)
        }
        found = []
        for flag in practice.flags.values():
            if flag.direction != Direction.ADVERSE or flag.flag_id in out or flag.raised_on > self.on:
                continue
            raised = practice.standing[flag.version].fact
            if flag.status == "withdrawn" or not isinstance(raised, FlagRaised):
                continue
            by_release = raised.source == RELEASE
            period = _as_always_written(raised.period) if raised.period else None
            if period and not by_release and not begun(period, flag.raised_on):
                period = None  # Mistyped, when nothing refused it yet.
            found.append(Adverse(flag, by_release, period))
        return found

    @cached_property
    def counted(self) -> list[Adverse]:
        """The flags that count on the day."""
        return [one for one in self.adverse if one.flag.open and self._of_the_latest(one)]

    def _of_the_latest(self, one: Adverse) -> bool:
        known = self.published.of(one.flag.indicator, self.on)
        return not (one.by_release and one.period and known) or one.period >= known[-1].period

    def persisting(self, one: Adverse, periods: int, *, alarms: bool = False) -> list[Adverse] | None:
        """The flags of its indicator and kind that cover the last so many periods without a gap, if they do."""
        alike = [
            other
            for other in self.adverse
            if other.flag.indicator == one.flag.indicator
            and other.flag.kind == one.flag.kind
            and (other.alarm or not alarms)
        ]
        known = self.published.of(one.flag.indicator, self.on)
        covered = [(other, self.covers(other, known)) for other in alike]
        standing = [(other, some) for other, some in covered if other.stands]
        run = _run(known, covered, periods)
        # What somebody raised by hand and ended may make a run, and breaks none.
        return _run(known, standing, periods) if run is None and len(standing) < len(covered) else run

    def covers(self, one: Adverse, known: tuple[Published, ...]) -> set[str]:
        """A release's flag covers its own period. What somebody raised by hand stands until somebody ends it: it covers
        its own period, or what was the latest then, and each that was published while it was open.
        """
        if one.by_release:
            return {one.period} if one.period else set()
        flag = one.flag
        before = [each.period for each in known if each.on <= flag.raised_on]
        own = {one.period} if one.period else set(before[-1:])
        until = flag.ended_on or self.on
        return own | {each.period for each in known if flag.raised_on < each.on <= until}

    def unclean(self, periods: int) -> list[Adverse]:
        """Adverse flags that keep one of their indicator's last so many published periods from being clean."""
        found = []
        for one in self.adverse:
            known = self.published.of(one.flag.indicator, self.on)
            last = {each.period for each in known[-periods:]}
            if (one.flag.open and self._of_the_latest(one)) or self.covers(one, known) & last:
                found.append(one)
        return found

    def flags(self, kind: FlagKind) -> list[Adverse]:
        return [one for one in self.counted if one.flag.kind == kind]

    # --- intelligence, plans, tier --------------------------------------------------------------------------------

    @cached_property
    def corroborated(self) -> list[Intelligence]:
        """Soft intelligence that was corroborated, until the episode that it was heard in is closed."""
        heard = [one for one in self.practice.intelligence.values() if one.status == "corroborated"]
        if not heard:
            return []
        closed = {
            concern
            for episode in self.practice.episodes
            if episode.closed_on is not None and episode.closed_on <= self.on
            for concern in episode.concerns
        }
        return [one for one in heard if one.intelligence_id not in closed and one.recorded_on <= self.on]

    @cached_property
    def plans(self) -> dict[str, list[Action]]:
        """The agreed actions of each plan. An action is agreed when board and local commissioner both have."""
        found: dict[str, list[Action]] = {}
        for one in self.practice.actions.values():
            if one.plan_id is not None and agreed(one):
                found.setdefault(key(one.plan_id.words), []).append(one)
        return found

    def late(self, one: Action, days: int) -> bool:
        """Open, and more than so many days past the day it is due."""
        return one.status == "agreed" and (self.on - one.due_on).days > days

    @property
    def tier(self) -> Tier:
        return self.practice.tier_on(self.on)

    @cached_property
    def in_class(self) -> tuple[date, int] | None:
        """Since when the practice is at its tier, and the decision that put it there; None where none did."""
        since = None
        now, before = self.tier, None
        for one in self.practice.decisions_in_effect(self.on):
            if one.tier == now and before != now:
                since = one.effective_on, one.version
            before = one.tier
        return since

    # --- contract and regulator -----------------------------------------------------------------------------------

    @cached_property
    def inspection(self) -> Inspection | None:
        """What the regulator last published."""
        known = [one for one in self.practice.inspections.values() if one.published_on <= self.on]
        return max(known, key=lambda one: (one.published_on, one.version), default=None)


def agreed(one: Action) -> bool:
    """Whether the action was ever agreed by both organisations."""
    both = {Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER} <= set(one.agreed_by)
    return both or one.status in {"agreed", "completed", "accepted"}


@lru_cache(maxsize=4096)
def _as_always_written(period: str) -> str | None:
    found = period_of(period)
    return found.text if found else None


def _run(
    known: tuple[Published, ...], covered: list[tuple[Adverse, set[str]]], periods: int
) -> list[Adverse] | None:
    """A flag for each of the last so many periods, without a gap, of those published and those that these flags cover."""
    wanted = _last_of(known, {period for _, some in covered for period in some}, periods)
    if len(wanted) < periods:
        return None
    first = [next((other for other, some in covered if period in some), None) for period in wanted]
    return None if None in first else [other for other in first if other is not None]


def _last_of(known: tuple[Published, ...], covered: set[str], number: int) -> list[str]:
    """The last so many periods in a row, of those published and those that flags cover: fewer where there is a gap."""
    published = [one.period for one in known]
    every = sorted({*published, *covered})
    last = every[-number:]
    for earlier, later in pairwise(last):
        if (earlier not in published or later not in published) and run_of([earlier, later]) != [
            earlier,
            later,
        ]:
            return []
    return last
