"""What a release of published data leads to on one practice: flags raised on it, and earlier releases' flags ended.

A flag that a release raised is of that release's numbers. The next release that judges the indicator ends it: it raises
it anew where there is variation still, and clears it where there is none. A restated or withdrawn release withdraws its
own. What somebody raised by hand is theirs to end, and stands in the way of a second flag of the same kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from domain.indicators.signals import Signal
from domain.practice.commands import SettleFlags, SignalledFlag
from domain.practice.dates import in_full
from domain.practice.events import FlagCleared, FlagRaised, FlagWithdrawn
from domain.practice.kinds import ClearedBecause, Direction, WithdrawnBecause
from domain.practice.state import Flag, Practice
from domain.rules import Asked, Fact, RuleBroken, Sealed, refuse_unless

RELEASE = "release"
"""The source of a flag that a release raised."""

SAID_OF_A_SIGNAL = tuple(one.name for one in fields(Signal) if one.name != "code")

ITS_OWN = (
    "period",
    "kind",
    "direction",
    "level",
    "numerator",
    "denominator",
    "value",
    "method",
    "method_version",
)
"""What of a flag is of its practice and of nobody else."""
OWN_BEFORE = ("numerator_", "denominator_")

Parameters = tuple[tuple[str, str], ...]


def settle_flags(practice: Practice, command: SettleFlags, asked: Asked) -> list[Fact]:
    """What no longer holds is ended, then what holds now is raised. What stands as it is, is left alone."""
    wanted = {(one.indicator, one.signal.kind): one for one in command.signals}
    for one in command.signals:
        refuse_unless(
            one.signal.direction == Direction.ADVERSE,
            "favourable-variation-is-not-flagged",
            "Only adverse variation is flagged",
        )
    facts: list[Fact] = []
    taken = set()
    for flag, raised in _open_flags(practice, command.indicators):
        held_by = wanted.get((flag.indicator, flag.kind))
        if raised.source != RELEASE or (held_by is not None and stands(raised, held_by)):
            taken.add((flag.indicator, flag.kind))
        else:
            facts.append(_ended(flag, raised, command, held_by, asked))
    facts += [
        flag_of(one, asked)
        for key, one in wanted.items()
        if key not in taken and one.flag_id not in practice.flags and not _answered(practice, one)
    ]
    return facts


def taken_after_closure(practice: Practice, command: SettleFlags) -> None:
    """A closed practice's flags are ended when their data is; none is raised."""
    assert practice.closed_on is not None
    if command.signals:
        raise RuleBroken(
            "a-closed-practice-takes-no-new-work",
            f"This practice closed on {in_full(practice.closed_on)}: no flag is raised on it",
        )


def stands(raised: FlagRaised, now: SignalledFlag) -> bool:
    """Whether a flag says of the practice what would be said now, of the same release: from the same numbers of its
    own, of the same kind, direction and level, by the same definition, rules and method.

    What all practices have together, and so the limits, may have moved: another practice's number was restated. The
    question to this one is as it was, so its flag stands, with its explanations. Its fact keeps the limits by which it
    was raised, and is computed again from those.
    """
    return (
        raised.release == now.release
        and raised.indicator_version == now.indicator_version
        and raised.rule_set_version == now.rule_set_version
        and all(getattr(raised, name) == getattr(now.signal, name) for name in ITS_OWN)
        and _own_past(raised.parameters) == _own_past(now.signal.parameters)
    )


def _own_past(parameters: Parameters) -> Parameters:
    """Of what a method was given, the practice's own numbers of the periods before."""
    return tuple(one for one in parameters if one[0] == "points" or one[0].startswith(OWN_BEFORE))


def flag_of(now: SignalledFlag, asked: Asked) -> FlagRaised:
    """The fact that a signal becomes: with all that it takes to compute it again."""
    return FlagRaised(
        flag_id=now.flag_id,
        indicator=now.indicator,
        indicator_version=now.indicator_version,
        indicator_name=now.indicator_name,
        domain=now.domain,
        note=None,
        source=RELEASE,
        release=now.release,
        rule_set_version=now.rule_set_version,
        occurred_on=asked.on,
        **{name: getattr(now.signal, name) for name in SAID_OF_A_SIGNAL},
    )


def _open_flags(practice: Practice, indicators: tuple[str, ...]) -> Iterator[tuple[Flag, FlagRaised]]:
    for flag in practice.flags.values():
        if flag.open and flag.indicator in indicators:
            raised = practice.standing[flag.version].fact
            assert isinstance(raised, FlagRaised)
            yield flag, raised


def _answered(practice: Practice, now: SignalledFlag) -> bool:
    """Whether somebody ended a flag of just these numbers: it is not raised a second time."""
    same = {
        entry.fact.flag_id
        for entry in practice.standing.values()
        if isinstance(entry.fact, FlagRaised) and stands(entry.fact, now)
    }
    return any(
        entry.fact.flag_id in same and entry.fact.release is None
        for entry in practice.standing.values()
        if isinstance(entry.fact, FlagCleared | FlagWithdrawn)
    )


def _ended(
    flag: Flag, raised: FlagRaised, command: SettleFlags, now: SignalledFlag | None, asked: Asked
) -> Fact:
    """A release that was restated or withdrawn takes its own flags back; any other is followed by newer numbers."""
    if raised.release == command.release and command.because is not None:
        restated = command.because == WithdrawnBecause.DATA_RESTATED
        said = "restated" if restated else "withdrawn"
        return FlagWithdrawn(
            flag_id=flag.flag_id,
            because=command.because,
            reason=Sealed(f"The release {command.release} was {said}: {command.reason}"),
            release=command.release,
            occurred_on=asked.on,
        )
    by = now.release if now is not None else command.release
    if now is not None:
        because, words = ClearedBecause.SUPERSEDED, f"The release {by} raises it anew, from newer numbers"
    else:
        because, words = ClearedBecause.INSIDE_LIMITS, f"After the release {by} nothing is flagged here"
    return FlagCleared(
        flag_id=flag.flag_id,
        because=because,
        reason=Sealed(words),
        release=by,
        occurred_on=asked.on,
    )
