"""Flags that follow a release: recorded on their practices in commits of many, and counted from the record alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from application.casebook import Casebook
from application.facts import topic_of
from application.releases.open_flags import OF_FLAGS, OpenFlags
from domain.indicators.definitions import Definition
from domain.indicators.signals import Signal
from domain.practice.commands import SettleFlags, SignalledFlag
from domain.practice.events import FlagCleared, FlagRaised, FlagWithdrawn
from domain.practice.kinds import WithdrawnBecause
from domain.rules import Asked, Recorded, RuleBroken

BATCH = 500
"""Practices to a commit."""

_TOPICS = [topic_of(kind) for kind in OF_FLAGS]
Progress = Callable[[int, int], None]


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
    wanted = _wanted(release, signals, changed, closed, settled)
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


def _wanted(
    release: str,
    signals: Sequence[tuple[Definition, str, int, Signal]],
    changed: Recorded,
    closed: frozenset[str],
    settled: Settled,
) -> dict[str, list[SignalledFlag]]:
    """The flags that each practice is to have. A closed one has none: that is told of it as a refusal."""
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
    return wanted


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


def raised_by(casebook: Casebook, release: str) -> Counter[str]:
    """How many flags a release raised, by indicator: counted from the practices' facts."""
    topics = [topic_of(FlagRaised)]
    return Counter(
        entry.fact.indicator
        for entry in casebook.recorder.facts_named("practice", topics)
        if isinstance(entry.fact, FlagRaised) and entry.fact.release == release
    )
