"""Flags that follow a release: recorded on their practices in commits of many, and counted from the record alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any

from application.casebook import Casebook
from application.facts import topic_of
from application.releases.as_they_stand import as_they_stand
from domain.indicators.definitions import Definition
from domain.indicators.signals import Signal
from domain.periods import period_of
from domain.practice.commands import SettleFlags, SignalledFlag
from domain.practice.events import (
    ExplanationAccepted,
    ExplanationNotAccepted,
    FlagCleared,
    FlagExplained,
    FlagRaised,
    FlagReopened,
    FlagWithdrawn,
    PracticeClosed,
    PracticeReopened,
)
from domain.practice.kinds import ExplanationCategory, WithdrawnBecause
from domain.practice.settling import RELEASE
from domain.rules import Asked, Recorded, RuleBroken

BATCH = 500
"""Practices to a commit."""
EXPLAINED_FOR = timedelta(days=366)
"""How long after its period a merger explains: a year of quarters has it in its past."""

_OF_FLAGS = (FlagRaised, FlagCleared, FlagWithdrawn, FlagReopened)
_TOPICS = [topic_of(kind) for kind in _OF_FLAGS]
_OF_MERGERS = (
    FlagRaised,
    FlagExplained,
    ExplanationAccepted,
    ExplanationNotAccepted,
    PracticeClosed,
    PracticeReopened,
)
Progress = Callable[[int, int], None]


@dataclass
class OpenFlags:
    """The flags that are open on any practice, by id: practice and fact."""

    by_id: dict[str, tuple[str, FlagRaised]] = field(default_factory=dict)

    @classmethod
    def read(cls, casebook: Casebook) -> OpenFlags:
        raised: dict[str, tuple[str, FlagRaised]] = {}
        ended: set[str] = set()
        for entry in as_they_stand(casebook.recorder, *_OF_FLAGS):
            fact: Any = entry.fact
            if isinstance(fact, FlagRaised):
                raised[fact.flag_id] = (entry.stream.removeprefix("practice-"), fact)
            elif isinstance(fact, FlagReopened):
                ended.discard(fact.flag_id)
            else:
                ended.add(fact.flag_id)
        return cls({flag_id: found for flag_id, found in raised.items() if flag_id not in ended})

    def of_releases(self, indicators: frozenset[str]) -> set[str]:
        """The practices that have an open flag of a release on one of these indicators."""
        return {
            code
            for code, fact in self.by_id.values()
            if fact.source == RELEASE and fact.indicator in indicators
        }

    def raised_by(self, release: str) -> set[str]:
        """The indicators on which a release has open flags."""
        return {fact.indicator for _, fact in self.by_id.values() if fact.release == release}

    def of_release(self, release: str) -> Counter[str]:
        """How many flags of a release are open, by indicator."""
        return Counter(fact.indicator for _, fact in self.by_id.values() if fact.release == release)

    def by_hand(self) -> set[tuple[str, str, str]]:
        """Practice, indicator and kind of each open flag that somebody raised."""
        return {
            (code, fact.indicator, fact.kind) for code, fact in self.by_id.values() if fact.source != RELEASE
        }


@dataclass
class Settled:
    """What settling came to."""

    raised: int = 0
    cleared: int = 0
    withdrawn: int = 0
    kept: int = 0
    by_hand: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def flag_id(release: str, occasion: int, signal: Signal, indicator: str) -> str:
    """The id of the flag that a signal becomes: the same however often a run that was killed is run again."""
    return id_of(release, occasion, indicator, signal.kind, signal.period, signal.code)


def id_of(release: str, occasion: int, indicator: str, kind: str, period: str, code: str) -> str:
    told = "\0".join((release, str(occasion), indicator, kind, period, code))
    return f"flag-{blake2b(told.encode(), digest_size=8).hexdigest()}"


def settle(
    casebook: Casebook,
    release: str,
    signals: Sequence[tuple[Definition, str, int, Signal]],
    indicators: frozenset[str],
    changed: Recorded,
    asked: Asked,
    *,
    open_flags: OpenFlags,
    closed: frozenset[str] = frozenset(),
    because: WithdrawnBecause | None = None,
    reason: str | None = None,
    progress: Progress = lambda _done, _of: None,
) -> Settled:
    """Let the flags of all practices follow what changed. Run again, it records what is missing and nothing else.

    `signals` are given with their definition, the release that their numbers are of, and the rules' version.
    `open_flags` are those before it.
    """
    settled = Settled()
    wanted: dict[str, list[SignalledFlag]] = {}
    for definition, of_release, rules, signal in signals:
        if signal.code in closed:
            settled.refused.append((signal.code, "a-closed-practice-takes-no-new-work"))
            continue
        wanted.setdefault(signal.code, []).append(
            SignalledFlag(
                flag_id=flag_id(release, changed.version, signal, definition.code),
                indicator=definition.code,
                indicator_version=definition.version,
                indicator_name=definition.name,
                domain=definition.domain,
                release=of_release,
                rule_set_version=rules,
                signal=signal,
            )
        )
    codes = sorted({*wanted, *open_flags.of_releases(indicators)})
    by_hand = open_flags.by_hand()
    for at in range(0, len(codes), BATCH):
        some = codes[at : at + BATCH]
        commands = [
            (
                code,
                SettleFlags(
                    release=release,
                    indicators=tuple(sorted(indicators)),
                    signals=tuple(wanted.get(code, ())),
                    because=because,
                    reason=reason,
                ),
                casebook.ids("command"),
            )
            for code in some
        ]
        for code, outcome in zip(some, casebook.handle_many(commands, asked), strict=True):
            if isinstance(outcome, RuleBroken):
                settled.refused.append((code, outcome.rule))
        progress(at + len(some), len(codes))
    _count(casebook, settled, wanted, by_hand, changed)
    return settled


def _count(
    casebook: Casebook,
    settled: Settled,
    wanted: dict[str, list[SignalledFlag]],
    by_hand: set[tuple[str, str, str]],
    changed: Recorded,
) -> None:
    """From the record, so that a run which another finished counts the same."""
    refused = {code for code, _ in settled.refused}
    ids = {one.flag_id for some in wanted.values() for one in some}
    for entry in casebook.recorder.facts_named("practice", _TOPICS):
        if entry.position < changed.position:
            continue
        match entry.fact:
            case FlagRaised(flag_id=found) if found in ids:
                settled.raised += 1
                ids.discard(found)
            case FlagCleared(release=str()):
                settled.cleared += 1
            case FlagWithdrawn(release=str()):
                settled.withdrawn += 1
            case _:
                pass
    for code, some in wanted.items():
        for one in some:
            if one.flag_id in ids and code not in refused:
                hand = (code, one.indicator, one.signal.kind) in by_hand
                settled.by_hand += hand
                settled.kept += not hand


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


def raised_by(casebook: Casebook, release: str) -> Counter[str]:
    """How many flags a release raised, by indicator: counted from the practices' facts."""
    topics = [topic_of(FlagRaised)]
    return Counter(
        entry.fact.indicator
        for entry in casebook.recorder.facts_named("practice", topics)
        if isinstance(entry.fact, FlagRaised) and entry.fact.release == release
    )
