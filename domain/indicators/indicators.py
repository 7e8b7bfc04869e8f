"""An indicator of the key set: its versions, when each is valid, and the rules of defining and retiring it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from math import isfinite

from domain.indicators.commands import DefineIndicator, IndicatorCommand, RetireIndicator
from domain.indicators.definitions import Definition
from domain.indicators.events import IndicatorDefined, IndicatorRetired
from domain.practice.dates import in_full, not_in_the_future
from domain.practice.kinds import ExplanationCategory
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed
from domain.text import blank_is_absent, check_command

LONGEST_LAG = 60
"""Months. What is published later than five years after its period is history, and flags nothing."""

_SAID = tuple(one.name for one in fields(Definition) if one.name not in {"version", "valid_from", "valid_to"})
"""What a definition says, beside which version it is and when it is valid."""


@dataclass(slots=True)
class Indicator:
    """Its definitions in the order of their versions, each with the fact that made it; and by which it was retired."""

    defined: list[Recorded] = field(default_factory=list)
    retired: list[Recorded] = field(default_factory=list)

    @property
    def versions(self) -> list[Definition]:
        """Each version, valid until the next one is, or until the indicator was retired."""
        made = [_definition(entry.fact) for entry in self.defined if isinstance(entry.fact, IndicatorDefined)]
        return [replace(one, valid_to=self._until(one, made[at + 1 :])) for at, one in enumerate(made)]

    @property
    def latest(self) -> Definition | None:
        return self.versions[-1] if self.defined else None

    def on(self, day: date) -> Definition | None:
        """The version that is valid on a day, if the indicator is of the key set then."""
        return next((one for one in self.versions if one.holds_on(day)), None)

    def _until(self, version: Definition, later: list[Definition]) -> date | None:
        ends = [one.valid_from for one in later[:1]]
        ends += [
            entry.fact.retired_on
            for entry in self.retired
            if isinstance(entry.fact, IndicatorRetired) and entry.fact.retired_on > version.valid_from
        ]
        return min(ends, default=None)


def _definition(fact: IndicatorDefined) -> Definition:
    given = {name: getattr(fact, name) for name in _SAID}
    return Definition(**given, version=fact.version, valid_from=fact.valid_from)


def replay(history: Iterable[Recorded]) -> Indicator:
    found = Indicator()
    for entry in history:
        if isinstance(entry.fact, IndicatorDefined):
            found.defined.append(entry)
        elif isinstance(entry.fact, IndicatorRetired):
            found.retired.append(entry)
    return found


def things(told: Fact | IndicatorCommand) -> frozenset[str]:
    """Two people's answers to what one indicator is are told apart."""
    return frozenset({f"indicator-{told.code}"})  # type: ignore[union-attr]


