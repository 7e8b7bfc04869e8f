"""The demonstration's histories told again, of as many practices as wanted: other codes, ids and words, the same mix.

A history is kept as templates: the JSON of each fact with its words in plain. Told of another practice, the code in it
is another (in ids and cites too), so is the practice's name, and so is every digit that was typed. Facts of all
practices are recorded in the order of their instants, so that those of one practice lie apart in the store, as they do
in real life.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

import msgspec

from application.casebook import Casebook
from application.demonstration.fill import ScriptedClock
from application.recording import Sent
from application.stores import Stores
from domain.practice.events import (
    ContractSigned,
    CorrectionRequested,
    FactCorrected,
    FactWithdrawn,
    PracticeRegistered,
    ResponsibilityAssigned,
)
from domain.rules import Fact, Recorded, Sealed
from tests.bench.telling import Teller, bring_in_the_cast, code_of, planned

FACTS_A_COMMIT = 2_000

ONCE = PracticeRegistered, ResponsibilityAssigned, ContractSigned
"""What begins a practice's record, and is not told of it again."""

STREETS = (
    "Alder", "Birch", "Cedar", "Drover", "Ember", "Fallow", "Garner", "Hollow", "Ingle", "Jasper", "Kemble",
    "Lantern", "Mallow", "Newton", "Osier", "Pinder", "Quillon", "Rushy", "Sorrel", "Tanner", "Upland",
)  # fmt: skip


class Template(NamedTuple):
    """A fact to be told again. `json` has its words in plain, under the code and name of whom it was told."""

    recorded: Recorded
    json: str


@dataclass(frozen=True)
class History:
    """What was recorded of one practice of the demonstration."""

    code: str
    name: str
    templates: list[Template]

    def told_of(self, code: str, number: int = 0) -> Iterator[Recorded]:
        """The same of another practice, not yet recorded. `number` varies its words."""
        return self._told(self.templates, code, code.lower(), number)

    def told_at_length(self, code: str, facts: int) -> Iterator[Recorded]:
        """The same over and over, as one practice's: each time with other ids, and without what happens once."""
        yield from self.told_of(code)
        again = [one for one in self.templates if not isinstance(one.recorded.fact, ONCE)]
        told, number = len(self.templates), 1
        while told < facts:
            moved_by = told + 1 - again[0].recorded.version
            for recorded in self._told(again[: facts - told], code, f"x{number:05d}", number):
                yield _moved(recorded, moved_by, number)
            told, number = told + len(again), number + 1

    def _told(self, templates: list[Template], code: str, ids: str, number: int) -> Iterator[Recorded]:
        name = f"{STREETS[number % len(STREETS)]} {self.name.split(' ', 1)[1]}"
        turned = str.maketrans("0123456789", "".join(str((digit + number) % 10) for digit in range(10)))
        for recorded, json in templates:
            text = json.replace(self.name, name).replace(self.code, code)
            kind: Any = type(recorded.fact)
            # A correction's words are fields as they are stored, days among them: their digits stay.
            _reading.digits = {} if kind in {CorrectionRequested, FactCorrected} else turned
            fact = _decoder(kind).decode(text.replace(self.code.lower(), ids))
            yield recorded._replace(
                stream=f"practice-{code}", position=0, command_id=f"{code}-{recorded.command_id}", fact=fact
            )


def _moved(recorded: Recorded, by: int, number: int) -> Recorded:
    """The fact so many versions later, with what it says of other versions."""
    code = recorded.stream.partition("-")[2]
    cites = re.compile(f'"{code}/([0-9]+)"')
    said = cites.sub(lambda found: f'"{code}/{int(found[1]) + by}"', _plain.encode(recorded.fact).decode())
    _reading.digits = {}
    kind: Any = type(recorded.fact)
    fact: Any = _decoder(kind).decode(said)
    if isinstance(fact, CorrectionRequested):
        fact = replace(fact, version=fact.version + by)
    elif isinstance(fact, FactCorrected | FactWithdrawn):
        fact = replace(fact, corrects=fact.corrects + by)
    return recorded._replace(
        version=recorded.version + by,
        corrects=recorded.corrects + by if recorded.corrects else None,
        command_id=f"{recorded.command_id}-{number}",
        fact=fact,
    )


class Retelling:
    """Tells the demonstration's histories again."""

    def __init__(self, histories: list[History]) -> None:
        self.histories = histories

    @classmethod
    def of_demonstration(cls, stores: Stores, numbers: Iterable[int]) -> Retelling:
        """Tell tales of the demonstration into an empty store, and take their histories from there."""
        bring_in_the_cast(stores)
        clock = ScriptedClock()
        teller = Teller(Casebook(stores, clock=clock, ids=str), clock)
        names = {}
        for act, tale in planned(numbers):
            teller.tell(act, tale, teller.made(act, tale), teller.asked(act))
            names[tale.code] = tale.name
        return cls([_history(stores, code, name) for code, name in names.items()])

    @property
    def longest(self) -> History:
        return max(self.histories, key=lambda history: len(history.templates))

    def chosen(self, practices: int, facts: int) -> list[History]:
        """A history for each practice: the demonstration's in turn, but for quiet ones that leave the facts too few."""
        eventful = [history for history in self.histories if 20 <= len(history.templates) <= 60]
        chosen: list[History] = []
        told = 0
        for number in range(practices):
            history = self.histories[number % len(self.histories)]
            if len(history.templates) < 10 and told < number * facts / practices:
                history = eventful[number % len(eventful)]
            chosen.append(history)
            told += len(history.templates)
        return chosen

    def fill(self, stores: Stores, practices: int, facts: int, first: int = 0) -> int:
        """Record so many practices, and about so many facts of them; the number recorded."""
        if first == 0:
            bring_in_the_cast(stores)
        chosen = self.chosen(practices, facts)
        told = [history.told_of(code_of(first + at), first + at) for at, history in enumerate(chosen)]
        order = sorted(
            (template.recorded.recorded_at, number)
            for number, history in enumerate(chosen)
            for template in history.templates
        )
        return record(stores, (next(told[number]) for _, number in order))


def record(stores: Stores, facts: Iterator[Recorded]) -> int:
    """Record facts in large commits; how many they were."""
    number = 0
    for commit in _commits(facts):
        sent = [
            Sent(command_id, os.urandom(32), sum(1 for _ in same))
            for command_id, same in groupby(commit, key=lambda fact: fact.command_id)
        ]
        number += len(stores.recorder.append(commit, sent))
    return number


def _history(stores: Stores, code: str, name: str) -> History:
    recorded = stores.recorder.history(f"practice-{code}")
    return History(code, name, [Template(one, _plain.encode(one.fact).decode()) for one in recorded])


def _commits(facts: Iterator[Recorded]) -> Iterator[list[Recorded]]:
    """Facts in commits of about equal size, no command's facts in two of them."""
    commit: list[Recorded] = []
    for fact in facts:
        if len(commit) >= FACTS_A_COMMIT and fact.command_id != commit[-1].command_id:
            yield commit
            commit = []
        commit.append(fact)
    if commit:
        yield commit


# --- facts with their words in plain --------------------------------------------------------------------------


class _Reading:
    digits: dict[int, str] | dict[int, int]


_reading = _Reading()


def _words(value: object) -> object:
    if isinstance(value, Sealed):
        return value.words
    raise TypeError(type(value).__name__)


def _sealed(_kind: type, value: Any) -> Sealed:
    return Sealed(value.translate(_reading.digits))


_plain = msgspec.json.Encoder(enc_hook=_words)


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Fact]:
    return msgspec.json.Decoder(kind, dec_hook=_sealed)
