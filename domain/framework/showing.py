"""All that the rules can see of one thing: whatever shows the same is the same to them, but for facts and ids."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable
from datetime import date
from typing import NamedTuple

from domain.clocks.counting import months_after
from domain.framework.conditions.regulator import GRAVE
from domain.framework.evidence import Adverse, Evidence, agreed
from domain.framework.parts import Framework
from domain.periods import period_of
from domain.practice.events import (
    ActionAgreed,
    ActionCancelled,
    ActionCompleted,
    ActionEvidenceAccepted,
    ActionProposed,
    ActionReopened,
    ActionRescheduled,
    ActionSentBack,
    ExplanationAccepted,
    ExplanationNotAccepted,
    FlagCleared,
    FlagExplained,
    FlagRaised,
    FlagReopened,
    FlagWithdrawn,
    InspectionReported,
    IntelligenceRecorded,
    TierDecided,
)
from domain.practice.kinds import Direction
from domain.practice.plan_names import key
from domain.practice.settling import RELEASE
from domain.practice.state import Practice
from domain.releases.publications import Publications
from domain.rules import Recorded

_ANSWERS = (
    ActionAgreed,
    ActionCancelled,
    ActionCompleted,
    ActionEvidenceAccepted,
    ActionReopened,
    ActionRescheduled,
    ActionSentBack,
    FlagExplained,
    ExplanationAccepted,
    ExplanationNotAccepted,
    FlagCleared,
    FlagWithdrawn,
    FlagReopened,
)
Shown = tuple[Hashable, ...] | None
"""None is nothing: the rules pass over it."""


class Together(NamedTuple):
    """What hangs together in a history. `talked_of` is the intelligence that shows otherwise by what is done about it, or
    when an episode ends. `ends` are the facts by which episodes ended and were reopened; where one was `tangled`, which
    concerns there were when it ended may change what became of those after it.
    """

    talked_of: frozenset[str]
    ends: tuple[int, ...] = ()
    tangled: bool = False


class Flagged(NamedTuple):
    """What a flag shows: beside what it is, whether it counts, and which of the last published periods it covers."""

    kind: Hashable
    counts: bool
    stands: bool
    covers: frozenset[str]
    last: tuple[str, ...]


class Showing:
    """What things show to the rules of a version of the framework on a day."""

    def __init__(self, framework: Framework, on: date, published: Publications, together: Together) -> None:
        self.on = on
        self.published = published
        rules = [one for one in framework.rule_set.rules if one.counted]
        self._months = self._thresholds(rules, "months")
        self._days = self._thresholds(rules, "days")
        self._periods = max(self._thresholds(rules, "periods"), default=1)
        self.talked_of, self.tangled = together.talked_of, together.tangled
        self._ends_of_episodes = together.ends

    @staticmethod
    def _thresholds(rules: Iterable[object], name: str) -> list[int]:
        return sorted({n for one in rules for called, n in one.thresholds if called == name})  # type: ignore[attr-defined]

    def shown(self, practice: Practice) -> Shown:
        """What a practice that has one thing shows of it."""
        practice.published = self.published
        seen = Evidence(practice, self.on)
        found = (
            *self._flags(seen),
            *self._heard(seen),
            *self._actions(seen),
            *self._notices(practice),
            *self._ends(practice),
            *self._declarations(practice),
            *self._regulator(practice),
            *self._decisions(practice),
        )
        return found or None

    def between(self, said: Iterable[Recorded]) -> Iterable[Hashable]:
        """What was said of a concern, and between which ends of episodes."""
        for entry in said:
            yield type(entry.fact).NAME, bisect_left(self._ends_of_episodes, entry.version)

    def group(self, entries: Iterable[Recorded]) -> tuple[str, str] | None:
        """What a thing is looked at together with: one may change what another shows. None: it stands alone."""
        for entry in entries:
            match entry.fact:
                case FlagRaised() as fact:
                    return "indicator", fact.indicator
                case TierDecided():
                    return "tier", ""
                case InspectionReported():
                    return "inspections", ""
                case ActionProposed():
                    return "plans", ""
                case IntelligenceRecorded() as fact if fact.intelligence_id in self.talked_of:
                    return "plans", ""
        return None

    def never(self, entries: Iterable[Recorded]) -> bool:
        """Whether no rule can look at it, whichever of its facts are left: favourable variation, what a release flagged in
        a period that is long past, and an action of no plan and about nothing that was heard.
        """
        for entry in entries:
            match entry.fact:
                case FlagRaised() as fact:
                    if fact.direction == Direction.ADVERSE and not self._long_past(fact):
                        return False
                case ActionProposed() as fact if fact.plan_id is None and not fact.about_intelligence:
                    continue
                case _ if not isinstance(entry.fact, _ANSWERS):
                    return False
        return True

    def _long_past(self, fact: FlagRaised) -> bool:
        known = self.published.of(fact.indicator, self.on)
        period = period_of(fact.period) if fact.source == RELEASE and fact.period else None
        return (
            period is not None and len(known) >= self._periods and period.text < known[-self._periods].period
        )

    # --- each kind of thing -----------------------------------------------------------------------------------

    def _flags(self, seen: Evidence) -> Iterable[Hashable]:
        for one in seen.adverse:
            known = seen.published.of(one.flag.indicator, self.on)
            last = tuple(each.period for each in known[-self._periods :])
            since = last[0] if len(last) == self._periods else ""
            covers = frozenset(period for period in seen.covers(one, known) if period >= since)
            counts = one in seen.counted
            if counts or covers:
                yield Flagged(self._flag(one), counts, one.stands, covers, last if covers else ())

    @staticmethod
    def _flag(one: Adverse) -> Hashable:
        return one.flag.domain, one.flag.kind, one.alarm

    def _heard(self, seen: Evidence) -> Iterable[Hashable]:
        for one in seen.corroborated:
            yield (
                one.immediate_safety_risk,
                one.intelligence_id if one.intelligence_id in self.talked_of else None,
            )

    def _actions(self, seen: Evidence) -> Iterable[Hashable]:
        practice = seen.practice
        for one in practice.actions.values():
            proposed = practice.standing[one.version].fact
            about = proposed.about_intelligence if isinstance(proposed, ActionProposed) else ()
            late = tuple(seen.late(one, days) for days in self._days)
            failed = one.plan_id is not None and agreed(one) and (any(late) or one.not_done is not None)
            open_ = one.plan_id is not None and one.status in {"agreed", "completed"}
            answers = agreed(one) and one.status != "cancelled"
            if failed or open_ or (about and answers):
                plan = key(one.plan_id.words) if one.plan_id and failed else None
                yield plan, late if failed else (), open_, about, answers, one.not_done is not None

    def _notices(self, practice: Practice) -> Iterable[Hashable]:
        for one in practice.notices.values():
            if one.issued is not None and one.issued_on and one.issued_on <= self.on:
                issued, assessed = self._within(one.issued_on), self._within(one.assessed_on)
                yield (
                    one.kind,
                    one.status,
                    one.open,
                    one.shorter_because,
                    issued,
                    assessed,
                    one.assessed is not None,
                )

    def _within(self, day: date | None) -> Hashable:
        return None if day is None else tuple(self.on < months_after(day, n) for n in self._months)

    def _ends(self, practice: Practice) -> Iterable[Hashable]:
        for one in practice.sanctions.values():
            over = one.lifted is not None or (one.until_on is not None and one.until_on < self.on)
            if one.imposed is not None and not over and (one.imposed_on or self.on) <= self.on:
                yield "sanction"
        for end in practice.terminations.values():
            told = end.notice_given_on is not None and end.notice_given_on <= self.on
            if told and not end.by_contractor and end.withdrawn is None and end.notice_id is None:
                yield "termination"

    def _declarations(self, practice: Practice) -> Iterable[Hashable]:
        for one in practice.declarations.values():
            waits = one.submitted_on is None or one.submitted_on > self.on
            late = tuple(waits and (self.on - one.due_on).days > days for days in self._days)
            if any(late):
                yield "declaration", late

    def _regulator(self, practice: Practice) -> Iterable[Hashable]:
        for one in practice.inspections.values():
            if one.published_on <= self.on:
                yield one.rating, one.published_on, one.version
        for action in practice.regulatory_actions.values():
            stands = action.from_on <= self.on and (action.ended_on is None or action.ended_on > self.on)
            if stands and action.kind in GRAVE:
                yield "regulator acts"

    def _decisions(self, practice: Practice) -> Iterable[Hashable]:
        for one in practice.decisions:
            if one.effective_on <= self.on:
                yield one.tier, one.effective_on, one.version