class KeySet(Mapping[str, Indicator]):
    """Every indicator that was ever defined, by code."""

    def __init__(self, facts: Iterable[Recorded] = ()) -> None:
        by_code: dict[str, list[Recorded]] = {}
        for entry in facts:
            by_code.setdefault(entry.stream.partition("-")[2], []).append(entry)
        self._known = {code: replay(by_code[code]) for code in sorted(by_code)}

    def __getitem__(self, code: str) -> Indicator:
        return self._known[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def on(self, day: date) -> dict[str, Definition]:
        """The indicators that are valid on a day, as they are defined then."""
        return {code: found for code, one in self._known.items() if (found := one.on(day)) is not None}


# --- rules ----------------------------------------------------------------------------------------------------


def decide(indicator: Indicator, command: IndicatorCommand, asked: Asked) -> list[Fact]:
    check_command(command)
    command = blank_is_absent(command)
    day = command.occurred_on or asked.on
    not_in_the_future(day, asked, "occurred_on")
    if isinstance(command, RetireIndicator):
        return _retire(indicator, command, asked, day)
    assert isinstance(command, DefineIndicator)
    return _define(indicator, command, asked, day)


def _define(indicator: Indicator, command: DefineIndicator, asked: Asked, day: date) -> list[Fact]:
    """The next version. Where it would say what the one before it says, nothing is recorded."""
    before = indicator.latest
    made = _as_definition(command, before.version + 1 if before else 1, command.valid_from or asked.on)
    _could_be(made)
    if before is not None:
        ended = before.valid_to
        if ended is None and all(getattr(before, name) == getattr(made, name) for name in _SAID):
            return []
        _follows(before, ended, made)
        refuse_unless(
            command.reason is not None, "a-new-version-has-a-reason", "Enter why it changes", "reason"
        )
    return [
        IndicatorDefined(
            **{name: getattr(made, name) for name in _SAID},
            version=made.version,
            valid_from=made.valid_from,
            reason=sealed(command.reason),
            occurred_on=day,
        )
    ]


def _as_definition(command: DefineIndicator, version: int, valid_from: date) -> Definition:
    said = {name: getattr(command, name) for name in _SAID}
    for name in ("minimum_denominator", "target"):
        said[name] = None if said[name] is None else float(said[name])
    said["known_explanations"] = tuple(
        one for one in ExplanationCategory if one in command.known_explanations
    )
    return Definition(**said, version=version, valid_from=valid_from)


def _could_be(made: Definition) -> None:
    """Refuse numbers that no indicator has, and a finer indicator that is of no other."""
    least, target, lag = made.minimum_denominator, made.target, made.refresh_lag_months
    refuse_unless(
        least is None or (isfinite(least) and least >= 0),
        "a-minimum-is-nought-or-more",
        "Enter a number that is nought or more",
        "minimum_denominator",
    )
    refuse_unless(target is None or isfinite(target), "a-target-is-a-number", "Enter a number", "target")
    refuse_unless(
        lag is None or 0 <= lag <= LONGEST_LAG,
        "a-lag-is-some-months",
        f"Enter a whole number of months from 0 to {LONGEST_LAG}",
        "refresh_lag_months",
    )
    whole, _, finer = made.code.partition("-")
    refuse_unless(
        made.part_of == (whole if finer else None),
        "a-finer-indicator-names-its-indicator",
        f"The code {made.code} is of an indicator that is part of {whole}: enter {whole}"
        if finer
        else "An indicator of the key set is part of no other: its code has two letters and two digits",
        "part_of",
    )


def _follows(before: Definition, ended: date | None, made: Definition) -> None:
    """Versions are valid one after the other, never two at once: one of the same day stands in the other's place."""
    earliest = ended or before.valid_from
    if made.valid_from < earliest:
        raise RuleBroken(
            "a-version-follows-the-one-before-it",
            f"Enter a day on or after {in_full(earliest)}, when version {before.version} "
            f"{'ended' if ended else 'became valid'}",
            "valid_from",
        )


def _retire(indicator: Indicator, command: RetireIndicator, asked: Asked, day: date) -> list[Fact]:
    """An indicator that is of the key set is retired, once, after its latest version became valid."""
    latest = indicator.latest
    if latest is None:
        raise RuleBroken("an-indicator-is-of-the-key-set", "There is no indicator of this code", "code")
    if latest.valid_to is not None:
        return []
    retired_on = command.retired_on or asked.on
    refuse_unless(
        retired_on > latest.valid_from,
        "an-indicator-ends-after-it-began",
        f"Enter a day after {in_full(latest.valid_from)}, when version {latest.version} became valid",
        "retired_on",
    )
    return [
        IndicatorRetired(
            code=command.code, retired_on=retired_on, reason=Sealed(command.reason), occurred_on=day
        )
    ]


def check_part_of(command: DefineIndicator, whole: Indicator) -> None:
    """A finer indicator is of one that is defined, and of its domain."""
    latest = whole.latest
    refuse_unless(
        latest is not None,
        "a-finer-indicator-is-of-the-key-set",
        f"{command.part_of} is not an indicator of the key set",
        "part_of",
    )
    refuse_unless(
        latest is not None and latest.domain == command.domain,
        "a-finer-indicator-is-of-the-same-domain",
        f"Choose the domain of {command.part_of}",
        "domain",
    )


def could_all_be_defined(commands: Iterable[DefineIndicator], known: KeySet, asked: Asked) -> None:
    """Refuse the first of several first versions that would be refused, each of which may be of another among them."""
    made: dict[str, Indicator] = {}
    for command in sorted(commands, key=lambda one: one.part_of is not None):
        if command.part_of is not None:
            check_part_of(command, made.get(command.part_of) or known.get(command.part_of) or Indicator())
        made[command.code] = Indicator(
            [_as_if_recorded(fact, asked) for fact in decide(Indicator(), command, asked)]
        )


def _as_if_recorded(fact: Fact, asked: Asked) -> Recorded:
    return Recorded("", 1, 0, asked.at, asked.person, asked.organisation, asked.role, None, "", None, fact)
